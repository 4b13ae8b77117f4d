// Written by `cargo xtask generate` from the declarations in core/src/webhook.

//! What webhooks tell.

use pyo3::prelude::*;

use crate::told::{events, told};

told! {
    /// A file of a message.
    EventMedia {
        /// Its id, under which Meta keeps it for 7 days.
        id "id" id,
        /// Its type, such as `image/jpeg`.
        mime_type "mime_type" mime_type,
        /// Its SHA-256 in base64, as webhooks have it.
        sha256 "sha256" sha256,
        /// What was written below it.
        caption "caption" caption,
        /// A document's name.
        filename "filename" filename,
        /// Whether it is a voice note.
        voice "voice" voice,
        /// Whether a sticker moves.
        animated "animated" animated,
        /// Where it can be fetched for five minutes, with the access token.
        url "url" url,
    }
}

told! {
    /// An earlier message as the sender wants it now.
    Edit {
        /// The id of the message that is changed.
        message_id "message_id" message_id,
        /// Its new text, or the new caption of its file.
        text "text" text,
        /// Its file.
        media "media" media,
    }
}

told! {
    /// An earlier message that the sender took back.
    Revoke {
        /// The id of the message that is gone.
        message_id "message_id" message_id,
    }
}

told! {
    /// Why a message failed after Meta had taken it.
    StatusError {
        /// The Graph API's code, such as 131026.
        code "code" code,
        /// A short title.
        title "title" title,
        /// What happened.
        message "message" message,
        /// What Meta says of the cause.
        details "details" details,
    }
}

told! {
    /// Somebody wrote to the business.
    ///
    /// To answer, send to `address`: it is the sender exactly as Meta named it.
    MessageEvent event "message" {
        /// The message's id.
        id "id" id,
        /// The sender's number, digits only; absent where Meta gives only a user id. Do not send to it: a client with a default country code takes ten bare digits for a national number, and the message reaches a stranger. Send to `address`.
        from_ "from" from,
        /// The sender's business-scoped user id.
        user_id "user_id" user_id,
        /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message has none.
        address "address" address,
        /// The sender's name, as the sender wrote it.
        profile_name "profile_name" profile_name,
        /// The sender's user name.
        username "username" username,
        /// The group that it was written in; absent in a conversation of two.
        group_id "group_id" group_id,
        /// When it was written. An aware datetime, in UTC.
        timestamp "timestamp" timestamp,
        /// The business number that it came to.
        phone_number_id "phone_number_id" phone_number_id,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type "type" kind,
        /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was pressed.
        text "text" text,
        /// The id of the message that it answers.
        reply_to "reply_to" reply_to,
        /// What the sender made of an earlier message, where the type is `edit`.
        edit "edit" edit,
        /// Which message the sender took back, where the type is `revoke`.
        revoke "revoke" revoke,
        /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store.
        redelivered "redelivered" redelivered,
        /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did.
        raw "raw" raw,
    }
}

told! {
    /// A message that the business sent from its phone: all that a message event has, and whom it went to.
    ///
    /// `from_` is the business's own number; `user_id`, `username`, `profile_name` and `address` are the customer's.
    EchoEvent event "echo" {
        /// The customer's number, digits only; absent where Meta gives only a user id. Send to `address`, not to it.
        to "to" to,
        /// The message's id.
        id "id" message.id,
        /// The sender's number, digits only; absent where Meta gives only a user id. Do not send to it: a client with a default country code takes ten bare digits for a national number, and the message reaches a stranger. Send to `address`.
        from_ "from" message.from,
        /// The sender's business-scoped user id.
        user_id "user_id" message.user_id,
        /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message has none.
        address "address" message.address,
        /// The sender's name, as the sender wrote it.
        profile_name "profile_name" message.profile_name,
        /// The sender's user name.
        username "username" message.username,
        /// The group that it was written in; absent in a conversation of two.
        group_id "group_id" message.group_id,
        /// When it was written. An aware datetime, in UTC.
        timestamp "timestamp" message.timestamp,
        /// The business number that it came to.
        phone_number_id "phone_number_id" message.phone_number_id,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type "type" message.kind,
        /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was pressed.
        text "text" message.text,
        /// The id of the message that it answers.
        reply_to "reply_to" message.reply_to,
        /// What the sender made of an earlier message, where the type is `edit`.
        edit "edit" message.edit,
        /// Which message the sender took back, where the type is `revoke`.
        revoke "revoke" message.revoke,
        /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store.
        redelivered "redelivered" message.redelivered,
        /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did.
        raw "raw" message.raw,
    }
}

told! {
    /// What became of a message that the business sent.
    StatusEvent event "status" {
        /// The message's id.
        id "id" id,
        /// `sent`, `delivered`, `read`, `failed` …; new ones come without notice.
        status "status" status,
        /// When it became so. An aware datetime, in UTC.
        timestamp "timestamp" timestamp,
        /// The recipient's number, digits only. Do not send to it, but to `address`.
        recipient "recipient" recipient,
        /// The recipient's business-scoped user id.
        user_id "user_id" user_id,
        /// What to send to: `+` and the recipient's number, or the user id where there is no number. A group has none.
        address "address" address,
        /// The business number that it was sent from.
        phone_number_id "phone_number_id" phone_number_id,
        /// The send's reference.
        reference "reference" reference,
        /// Why it failed.
        errors "errors" errors,
        /// Meta's object of a payment. Where there is one, `status` is that of the payment, not of the message.
        payment "payment" payment,
        /// Whether the store has seen this status of this message before. False without a store.
        redelivered "redelivered" redelivered,
        /// The status as Meta wrote it.
        raw "raw" raw,
    }
}

told! {
    /// Anything that is neither a message nor a status.
    OtherEvent event "other" {
        /// The webhook field, such as `message_template_status_update`.
        field "field" field,
        /// The change's value as Meta wrote it.
        raw "raw" raw,
    }
}

events! {
    events { Message(MessageEvent), Echo(EchoEvent), Status(StatusEvent), Other(OtherEvent) }
    classes { EventMedia, Edit, Revoke, StatusError, MessageEvent, EchoEvent, StatusEvent, OtherEvent }
}
