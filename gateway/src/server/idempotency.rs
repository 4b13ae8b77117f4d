//! One key, one message: a send is written down under its key before it goes out, and its answer is kept for a day.
//!
//! What surely was not sent gives its key back, so that the same call can be made again. What was sent, or may have
//! been, keeps it: whoever comes with the key again gets the same answer, and nothing is sent.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::Row;
use wamid::{Error, Keeper, Receipt, Store, StoreRow};

use super::answer::Ready;
use super::keys::now;

/// How long a key is kept, in microseconds: 24 hours.
const KEPT: i64 = 24 * 3_600 * 1_000_000;
/// How often someone who waits for another's answer looks.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What became of a key that somebody else has.
#[derive(Debug)]
pub(super) enum Theirs {
    /// It was given back, or has had its day.
    Free,
    /// Their request ended with this answer.
    Answered { status: u16, answer: Vec<u8> },
    /// Theirs has other arguments.
    Other,
    /// Nobody knows how theirs ended.
    Unknown,
}

/// The keys of one store.
#[derive(Debug, Clone)]
pub(super) struct Idempotency(Store);

/// A request's claim to a key, written together with the record of its send.
#[derive(Debug)]
pub(super) struct Claim {
    key_id: i64,
    key: String,
    digest: String,
    /// Tells this request's row from another's under the same key.
    owner: String,
    /// When whoever waits for this one's answer gives it up.
    deadline: i64,
    /// The key has been taken already, before the record of the send.
    taken: AtomicBool,
}

impl Claim {
    /// `digest` tells the message, `within` is how long its send may take.
    pub(super) fn new(key_id: i64, key: &str, digest: String, within: Duration) -> Self {
        let within = i64::try_from(within.as_micros()).unwrap_or(i64::MAX / 2);
        Self {
            key_id,
            key: key.to_owned(),
            digest,
            owner: format!("{:032x}", fastrand::u128(..)),
            deadline: now().saturating_add(within),
            taken: AtomicBool::new(false),
        }
    }

    fn row(&self, statement: &'static str, row: Value) -> StoreRow {
        StoreRow { statement, tag: format!("{} {}", self.key_id, self.key), row }
    }

    /// Keeps the answer of a send that went out, or may have.
    fn keep(&self, answer: &Ready) -> StoreRow {
        let body = String::from_utf8_lossy(&answer.body);
        self.row(
            KEEP,
            json!({"i": self.key_id, "k": self.key, "o": self.owner, "s": answer.status, "a": body}),
        )
    }

    fn take(&self) -> StoreRow {
        let Self { key_id, key, digest, owner, deadline, .. } = self;
        self.row(TAKE, json!({"i": key_id, "k": key, "d": digest, "o": owner, "l": deadline, "c": now()}))
    }

    fn release(&self) -> StoreRow {
        self.row(RELEASE, json!({"i": self.key_id, "k": self.key, "o": self.owner}))
    }
}

impl Keeper for Claim {
    fn claim(&self) -> StoreRow {
        if self.taken.load(Ordering::Acquire) {
            return self.row(HOLD, json!({"i": self.key_id, "k": self.key, "o": self.owner}));
        }
        self.take()
    }

    /// What surely did not go out gives its key back.
    fn settle(&self, sent: &Result<Receipt, Error>) -> StoreRow {
        if sent.as_ref().map_or_else(Error::maybe_sent, |_| true) {
            return self.keep(&Ready::of_send(sent));
        }
        self.release()
    }
}

impl Idempotency {
    pub(super) fn new(store: Store) -> Self {
        Self(store)
    }

    /// Waits for what becomes of a key that somebody else has, at most until that one's deadline.
    pub(super) async fn theirs(&self, claim: &Claim) -> Result<Theirs, Error> {
        let failed = |error| Error::store("look an idempotency key up", error);
        loop {
            let row = sqlx::query(
                "SELECT digest, deadline, status, body, created_at FROM gateway_idempotency \
                 WHERE key_id = $1 AND key = $2",
            )
            .bind(claim.key_id)
            .bind(&claim.key)
            .fetch_optional(self.0.pool())
            .await
            .map_err(failed)?;
            let Some(row) = row else {
                claim.taken.store(false, Ordering::Release);
                return Ok(Theirs::Free);
            };
            let created_at: i64 = row.try_get(4).map_err(failed)?;
            if created_at < now() - KEPT {
                self.forget_old().await?;
                return Ok(Theirs::Free);
            }
            if row.try_get::<String, _>(0).map_err(failed)? != claim.digest {
                return Ok(Theirs::Other);
            }
            if let Some(status) = row.try_get::<Option<i64>, _>(2).map_err(failed)? {
                let Some(body) = row.try_get::<Option<String>, _>(3).map_err(failed)? else {
                    return Ok(Theirs::Unknown);
                };
                return Ok(Theirs::Answered {
                    status: u16::try_from(status).unwrap_or(500),
                    answer: body.into_bytes(),
                });
            }
            if row.try_get::<i64, _>(1).map_err(failed)? <= now() {
                return Ok(Theirs::Unknown);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Takes a key ahead of the record of its send. Says whether it was free.
    pub(super) async fn take(&self, claim: &Claim) -> Result<bool, Error> {
        if claim.taken.load(Ordering::Acquire) {
            return Ok(true);
        }
        let taken = self.0.write_row(claim.take()).await?;
        claim.taken.store(taken, Ordering::Release);
        Ok(taken)
    }

    /// Gives a key back that was taken ahead of a send that surely did not go out.
    pub(super) async fn release(&self, claim: &Claim) -> Result<(), Error> {
        if claim.taken.swap(false, Ordering::AcqRel) {
            self.0.write_row(claim.release()).await?;
        }
        Ok(())
    }

    /// Keeps an answer that the send itself did not get to give.
    pub(super) async fn keep(&self, claim: &Claim, answer: &Ready) -> Result<(), Error> {
        self.0.write_row(claim.keep(answer)).await.map(drop)
    }

    /// Forgets the keys that have had their day.
    pub(super) async fn forget_old(&self) -> Result<(), Error> {
        let mut tx = self.0.begin().await?;
        sqlx::query("DELETE FROM gateway_idempotency WHERE created_at < $1")
            .bind(now() - KEPT)
            .execute(&mut *tx)
            .await
            .map_err(|error| Error::store("forget old idempotency keys", error))?;
        tx.commit().await
    }
}

/// Who comes first has the key. In one order for all, or two processes could wait for each other.
const TAKE: &str = "
    INSERT INTO gateway_idempotency (key_id, key, digest, owner, deadline, created_at)
    SELECT CAST(j.value ->> 'i' AS BIGINT), j.value ->> 'k', j.value ->> 'd', j.value ->> 'o',
        CAST(j.value ->> 'l' AS BIGINT), CAST(j.value ->> 'c' AS BIGINT)
    FROM {rows} WHERE true ORDER BY 1, 2
    ON CONFLICT (key_id, key) DO NOTHING
    RETURNING CAST(key_id AS TEXT) || ' ' || key";

/// Changes nothing but for saying whose it is.
const HOLD: &str = "
    UPDATE gateway_idempotency SET owner = n.of_owner
    FROM (SELECT CAST(j.value ->> 'i' AS BIGINT) AS of_id, j.value ->> 'k' AS of_key, j.value ->> 'o' AS of_owner
        FROM {rows}) AS n
    WHERE key_id = of_id AND key = of_key AND key_id {among i} AND key {among k}
        AND owner = of_owner AND status IS NULL
    RETURNING CAST(key_id AS TEXT) || ' ' || key";

const KEEP: &str = "
    UPDATE gateway_idempotency SET status = n.status, body = n.body
    FROM (SELECT CAST(j.value ->> 'i' AS BIGINT) AS of_id, j.value ->> 'k' AS of_key, j.value ->> 'o' AS of_owner,
        CAST(j.value ->> 's' AS BIGINT) AS status, j.value ->> 'a' AS body FROM {rows}) AS n
    WHERE key_id = of_id AND key = of_key AND key_id {among i} AND key {among k}
        AND owner = of_owner AND gateway_idempotency.status IS NULL
    RETURNING CAST(key_id AS TEXT) || ' ' || key";

const RELEASE: &str = "
    DELETE FROM gateway_idempotency WHERE status IS NULL AND key_id {among i} AND key {among k}
        AND (key_id, key, owner) IN
        (SELECT CAST(j.value ->> 'i' AS BIGINT), j.value ->> 'k', j.value ->> 'o' FROM {rows})
    RETURNING CAST(key_id AS TEXT) || ' ' || key";
