//! Which events a handler has taken, so that what Meta delivers again is not handed over again.

use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

use super::Store;
use super::fault::{again, patiently};
use super::value::{now, text};
use crate::error::Error;
use crate::webhook::EventId;

/// All events of a webhook at once: there may be a thousand.
const FIND: &str = "
    SELECT CAST(j.value ->> 'at' AS BIGINT) FROM {rows} JOIN wamid_handled
        ON wamid_handled.phone_number_id = j.value ->> 'p' AND wamid_handled.event_id = j.value ->> 'n'
    WHERE wamid_handled.event_id {among}";

impl Store {
    /// Which of these events a handler has taken.
    pub(super) async fn handled(&self, events: &[EventId]) -> Result<Vec<bool>, Error> {
        let mut handled = vec![false; events.len()];
        if events.is_empty() {
            return Ok(handled);
        }
        let statement = FIND
            .replace("{rows}", &self.dialect().table("$1"))
            .replace("{among}", &self.dialect().among("i.value ->> 'n'"));
        let asked = events.iter().enumerate().map(|(at, EventId { phone_number_id, name })| {
            json!({"at": at, "p": text(phone_number_id), "n": text(name)})
        });
        let asked = Value::from_iter(asked).to_string();
        let read = async {
            patiently!(
                sqlx::query_scalar::<_, i64>(AssertSqlSafe(statement.clone()))
                    .bind(&asked)
                    .fetch_all(self.pool())
                    .await
            )
            .map_err(|error| self.fault("be read").database(error))
        };
        for at in self.in_time("be read", read).await? {
            if let Some(handled) = usize::try_from(at).ok().and_then(|at| handled.get_mut(at)) {
                *handled = true;
            }
        }
        Ok(handled)
    }

    /// Writes down that a handler has taken the event.
    pub(super) async fn mark_handled(&self, event: &EventId) -> Result<(), Error> {
        self.in_time("be written", async { again!(self.try_mark_handled(event).await) }).await
    }

    async fn try_mark_handled(&self, EventId { phone_number_id, name }: &EventId) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        let marked = sqlx::query(
            "INSERT INTO wamid_handled (phone_number_id, event_id, handled_at) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
        )
        .bind(text(phone_number_id))
        .bind(text(name))
        .bind(now())
        .execute(&mut *tx)
        .await;
        tx.end(marked.map(|_| ())).await
    }
}
