//! The events that wait, and the turns of their senders, as they stand in the store.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::Row as _;
use tokio::time::Instant;
use wamid::{Error, Store, StoreRow};

use super::super::keys::now;

/// How long a turn is one process's without being renewed. An attempt takes 15 s at most; the rest is for the store, and for clocks
/// of several machines that differ.
const LEASE: Duration = Duration::from_secs(25);
/// A turn with less than this left is renewed before the next attempt.
const RENEWED_BELOW: Duration = Duration::from_secs(20);
/// How often that is tried. A store that takes so long each time leaves the turn to others.
const RENEWALS: u32 = 3;
/// For how long an event is tried, in microseconds: 7 days.
pub(super) const TRIED_FOR: i64 = 7 * 24 * HOUR;
pub(super) const HOUR: i64 = 3_600_000_000;

/// In the order of the webhook.
pub(super) const ADD_EVENT: &str = "
    INSERT INTO gateway_events (number, sender, kind, body, received_at)
    SELECT j.value ->> 'n', j.value ->> 's', j.value ->> 't', j.value ->> 'b', CAST(j.value ->> 'c' AS BIGINT)
    FROM {rows} WHERE true ORDER BY CAST(j.value ->> 'i' AS BIGINT)
    RETURNING CAST(id AS TEXT)";

/// What has arrived is counted, so that whoever ends a turn sees that it did. Turns nobody took for days are about to be cleaned
/// up: one that gets an event is not.
pub(super) const ADD_SENDER: &str = "
    INSERT INTO gateway_event_senders (sender, number, arrived, next_at)
    SELECT j.value ->> 's', MIN(j.value ->> 'n'), 1, MIN(CAST(j.value ->> 'c' AS BIGINT))
    FROM {rows} WHERE true GROUP BY 1 ORDER BY 1
    ON CONFLICT (sender) DO UPDATE SET arrived = gateway_event_senders.arrived + 1,
        next_at = CASE WHEN gateway_event_senders.next_at < excluded.next_at - 86400000000
            THEN excluded.next_at ELSE gateway_event_senders.next_at END
    RETURNING sender";

const DELIVERED: &str = "
    DELETE FROM gateway_events WHERE id {among i}
        AND id IN (SELECT CAST(j.value ->> 'i' AS BIGINT) FROM {rows})
    RETURNING 'event ' || CAST(id AS TEXT)";

const END_TURN: &str = "
    DELETE FROM gateway_event_senders WHERE sender {among k}
        AND (sender, owner, arrived) IN
        (SELECT j.value ->> 'k', j.value ->> 'o', CAST(j.value ->> 'a' AS BIGINT) FROM {rows})
    RETURNING 'turn ' || sender";

const RELEASE: &str = "
    UPDATE gateway_event_senders SET owner = NULL, leased_until = 0, attempts = n.attempts, next_at = n.next_at, problem = n.problem
    FROM (SELECT j.value ->> 'k' AS of_sender, j.value ->> 'o' AS of_owner, CAST(j.value ->> 'a' AS BIGINT) AS attempts,
        CAST(j.value ->> 'n' AS BIGINT) AS next_at, j.value ->> 'p' AS problem FROM {rows}) AS n
    WHERE sender = of_sender AND sender {among k} AND owner = of_owner
    RETURNING 'turn ' || sender";

/// A sender whose events this process passes on now.
#[derive(Debug, Clone)]
pub(super) struct Lease {
    pub(super) sender: String,
    /// How many events had come when it was last read.
    arrived: i64,
    /// Failed attempts at the oldest event.
    pub(super) attempts: u32,
    until: Instant,
}

/// An event that is the next of its sender.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) id: i64,
    pub(super) body: String,
    pub(super) received_at: i64,
}

/// The events of one store, for one process.
#[derive(Debug, Clone)]
pub(super) struct Queue {
    pub(super) store: Store,
    /// Tells this process's leases from others'.
    owner: String,
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX / 2)
}

impl Queue {
    pub(super) fn new(store: Store) -> Self {
        Self { store, owner: format!("{:032x}", fastrand::u128(..)) }
    }

    /// Takes up to `most` senders of a number that are due and nobody's, those that wait longest first.
    pub(super) async fn claim(&self, number: &str, most: usize) -> Result<Vec<Lease>, Error> {
        let failed = |error| Error::store("look for events to pass on", error);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        // Looking takes no turn among the writers.
        let due = sqlx::query(
            "SELECT 1 FROM gateway_event_senders WHERE number = $1 AND next_at <= $2 AND leased_until <= $2 LIMIT 1",
        )
        .bind(number)
        .bind(now())
        .fetch_optional(self.store.pool())
        .await
        .map_err(failed)?;
        if due.is_none() {
            return Ok(Vec::new());
        }
        let mut tx = self.store.begin().await?;
        let began = Instant::now();
        let rows = sqlx::query(
            "UPDATE gateway_event_senders SET owner = $1, leased_until = $2 WHERE sender IN
                (SELECT sender FROM gateway_event_senders WHERE number = $3 AND next_at <= $4 AND leased_until <= $4
                 ORDER BY next_at LIMIT $5)
                AND leased_until <= $4 AND next_at <= $4
             RETURNING sender, arrived, attempts",
        )
        .bind(&self.owner)
        .bind(now() + micros(LEASE))
        .bind(number)
        .bind(now())
        .bind(most)
        .fetch_all(&mut *tx)
        .await
        .map_err(failed)?;
        tx.commit().await?;
        let lease = |row: &sqlx::any::AnyRow| {
            Ok(Lease {
                sender: row.try_get(0)?,
                arrived: row.try_get(1)?,
                attempts: u32::try_from(row.try_get::<i64, _>(2)?).unwrap_or_default(),
                until: began + LEASE,
            })
        };
        rows.iter().map(lease).collect::<sqlx::Result<_>>().map_err(failed)
    }

    /// Keeps a turn that is about to run out. Says whether it is this process's for long enough for an attempt.
    pub(super) async fn keep(&self, lease: &mut Lease) -> Result<bool, Error> {
        for _ in 0..RENEWALS {
            if lease.until.saturating_duration_since(Instant::now()) > RENEWED_BELOW {
                return Ok(true);
            }
            if !self.renew(lease).await? {
                return Ok(false);
            }
        }
        Ok(lease.until.saturating_duration_since(Instant::now()) > RENEWED_BELOW)
    }

    async fn renew(&self, lease: &mut Lease) -> Result<bool, Error> {
        let failed = |error| Error::store("keep a turn", error);
        let mut tx = self.store.begin().await?;
        let began = Instant::now();
        let row = sqlx::query(
            "UPDATE gateway_event_senders SET leased_until = $1 WHERE sender = $2 AND owner = $3 RETURNING arrived",
        )
        .bind(now() + micros(LEASE))
        .bind(&lease.sender)
        .bind(&self.owner)
        .fetch_optional(&mut *tx)
        .await
        .map_err(failed)?;
        tx.commit().await?;
        let Some(row) = row else { return Ok(false) };
        lease.arrived = row.try_get(0).map_err(failed)?;
        lease.until = began + LEASE;
        Ok(true)
    }

    /// The sender's oldest event.
    pub(super) async fn next(&self, lease: &Lease) -> Result<Option<Waiting>, Error> {
        let row = sqlx::query(
            "SELECT id, body, received_at FROM gateway_events WHERE sender = $1 AND given_up_at IS NULL ORDER BY id LIMIT 1",
        )
        .bind(&lease.sender)
        .fetch_optional(self.store.pool())
        .await;
        let waiting = row.and_then(|row| {
            row.map(|row| {
                let body: Option<String> = row.try_get(1)?;
                Ok(Waiting {
                    id: row.try_get(0)?,
                    body: body.unwrap_or_default(),
                    received_at: row.try_get(2)?,
                })
            })
            .transpose()
        });
        waiting.map_err(|error| Error::store("read an event", error))
    }

    /// An event has been taken: it is forgotten, with its contents.
    pub(super) async fn delivered(&self, id: i64) -> Result<(), Error> {
        self.write(DELIVERED, format!("event {id}"), json!({"i": id})).await.map(drop)
    }

    /// Nothing of the sender is left. False where something has come meanwhile: the turn goes on then, if it is still this
    /// process's.
    pub(super) async fn end(&self, lease: &mut Lease) -> Result<bool, Error> {
        let row = json!({"k": lease.sender, "o": self.owner, "a": lease.arrived});
        if self.write(END_TURN, format!("turn {}", lease.sender), row).await? {
            return Ok(true);
        }
        Ok(!self.renew(lease).await?)
    }

    /// Gives a turn back, to be taken again after `wait`.
    pub(super) async fn release(
        &self,
        lease: &Lease,
        wait: Duration,
        problem: Option<&str>,
    ) -> Result<(), Error> {
        let next_at = now().saturating_add(micros(wait));
        let row =
            json!({"k": lease.sender, "o": self.owner, "a": lease.attempts, "n": next_at, "p": problem});
        self.write(RELEASE, format!("turn {}", lease.sender), row).await.map(drop)
    }

    async fn write(&self, statement: &'static str, tag: String, row: Value) -> Result<bool, Error> {
        self.store.write_row(StoreRow { statement, tag, row, token: None, undo: None }).await
    }

    /// Tries an event no more: its contents go, and it stays listed.
    pub(super) async fn give_up(&self, id: i64, problem: &str) -> Result<(), Error> {
        let mut tx = self.store.begin().await?;
        sqlx::query(
            "UPDATE gateway_events SET given_up_at = $1, body = NULL, problem = $2 WHERE id = $3 AND given_up_at IS NULL",
        )
        .bind(now())
        .bind(problem)
        .bind(id)
        .execute(&mut *tx)
        .await
        .map_err(|error| Error::store("give an event up", error))?;
        tx.commit().await
    }
}
