//! What a webhook tells, typed.

use jiff::Timestamp;
use serde::Serialize;

use crate::template::Json;

/// One thing that a webhook tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// Somebody wrote to the business.
    Message(MessageEvent),
    /// What became of a message that the business sent.
    Status(StatusEvent),
    /// Anything else, as Meta wrote it.
    Other(OtherEvent),
}

/// Somebody wrote to the business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessageEvent {
    /// The message's id.
    pub id: String,
    /// The sender's number; absent where Meta gives only a user id.
    pub from: Option<String>,
    /// The sender's business-scoped user id.
    pub user_id: Option<String>,
    /// The sender's name, as the sender wrote it.
    pub profile_name: Option<String>,
    /// When it was written.
    pub timestamp: Timestamp,
    /// The business number that it came to.
    pub phone_number_id: String,
    /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
    #[serde(rename = "type")]
    pub kind: String,
    /// The text of a text message, or the label of the button or list row that was pressed.
    pub text: Option<String>,
    /// The id of the message that it answers.
    pub reply_to: Option<String>,
    /// The message as Meta wrote it.
    pub raw: Json,
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
    /// The recipient's number.
    pub recipient: Option<String>,
    /// The recipient's business-scoped user id.
    pub user_id: Option<String>,
    /// The business number that it was sent from.
    pub phone_number_id: String,
    /// The send's reference.
    pub reference: Option<String>,
    /// Why it failed.
    pub errors: Vec<StatusError>,
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
