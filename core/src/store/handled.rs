//! Which events a handler has taken, so that what Meta delivers again is not handed over again.

use super::Store;
use super::fault::{again, patiently};
use super::value::{now, text};
use crate::error::Error;
use crate::webhook::EventId;

impl Store {
    /// Which of these events a handler has taken.
    pub(super) async fn handled(&self, events: &[EventId]) -> Result<Vec<bool>, Error> {
        let mut handled = Vec::with_capacity(events.len());
        for EventId { phone_number_id, name } in events {
            let read = async {
                patiently!(
                    sqlx::query(
                        "SELECT handled_at FROM wamid_handled WHERE phone_number_id = $1 AND event_id = $2"
                    )
                    .bind(text(phone_number_id))
                    .bind(text(name))
                    .fetch_optional(self.pool())
                    .await
                )
                .map_err(|error| self.fault("be read").database(error))
            };
            handled.push(self.in_time("be read", read).await?.is_some());
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
