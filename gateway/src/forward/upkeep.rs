//! What is done to many events at once: counting, hastening, cleaning up.

use wamid::Error;

use super::super::keys::now;
use super::queue::{HOUR, Queue, TRIED_FOR};

/// For how long one that was given up is listed.
const LISTED_FOR: i64 = 30 * 24 * HOUR;
/// Most rows that are changed at once.
const PAGE: i64 = 1000;

impl Queue {
    /// A target that had failed takes events again: those senders of the number that wait longest need not wait any more.
    pub(super) async fn hasten(&self, number: &str) -> Result<(), Error> {
        let mut tx = self.store.begin().await?;
        sqlx::query(
            "UPDATE gateway_event_senders SET next_at = $1 WHERE sender IN
                (SELECT sender FROM gateway_event_senders WHERE number = $2 AND next_at > $1 ORDER BY next_at LIMIT $3)",
        )
        .bind(now())
        .bind(number)
        .bind(PAGE)
        .execute(&mut *tx)
        .await
        .map_err(|error| Error::store("have events tried at once", error))?;
        tx.commit().await
    }

    /// How many events wait, and when the oldest of them came.
    pub(super) async fn measure(&self) -> Result<(u64, Option<i64>), Error> {
        let failed = |error| Error::store("count the events that wait", error);
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM gateway_events WHERE given_up_at IS NULL")
            .fetch_one(self.store.pool())
            .await
            .map_err(failed)?;
        // Alone, it is a look at the index.
        let oldest =
            sqlx::query_scalar("SELECT MIN(received_at) FROM gateway_events WHERE given_up_at IS NULL")
                .fetch_one(self.store.pool())
                .await
                .map_err(failed)?;
        Ok((u64::try_from(count).unwrap_or_default(), oldest))
    }

    /// Gives up what nobody has a target for any more, and forgets what was given up long ago. Says how many were given up.
    pub(super) async fn clean_up(&self) -> Result<u64, Error> {
        let mut given_up = 0;
        // Who has a target gives its events up on time, with the reason; an hour is left for that.
        let old = now() - TRIED_FOR - HOUR;
        loop {
            let done = self
                .clean(
                    "UPDATE gateway_events SET given_up_at = $1, body = NULL, problem = 'there was no target' WHERE id IN
                        (SELECT id FROM gateway_events WHERE given_up_at IS NULL AND received_at < $2 ORDER BY id LIMIT $3)",
                    &[now(), old, PAGE],
                )
                .await?;
            given_up += done;
            if done == 0 {
                break;
            }
        }
        while self
            .clean(
                "DELETE FROM gateway_events WHERE id IN
                    (SELECT id FROM gateway_events WHERE given_up_at IS NOT NULL AND given_up_at < $1 ORDER BY id LIMIT $2)",
                &[now() - LISTED_FOR, PAGE],
            )
            .await?
            > 0
        {}
        self.clean(
            "DELETE FROM gateway_event_senders WHERE next_at < $1 AND leased_until < $1 AND NOT EXISTS
                (SELECT 1 FROM gateway_events WHERE gateway_events.sender = gateway_event_senders.sender
                    AND given_up_at IS NULL)",
            &[now() - 48 * HOUR],
        )
        .await?;
        Ok(given_up)
    }

    async fn clean(&self, sql: &'static str, bounds: &[i64]) -> Result<u64, Error> {
        let mut tx = self.store.begin().await?;
        let query = bounds.iter().fold(sqlx::query(sql), |query, bound| query.bind(*bound));
        let done = query.execute(&mut *tx).await;
        let done = done.map_err(|error| Error::store("clean the events up", error))?;
        tx.commit().await?;
        Ok(done.rows_affected())
    }
}
