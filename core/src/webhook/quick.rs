//! Webhooks in the shape that Meta sends most: messages and statuses, read in one pass over the body.
//!
//! Of any other shape, and where anything in it is not understood, nothing is told here: then the body is read level by level (see `parse`).

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::event::Event;
use super::messages::Messages;
use crate::json::Members;

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    entry: Vec<Members<Entry<'a>>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    changes: Vec<Members<Change<'a>>>,
}

#[derive(Deserialize)]
struct Change<'a> {
    #[serde(borrow)]
    field: Cow<'a, str>,
    #[serde(borrow)]
    value: Members<Value<'a>>,
}

#[derive(Deserialize)]
struct Value<'a> {
    #[serde(borrow)]
    metadata: Members<Metadata<'a>>,
    #[serde(borrow, default)]
    contacts: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    messages: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    statuses: Vec<&'a RawValue>,
    // As `messages::BESIDE` has them.
    #[serde(borrow)]
    errors: Option<&'a RawValue>,
    #[serde(borrow)]
    user_actions: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow)]
    phone_number_id: Cow<'a, str>,
}

/// What the body tells; none where it is not wholly of that shape.
pub(super) fn events(text: &str) -> Option<Vec<Event>> {
    let Members(body): Members<Body<'_>> = serde_json::from_str(text).ok()?;
    let mut events = Vec::with_capacity(body.entry.iter().map(|Members(entry)| entry.changes.len()).sum());
    for Members(Change { field, value: Members(value) }) in
        body.entry.into_iter().flat_map(|Members(entry)| entry.changes)
    {
        let Members(Metadata { phone_number_id }) = value.metadata;
        let tells = !value.messages.is_empty() || !value.statuses.is_empty();
        let is_known = field == "messages" && tells && value.errors.is_none() && value.user_actions.is_none();
        if !is_known || phone_number_id.is_empty() {
            return None;
        }
        let mut messages = Messages::beside(Some(phone_number_id.into_owned()), value.contacts);
        if !messages.read(value.messages, Messages::message, &mut events)
            || !messages.read(value.statuses, Messages::status, &mut events)
        {
            return None;
        }
    }
    Some(events)
}
