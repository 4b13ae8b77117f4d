//! The events of webhooks and their parts, declared for every language.

use jiff::Timestamp;

use super::declare::{declare, events};
use crate::json::Json;

events! {
    /// One thing that a webhook tells.
    Event {
        /// Somebody wrote to the business.
        Message(MessageEvent) = "message",
        /// The business answered from its phone (field `smb_message_echoes`).
        Echo(EchoEvent) = "echo",
        /// What became of a message that the business sent.
        Status(StatusEvent) = "status",
        /// Anything else, as Meta wrote it.
        Other(OtherEvent) = "other",
    }
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

declare! {
    /// Somebody wrote to the business.
    ///
    /// To answer, send to `address`: it is the sender exactly as Meta named it.
    MessageEvent {
        /// The message's id.
        id: String,
        /// The sender's number, digits only; absent where Meta gives only a user id.
        ///
        /// Do not send to it: a client with a default country code takes ten bare digits for a national number, and the
        /// message reaches a stranger. Send to `address`.
        from: Option<String>,
        /// The sender's business-scoped user id.
        user_id: Option<String>,
        /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's
        /// message has none.
        address: Option<String>,
        /// The sender's name, as the sender wrote it.
        profile_name: Option<String>,
        /// The sender's user name.
        username: Option<String>,
        /// The group that it was written in; absent in a conversation of two.
        group_id: Option<String>,
        /// When it was written.
        timestamp: Timestamp,
        /// The business number that it came to.
        phone_number_id: String,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        kind as "type": String,
        /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row
        /// that was pressed.
        text: Option<String>,
        /// The id of the message that it answers.
        reply_to: Option<String>,
        /// What the sender made of an earlier message, where the type is `edit`.
        edit: Option<Box<Edit>>,
        /// Which message the sender took back, where the type is `revoke`.
        revoke: Option<Revoke>,
        /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False
        /// without a store.
        redelivered: bool,
        /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is
        /// left out where nothing did.
        raw: Json,
    }

    /// An earlier message as the sender wants it now.
    Edit {
        /// The id of the message that is changed.
        message_id: String,
        /// Its new text, or the new caption of its file.
        text: Option<String>,
        /// Its file.
        media: Option<EventMedia>,
    }

    /// An earlier message that the sender took back.
    Revoke {
        /// The id of the message that is gone.
        message_id: String,
    }

    /// A file of a message.
    EventMedia {
        /// Its id, under which Meta keeps it for 7 days.
        id: Option<String>,
        /// Its type, such as `image/jpeg`.
        mime_type: Option<String>,
        /// Its SHA-256 in base64, as webhooks have it.
        sha256: Option<String>,
        /// What was written below it.
        caption: Option<String>,
        /// A document's name.
        filename: Option<String>,
        /// Whether it is a voice note.
        voice: Option<bool>,
        /// Whether a sticker moves.
        animated: Option<bool>,
        /// Where it can be fetched for five minutes, with the access token.
        url: Option<String>,
    }

    /// A message that the business sent from its phone: all that a message event has, and whom it went to.
    ///
    /// `from` is the business's own number; `user_id`, `username`, `profile_name` and `address` are the customer's.
    EchoEvent holds message: MessageEvent {
        /// The customer's number, digits only; absent where Meta gives only a user id. Send to `address`, not to it.
        to: Option<String>,
    }

    /// What became of a message that the business sent.
    StatusEvent {
        /// The message's id.
        id: String,
        /// `sent`, `delivered`, `read`, `failed` …; new ones come without notice.
        status: String,
        /// When it became so.
        timestamp: Timestamp,
        /// The recipient's number, digits only. Do not send to it, but to `address`.
        recipient: Option<String>,
        /// The recipient's business-scoped user id.
        user_id: Option<String>,
        /// What to send to: `+` and the recipient's number, or the user id where there is no number. A group has none.
        address: Option<String>,
        /// The business number that it was sent from.
        phone_number_id: String,
        /// The send's reference.
        reference: Option<String>,
        /// Why it failed.
        errors: Vec<StatusError>,
        /// Meta's object of a payment. Where there is one, `status` is that of the payment, not of the message.
        payment: Option<Json>,
        /// Whether the store has seen this status of this message before. False without a store.
        redelivered: bool,
        /// The status as Meta wrote it.
        raw: Json,
    }

    /// Why a message failed after Meta had taken it.
    StatusError {
        /// The Graph API's code, such as 131026.
        code: i64,
        /// A short title.
        title: Option<String>,
        /// What happened.
        message: Option<String>,
        /// What Meta says of the cause.
        details: Option<String>,
    }

    /// Anything that is neither a message nor a status.
    OtherEvent {
        /// The webhook field, such as `message_template_status_update`.
        field: String,
        /// The change's value as Meta wrote it.
        raw: Json,
    }
}
