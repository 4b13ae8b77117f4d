// Written by `cargo xtask generate` from the declarations in core/src/webhook.

//! What a webhook tells, typed.

use crate::time::Date;
use crate::told::{events, told};

told! {
    /// A file of a message.
    EventMedia {
        /// Its id, under which Meta keeps it for 7 days.
        #[uniffi(default = None)]
        id: Option<String> = id,
        /// Its type, such as `image/jpeg`.
        #[uniffi(default = None)]
        mime_type: Option<String> = mime_type,
        /// Its SHA-256 in base64, as webhooks have it.
        #[uniffi(default = None)]
        sha256: Option<String> = sha256,
        /// What was written below it.
        #[uniffi(default = None)]
        caption: Option<String> = caption,
        /// A document's name.
        #[uniffi(default = None)]
        filename: Option<String> = filename,
        /// Whether it is a voice note.
        #[uniffi(default = None)]
        voice: Option<bool> = voice,
        /// Whether a sticker moves.
        #[uniffi(default = None)]
        animated: Option<bool> = animated,
        /// Where it can be fetched for five minutes, with the access token.
        #[uniffi(default = None)]
        url: Option<String> = url,
    }

    /// An earlier message as the sender wants it now.
    Edit {
        /// The id of the message that is changed.
        message_id: String = message_id,
        /// Its new text, or the new caption of its file.
        #[uniffi(default = None)]
        text: Option<String> = text,
        /// Its file.
        #[uniffi(default = None)]
        media: Option<EventMedia> = media,
    }

    /// An earlier message that the sender took back.
    Revoke {
        /// The id of the message that is gone.
        message_id: String = message_id,
    }

    /// Why a message failed after Meta had taken it.
    StatusError {
        /// The Graph API's code, such as 131026.
        code: i64 = code,
        /// A short title.
        #[uniffi(default = None)]
        title: Option<String> = title,
        /// What happened.
        #[uniffi(default = None)]
        message: Option<String> = message,
        /// What Meta says of the cause.
        #[uniffi(default = None)]
        details: Option<String> = details,
    }

    /// Somebody wrote to the business.
    ///
    /// To answer, send to `address`: it is the sender exactly as Meta named it.
    MessageEvent {
        /// The message's id.
        id: String = id,
        /// The sender's number, digits only; absent where Meta gives only a user id.
        ///
        /// Do not send to it: a client with a default country code takes ten bare digits for a national number, and the message reaches a stranger. Send to `address`.
        #[uniffi(default = None)]
        from: Option<String> = from,
        /// The sender's business-scoped user id.
        #[uniffi(default = None)]
        user_id: Option<String> = user_id,
        /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message has none.
        #[uniffi(default = None)]
        address: Option<String> = address,
        /// The sender's name, as the sender wrote it.
        #[uniffi(default = None)]
        profile_name: Option<String> = profile_name,
        /// The sender's user name.
        #[uniffi(default = None)]
        username: Option<String> = username,
        /// The group that it was written in; absent in a conversation of two.
        #[uniffi(default = None)]
        group_id: Option<String> = group_id,
        /// When it was written.
        timestamp: Date = timestamp,
        /// The business number that it came to.
        phone_number_id: String = phone_number_id,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type: String = kind,
        /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was pressed.
        #[uniffi(default = None)]
        text: Option<String> = text,
        /// The id of the message that it answers.
        #[uniffi(default = None)]
        reply_to: Option<String> = reply_to,
        /// What the sender made of an earlier message, where the type is `edit`.
        #[uniffi(default = None)]
        edit: Option<Edit> = edit,
        /// Which message the sender took back, where the type is `revoke`.
        #[uniffi(default = None)]
        revoke: Option<Revoke> = revoke,
        /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store.
        redelivered: bool = redelivered,
        /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did. JSON text.
        raw: String = raw,
    }

    /// A message that the business sent from its phone: all that a message event has, and whom it went to.
    ///
    /// `from` is the business's own number; `userId`, `username`, `profileName` and `address` are the customer's.
    EchoEvent {
        /// The customer's number, digits only; absent where Meta gives only a user id. Send to `address`, not to it.
        #[uniffi(default = None)]
        to: Option<String> = to,
        /// The message's id.
        id: String = message.id,
        /// The sender's number, digits only; absent where Meta gives only a user id.
        ///
        /// Do not send to it: a client with a default country code takes ten bare digits for a national number, and the message reaches a stranger. Send to `address`.
        #[uniffi(default = None)]
        from: Option<String> = message.from,
        /// The sender's business-scoped user id.
        #[uniffi(default = None)]
        user_id: Option<String> = message.user_id,
        /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message has none.
        #[uniffi(default = None)]
        address: Option<String> = message.address,
        /// The sender's name, as the sender wrote it.
        #[uniffi(default = None)]
        profile_name: Option<String> = message.profile_name,
        /// The sender's user name.
        #[uniffi(default = None)]
        username: Option<String> = message.username,
        /// The group that it was written in; absent in a conversation of two.
        #[uniffi(default = None)]
        group_id: Option<String> = message.group_id,
        /// When it was written.
        timestamp: Date = message.timestamp,
        /// The business number that it came to.
        phone_number_id: String = message.phone_number_id,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type: String = message.kind,
        /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was pressed.
        #[uniffi(default = None)]
        text: Option<String> = message.text,
        /// The id of the message that it answers.
        #[uniffi(default = None)]
        reply_to: Option<String> = message.reply_to,
        /// What the sender made of an earlier message, where the type is `edit`.
        #[uniffi(default = None)]
        edit: Option<Edit> = message.edit,
        /// Which message the sender took back, where the type is `revoke`.
        #[uniffi(default = None)]
        revoke: Option<Revoke> = message.revoke,
        /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store.
        redelivered: bool = message.redelivered,
        /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did. JSON text.
        raw: String = message.raw,
    }

    /// What became of a message that the business sent.
    StatusEvent {
        /// The message's id.
        id: String = id,
        /// `sent`, `delivered`, `read`, `failed` …; new ones come without notice.
        status: String = status,
        /// When it became so.
        timestamp: Date = timestamp,
        /// The recipient's number, digits only. Do not send to it, but to `address`.
        #[uniffi(default = None)]
        recipient: Option<String> = recipient,
        /// The recipient's business-scoped user id.
        #[uniffi(default = None)]
        user_id: Option<String> = user_id,
        /// What to send to: `+` and the recipient's number, or the user id where there is no number. A group has none.
        #[uniffi(default = None)]
        address: Option<String> = address,
        /// The business number that it was sent from.
        phone_number_id: String = phone_number_id,
        /// The send's reference.
        #[uniffi(default = None)]
        reference: Option<String> = reference,
        /// Why it failed.
        errors: Vec<StatusError> = errors,
        /// Meta's object of a payment. Where there is one, `status` is that of the payment, not of the message. JSON text.
        #[uniffi(default = None)]
        payment: Option<String> = payment,
        /// Whether the store has seen this status of this message before. False without a store.
        redelivered: bool = redelivered,
        /// The status as Meta wrote it. JSON text.
        raw: String = raw,
    }

    /// Anything that is neither a message nor a status.
    OtherEvent {
        /// The webhook field, such as `message_template_status_update`.
        field: String = field,
        /// The change's value as Meta wrote it. JSON text.
        raw: String = raw,
    }
}

events! {
    /// One thing that a webhook tells.
    Event {
        /// Somebody wrote to the business.
        ///
        /// To answer, send to `address`: it is the sender exactly as Meta named it.
        Message(message: MessageEvent),
        /// A message that the business sent from its phone: all that a message event has, and whom it went to.
        ///
        /// `from` is the business's own number; `userId`, `username`, `profileName` and `address` are the customer's.
        Echo(echo: EchoEvent),
        /// What became of a message that the business sent.
        Status(status: StatusEvent),
        /// Anything that is neither a message nor a status.
        Other(other: OtherEvent),
    }
}
