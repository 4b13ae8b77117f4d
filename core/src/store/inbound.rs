//! What webhooks tell goes into the record.

use std::collections::BTreeSet;

use sqlx::AnyConnection;

use super::fault::again;
use super::value::{micros, now, text};
use super::{Store, contacts, statuses};
use crate::error::Error;
use crate::webhook::{Event, MessageEvent};

impl Store {
    /// Writes down what a webhook told, all of it or, on an error, nothing: Meta sends it again.
    ///
    /// A message makes or refreshes its conversation and adds 1 to what is unread; a status settles its send. The
    /// same events again, or in another order, change nothing more.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the record cannot be written.
    pub async fn record_events(&self, events: &[Event]) -> Result<(), Error> {
        if !events.iter().any(|event| matches!(event, Event::Message(_) | Event::Status(_))) {
            return Ok(());
        }
        self.in_time("be written", async { again!(self.try_record(events).await) }).await
    }

    async fn try_record(&self, events: &[Event]) -> Result<(), Error> {
        let businesses: BTreeSet<&str> = events
            .iter()
            .filter_map(|event| match event {
                Event::Message(message) => Some(message.phone_number_id.as_str()),
                Event::Status(status) => Some(status.phone_number_id.as_str()),
                Event::Other(_) => None,
            })
            .collect();
        let mut tx = self.begin().await?;
        tx.lock_businesses(&Vec::from_iter(businesses)).await?;
        for event in events {
            match event {
                Event::Message(message) => receive(&mut tx, message).await,
                Event::Status(status) => statuses::record(&mut tx, status).await,
                Event::Other(_) => Ok(()),
            }
            .map_err(|error| self.fault("be written").database(error))?;
        }
        tx.commit().await
    }
}

async fn receive(tx: &mut AnyConnection, message: &MessageEvent) -> sqlx::Result<()> {
    let MessageEvent { phone_number_id, from, user_id, .. } = message;
    let new: Option<i64> = sqlx::query_scalar(
        "INSERT INTO wamid_received (phone_number_id, message_id, received_at) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING RETURNING received_at",
    )
    .bind(text(phone_number_id))
    .bind(text(&message.id))
    .bind(now())
    .fetch_optional(&mut *tx)
    .await?;
    if new.is_none() {
        return Ok(());
    }
    let contact = contacts::of_contact(tx, phone_number_id, from.as_deref(), user_id.as_deref()).await?;
    // A message of nobody is in no conversation.
    let Some(contact) = contact else { return Ok(()) };
    sqlx::query(
        "UPDATE wamid_conversations SET received = received + 1,
            last_message_at = CASE WHEN last_message_at > $2 THEN last_message_at ELSE $2 END
         WHERE id = $1",
    )
    .bind(contact)
    .bind(micros(message.timestamp))
    .execute(tx)
    .await?;
    Ok(())
}
