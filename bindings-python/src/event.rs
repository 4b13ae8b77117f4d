//! What webhooks tell.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use wamid::Event;

use crate::record::{Instant, Raw, record};

record! {
    /// Somebody wrote to the business. To answer, send to `address`: it is the sender exactly as Meta named it.
    MessageEvent "wamid" "MessageEvent" event "message" {
        /// The message's id.
        id "id": String,
        /// The sender's number, digits only; None where Meta gives only a user id. Send to `address`, not to it. (`from` is a word of Python's own.)
        from_ "from": Option<String>,
        /// The sender's business-scoped user id.
        user_id "user_id": Option<String>,
        /// What to send an answer to: `+` and the sender's number, or the user id. A group's message has none.
        address "address": Option<String>,
        /// The sender's name, as the sender wrote it.
        profile_name "profile_name": Option<String>,
        /// The sender's user name.
        username "username": Option<String>,
        /// The group that it was written in; None in a conversation of two.
        group_id "group_id": Option<String>,
        /// When it was written: an aware datetime, in UTC.
        timestamp "timestamp": Instant,
        /// The business number that it came to.
        phone_number_id "phone_number_id": String,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type "type": String,
        /// The text of a text message, a caption, or the label of the button or list row that was pressed.
        text "text": Option<String>,
        /// The id of the message that it answers.
        reply_to "reply_to": Option<String>,
        /// What the sender made of an earlier message, where the type is `edit`.
        edit "edit": Option<Edit>,
        /// Which message the sender took back, where the type is `revoke`.
        revoke "revoke": Option<Revoke>,
        /// Whether the store has seen this message before. False without a store.
        redelivered "redelivered": bool,
        /// The message, and under `contact` what stood beside it of the sender, as Meta wrote them: `{"message": ..., "contact": ...}`.
        raw "raw": Raw,
    }
}

record! {
    /// The business wrote from its phone: `from_` is its own number; `user_id`, `username`, `profile_name` and `address` are the customer's.
    EchoEvent "wamid" "EchoEvent" event "echo" {
        /// The customer's number, digits only; None where Meta gives only a user id. Send to `address`, not to it.
        to "to": Option<String>,
        /// The message's id.
        id "id": String,
        /// The sender's number, digits only; None where Meta gives only a user id. Send to `address`, not to it. (`from` is a word of Python's own.)
        from_ "from": Option<String>,
        /// The sender's business-scoped user id.
        user_id "user_id": Option<String>,
        /// What to send an answer to: `+` and the sender's number, or the user id. A group's message has none.
        address "address": Option<String>,
        /// The sender's name, as the sender wrote it.
        profile_name "profile_name": Option<String>,
        /// The sender's user name.
        username "username": Option<String>,
        /// The group that it was written in; None in a conversation of two.
        group_id "group_id": Option<String>,
        /// When it was written: an aware datetime, in UTC.
        timestamp "timestamp": Instant,
        /// The business number that it came to.
        phone_number_id "phone_number_id": String,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type "type": String,
        /// The text of a text message, a caption, or the label of the button or list row that was pressed.
        text "text": Option<String>,
        /// The id of the message that it answers.
        reply_to "reply_to": Option<String>,
        /// What the sender made of an earlier message, where the type is `edit`.
        edit "edit": Option<Edit>,
        /// Which message the sender took back, where the type is `revoke`.
        revoke "revoke": Option<Revoke>,
        /// Whether the store has seen this message before. False without a store.
        redelivered "redelivered": bool,
        /// The message, and under `contact` what stood beside it of the sender, as Meta wrote them: `{"message": ..., "contact": ...}`.
        raw "raw": Raw,
    }
}

record! {
    /// What became of a message that the business sent.
    StatusEvent "wamid" "StatusEvent" event "status" {
        /// The message's id.
        id "id": String,
        /// `sent`, `delivered`, `read`, `failed` …; new ones come without notice.
        status "status": String,
        /// When it became so: an aware datetime, in UTC.
        timestamp "timestamp": Instant,
        /// The recipient's number, digits only. Send to `address`, not to it.
        recipient "recipient": Option<String>,
        /// The recipient's business-scoped user id.
        user_id "user_id": Option<String>,
        /// What to send to: `+` and the recipient's number, or the user id. A group has none.
        address "address": Option<String>,
        /// The business number that it was sent from.
        phone_number_id "phone_number_id": String,
        /// The send's reference.
        reference "reference": Option<String>,
        /// Why it failed.
        errors "errors": Vec<StatusError>,
        /// Meta's object of a payment. Where there is one, `status` is the payment's, not the message's.
        payment "payment": Option<Raw>,
        /// Whether the store has seen this status of this message before. False without a store.
        redelivered "redelivered": bool,
        /// The status as Meta wrote it.
        raw "raw": Raw,
    }
}

record! {
    /// An earlier message as the sender wants it now.
    Edit "wamid" "Edit" {
        /// The id of the message that is changed.
        message_id "message_id": String,
        /// Its new text, or the new caption of its file.
        text "text": Option<String>,
        /// Its file.
        media "media": Option<EventMedia>,
    }
}

record! {
    /// An earlier message that the sender took back.
    Revoke "wamid" "Revoke" {
        /// The id of the message that is gone.
        message_id "message_id": String,
    }
}

record! {
    /// A file of a message.
    EventMedia "wamid" "EventMedia" {
        /// Its id, under which Meta keeps it for 7 days.
        id "id": Option<String>,
        /// Its type, such as `image/jpeg`.
        mime_type "mime_type": Option<String>,
        /// Its SHA-256 in base64, as webhooks have it.
        sha256 "sha256": Option<String>,
        /// What was written below it.
        caption "caption": Option<String>,
        /// A document's name.
        filename "filename": Option<String>,
        /// Whether it is a voice note.
        voice "voice": Option<bool>,
        /// Whether a sticker moves.
        animated "animated": Option<bool>,
        /// Where it can be fetched for five minutes, with the access token.
        url "url": Option<String>,
    }
}

record! {
    /// Why a message failed after Meta had taken it.
    StatusError "wamid" "StatusError" {
        /// The Graph API's code, such as 131026.
        code "code": i64,
        /// A short title.
        title "title": Option<String>,
        /// What happened.
        message "message": Option<String>,
        /// What Meta says of the cause.
        details "details": Option<String>,
    }
}

record! {
    /// Anything that is neither a message nor a status.
    OtherEvent "wamid" "OtherEvent" event "other" {
        /// The webhook field, such as `message_template_status_update`.
        field "field": String,
        /// The change's value as Meta wrote it.
        raw "raw": Raw,
    }
}

/// The events as a Python list.
pub(crate) fn events(py: Python<'_>, events: Vec<Event>) -> PyResult<Bound<'_, PyAny>> {
    let converted = events.into_iter().map(|event| convert(py, event)).collect::<PyResult<Vec<_>>>()?;
    converted.into_bound_py_any(py)
}

fn convert(py: Python<'_>, event: Event) -> PyResult<Bound<'_, PyAny>> {
    match event {
        Event::Message(event) => MessageEvent {
            id: event.id,
            from_: event.from,
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
            raw: event.raw.into(),
        }
        .into_bound_py_any(py),
        Event::Echo(wamid::EchoEvent { to, message: event, .. }) => EchoEvent {
            to,
            id: event.id,
            from_: event.from,
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
            raw: event.raw.into(),
        }
        .into_bound_py_any(py),
        Event::Status(event) => StatusEvent {
            id: event.id,
            status: event.status,
            timestamp: event.timestamp.into(),
            recipient: event.recipient,
            user_id: event.user_id,
            address: event.address,
            phone_number_id: event.phone_number_id,
            reference: event.reference,
            errors: event.errors.into_iter().map(Into::into).collect(),
            payment: event.payment.map(Into::into),
            redelivered: event.redelivered,
            raw: event.raw.into(),
        }
        .into_bound_py_any(py),
        Event::Other(event) => OtherEvent { field: event.field, raw: event.raw.into() }.into_bound_py_any(py),
        // A kind of tomorrow's core: the contract test fails until it has a class here; until then it is told whole.
        event => {
            let raw = serde_json::to_string(&event).unwrap_or_default();
            OtherEvent { field: String::new(), raw: raw.into() }.into_bound_py_any(py)
        }
    }
}

impl From<wamid::StatusError> for StatusError {
    fn from(error: wamid::StatusError) -> Self {
        let wamid::StatusError { code, title, message, details, .. } = error;
        Self { code, title, message, details }
    }
}

impl From<wamid::Edit> for Edit {
    fn from(edit: wamid::Edit) -> Self {
        let wamid::Edit { message_id, text, media, .. } = edit;
        Self { message_id, text, media: media.map(Into::into) }
    }
}

impl From<wamid::Revoke> for Revoke {
    fn from(revoke: wamid::Revoke) -> Self {
        Self { message_id: revoke.message_id }
    }
}

impl From<wamid::EventMedia> for EventMedia {
    fn from(media: wamid::EventMedia) -> Self {
        let wamid::EventMedia { id, mime_type, sha256, caption, filename, voice, animated, url, .. } = media;
        Self { id, mime_type, sha256, caption, filename, voice, animated, url }
    }
}
