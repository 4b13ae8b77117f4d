//! Parses a webhook's body into events.

use serde_json::value::RawValue;

use super::event::{Event, OtherEvent};
use super::messages::{Messages, ReadItem};
use super::{quick, templates};
use crate::error::Error;
use crate::json::{Json, Object, list};

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
    if let Some(events) = quick::events(text) {
        return Ok(events);
    }
    let mut events = Vec::new();
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
    let mut strange = UnreadItems::default();
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
struct UnreadItems<'a> {
    count: usize,
    last: Option<&'a RawValue>,
}

impl<'a> UnreadItems<'a> {
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
    let mut strange = UnreadItems::default();
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

fn other(field: &str, raw: &RawValue) -> Event {
    Event::Other(OtherEvent { field: field.to_owned(), raw: Json::from_raw(raw) })
}

/// The lists that a change of that field tells its events in. Other fields have lists of these names too (`calls` its own statuses),
/// of another meaning.
pub(super) fn lists_of(field: &str) -> &'static [&'static str] {
    match field {
        "messages" => &["messages", "statuses"],
        "smb_message_echoes" => &["message_echoes"],
        "user_preferences" => &["user_preferences"],
        _ => &[],
    }
}

/// What a change of `field` to `value` tells.
fn tell<'a>(field: &str, value: &'a RawValue, events: &mut Vec<Event>) {
    let before = events.len();
    // As `lists_of` has them.
    let lists: &[(&str, ReadItem<'a>)] = match field {
        "messages" => &[("messages", Messages::message), ("statuses", Messages::status)],
        "smb_message_echoes" => &[("message_echoes", Messages::echo)],
        "user_preferences" => &[("user_preferences", Messages::preference)],
        _ => {
            events.push(templates::change(field, value).unwrap_or_else(|| other(field, value)));
            return;
        }
    };
    let understood =
        Object::of(value).is_some_and(|object| Messages::of(&object).read_all(&object, lists, events));
    // What is not understood in part is told as a whole, after the parts that are.
    if !understood || events.len() == before {
        events.push(other(field, value));
    }
}
