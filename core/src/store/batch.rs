//! The writes of many sends in a few statements.
//!
//! A statement's way to the database costs more than what it does there. So the rows of a whole transaction travel as
//! JSON texts, which every statement is given in the same places: `$1` the sends that ended, `$2` those that begin, `$3`
//! the time, `$4` the rank of one that was sent.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::dialect::Dialect;
use super::group::{Begin, Job};
use super::row::{self, StoreRow};
use super::sends::{self, SendOutcome, rank};
use super::value::{micros, now, text};

/// What came of the writes.
pub(super) struct BatchResult {
    /// Of the sends whose claim changed something, or that have none, in the order of the jobs.
    begun: Vec<i64>,
    /// The tags of rows that changed something.
    changed: HashSet<String>,
}

/// What is written of a send.
struct SendRow {
    business: String,
    recipient: String,
    operation: String,
    reference: Option<String>,
    deadline: i64,
    token: String,
    sent_by: Option<i64>,
}

/// Hands out what came of the writes.
pub(super) fn answer(jobs: Vec<Job>, done: BatchResult) {
    let BatchResult { begun, changed } = done;
    let mut begun = begun.into_iter();
    for job in jobs {
        // Nobody may be there to hear it any more.
        match job {
            Job::Begin(Begin { claim: Some(claim), .. }, _, answer) if !changed.contains(&claim.tag) => {
                drop(answer.send(Ok(None)))
            }
            Job::Begin(_, _, answer) => drop(answer.send(Ok(begun.next()))),
            Job::Finish(_, _, _, answer) => drop(answer.send(Ok(()))),
            Job::Row(row, _, answer) => drop(answer.send(Ok(changed.contains(&row.tag)))),
            Job::Undo(_, answer) => drop(answer.send(Ok(()))),
        }
    }
}

/// Writes everything. The locks that several processes wait for each other at come first: who holds nothing yet blocks
/// nobody while waiting.
pub(super) async fn write(
    tx: &mut AnyConnection,
    dialect: &Dialect,
    jobs: &[Job],
) -> sqlx::Result<BatchResult> {
    let ends: Vec<_> = jobs
        .iter()
        .filter_map(|job| if let Job::Finish(id, outcome, _, _) = job { Some((*id, outcome)) } else { None })
        .collect();
    let ended = as_rows(&ends);
    if let Some(lock) = dialect.lock_sends.filter(|_| !ends.is_empty()) {
        sqlx::query(lock).bind(&ended).execute(&mut *tx).await?;
    }
    let changed = rows(tx, dialect, jobs).await?;
    for job in jobs {
        if let Job::Undo(undo, _) = job {
            undo.write(tx).await?;
        }
    }
    let begins: Vec<SendRow> = jobs
        .iter()
        .filter_map(|job| match job {
            Job::Begin(Begin { claim: Some(claim), .. }, _, _) if !changed.contains(&claim.tag) => None,
            Job::Begin(begin, _, _) => Some(told(begin)),
            _ => None,
        })
        .collect();
    let mut statements = Vec::with_capacity(4);
    if !ends.is_empty() {
        statements.extend([END, COUNT]);
    }
    if !begins.is_empty() {
        statements.extend([MEET, BEGIN]);
    }
    let mut written = Vec::with_capacity(jobs.len());
    if !statements.is_empty() {
        let (begun, now) = (begun_as_rows(&begins), now());
        for statement in dialect.in_calls(&statements) {
            let statement = sqlx::query(statement).bind(&ended).bind(&begun).bind(now).bind(rank::SENT);
            written.extend(statement.fetch_all(&mut *tx).await?);
        }
    }
    let written = WrittenIds::of(&written)?;
    for (id, outcome) in ends {
        if !written.ended.contains(&id) {
            end_alone(tx, id, outcome).await?;
        }
    }
    Ok(BatchResult { begun: written.begun(&begins)?, changed })
}

/// Writes the rows of other crates, a statement for all that have the same. The tags of those that changed something.
async fn rows(tx: &mut AnyConnection, dialect: &Dialect, jobs: &[Job]) -> sqlx::Result<HashSet<String>> {
    let mut by_statement: BTreeMap<&'static str, Vec<&StoreRow>> = BTreeMap::new();
    for row in jobs.iter().filter_map(Job::row) {
        by_statement.entry(row.statement).or_default().push(row);
    }
    let mut changed = HashSet::new();
    for (statement, rows) in by_statement {
        changed.extend(row::write_all(tx, dialect, statement, &rows).await?);
    }
    Ok(changed)
}

/// What [`sends::finish`] does for one, for those of whom Meta's answer says nothing that the record does not know: no
/// other contact, no other message, no status that another send was given.
const END: &str = "
    UPDATE wamid_sends SET message_id = n.message_id, updated_at = $3,
        status = CASE WHEN status < $4 THEN $4 ELSE status END
    FROM (SELECT CAST(j.value ->> 'id' AS BIGINT) AS id, j.value ->> 'm' AS message_id, j.value ->> 'w' AS contact
        FROM {ends} WHERE j.value ->> 'm' IS NOT NULL) AS n
    WHERE wamid_sends.id = n.id AND wamid_sends.id {in_ends}
        AND (wamid_sends.message_id IS NULL OR wamid_sends.message_id = n.message_id)
        AND (n.contact IS NULL OR n.contact =
            (SELECT phone_number FROM wamid_conversations WHERE id = wamid_sends.conversation_id))
        AND NOT EXISTS (SELECT 1 FROM wamid_sends AS other WHERE other.message_id = n.message_id
            AND other.reference = wamid_sends.reference AND other.id <> wamid_sends.id)
    RETURNING wamid_sends.id";

const COUNT: &str = "
    UPDATE wamid_conversations SET
        answered = CASE WHEN n.received_before > answered THEN n.received_before ELSE answered END,
        last_message_at = CASE WHEN last_message_at > n.created_at THEN last_message_at ELSE n.created_at END
    FROM (SELECT conversation_id, MAX(received_before) AS received_before, MAX(created_at) AS created_at
        FROM wamid_sends JOIN (SELECT CAST(j.value ->> 'id' AS BIGINT) AS ended, j.value ->> 'm' AS sent FROM {ends}) AS e
            ON id = ended AND message_id = sent
        WHERE id {in_ends}
        GROUP BY conversation_id) AS n
    WHERE wamid_conversations.id = n.conversation_id";

/// In one order for all, or two processes could wait for each other.
const MEET: &str = "
    INSERT INTO wamid_conversations (phone_number_id, phone_number)
    SELECT DISTINCT j.value ->> 'b', j.value ->> 'r' FROM {begins}
    WHERE NOT EXISTS (SELECT 1 FROM wamid_conversations
            WHERE phone_number_id = j.value ->> 'b' AND phone_number = j.value ->> 'r')
        AND NOT EXISTS (SELECT 1 FROM wamid_aliases
            WHERE phone_number_id = j.value ->> 'b' AND alias = j.value ->> 'r')
    ORDER BY 1, 2
    ON CONFLICT (phone_number_id, phone_number) DO NOTHING";

const BEGIN: &str = "
    INSERT INTO wamid_sends (phone_number_id, conversation_id, recipient, operation, reference, received_before,
        deadline, created_at, updated_at, token, sent_by)
    SELECT n.business, c.id, n.recipient, n.operation, n.reference, c.received, n.deadline, $3, $3, n.token, n.sent_by
    FROM (SELECT j.value ->> 'b' AS business, j.value ->> 'r' AS recipient, j.value ->> 'o' AS operation,
            j.value ->> 'f' AS reference, j.value ->> 't' AS token, CAST(j.value ->> 'd' AS BIGINT) AS deadline,
            CAST(j.value ->> 's' AS BIGINT) AS sent_by,
            COALESCE(
                (SELECT id FROM wamid_conversations
                    WHERE phone_number_id = j.value ->> 'b' AND phone_number = j.value ->> 'r'),
                (SELECT conversation_id FROM wamid_aliases
                    WHERE phone_number_id = j.value ->> 'b' AND alias = j.value ->> 'r')) AS conversation
        FROM {begins}) AS n
    JOIN wamid_conversations AS c ON c.id = n.conversation
    RETURNING id, token";

/// What the statements returned: an id alone of a send that ended, an id with its token of a send that began.
#[derive(Default)]
struct WrittenIds {
    ended: HashSet<i64>,
    /// No database promises an order of what an INSERT returns.
    begun: HashMap<String, i64>,
}

impl WrittenIds {
    fn of(rows: &[AnyRow]) -> sqlx::Result<Self> {
        let mut written = Self::default();
        for row in rows {
            let id = row.try_get(0)?;
            if row.len() == 1 {
                written.ended.insert(id);
            } else {
                written.begun.insert(row.try_get(1)?, id);
            }
        }
        Ok(written)
    }

    /// The ids of these, in their order. Where one has none, its conversation was joined with another meanwhile: by
    /// itself it finds the one that is left.
    fn begun(&self, told: &[SendRow]) -> sqlx::Result<Vec<i64>> {
        let id_of = |send: &SendRow| self.begun.get(&send.token).copied().ok_or(sqlx::Error::RowNotFound);
        told.iter().map(id_of).collect()
    }
}

/// One that ended otherwise than was expected when it began.
async fn end_alone(tx: &mut AnyConnection, id: i64, outcome: &SendOutcome) -> sqlx::Result<()> {
    let row = sqlx::query_as("SELECT * FROM wamid_sends WHERE id = $1").bind(id).fetch_one(&mut *tx).await?;
    sends::finish(tx, row, outcome).await
}

/// A user id may belong to a number that is not known yet, so such a row stays without the message: it is not for
/// [`END`].
fn as_rows(ends: &[(i64, &SendOutcome)]) -> String {
    let row = |(id, outcome): &(i64, &SendOutcome)| match outcome {
        SendOutcome::Sent { message_id, wa_id, user_id: None } => {
            json!({"id": id, "m": text(message_id), "w": wa_id.as_deref().map(text)})
        }
        _ => json!({"id": id}),
    };
    Value::from_iter(ends.iter().map(row)).to_string()
}

fn begun_as_rows(told: &[SendRow]) -> String {
    let row = |send: &SendRow| {
        let SendRow { business, recipient, operation, reference, deadline, token, sent_by } = send;
        json!({"b": business, "r": recipient, "o": operation, "f": reference, "d": deadline, "t": token, "s": sent_by})
    };
    Value::from_iter(told.iter().map(row)).to_string()
}

fn told(Begin { send, token, .. }: &Begin) -> SendRow {
    SendRow {
        business: text(&send.phone_number_id),
        recipient: text(&send.recipient),
        operation: text(&send.operation),
        reference: send.reference.as_deref().map(text),
        deadline: micros(send.deadline),
        token: token.clone(),
        sent_by: send.sent_by,
    }
}
