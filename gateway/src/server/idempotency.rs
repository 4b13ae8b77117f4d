//! One key, one message: a send is written down under its key before it goes out, and its answer is kept for a day.
//!
//! What surely was not sent gives its key back, so that the same call can be made again. What was sent, or may have
//! been, keeps it: whoever comes with the key again gets the same answer, and nothing is sent.

use std::pin::Pin;
use std::time::Duration;

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, Row};
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
                "SELECT digest, deadline, status, answer, created_at FROM gateway_idempotency \
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
                let answer = row.try_get::<Option<Vec<u8>>, _>(3).map_err(failed)?.unwrap_or_default();
                return Ok(Claim::Answered { status: u16::try_from(status).unwrap_or(500), answer });
            }
            if row.try_get::<i64, _>(1).map_err(failed)? <= now() {
                return Ok(Claim::Unknown);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn insert(&self, key_id: i64, key: &str, digest: &str, within: Duration) -> Result<bool, Error> {
        let within = i64::try_from(within.as_micros()).unwrap_or(i64::MAX / 2);
        let (key, digest, now) = (key.to_owned(), digest.to_owned(), now());
        let added = self.0.grouped(move |tx| {
            changing(
                sqlx::query(
                    "INSERT INTO gateway_idempotency (key_id, key, digest, deadline, created_at) \
                     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key_id, key) DO NOTHING",
                )
                .bind(key_id)
                .bind(key.clone())
                .bind(digest.clone())
                .bind(now.saturating_add(within))
                .bind(now),
                tx,
            )
        });
        Ok(added.await? > 0)
    }

    /// Keeps the answer of a send that went out, or may have.
    pub(super) async fn keep(&self, key_id: i64, key: &str, status: u16, answer: &[u8]) -> Result<(), Error> {
        let (key, answer) = (key.to_owned(), answer.to_owned());
        let kept = self.0.grouped(move |tx| {
            changing(
                sqlx::query(
                    "UPDATE gateway_idempotency SET status = $1, answer = $2 WHERE key_id = $3 AND key = $4",
                )
                .bind(i64::from(status))
                .bind(answer.clone())
                .bind(key_id)
                .bind(key.clone()),
                tx,
            )
        });
        kept.await.map(drop)
    }

    /// Gives the key of a send back that surely did not go out.
    pub(super) async fn release(&self, key_id: i64, key: &str) -> Result<(), Error> {
        let key = key.to_owned();
        let released = self.0.grouped(move |tx| {
            changing(
                sqlx::query(
                    "DELETE FROM gateway_idempotency WHERE key_id = $1 AND key = $2 AND status IS NULL",
                )
                .bind(key_id)
                .bind(key.clone()),
                tx,
            )
        });
        released.await.map(drop)
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

/// Runs a statement, and says how many rows it changed.
fn changing<'c>(
    statement: Query<'static, Any, AnyArguments>,
    tx: &'c mut AnyConnection,
) -> Pin<Box<dyn Future<Output = sqlx::Result<u64>> + Send + 'c>> {
    Box::pin(async move { Ok(statement.execute(tx).await?.rows_affected()) })
}
