//! From a webhook's body to its events.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::event::{Event, MessageEvent, OtherEvent, StatusError, StatusEvent};
use crate::error::Error;
use crate::raw::{Members, Object, list};
use crate::template::Json;

/// What a webhook's body tells, in its order.
///
/// What Meta may send tomorrow never fails: messages and statuses of new types are events like the others, and what is
/// neither, or not of the expected shape, is [`Event::Other`] with Meta's own text. Check the body with
/// [`verify_webhook`](crate::verify_webhook) first.
///
/// ```
/// use wamid::Event;
/// let body = br#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
///     "messaging_product":"whatsapp","metadata":{"phone_number_id":"106540352242922"},
///     "contacts":[{"profile":{"name":"Sheena Nelson"},"wa_id":"16505551234"}],
///     "messages":[{"from":"16505551234","id":"wamid.HBgL","timestamp":"1749416383","type":"text",
///                  "text":{"body":"Does it come in another color?"}}]}}]}]}"#;
/// for event in wamid::parse_webhook(body)? {
///     if let Event::Message(message) = event {
///         assert_eq!(message.text.as_deref(), Some("Does it come in another color?"));
///         assert_eq!(message.profile_name.as_deref(), Some("Sheena Nelson"));
///     }
/// }
/// # Ok::<(), wamid::Error>(())
/// ```
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `body` where it is no JSON object.
pub fn parse_webhook(body: &[u8]) -> Result<Vec<Event>, Error> {
    let text = std::str::from_utf8(body)
        .map_err(|error| Error::invalid("body", format!("must be JSON: {error}")))?;
    let mut events = Vec::new();
    if let Some(body) = Body::of(text) {
        for Members(entry) in &body.entry {
            for Members(change) in &entry.changes {
                tell(&change.field, change.value, &mut events);
            }
        }
        return Ok(events);
    }
    let raw: &RawValue = serde_json::from_str(text)
        .map_err(|error| Error::invalid("body", format!("must be JSON: {error}")))?;
    let body = Object::of(raw).ok_or_else(|| Error::invalid("body", "must be a JSON object"))?;
    let Some(entries) = body.get("entry") else {
        return Ok(events);
    };
    let whole = entries;
    let Some(entries) = list(whole) else {
        events.push(other("entry", whole));
        return Ok(events);
    };
    let mut strange = Strange::default();
    for entry in entries {
        match Object::of(entry).and_then(|entry| entry.get("changes")).and_then(|raw| Some((raw, list(raw)?)))
        {
            Some((whole, changes)) => tell_all(whole, changes, &mut events),
            None => strange.add(entry),
        }
    }
    events.extend(strange.told("entry", whole));
    Ok(events)
}

/// What in a list is not of its shape. One is told by itself, several are told once, as the whole list: a body of nothing
/// else would take a hundred times its size.
#[derive(Default)]
struct Strange<'a> {
    count: usize,
    last: Option<&'a RawValue>,
}

impl<'a> Strange<'a> {
    fn add(&mut self, raw: &'a RawValue) {
        self.count += 1;
        self.last = Some(raw);
    }

    fn told(self, field: &str, whole: &'a RawValue) -> Option<Event> {
        self.last.map(|one| other(field, if self.count == 1 { one } else { whole }))
    }
}

/// What the changes of an entry tell.
fn tell_all<'a>(whole: &'a RawValue, changes: Vec<&'a RawValue>, events: &mut Vec<Event>) {
    let mut strange = Strange::default();
    let mut named = String::new();
    for raw in changes {
        let change = Object::of(raw).unwrap_or_default();
        let field = change.text("field").unwrap_or_default();
        match change.get("value") {
            Some(value) => tell(&field, value, events),
            None => {
                strange.add(raw);
                named = field;
            }
        }
    }
    let field = if strange.count == 1 { named.as_str() } else { "" };
    events.extend(strange.told(field, whole));
}

/// A body in Meta's own shape, read in one pass. Of any other shape it is read level by level.
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
    value: &'a RawValue,
}

impl<'a> Body<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let Members(body): Members<Self> = serde_json::from_str(text).ok()?;
        let mut changes = body.entry.iter().flat_map(|Members(entry)| &entry.changes);
        // One that is null is none.
        if changes.any(|Members(change)| change.value.get() == "null") { None } else { Some(body) }
    }
}

fn other(field: &str, raw: &RawValue) -> Event {
    Event::Other(OtherEvent { field: field.to_owned(), raw: Json::from_raw(raw) })
}

/// What a change of `field` to `value` tells.
fn tell(field: &str, value: &RawValue, events: &mut Vec<Event>) {
    let before = events.len();
    // Other fields have lists of these names too (`calls` its own statuses), of another meaning.
    let object = if field == "messages" { Object::of(value) } else { None };
    let understood = object.is_some_and(|object| Messages::of(&object).read(&object, events));
    // What is not understood in part is told as a whole, after the parts that are.
    if !understood || events.len() == before {
        events.push(other(field, value));
    }
}

/// A change of the field `messages`: messages that came in and statuses of those that went out.
struct Messages {
    phone_number_id: Option<String>,
    contacts: Vec<Contact>,
    /// Where a contact is, by each of its names.
    by_name: HashMap<String, usize>,
}

struct Contact {
    wa_id: Option<String>,
    user_id: Option<String>,
    profile_name: Option<String>,
}

impl Messages {
    fn of(value: &Object<'_>) -> Self {
        let contacts: Vec<Contact> = value
            .list("contacts")
            .unwrap_or_default()
            .into_iter()
            .map(|raw| Object::of(raw).unwrap_or_default())
            .map(|contact| Contact {
                wa_id: contact.id("wa_id"),
                user_id: contact.id("user_id"),
                profile_name: contact.object("profile").and_then(|profile| profile.text("name")),
            })
            .collect();
        let mut by_name = HashMap::new();
        // One alone is found without.
        for (at, contact) in contacts.iter().enumerate().filter(|_| contacts.len() > 1) {
            for name in [&contact.wa_id, &contact.user_id].into_iter().flatten() {
                by_name.entry(name.clone()).or_insert(at);
            }
        }
        Self {
            phone_number_id: value.object("metadata").and_then(|metadata| metadata.id("phone_number_id")),
            contacts,
            by_name,
        }
    }

    /// Whether everything was understood.
    fn read(&self, value: &Object<'_>, events: &mut Vec<Event>) -> bool {
        let mut understood = true;
        for (key, read) in [("messages", Self::message as fn(&Self, _) -> _), ("statuses", Self::status)] {
            let Some(elements) = value.get(key) else { continue };
            let Some(elements) = list(elements) else {
                understood = false;
                continue;
            };
            for element in elements {
                match read(self, element) {
                    Some(event) => events.push(event),
                    None => understood = false,
                }
            }
        }
        understood
    }

    /// The contact of those names. Meta lists the contacts of a webhook beside its messages; one alone is the contact
    /// also where it is written otherwise (`wa_id` and number may differ).
    fn contact(&self, names: [Option<&str>; 2]) -> Option<&Contact> {
        let named = names.into_iter().flatten().find_map(|name| self.by_name.get(name));
        match (named, self.contacts.as_slice()) {
            (Some(at), contacts) => contacts.get(*at),
            (None, [contact]) => Some(contact),
            _ => None,
        }
    }

    fn message(&self, raw: &RawValue) -> Option<Event> {
        let message = Object::of(raw)?;
        let (from, user_id) = (message.id("from"), message.id("from_user_id"));
        let contact = self.contact([from.as_deref(), user_id.as_deref()]);
        Some(Event::Message(MessageEvent {
            id: message.id("id")?,
            timestamp: message.timestamp("timestamp")?,
            phone_number_id: self.phone_number_id.clone()?,
            kind: message.text("type").unwrap_or_else(|| "unknown".to_owned()),
            text: written(&message),
            reply_to: message.object("context").and_then(|context| context.id("id")),
            profile_name: contact.and_then(|contact| contact.profile_name.clone()),
            from: from.or_else(|| contact?.wa_id.clone()),
            user_id: user_id.or_else(|| contact?.user_id.clone()),
            raw: Json::from_raw(raw),
        }))
    }

    fn status(&self, raw: &RawValue) -> Option<Event> {
        let status = Object::of(raw)?;
        let (recipient, user_id) = (status.id("recipient_id"), status.id("recipient_user_id"));
        let contact = self.contact([recipient.as_deref(), user_id.as_deref()]);
        Some(Event::Status(StatusEvent {
            id: status.id("id")?,
            status: status.text("status")?,
            timestamp: status.timestamp("timestamp")?,
            phone_number_id: self.phone_number_id.clone()?,
            reference: status.text("biz_opaque_callback_data"),
            errors: status.list("errors").unwrap_or_default().into_iter().filter_map(status_error).collect(),
            recipient: recipient.or_else(|| contact?.wa_id.clone()),
            user_id: user_id.or_else(|| contact?.user_id.clone()),
            raw: Json::from_raw(raw),
        }))
    }
}

/// What the sender wrote, or the label of what the sender pressed.
fn written(message: &Object<'_>) -> Option<String> {
    match message.text("type")?.as_str() {
        "text" => message.object("text")?.text("body"),
        "button" => message.object("button")?.text("text"),
        "interactive" => {
            let interactive = message.object("interactive")?;
            ["button_reply", "list_reply"]
                .into_iter()
                .find_map(|reply| interactive.object(reply)?.text("title"))
        }
        _ => None,
    }
}

fn status_error(raw: &RawValue) -> Option<StatusError> {
    let error = Object::of(raw)?;
    Some(StatusError {
        code: error.integer("code")?,
        title: error.text("title"),
        message: error.text("message"),
        details: error.object("error_data").and_then(|data| data.text("details")),
    })
}
