//! What waits to be passed on and what was given up, for whoever runs the gateway.

use jiff::Timestamp;
use serde::Serialize;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use wamid::{Error, Store};

use super::super::keys::{instant, now};
use super::super::schema;

/// The events in a store that wait to be passed on, and those that were given up.
#[derive(Debug, Clone)]
pub struct EventQueue(Store);

/// How many events of an account there are.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct AccountEvents {
    /// Meta's id of the number; empty for events that are about no account's number.
    pub phone_number_id: String,
    /// What people call the account, where there is one.
    pub account: Option<String>,
    /// How many events wait.
    pub waiting: u64,
    /// When the oldest of those came.
    pub oldest: Option<Timestamp>,
    /// Why the last attempt at one of them failed.
    pub problem: Option<String>,
    /// How many events were given up; their contents are gone.
    pub given_up: u64,
}

/// An event that waits or was given up.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct QueuedEvent {
    /// Its id, which the target sees as `X-Wamid-Event-Id`.
    pub id: i64,
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// The last four characters of whom it is of; or the template's id, or the field.
    pub sender: String,
    /// What it is, such as `message text` or `status read`.
    pub event: String,
    /// `waiting` or `given_up`.
    pub state: &'static str,
    /// When it came.
    pub received_at: Timestamp,
    /// Failed attempts, where it is the next of its sender.
    pub attempts: Option<i64>,
    /// When it is tried again, where it is the next of its sender and has failed.
    pub next_at: Option<Timestamp>,
    /// Why the last attempt failed.
    pub problem: Option<String>,
}

/// Which events to drop.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DroppedEvents {
    /// These.
    Ids(Vec<i64>),
    /// Those that were given up.
    GivenUp,
    /// Every one, also those that wait.
    All,
}

impl EventQueue {
    /// The events in this store.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be written.
    pub async fn open(store: &Store) -> Result<Self, Error> {
        schema::migrate(store).await?;
        Ok(Self(store.clone()))
    }

    /// How many events of each account there are; accounts without any are left out.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where they cannot be read.
    pub async fn by_account(&self) -> Result<Vec<AccountEvents>, Error> {
        let rows = sqlx::query(
            "SELECT e.number, a.name, e.waiting, e.oldest,
                (SELECT MAX(s.problem) FROM gateway_event_senders AS s WHERE s.number = e.number), e.given_up
             FROM (SELECT number, SUM(CASE WHEN given_up_at IS NULL THEN 1 ELSE 0 END) AS waiting,
                    MIN(CASE WHEN given_up_at IS NULL THEN received_at END) AS oldest,
                    SUM(CASE WHEN given_up_at IS NULL THEN 0 ELSE 1 END) AS given_up
                FROM gateway_events GROUP BY number) AS e
             LEFT JOIN gateway_accounts AS a ON a.phone_number_id = e.number ORDER BY e.number",
        )
        .fetch_all(self.0.pool())
        .await;
        let records = rows.and_then(|rows| rows.iter().map(account).collect());
        records.map_err(|error| Error::store("count the events", error))
    }

    /// The oldest events: those that are the next of their sender and have failed first, then those that were given up, then the
    /// rest.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where they cannot be read.
    pub async fn list(&self, limit: u32) -> Result<Vec<QueuedEvent>, Error> {
        let mut events: Vec<QueuedEvent> = Vec::new();
        // Each of them is quick however many events there are, which one statement for all would not be.
        for sql in [FAILED, GIVEN_UP, OTHERS] {
            let left = i64::from(limit).saturating_sub(i64::try_from(events.len()).unwrap_or(i64::MAX));
            if left <= 0 {
                break;
            }
            let rows = sqlx::query(sql).bind(left).fetch_all(self.0.pool()).await;
            let listed: sqlx::Result<Vec<_>> = rows.and_then(|rows| rows.iter().map(event).collect());
            events.extend(listed.map_err(|error| Error::store("list the events", error))?);
        }
        Ok(events)
    }

    /// Has a waiting event tried at once, with those of its sender that come before it. Says whether there is one of that id.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn retry(&self, id: i64) -> Result<bool, Error> {
        let sql = "UPDATE gateway_event_senders SET next_at = $1 WHERE sender =
            (SELECT sender FROM gateway_events WHERE id = $2 AND given_up_at IS NULL)";
        Ok(self.write(sql, &[now(), id]).await? > 0)
    }

    /// Has every sender's oldest event tried at once. Says how many senders wait.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn retry_all(&self) -> Result<u64, Error> {
        self.write(
            "UPDATE gateway_event_senders SET next_at = CASE WHEN next_at > $1 THEN $1 ELSE next_at END",
            &[now()],
        )
        .await
    }

    /// Forgets events for good: those of the same sender that wait behind one are tried at once. Says how many there were.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn drop(&self, which: &DroppedEvents) -> Result<u64, Error> {
        match which {
            DroppedEvents::GivenUp => {
                self.write("DELETE FROM gateway_events WHERE given_up_at IS NOT NULL AND $1 = $1", &[0]).await
            }
            DroppedEvents::All => {
                let sql = "UPDATE gateway_event_senders SET next_at = $1, attempts = 0, problem = NULL WHERE attempts > 0";
                self.write(sql, &[now()]).await?;
                self.write("DELETE FROM gateway_events WHERE $1 = $1", &[0]).await
            }
            DroppedEvents::Ids(ids) => {
                let mut dropped = 0;
                for id in ids {
                    let sql = "UPDATE gateway_event_senders SET next_at = $1, attempts = 0, problem = NULL WHERE sender =
                        (SELECT sender FROM gateway_events WHERE id = $2 AND given_up_at IS NULL)";
                    self.write(sql, &[now(), *id]).await?;
                    dropped += self.write("DELETE FROM gateway_events WHERE id = $1", &[*id]).await?;
                }
                Ok(dropped)
            }
        }
    }

    async fn write(&self, sql: &'static str, bounds: &[i64]) -> Result<u64, Error> {
        let mut tx = self.0.begin().await?;
        let query = bounds.iter().fold(sqlx::query(sql), |query, bound| query.bind(*bound));
        let done = query.execute(&mut *tx).await.map_err(|error| Error::store("change the events", error))?;
        tx.commit().await?;
        Ok(done.rows_affected())
    }
}

/// The next events of senders that have failed.
const FAILED: &str = "
    SELECT e.id, e.number, e.sender, e.kind, e.received_at, e.given_up_at, e.problem, s.attempts, s.next_at, s.problem
    FROM gateway_event_senders AS s JOIN gateway_events AS e ON e.id =
        (SELECT MIN(o.id) FROM gateway_events AS o WHERE o.sender = s.sender AND o.given_up_at IS NULL)
    WHERE s.attempts > 0 ORDER BY e.id LIMIT $1";

const GIVEN_UP: &str = "
    SELECT id, number, sender, kind, received_at, given_up_at, problem, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), problem
    FROM gateway_events WHERE given_up_at IS NOT NULL ORDER BY given_up_at, id LIMIT $1";

/// Those that wait and are not the next of a sender that has failed.
const OTHERS: &str = "
    SELECT e.id, e.number, e.sender, e.kind, e.received_at, e.given_up_at, e.problem, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), e.problem
    FROM gateway_events AS e LEFT JOIN gateway_event_senders AS s ON s.sender = e.sender
    WHERE e.given_up_at IS NULL AND NOT (COALESCE(s.attempts, 0) > 0 AND NOT EXISTS
        (SELECT 1 FROM gateway_events AS o WHERE o.sender = e.sender AND o.given_up_at IS NULL AND o.id < e.id))
    ORDER BY e.id LIMIT $1";

fn account(row: &AnyRow) -> sqlx::Result<AccountEvents> {
    let count = |at: usize| row.try_get::<i64, _>(at).map(|count| u64::try_from(count).unwrap_or_default());
    Ok(AccountEvents {
        phone_number_id: row.try_get(0)?,
        account: row.try_get(1)?,
        waiting: count(2)?,
        oldest: row.try_get::<Option<i64>, _>(3)?.and_then(instant),
        problem: row.try_get(4)?,
        given_up: count(5)?,
    })
}

fn event(row: &AnyRow) -> sqlx::Result<QueuedEvent> {
    let (number, sender): (String, String) = (row.try_get(1)?, row.try_get(2)?);
    let given_up = row.try_get::<Option<i64>, _>(5)?.is_some();
    let attempts: Option<i64> = row.try_get(7)?;
    let problem: Option<String> = row.try_get(if given_up { 6 } else { 9 })?;
    let next_at: Option<i64> = row.try_get(8)?;
    Ok(QueuedEvent {
        id: row.try_get(0)?,
        sender: last_four(sender.strip_prefix(&number).unwrap_or_default().trim_start_matches('/')),
        phone_number_id: number,
        event: row.try_get(3)?,
        state: if given_up { "given_up" } else { "waiting" },
        received_at: instant(row.try_get(4)?).unwrap_or_default(),
        attempts,
        next_at: next_at.filter(|_| attempts.is_some_and(|attempts| attempts > 0)).and_then(instant),
        problem,
    })
}

/// What logs show of phone numbers; a field's name and a template's id are shown whole.
fn last_four(sender: &str) -> String {
    if let Some(name) = ["field ", "template "].into_iter().find_map(|of| sender.strip_prefix(of)) {
        return name.to_owned();
    }
    let characters: Vec<char> = sender.chars().collect();
    let last: String = characters.iter().skip(characters.len().saturating_sub(4)).collect();
    format!("\u{2026}{last}")
}
