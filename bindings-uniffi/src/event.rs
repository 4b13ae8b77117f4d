//! What a webhook tells, typed.

use crate::time::Date;

/// The events that tell of a message: the same fields, after those that only one of them has.
macro_rules! message_events {
    ($($(#[$doc:meta])* $name:ident { $($(#[$own_doc:meta])* $own:ident: $kind:ty,)* })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, uniffi::Record)]
        pub struct $name {
            $($(#[$own_doc])* pub $own: $kind,)*
            /// The message's id.
            pub id: String,
            /// The sender's number, digits only; absent where Meta gives only a user id. Do not send to it, but to `address`: a
            /// client with a default country code takes ten bare digits for a national number.
            pub from: Option<String>,
            /// The other one's business-scoped user id.
            pub user_id: Option<String>,
            /// What to send an answer to: `+` and the number, or the user id where there is no number. A group's message has
            /// none.
            pub address: Option<String>,
            /// The other one's name, as they wrote it.
            pub profile_name: Option<String>,
            /// The other one's user name.
            pub username: Option<String>,
            /// The group that it was written in; absent in a conversation of two.
            pub group_id: Option<String>,
            /// When it was written.
            pub timestamp: Date,
            /// The business number that it is about.
            pub phone_number_id: String,
            /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
            pub r#type: String,
            /// The text of a text message, the caption of a file, or the label of the button or list row that was pressed.
            pub text: Option<String>,
            /// The id of the message that it answers.
            pub reply_to: Option<String>,
            /// What became of an earlier message, where the type is `edit`.
            pub edit: Option<Edit>,
            /// Which message was taken back, where the type is `revoke`.
            pub revoke: Option<Revoke>,
            /// Whether the store has seen this message before. This library has no store: false.
            pub redelivered: bool,
            /// `{"message": …, "contact": …}` as Meta wrote them, JSON text. `contact` is left out where there is none.
            pub raw: String,
        }

        impl $name {
            fn of($($own: $kind,)* event: wamid::MessageEvent) -> Self {
                Self {
                    $($own,)*
                    id: event.id,
                    from: event.from,
                    user_id: event.user_id,
                    address: event.address,
                    profile_name: event.profile_name,
                    username: event.username,
                    group_id: event.group_id,
                    timestamp: event.timestamp.into(),
                    phone_number_id: event.phone_number_id,
                    r#type: event.kind,
                    text: event.text,
                    reply_to: event.reply_to,
                    edit: event.edit.map(|edit| (*edit).into()),
                    revoke: event.revoke.map(Into::into),
                    redelivered: event.redelivered,
                    raw: event.raw.as_str().to_owned(),
                }
            }
        }
    )* };
}

message_events! {
    /// Somebody wrote to the business.
    MessageEvent {}

    /// The business wrote from its phone: all of a message, and whom it went to. `from` is the business's own number; `user_id`,
    /// `username`, `profile_name` and `address` are the customer's.
    EchoEvent {
        /// The customer's number, digits only; absent where Meta gives only a user id. Send to `address`, not to it.
        to: Option<String>,
    }
}

/// An earlier message as its sender wants it now.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Edit {
    /// The id of the message that is changed.
    pub message_id: String,
    /// Its new text, or the new caption of its file.
    pub text: Option<String>,
    /// Its file.
    pub media: Option<EventMedia>,
}

impl From<wamid::Edit> for Edit {
    fn from(edit: wamid::Edit) -> Self {
        Self { message_id: edit.message_id, text: edit.text, media: edit.media.map(Into::into) }
    }
}

/// An earlier message that its sender took back.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Revoke {
    /// The id of the message that is gone.
    pub message_id: String,
}

impl From<wamid::Revoke> for Revoke {
    fn from(revoke: wamid::Revoke) -> Self {
        Self { message_id: revoke.message_id }
    }
}

/// A file of a message.
#[derive(Debug, Clone, uniffi::Record)]
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

impl From<wamid::EventMedia> for EventMedia {
    fn from(media: wamid::EventMedia) -> Self {
        Self {
            id: media.id,
            mime_type: media.mime_type,
            sha256: media.sha256,
            caption: media.caption,
            filename: media.filename,
            voice: media.voice,
            animated: media.animated,
            url: media.url,
        }
    }
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
    /// The recipient's number, digits only. Do not send to it, but to `address`.
    pub recipient: Option<String>,
    /// The recipient's business-scoped user id.
    pub user_id: Option<String>,
    /// What to send to: `+` and the number, or the user id where there is no number. A group has none.
    pub address: Option<String>,
    /// The business number that it was sent from.
    pub phone_number_id: String,
    /// The send's reference.
    pub reference: Option<String>,
    /// Why it failed.
    pub errors: Vec<StatusError>,
    /// Meta's object of a payment, JSON text. Where there is one, `status` is that of the payment, not of the message.
    pub payment: Option<String>,
    /// Whether the store has seen this status before. This library has no store: false.
    pub redelivered: bool,
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
    /// The business wrote from its phone.
    Echo {
        /// The message.
        echo: EchoEvent,
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

impl From<wamid::StatusEvent> for StatusEvent {
    fn from(event: wamid::StatusEvent) -> Self {
        let errors = event.errors.into_iter();
        Self {
            id: event.id,
            status: event.status,
            timestamp: event.timestamp.into(),
            recipient: event.recipient,
            user_id: event.user_id,
            address: event.address,
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
            payment: event.payment.map(|payment| payment.as_str().to_owned()),
            redelivered: event.redelivered,
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
                wamid::Event::Message(event) => Self::Message { message: MessageEvent::of(event) },
                wamid::Event::Echo(event) => Self::Echo { echo: EchoEvent::of(event.to, event.message) },
                wamid::Event::Status(event) => Self::Status { status: event.into() },
                wamid::Event::Other(event) => {
                    let other = OtherEvent { field: event.field, raw: event.raw.as_str().to_owned() };
                    Self::Other { other }
                }
                event => Self::Other { other: unknown(&event) },
            })
            .collect()
    }
}

/// An event of a kind that has no type here yet, as the core writes it.
fn unknown(event: &wamid::Event) -> OtherEvent {
    let written = serde_json::to_value(event).unwrap_or_default();
    let field = written.get("event").and_then(serde_json::Value::as_str).unwrap_or_default();
    OtherEvent { field: field.to_owned(), raw: serde_json::to_string(event).unwrap_or_default() }
}
