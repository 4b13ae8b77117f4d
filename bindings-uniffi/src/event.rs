//! What a webhook tells, typed.

use crate::time::Date;

/// Somebody wrote to the business.
#[derive(Debug, Clone, uniffi::Record)]
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
    pub timestamp: Date,
    /// The business number that it came to.
    pub phone_number_id: String,
    /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
    pub r#type: String,
    /// The text of a text message, or the label of the button or list row that was pressed.
    pub text: Option<String>,
    /// The id of the message that it answers.
    pub reply_to: Option<String>,
    /// The message as Meta wrote it, JSON text.
    pub raw: String,
}

/// What became of a message that the business sent.
#[derive(Debug, Clone, uniffi::Record)]
pub struct StatusEvent {
    /// The message's id.
    pub id: String,
    /// `sent`, `delivered`, `read`, `failed` …; new ones come without notice.
    pub status: String,
    /// When it became so.
    pub timestamp: Date,
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
    /// The status as Meta wrote it, JSON text.
    pub raw: String,
}

/// Why a message failed after Meta had taken it.
#[derive(Debug, Clone, uniffi::Record)]
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
#[derive(Debug, Clone, uniffi::Record)]
pub struct OtherEvent {
    /// The webhook field, such as `message_template_status_update`.
    pub field: String,
    /// The change's value as Meta wrote it, JSON text.
    pub raw: String,
}

/// One thing that a webhook tells.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Event {
    /// Somebody wrote to the business.
    Message {
        /// The message.
        message: MessageEvent,
    },
    /// What became of a message that the business sent.
    Status {
        /// The status.
        status: StatusEvent,
    },
    /// Anything else, as Meta wrote it.
    Other {
        /// What it was.
        other: OtherEvent,
    },
}

impl From<wamid::MessageEvent> for MessageEvent {
    fn from(event: wamid::MessageEvent) -> Self {
        Self {
            id: event.id,
            from: event.from,
            user_id: event.user_id,
            profile_name: event.profile_name,
            timestamp: event.timestamp.into(),
            phone_number_id: event.phone_number_id,
            r#type: event.kind,
            text: event.text,
            reply_to: event.reply_to,
            raw: event.raw.as_str().to_owned(),
        }
    }
}

impl From<wamid::StatusEvent> for StatusEvent {
    fn from(event: wamid::StatusEvent) -> Self {
        let errors = event.errors.into_iter();
        Self {
            id: event.id,
            status: event.status,
            timestamp: event.timestamp.into(),
            recipient: event.recipient,
            user_id: event.user_id,
            phone_number_id: event.phone_number_id,
            reference: event.reference,
            errors: errors
                .map(|error| StatusError {
                    code: error.code,
                    title: error.title,
                    message: error.message,
                    details: error.details,
                })
                .collect(),
            raw: event.raw.as_str().to_owned(),
        }
    }
}

impl Event {
    /// The core's events. One of a kind that comes to the core before it comes here is told whole, as other.
    pub(crate) fn all(events: Vec<wamid::Event>) -> Vec<Self> {
        events
            .into_iter()
            .map(|event| match event {
                wamid::Event::Message(event) => Self::Message { message: event.into() },
                wamid::Event::Status(event) => Self::Status { status: event.into() },
                wamid::Event::Other(event) => {
                    let other = OtherEvent { field: event.field, raw: event.raw.as_str().to_owned() };
                    Self::Other { other }
                }
                event => {
                    let raw = serde_json::to_string(&event).unwrap_or_default();
                    Self::Other { other: OtherEvent { field: String::new(), raw } }
                }
            })
            .collect()
    }
}
