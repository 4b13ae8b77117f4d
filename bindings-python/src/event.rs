//! What webhooks tell.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use wamid::Event;

use crate::record::{Instant, Raw, record};

record! {
    /// Somebody wrote to the business.
    MessageEvent "wamid" "MessageEvent" event "message" {
        /// The message's id.
        id "id": String,
        /// The sender's number; None where Meta gives only a user id. (`from` is a word of Python's own.)
        from_ "from": Option<String>,
        /// The sender's business-scoped user id.
        user_id "user_id": Option<String>,
        /// The sender's name, as the sender wrote it.
        profile_name "profile_name": Option<String>,
        /// When it was written: an aware datetime, in UTC.
        timestamp "timestamp": Instant,
        /// The business number that it came to.
        phone_number_id "phone_number_id": String,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type "type": String,
        /// The text of a text message, or the label of the button or list row that was pressed.
        text "text": Option<String>,
        /// The id of the message that it answers.
        reply_to "reply_to": Option<String>,
        /// The message as Meta wrote it.
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
        /// The recipient's number.
        recipient "recipient": Option<String>,
        /// The recipient's business-scoped user id.
        user_id "user_id": Option<String>,
        /// The business number that it was sent from.
        phone_number_id "phone_number_id": String,
        /// The send's reference.
        reference "reference": Option<String>,
        /// Why it failed.
        errors "errors": Vec<StatusError>,
        /// The status as Meta wrote it.
        raw "raw": Raw,
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
            profile_name: event.profile_name,
            timestamp: event.timestamp.into(),
            phone_number_id: event.phone_number_id,
            r#type: event.kind,
            text: event.text,
            reply_to: event.reply_to,
            raw: event.raw.into(),
        }
        .into_bound_py_any(py),
        Event::Status(event) => StatusEvent {
            id: event.id,
            status: event.status,
            timestamp: event.timestamp.into(),
            recipient: event.recipient,
            user_id: event.user_id,
            phone_number_id: event.phone_number_id,
            reference: event.reference,
            errors: event.errors.into_iter().map(Into::into).collect(),
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
