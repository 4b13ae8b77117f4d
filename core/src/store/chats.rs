//! The most recent conversations.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::Store;
use super::fault::patiently;
use super::value::{instant, now, text};
use crate::error::Error;
use crate::message::Conversation;
use crate::message::phone;

/// A send past its deadline is unknown by that alone, so what it does to its conversation is worked out here. The
/// conversations that can be among the most recent are so by what is written in them, or by such a send.
const RECENT: &str = "
    SELECT c.id, c.phone_number, c.label,
        c.received - CASE WHEN u.received_before > c.answered THEN u.received_before ELSE c.answered END AS unread,
        CASE WHEN u.at > c.last_message_at OR c.last_message_at IS NULL THEN u.at ELSE c.last_message_at END AS last_at
    FROM (
        SELECT id FROM (SELECT id FROM wamid_conversations
            WHERE phone_number_id = $1 AND last_message_at IS NOT NULL
            ORDER BY last_message_at DESC, id DESC LIMIT 50) AS written
        UNION
        SELECT conversation_id FROM (SELECT conversation_id FROM wamid_sends
            WHERE phone_number_id = $1 AND status = 0 AND deadline <= $2
            GROUP BY conversation_id ORDER BY MAX(created_at) DESC, conversation_id DESC LIMIT 50) AS unknown
    ) AS candidate
    JOIN wamid_conversations c ON c.id = candidate.id
    LEFT JOIN (
        SELECT conversation_id, MAX(created_at) AS at, MAX(received_before) AS received_before FROM wamid_sends
        WHERE phone_number_id = $1 AND status = 0 AND deadline <= $2 GROUP BY conversation_id
    ) AS u ON u.conversation_id = c.id
    ORDER BY last_at DESC, c.id DESC LIMIT 50";

impl Store {
    /// The 50 most recent conversations of that business number, the newest first.
    ///
    /// A conversation is listed once a message came in, or one went out or is unknown.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the record cannot be read.
    pub async fn chats(&self, phone_number_id: &str) -> Result<Vec<Conversation>, Error> {
        let now = now();
        let read = async {
            patiently!(sqlx::query(RECENT).bind(text(phone_number_id)).bind(now).fetch_all(self.pool()).await)
                .and_then(|rows| rows.iter().map(conversation).collect())
                .map_err(|error| self.fault("be read").database(error))
        };
        self.in_time("be read", read).await
    }
}

fn conversation(row: &AnyRow) -> sqlx::Result<Conversation> {
    let last: Option<i64> = row.try_get("last_at")?;
    let phone_number: String = row.try_get("phone_number")?;
    Ok(Conversation {
        id: row.try_get("id")?,
        address: phone::address(Some(&phone_number), None),
        phone_number,
        label: row.try_get("label")?,
        unread_count: row.try_get("unread")?,
        last_message_at: last.map(instant),
    })
}
