//! The writes of many sends in a few statements.
//!
//! A statement's way to the database costs more than what it does there. So the rows of a whole transaction travel as
//! one JSON text, and a statement takes them apart.

use std::collections::HashMap;

use serde_json::{Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, FromRow as _, Row as _};

use super::dialect::Dialect;
use super::group::Job;
use super::sends::{self, NewSend, Row, SendOutcome, rank};
use super::value::{micros, now, text};

/// What came of the writes, in the order of the jobs.
pub(super) struct Done {
    begun: Vec<i64>,
    changed: Vec<u64>,
}

/// What of a send tells it from every other, but for one that is written in every way the same.
type Told = (String, String, String, Option<String>, i64, i64);

/// Hands out what came of the writes.
pub(super) fn answer(jobs: Vec<Job>, done: Done) {
    let (mut begun, mut changed) = (done.begun.into_iter(), done.changed.into_iter());
    for job in jobs {
        // Nobody may be there to hear it any more.
        match job {
            Job::Begin(_, answer) => drop(begun.next().map(|id| answer.send(Ok(id)))),
            Job::Finish(_, _, answer) => drop(answer.send(Ok(()))),
            Job::Other(_, answer) => drop(changed.next().map(|rows| answer.send(Ok(rows)))),
        }
    }
}

/// Writes everything. Ends come first: with them come the locks that several processes wait for each other at, and who
/// holds nothing yet blocks nobody while waiting.
pub(super) async fn write(tx: &mut AnyConnection, dialect: &Dialect, jobs: &[Job]) -> sqlx::Result<Done> {
    let (mut begins, mut ends, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for job in jobs {
        match job {
            Job::Begin(send, _) => begins.push(send),
            Job::Finish(id, outcome, _) => ends.push((*id, outcome)),
            Job::Other(work, _) => others.push(work),
        }
    }
    finish(tx, dialect, &ends).await?;
    let begun = begin(tx, dialect, &begins).await?;
    let mut changed = Vec::with_capacity(others.len());
    for work in others {
        changed.push(work(tx).await?);
    }
    Ok(Done { begun, changed })
}

/// The rows that `$1` holds, as the table `j` with the column `value`.
fn rows(statement: &str, dialect: &Dialect) -> AssertSqlSafe<String> {
    AssertSqlSafe(statement.replace("{rows}", dialect.rows))
}

async fn begin(tx: &mut AnyConnection, dialect: &Dialect, begins: &[&NewSend]) -> sqlx::Result<Vec<i64>> {
    if begins.is_empty() {
        return Ok(Vec::new());
    }
    let now = now();
    let told: Vec<Told> = begins.iter().map(|send| told(send, now)).collect();
    let sends = Value::from_iter(told.iter().map(|(business, recipient, operation, reference, deadline, now)| {
        json!({"b": business, "r": recipient, "o": operation, "f": reference, "d": deadline, "c": now})
    }))
    .to_string();
    // In one order for all, or two processes could wait for each other.
    sqlx::query(rows(
        "INSERT INTO wamid_conversations (phone_number_id, phone_number)
         SELECT DISTINCT j.value ->> 'b', j.value ->> 'r' FROM {rows}
         WHERE NOT EXISTS (SELECT 1 FROM wamid_conversations
                WHERE phone_number_id = j.value ->> 'b' AND phone_number = j.value ->> 'r')
            AND NOT EXISTS (SELECT 1 FROM wamid_aliases
                WHERE phone_number_id = j.value ->> 'b' AND alias = j.value ->> 'r')
         ORDER BY 1, 2
         ON CONFLICT (phone_number_id, phone_number) DO NOTHING",
        dialect,
    ))
    .bind(&sends)
    .execute(&mut *tx)
    .await?;
    let written = sqlx::query(rows(
        "INSERT INTO wamid_sends (phone_number_id, conversation_id, recipient, operation, reference, received_before,
            deadline, created_at, updated_at)
         SELECT n.business, c.id, n.recipient, n.operation, n.reference, c.received, n.deadline, n.created, n.created
         FROM (SELECT j.value ->> 'b' AS business, j.value ->> 'r' AS recipient, j.value ->> 'o' AS operation,
                j.value ->> 'f' AS reference, CAST(j.value ->> 'd' AS BIGINT) AS deadline,
                CAST(j.value ->> 'c' AS BIGINT) AS created,
                COALESCE(
                    (SELECT id FROM wamid_conversations
                        WHERE phone_number_id = j.value ->> 'b' AND phone_number = j.value ->> 'r'),
                    (SELECT conversation_id FROM wamid_aliases
                        WHERE phone_number_id = j.value ->> 'b' AND alias = j.value ->> 'r')) AS conversation
            FROM {rows}) AS n
         JOIN wamid_conversations AS c ON c.id = n.conversation
         RETURNING id, phone_number_id, recipient, operation, reference, deadline, created_at",
        dialect,
    ))
    .bind(&sends)
    .fetch_all(tx)
    .await?;
    // No database promises an order of what an INSERT returns.
    let mut ids: HashMap<Told, Vec<i64>> = HashMap::with_capacity(written.len());
    for row in &written {
        let send = (
            row.try_get(1)?,
            row.try_get(2)?,
            row.try_get(3)?,
            row.try_get(4)?,
            row.try_get(5)?,
            row.try_get(6)?,
        );
        ids.entry(send).or_default().push(row.try_get(0)?);
    }
    // A conversation that was joined with another meanwhile: each send by itself finds the one that is left.
    told.iter().map(|send| ids.get_mut(send).and_then(Vec::pop).ok_or(sqlx::Error::RowNotFound)).collect()
}

fn told(send: &NewSend, now: i64) -> Told {
    (
        text(&send.phone_number_id),
        text(&send.recipient),
        text(&send.operation),
        send.reference.as_deref().map(text),
        micros(send.deadline),
        now,
    )
}

async fn finish(tx: &mut AnyConnection, dialect: &Dialect, ends: &[(i64, &SendOutcome)]) -> sqlx::Result<()> {
    if ends.is_empty() {
        return Ok(());
    }
    let ids = Value::from_iter(ends.iter().map(|(id, _)| *id)).to_string();
    if let Some(lock) = dialect.lock_sends {
        sqlx::query(lock).bind(&ids).execute(&mut *tx).await?;
    }
    let begun = sqlx::query(rows(
        "SELECT s.*, c.phone_number AS contact
         FROM wamid_sends AS s JOIN wamid_conversations AS c ON c.id = s.conversation_id
         WHERE s.id IN (SELECT CAST(j.value AS BIGINT) FROM {rows})",
        dialect,
    ))
    .bind(&ids)
    .fetch_all(&mut *tx)
    .await?;
    let mut begun: HashMap<i64, AnyRow> =
        begun.into_iter().map(|row| Ok((row.try_get("id")?, row))).collect::<sqlx::Result<_>>()?;
    let mut sent = Vec::with_capacity(ends.len());
    for (id, outcome) in ends {
        let row = begun.remove(id).ok_or(sqlx::Error::RowNotFound)?;
        let send = Row::from_row(&row)?;
        match outcome {
            SendOutcome::Sent { message_id, wa_id, user_id: None }
                if as_begun(&send, &row.try_get::<String, _>("contact")?, message_id, wa_id.as_deref()) =>
            {
                sent.push(json!({"id": id, "m": text(message_id)}));
            }
            other => sends::finish(tx, send, other).await?,
        }
    }
    if sent.is_empty() { Ok(()) } else { count(tx, dialect, &Value::Array(sent).to_string()).await }
}

/// Whether Meta's answer says nothing that the record does not know: no other contact, no other message.
fn as_begun(send: &Row, contact: &str, message_id: &str, wa_id: Option<&str>) -> bool {
    send.message_id.as_ref().is_none_or(|known| *known == text(message_id))
        && wa_id.is_none_or(|wa_id| text(wa_id) == contact)
}

/// What [`sends::finish`] does for one, for many.
async fn count(tx: &mut AnyConnection, dialect: &Dialect, sent: &str) -> sqlx::Result<()> {
    sqlx::query(rows(
        "UPDATE wamid_sends SET message_id = n.message_id, updated_at = $2,
            status = CASE WHEN status < $3 THEN $3 ELSE status END
         FROM (SELECT CAST(j.value ->> 'id' AS BIGINT) AS id, j.value ->> 'm' AS message_id FROM {rows}) AS n
         WHERE wamid_sends.id = n.id",
        dialect,
    ))
    .bind(sent)
    .bind(now())
    .bind(rank::SENT)
    .execute(&mut *tx)
    .await?;
    sqlx::query(rows(
        "UPDATE wamid_conversations SET
            answered = CASE WHEN n.received_before > answered THEN n.received_before ELSE answered END,
            last_message_at = CASE WHEN last_message_at > n.created_at THEN last_message_at ELSE n.created_at END
         FROM (SELECT conversation_id, MAX(received_before) AS received_before, MAX(created_at) AS created_at
            FROM wamid_sends WHERE id IN (SELECT CAST(j.value ->> 'id' AS BIGINT) FROM {rows})
            GROUP BY conversation_id) AS n
         WHERE wamid_conversations.id = n.conversation_id",
        dialect,
    ))
    .bind(sent)
    .execute(tx)
    .await?;
    Ok(())
}
