//! `Conversation`: an entry of the list of chats.

use jiff::Timestamp;
use serde::Serialize;

/// A conversation with one contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Conversation {
    /// Its id on the host.
    pub id: i64,
    /// The contact's number, digits only, or its user id where Meta gives no number. Send to [`address`](Self::address), not to
    /// it: a client with a default country code takes ten bare digits for a national number.
    pub phone_number: String,
    /// What to send to: `+` and the number, or the user id. Absent where the host names the contact in another way.
    pub address: Option<String>,
    /// The id of the label that someone gave it.
    pub label: Option<i64>,
    /// How many messages came in since the last one that went out.
    pub unread_count: i64,
    /// When the last message came in or went out.
    pub last_message_at: Option<Timestamp>,
}
