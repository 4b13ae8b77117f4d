//! The event types of webhooks.

use jiff::Timestamp;
use serde::Serialize;

use crate::json::Json;

/// One thing that a webhook tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// Somebody wrote to the business.
    Message(MessageEvent),
    /// The business answered from its phone (field `smb_message_echoes`).
    Echo(EchoEvent),
    /// What became of a message that the business sent.
    Status(StatusEvent),
    /// Anything else, as Meta wrote it.
    Other(OtherEvent),
}

impl Event {
    /// The business number that it is about, by its id; of an [`OtherEvent`] none is known.
    #[must_use]
    pub fn phone_number_id(&self) -> Option<&str> {
        match self {
            Self::Message(message) => Some(&message.phone_number_id),
            Self::Echo(echo) => Some(&echo.message.phone_number_id),
            Self::Status(status) => Some(&status.phone_number_id),
            Self::Other(_) => None,
        }
    }
}

/// Somebody wrote to the business.
///
/// To answer, send to [`address`](Self::address): it is the sender exactly as Meta named it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessageEvent {
    /// The message's id.
    pub id: String,
    /// The sender's number, digits only; absent where Meta gives only a user id.
    ///
    /// Do not send to it: a client with a default country code takes ten bare digits for a national number, and the
    /// message reaches a stranger. Send to [`address`](Self::address).
    pub from: Option<String>,
    /// The sender's business-scoped user id.
    pub user_id: Option<String>,
    /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's
    /// message has none.
    pub address: Option<String>,
    /// The sender's name, as the sender wrote it.
    pub profile_name: Option<String>,
    /// The sender's user name.
    pub username: Option<String>,
    /// The group that it was written in; absent in a conversation of two.
    pub group_id: Option<String>,
    /// When it was written.
    pub timestamp: Timestamp,
    /// The business number that it came to.
    pub phone_number_id: String,
    /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
    #[serde(rename = "type")]
    pub kind: String,
    /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row
    /// that was pressed.
    pub text: Option<String>,
    /// The id of the message that it answers.
    pub reply_to: Option<String>,
    /// What the sender made of an earlier message, where the type is `edit`.
    pub edit: Option<Box<Edit>>,
    /// Which message the sender took back, where the type is `revoke`.
    pub revoke: Option<Revoke>,
    /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False
    /// without a store.
    pub redelivered: bool,
    /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is
    /// left out where nothing did.
    pub raw: Json,
}

/// An earlier message as the sender wants it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Edit {
    /// The id of the message that is changed.
    pub message_id: String,
    /// Its new text, or the new caption of its file.
    pub text: Option<String>,
    /// Its file.
    pub media: Option<EventMedia>,
}

/// An earlier message that the sender took back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Revoke {
    /// The id of the message that is gone.
    pub message_id: String,
}

/// A file of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EventMedia {
    /// Its id, under which Meta keeps it for 7 days.
    pub id: Option<String>,
    /// Its type, such as `image/jpeg`.
    pub mime_type: Option<String>,
    /// Its SHA-256 in base64, as webhooks have it.
    pub sha256: Option<String>,
    /// What was written below it.
    pub caption: Option<String>,
    /// A document's name.
    pub filename: Option<String>,
    /// Whether it is a voice note.
    pub voice: Option<bool>,
    /// Whether a sticker moves.
    pub animated: Option<bool>,
    /// Where it can be fetched for five minutes, with the access token.
    pub url: Option<String>,
}

/// A message that the business sent from its phone: all of a [`MessageEvent`], and whom it went to.
///
/// `from` is the business's own number; `user_id`, `username`, `profile_name` and `address` are the customer's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EchoEvent {
    /// The customer's number, digits only; absent where Meta gives only a user id. Send to `address`, not to it.
    pub to: Option<String>,
    /// The message.
    #[serde(flatten)]
    pub message: MessageEvent,
}

/// What became of a message that the business sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StatusEvent {
    /// The message's id.
    pub id: String,
    /// `sent`, `delivered`, `read`, `failed` …; new ones come without notice.
    pub status: String,
    /// When it became so.
    pub timestamp: Timestamp,
    /// The recipient's number, digits only. Do not send to it, but to [`address`](Self::address).
    pub recipient: Option<String>,
    /// The recipient's business-scoped user id.
    pub user_id: Option<String>,
    /// What to send to: `+` and the recipient's number, or the user id where there is no number. A group has none.
    pub address: Option<String>,
    /// The business number that it was sent from.
    pub phone_number_id: String,
    /// The send's reference.
    pub reference: Option<String>,
    /// Why it failed.
    pub errors: Vec<StatusError>,
    /// Meta's object of a payment. Where there is one, `status` is that of the payment, not of the message.
    pub payment: Option<Json>,
    /// Whether the store has seen this status of this message before. False without a store.
    pub redelivered: bool,
    /// The status as Meta wrote it.
    pub raw: Json,
}

/// Why a message failed after Meta had taken it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StatusError {
    /// The Graph API's code, such as 131026.
    pub code: i64,
    /// A short title.
    pub title: Option<String>,
    /// What happened.
    pub message: Option<String>,
    /// What Meta says of the cause.
    pub details: Option<String>,
}

/// Anything that is neither a message nor a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OtherEvent {
    /// The webhook field, such as `message_template_status_update`.
    pub field: String,
    /// The change's value as Meta wrote it.
    pub raw: Json,
}
