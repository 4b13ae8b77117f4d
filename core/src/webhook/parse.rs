//! Parses a webhook's body into events.

use std::borrow::Cow;

use super::event::{Event, OtherEvent};
use super::messages::{Messages, ReadItem};
use super::templates;
use crate::error::Error;
use crate::json::{Document, Json, Node};

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
    // Meta takes so many bytes to tell one.
    let mut events = Vec::with_capacity(body.len() / 400 + 1);
    each_event(body, &mut |event| events.push(event))?;
    Ok(events)
}

/// Hands over the events that [`parse_webhook`] has in a list, each when it is read: who makes something else of them needs the memory of one.
///
/// # Errors
/// As [`parse_webhook`], before the first of them.
#[doc(hidden)]
pub fn each_event(body: &[u8], take: &mut dyn FnMut(Event)) -> Result<(), Error> {
    let text = std::str::from_utf8(body)
        .map_err(|error| Error::invalid("body", format!("must be JSON: {error}")))?;
    let document =
        Document::of(text).map_err(|error| Error::invalid("body", format!("must be JSON: {error}")))?;
    let body = document.root().as_object().ok_or_else(|| Error::invalid("body", "must be a JSON object"))?;
    let Some(whole) = body.get("entry") else { return Ok(()) };
    let Some(entries) = whole.elements() else {
        take(other("entry", whole));
        return Ok(());
    };
    let mut strange = UnreadItems::default();
    for entry in entries {
        let whole = entry.get("changes");
        match whole.and_then(|whole| Some((whole, whole.elements()?))) {
            Some((whole, changes)) => tell_all(whole, changes, take),
            None => strange.add(entry),
        }
    }
    strange.told("entry", whole).into_iter().for_each(take);
    Ok(())
}

/// What in a list is not of its shape. One is told by itself, several are told once, as the whole list: a body of nothing
/// else would take a hundred times its size.
#[derive(Default)]
struct UnreadItems<'a> {
    count: usize,
    last: Option<Node<'a>>,
}

impl<'a> UnreadItems<'a> {
    fn add(&mut self, item: Node<'a>) {
        self.count += 1;
        self.last = Some(item);
    }

    fn told(self, field: &str, whole: Node<'a>) -> Option<Event> {
        self.last.map(|one| other(field, if self.count == 1 { one } else { whole }))
    }
}

/// What the changes of an entry tell.
fn tell_all<'a>(whole: Node<'a>, changes: impl Iterator<Item = Node<'a>>, take: &mut dyn FnMut(Event)) {
    let mut strange = UnreadItems::default();
    let mut named = Cow::default();
    for change in changes {
        let field = change.read_text("field").unwrap_or_default();
        match change.get("value") {
            Some(value) => tell(&field, value, take),
            None => {
                strange.add(change);
                named = field;
            }
        }
    }
    let field = if strange.count == 1 { &*named } else { "" };
    strange.told(field, whole).into_iter().for_each(take);
}

fn other(field: &str, raw: Node<'_>) -> Event {
    Event::Other(OtherEvent { field: field.to_owned(), raw: Json::of(raw) })
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
fn tell<'a>(field: &str, value: Node<'a>, take: &mut dyn FnMut(Event)) {
    // As `lists_of` has them.
    let lists: &[(&str, ReadItem<'a>)] = match field {
        "messages" => &[("messages", Messages::message), ("statuses", Messages::status)],
        "smb_message_echoes" => &[("message_echoes", Messages::echo)],
        "user_preferences" => &[("user_preferences", Messages::preference)],
        _ => {
            take(templates::change(field, value).unwrap_or_else(|| other(field, value)));
            return;
        }
    };
    let mut tells = false;
    let understood = value.as_object().is_some_and(|value| {
        Messages::of(value).read_all(value, lists, &mut |event| {
            tells = true;
            take(event);
        })
    });
    // What is not understood in part is told as a whole, after the parts that are.
    if !understood || !tells {
        take(other(field, value));
    }
}
