//! What the operations answer.

use jiff::Timestamp;
use serde::Serialize;

use crate::template::Json;

/// The host took the message; it is on its way.
///
/// Delivery itself is told by status webhooks, which carry [`id`](Self::id).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Receipt {
    /// The message's id, `wamid.…`.
    pub id: String,
    /// The recipient as it was sent: digits only, or a user id.
    pub phone: String,
    /// The recipient's WhatsApp id, which may differ from the number (Meta corrects some countries' numbers).
    pub wa_id: Option<String>,
    /// The recipient's business-scoped user id.
    pub user_id: Option<String>,
    /// Meta's `message_status`, such as `accepted`; new ones come without notice.
    pub status: Option<String>,
    /// The send's reference.
    pub reference: Option<String>,
    /// Meta's answer, untouched.
    pub raw: Json,
}

/// A conversation with one contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Conversation {
    /// Its id on the host.
    pub id: i64,
    /// The contact's number, or its user id where Meta gives no number.
    pub phone_number: String,
    /// The id of the label that someone gave it.
    pub label: Option<i64>,
    /// How many messages came in since the last one that went out.
    pub unread_count: i64,
    /// When the last message came in or went out.
    pub last_message_at: Option<Timestamp>,
}
