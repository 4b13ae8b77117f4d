//! A status webhook settles its send. It never takes a send back to where it was before.

use sqlx::AnyConnection;

use super::contacts;
use super::sends::{self, Row, rank};
use super::value::{now, text};
use crate::webhook::{StatusEvent, StatusSubject};

fn rank_of(status: &str) -> Option<i64> {
    match status {
        "sent" => Some(rank::SENT),
        "delivered" => Some(rank::DELIVERED),
        // Whoever plays a voice note has read the message.
        "read" | "played" => Some(rank::READ),
        "failed" => Some(rank::FAILED),
        _ => None,
    }
}

pub(super) async fn record(tx: &mut AnyConnection, event: &StatusEvent) -> sqlx::Result<()> {
    let StatusSubject { kind, in_group, .. } = StatusSubject::of(event);
    // What became of a payment or a call says nothing of a message.
    if kind.is_some() || in_group {
        return Ok(());
    }
    let send = match by_message(tx, event).await? {
        Some(send) => send,
        None => match by_reference(tx, event).await? {
            Some(send) => send,
            None => return known_contact(tx, event).await,
        },
    };
    let Some(rank) = rank_of(&event.status) else {
        // A status of tomorrow: whether it is more or less than those of today, nobody here can say.
        sqlx::query("UPDATE wamid_sends SET other_status = $2 WHERE id = $1")
            .bind(send.id)
            .bind(text(&event.status))
            .execute(tx)
            .await?;
        return Ok(());
    };
    let code = event.errors.first().map(|error| error.code);
    let grown: Option<i64> = sqlx::query_scalar(
        "UPDATE wamid_sends SET status = $2, code = COALESCE($3, code), message_id = COALESCE(message_id, $4),
            updated_at = $5
         WHERE id = $1 AND status < $2 RETURNING id",
    )
    .bind(send.id)
    .bind(rank)
    .bind(code)
    .bind(text(&event.id))
    .bind(now())
    .fetch_optional(&mut *tx)
    .await?;
    if grown.is_some() && send.status == rank::SENDING && rank != rank::FAILED {
        return sends::settled(tx, &send, event.recipient.as_deref(), event.user_id.as_deref()).await;
    }
    known_contact(tx, event).await
}

async fn known_contact(tx: &mut AnyConnection, event: &StatusEvent) -> sqlx::Result<()> {
    let StatusEvent { phone_number_id, recipient, user_id, .. } = event;
    contacts::introduce(tx, phone_number_id, recipient.as_deref(), user_id.as_deref()).await
}

async fn by_message(tx: &mut AnyConnection, event: &StatusEvent) -> sqlx::Result<Option<Row>> {
    sqlx::query_as(
        "SELECT * FROM wamid_sends WHERE message_id = $1 AND phone_number_id = $2 ORDER BY id LIMIT 1",
    )
    .bind(text(&event.id))
    .bind(text(&event.phone_number_id))
    .fetch_optional(tx)
    .await
}

/// The oldest send of that reference that waits to be settled, to that recipient.
///
/// A reference may be on many sends (a campaign), so the recipient must fit where it is known: under the same name,
/// or in the same conversation, or a number that Meta corrected. Those corrections (Argentina, Brazil, Mexico) add or
/// drop digits after the country code and keep the last eight.
async fn by_reference(tx: &mut AnyConnection, event: &StatusEvent) -> sqlx::Result<Option<Row>> {
    let Some(reference) = &event.reference else {
        return Ok(None);
    };
    let business = &event.phone_number_id;
    let number = event.recipient.as_deref().filter(|name| !name.is_empty());
    let user_id = event.user_id.as_deref().filter(|name| !name.is_empty());
    let mut conversation = None;
    for name in [number, user_id].into_iter().flatten() {
        if conversation.is_none() {
            conversation = contacts::find(tx, business, name).await?;
        }
    }
    sqlx::query_as(
        "SELECT * FROM wamid_sends
         WHERE reference = $1 AND phone_number_id = $2 AND status = 0
            AND (($3 IS NULL AND $4 IS NULL) OR recipient = $3 OR recipient = $4 OR conversation_id = $5
                OR (LENGTH($3) <> LENGTH(recipient) AND LENGTH($3) > 10 AND LENGTH(recipient) > 10
                    AND SUBSTR($3, 1, 2) = SUBSTR(recipient, 1, 2)
                    AND SUBSTR($3, LENGTH($3) - 7) = SUBSTR(recipient, LENGTH(recipient) - 7)))
         ORDER BY CASE WHEN recipient = $3 OR recipient = $4 THEN 0 WHEN conversation_id = $5 THEN 1 ELSE 2 END,
            created_at, id
         LIMIT 1",
    )
    .bind(text(reference))
    .bind(text(business))
    .bind(number.map(text))
    .bind(user_id.map(text))
    .bind(conversation)
    .fetch_optional(tx)
    .await
}
