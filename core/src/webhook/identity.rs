//! What makes two events the same one: Meta delivers a webhook again until it is answered with 200.

use serde_json::value::RawValue;

use super::event::{Event, StatusEvent};
use crate::json::Object;

/// An event by what Meta's repetitions of it have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct EventId {
    /// The business number that it is about; empty where none is known.
    pub(crate) phone_number_id: String,
    /// Its name there.
    pub(crate) name: String,
}

impl EventId {
    /// A message's and an echo's is the id of the message, a status's is [`status_name`]. Nothing tells other events of the same
    /// content apart: a template may be paused twice.
    pub(crate) fn of(event: &Event) -> Option<Self> {
        let (phone_number_id, name) = match event {
            Event::Message(message) => (&message.phone_number_id, message.id.clone()),
            Event::Echo(echo) => (&echo.message.phone_number_id, echo.message.id.clone()),
            Event::Status(status) => (&status.phone_number_id, status_name(status)),
            _ => return None,
        };
        Some(Self { phone_number_id: phone_number_id.clone(), name })
    }
}

/// What else a status says of what it is about.
#[derive(Default)]
pub(crate) struct StatusSubject {
    /// `payment`, `call` or what comes next; absent of a message.
    pub(crate) kind: Option<String>,
    #[cfg_attr(not(feature = "store"), expect(dead_code, reason = "only the record of sends asks"))]
    pub(crate) in_group: bool,
    participant: Option<String>,
}

impl StatusSubject {
    pub(crate) fn of(event: &StatusEvent) -> Self {
        let raw = serde_json::from_str::<&RawValue>(event.raw.as_str()).ok();
        let Some(raw) = raw.and_then(Object::of) else { return Self::default() };
        Self {
            kind: raw.text("type").filter(|kind| kind != "message"),
            in_group: raw.text("recipient_type").is_some_and(|kind| kind == "group"),
            participant: raw
                .id("recipient_participant_id")
                .or_else(|| raw.id("participant_recipient_id"))
                .or_else(|| raw.id("recipient_participant_user_id")),
        }
    }
}

/// A status by its name, which Meta's repetitions have in common: the message, the status, and in a group whose it is.
pub(crate) fn status_name(event: &StatusEvent) -> String {
    let StatusEvent { id, status, .. } = event;
    let StatusSubject { kind, participant, .. } = StatusSubject::of(event);
    let [kind, participant] = [kind, participant].map(Option::unwrap_or_default);
    format!("{id}\n{status}\n{kind}\n{participant}")
}
