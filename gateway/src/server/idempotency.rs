//! One key, one message: a send is written down under its key before it goes out, and its answer is kept for a day.
//!
//! What surely was not sent gives its key back, so that the same call can be made again. What was sent, or may have
//! been, keeps it: whoever comes with the key again gets the same answer, and nothing is sent.

use std::time::Duration;

use serde_json::json;
use sqlx::Row;
use wamid::{Error, Store};

use super::keys::now;

/// How long a key is kept, in microseconds: 24 hours.
const KEPT: i64 = 24 * 3_600 * 1_000_000;
/// How often someone who waits for another's answer looks.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What a key says to a request.
#[derive(Debug)]
pub(super) enum Claim {
    /// It is this request's: send, then settle it.
    Ours,
    /// It was another request's, which ended with this answer.
    Answered { status: u16, answer: Vec<u8> },
    /// It was another request's, with other arguments.
    Other,
    /// It was another request's, whose outcome nobody knows.
    Unknown,
}

/// The keys of one store.
#[derive(Debug, Clone)]
pub(super) struct Idempotency(Store);

impl Idempotency {
    pub(super) fn new(store: Store) -> Self {
        Self(store)
    }

    /// Takes a key, or waits for the answer of whoever has it, at most until that one's deadline.
    pub(super) async fn claim(
        &self,
        key_id: i64,
        key: &str,
        digest: &str,
        within: Duration,
    ) -> Result<Claim, Error> {
        let failed = |error| Error::store("look an idempotency key up", error);
        // Most keys are new: the look is for those that are not.
        if self.insert(key_id, key, digest, within).await? {
            return Ok(Claim::Ours);
        }
        loop {
            let row = sqlx::query(
                "SELECT digest, deadline, status, body, created_at FROM gateway_idempotency \
                 WHERE key_id = $1 AND key = $2",
            )
            .bind(key_id)
            .bind(key)
            .fetch_optional(self.0.pool())
            .await
            .map_err(failed)?;
            let Some(row) = row else {
                // It was given back, or had had its day.
                if self.insert(key_id, key, digest, within).await? {
                    return Ok(Claim::Ours);
                }
                continue;
            };
            let created_at: i64 = row.try_get(4).map_err(failed)?;
            if created_at < now() - KEPT {
                self.forget_old().await?;
                continue;
            }
            if row.try_get::<String, _>(0).map_err(failed)? != digest {
                return Ok(Claim::Other);
            }
            if let Some(status) = row.try_get::<Option<i64>, _>(2).map_err(failed)? {
                let Some(body) = row.try_get::<Option<String>, _>(3).map_err(failed)? else {
                    return Ok(Claim::Unknown);
                };
                return Ok(Claim::Answered {
                    status: u16::try_from(status).unwrap_or(500),
                    answer: body.into_bytes(),
                });
            }
            if row.try_get::<i64, _>(1).map_err(failed)? <= now() {
                return Ok(Claim::Unknown);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn insert(&self, key_id: i64, key: &str, digest: &str, within: Duration) -> Result<bool, Error> {
        let within = i64::try_from(within.as_micros()).unwrap_or(i64::MAX / 2);
        let now = now();
        let row = json!({"i": key_id, "k": key, "d": digest, "l": now.saturating_add(within), "c": now});
        self.0.write_row(TAKE, tag(key_id, key), row).await
    }

    /// Keeps the answer of a send that went out, or may have.
    pub(super) async fn keep(&self, key_id: i64, key: &str, status: u16, answer: &[u8]) -> Result<(), Error> {
        let row = json!({"i": key_id, "k": key, "s": status, "a": String::from_utf8_lossy(answer)});
        self.0.write_row(KEEP, tag(key_id, key), row).await.map(drop)
    }

    /// Gives the key of a send back that surely did not go out.
    pub(super) async fn release(&self, key_id: i64, key: &str) -> Result<(), Error> {
        self.0.write_row(RELEASE, tag(key_id, key), json!({"i": key_id, "k": key})).await.map(drop)
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

/// Who comes first has the key: of those with the same one, only one row is ever written. In one order for all, or two
/// processes could wait for each other.
const TAKE: &str = "
    INSERT INTO gateway_idempotency (key_id, key, digest, deadline, created_at)
    SELECT CAST(j.value ->> 'i' AS BIGINT), j.value ->> 'k', j.value ->> 'd', CAST(j.value ->> 'l' AS BIGINT),
        CAST(j.value ->> 'c' AS BIGINT)
    FROM {rows} WHERE true ORDER BY 1, 2
    ON CONFLICT (key_id, key) DO NOTHING
    RETURNING CAST(key_id AS TEXT) || ' ' || key";

const KEEP: &str = "
    UPDATE gateway_idempotency SET status = n.status, body = n.body
    FROM (SELECT CAST(j.value ->> 'i' AS BIGINT) AS of_id, j.value ->> 'k' AS of_key,
        CAST(j.value ->> 's' AS BIGINT) AS status, j.value ->> 'a' AS body FROM {rows}) AS n
    WHERE key_id = of_id AND key = of_key
    RETURNING CAST(key_id AS TEXT) || ' ' || key";

const RELEASE: &str = "
    DELETE FROM gateway_idempotency WHERE status IS NULL AND (key_id, key) IN
        (SELECT CAST(j.value ->> 'i' AS BIGINT), j.value ->> 'k' FROM {rows})
    RETURNING CAST(key_id AS TEXT) || ' ' || key";

fn tag(key_id: i64, key: &str) -> String {
    format!("{key_id} {key}")
}
