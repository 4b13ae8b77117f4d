//! Records webhook events: messages, statuses and contact changes.

use std::collections::BTreeSet;
use std::ops::Range;

use sqlx::AnyConnection;

use super::fault::again;
use super::value::{micros, now, text};
use super::{Store, StoreRow, contacts, moved, row, statuses};
use crate::error::Error;
use crate::webhook::{EchoEvent, Event, EventId, MessageEvent, StatusEvent, status_name};

/// Types that tell of an earlier message or of the contact: nobody wrote anything new.
const NOTHING_WRITTEN: [&str; 4] = ["reaction", "edit", "revoke", "system"];

impl Store {
    /// Writes down what a webhook told, all of it or, on an error, nothing: Meta sends it again.
    ///
    /// A message makes or refreshes its conversation and adds 1 to what is unread; an echo does so too and leaves nothing unread; a
    /// status settles its send. Reactions, edits, revocations and messages in groups change no conversation. A system
    /// message that tells of a new number or user id moves the conversation there. The same events again, or in another
    /// order, change nothing more; those that were seen before are marked as redelivered.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the record cannot be written.
    pub async fn record_events(&self, events: &mut [Event]) -> Result<(), Error> {
        self.record_events_with(events, &[]).await
    }

    /// The same, with rows of another crate in the same transaction: either all is there or nothing.
    ///
    /// # Errors
    /// As [`record_events`](Self::record_events).
    #[doc(hidden)]
    pub async fn record_events_with(&self, events: &mut [Event], rows: &[EventRows]) -> Result<(), Error> {
        if rows.is_empty() && events.iter().all(|event| event.phone_number_id().is_none()) {
            return Ok(());
        }
        let seen = {
            let events = &*events;
            self.in_time("be written", async { again!(self.try_record(events, rows).await) }).await?
        };
        for (event, seen) in events.iter_mut().zip(seen) {
            match event {
                Event::Message(message) => message.redelivered = seen,
                Event::Echo(echo) => echo.message.redelivered = seen,
                Event::Status(status) => status.redelivered = seen,
                Event::Template(_) | Event::Preference(_) | Event::Other(_) => {}
            }
        }
        Ok(())
    }

    /// Whether each event was seen before.
    async fn try_record(&self, events: &[Event], rows: &[EventRows]) -> Result<Vec<bool>, Error> {
        let businesses: BTreeSet<&str> = events.iter().filter_map(Event::phone_number_id).collect();
        let mut tx = self.begin().await?;
        tx.lock_businesses(&Vec::from_iter(businesses)).await?;
        let mut seen = Vec::with_capacity(events.len());
        for event in events {
            let is_new = match event {
                Event::Message(message) => receive(&mut tx, message).await,
                Event::Echo(echo) => answer(&mut tx, echo).await,
                Event::Status(status) => status_of(&mut tx, status).await,
                Event::Template(_) | Event::Preference(_) | Event::Other(_) => Ok(true),
            };
            seen.push(!is_new.map_err(|error| self.fault("be written").database(error))?);
        }
        let mut left: Vec<&StoreRow> = Vec::new();
        for EventRows { events: of, name, rows } in rows {
            let of = (events.get(of.clone()).unwrap_or_default(), seen.get(of.clone()).unwrap_or_default());
            let is_new = match name {
                Some((business, name)) if of.0.iter().all(|event| EventId::of(event).is_none()) => {
                    let first = is_first(&mut tx, business, name).await;
                    first.map_err(|error| self.fault("be written").database(error))?
                }
                _ => !of.1.iter().all(|seen| *seen),
            };
            if is_new {
                left.extend(rows);
            }
        }
        while let Some(first) = left.first() {
            let statement = first.statement;
            let (now, later): (Vec<_>, Vec<_>) = left.into_iter().partition(|row| row.statement == statement);
            let written = row::write_all(&mut tx, self.dialect(), statement, &now).await;
            written.map_err(|error| self.fault("be written").database(error))?;
            left = later;
        }
        tx.commit().await?;
        Ok(seen)
    }
}

/// Rows of another crate that are written with events.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct EventRows {
    /// The events that they are about, by their places. They are written unless all of them were seen before.
    pub events: Range<usize>,
    /// The business number, and what the events are known again by where none of them has an id of its own.
    pub name: Option<(String, String)>,
    /// The rows. Those of one statement are written together, in their order, and the statements in the order of their first rows.
    pub rows: Vec<StoreRow>,
}

/// Whether this is the first time that an event of this name came.
async fn is_first(tx: &mut AnyConnection, business: &str, name: &str) -> sqlx::Result<bool> {
    let new: Option<i64> = sqlx::query_scalar(
        "INSERT INTO wamid_received (phone_number_id, message_id, received_at) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING RETURNING received_at",
    )
    .bind(text(business))
    .bind(text(name))
    .bind(now())
    .fetch_optional(tx)
    .await?;
    Ok(new.is_some())
}

/// Whether the message is new.
async fn receive(tx: &mut AnyConnection, message: &MessageEvent) -> sqlx::Result<bool> {
    let MessageEvent { phone_number_id, from, user_id, .. } = message;
    if !is_first(tx, phone_number_id, &message.id).await? {
        return Ok(false);
    }
    if message.kind == "system" {
        moved::record(tx, message).await?;
    } else if let Some(contact) = written_to(tx, message, from.as_deref(), user_id.as_deref()).await? {
        sqlx::query(
            "UPDATE wamid_conversations SET received = received + 1,
                last_message_at = CASE WHEN last_message_at > $2 THEN last_message_at ELSE $2 END
             WHERE id = $1",
        )
        .bind(contact)
        .bind(micros(message.timestamp))
        .execute(tx)
        .await?;
    }
    Ok(true)
}

/// Whether the echo is new. It answers all that has come in.
async fn answer(tx: &mut AnyConnection, EchoEvent { to, message }: &EchoEvent) -> sqlx::Result<bool> {
    if !is_first(tx, &message.phone_number_id, &message.id).await? {
        return Ok(false);
    }
    if let Some(contact) = written_to(tx, message, to.as_deref(), message.user_id.as_deref()).await? {
        sqlx::query(
            "UPDATE wamid_conversations SET answered = received,
                last_message_at = CASE WHEN last_message_at > $2 THEN last_message_at ELSE $2 END
             WHERE id = $1",
        )
        .bind(contact)
        .bind(micros(message.timestamp))
        .execute(tx)
        .await?;
    }
    Ok(true)
}

/// The conversation that the message was written in, if it is one of two and something new was written.
async fn written_to(
    tx: &mut AnyConnection,
    message: &MessageEvent,
    number: Option<&str>,
    user_id: Option<&str>,
) -> sqlx::Result<Option<i64>> {
    if message.group_id.is_some() {
        return Ok(None);
    }
    if NOTHING_WRITTEN.contains(&message.kind.as_str()) {
        contacts::introduce(tx, &message.phone_number_id, number, user_id).await?;
        return Ok(None);
    }
    // A message of nobody is in no conversation.
    contacts::of_contact(tx, &message.phone_number_id, number, user_id).await
}

/// Whether the status is new.
async fn status_of(tx: &mut AnyConnection, status: &StatusEvent) -> sqlx::Result<bool> {
    let is_new = is_first(tx, &status.phone_number_id, &status_name(status)).await?;
    // Also one that was seen before: the send that it is about may be in the record only now.
    statuses::record(tx, status).await?;
    Ok(is_new)
}
