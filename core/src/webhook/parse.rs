//! Parses a webhook's body into events.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::content::{edit, revoke, written};
use super::event::{EchoEvent, Event, MessageEvent, OtherEvent, StatusError, StatusEvent};
use crate::error::Error;
use crate::json::Json;
use crate::json::{Members, Object, list};
use crate::message::phone;

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

/// The lists that a change of that field tells its events in. Other fields have lists of these names too (`calls` its own statuses),
/// of another meaning.
pub(super) fn lists_of(field: &str) -> &'static [&'static str] {
    match field {
        "messages" => &["messages", "statuses"],
        "smb_message_echoes" => &["message_echoes"],
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
        _ => &[],
    };
    let object = if lists.is_empty() { None } else { Object::of(value) };
    let understood = object.is_some_and(|object| Messages::of(&object).read(&object, lists, events));
    // What is not understood in part is told as a whole, after the parts that are.
    if !understood || events.len() == before {
        events.push(other(field, value));
    }
}

/// Reads one element of a list, if it understands it.
type ReadItem<'a> = fn(&Messages<'a>, &'a RawValue) -> Option<Event>;

/// A change that tells of messages: those that came in, echoes of those that the business wrote, statuses.
struct Messages<'a> {
    phone_number_id: Option<String>,
    contacts: Vec<Contact<'a>>,
    /// Where a contact is, by each of its names.
    by_name: HashMap<String, usize>,
    /// The contact, where it is the only one and nothing in the list that is read has its name: a number that Meta writes
    /// in two ways.
    nameless: bool,
}

/// Where a message, an echo or a status names the customer.
pub(super) const NAMES: [&str; 6] =
    ["from", "from_user_id", "to", "to_user_id", "recipient_id", "recipient_user_id"];

struct Contact<'a> {
    wa_id: Option<String>,
    user_id: Option<String>,
    profile_name: Option<String>,
    username: Option<String>,
    raw: &'a RawValue,
}

impl<'a> Contact<'a> {
    fn of(raw: &'a RawValue) -> Self {
        let contact = Object::of(raw).unwrap_or_default();
        let profile = contact.object("profile");
        let text = |key| profile.as_ref().and_then(|profile| profile.text(key));
        Self {
            wa_id: contact.id("wa_id"),
            user_id: contact.id("user_id"),
            profile_name: text("name"),
            username: text("username"),
            raw,
        }
    }

    fn has(&self, name: &str) -> bool {
        self.wa_id.as_deref() == Some(name) || self.user_id.as_deref() == Some(name)
    }
}

impl<'a> Messages<'a> {
    fn of(value: &Object<'a>) -> Self {
        let contacts: Vec<Contact<'a>> =
            value.list("contacts").unwrap_or_default().into_iter().map(Contact::of).collect();
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
            nameless: true,
        }
    }

    /// Whether everything was understood.
    fn read(mut self, value: &Object<'a>, lists: &[(&str, ReadItem<'a>)], events: &mut Vec<Event>) -> bool {
        let mut understood = true;
        for (key, read) in lists {
            let Some(elements) = value.get(key) else { continue };
            let Some(elements) = list(elements) else {
                understood = false;
                continue;
            };
            self.nameless =
                elements.len() == 1 || !elements.iter().any(|element| self.names_the_one(element));
            for element in elements {
                match read(&self, element) {
                    Some(event) => events.push(event),
                    None => understood = false,
                }
            }
        }
        understood
    }

    /// Whether the element names the only contact.
    fn names_the_one(&self, element: &'a RawValue) -> bool {
        let ([contact], Some(element)) = (self.contacts.as_slice(), Object::of(element)) else {
            return false;
        };
        NAMES.into_iter().filter_map(|key| element.id(key)).any(|name| contact.has(&name))
    }

    /// The contact of that number and user id. Meta lists the contacts of a webhook beside its messages; one alone is the
    /// contact also where the number is written otherwise (`wa_id` and number may differ), unless it is another's: one of
    /// another user id, or one that another message of the same webhook has.
    fn contact(&self, number: Option<&str>, user_id: Option<&str>) -> Option<&Contact<'a>> {
        match self.contacts.as_slice() {
            [contact] => {
                let named = [number, user_id].into_iter().flatten().any(|name| contact.has(name));
                let is_another = user_id.is_some() && contact.user_id.is_some();
                (named || self.nameless && !is_another).then_some(contact)
            }
            contacts => {
                let at = [number, user_id].into_iter().flatten().find_map(|name| self.by_name.get(name))?;
                contacts.get(*at)
            }
        }
    }

    fn message(&self, raw: &'a RawValue) -> Option<Event> {
        let message = Object::of(raw)?;
        let event = self.with_customer(raw, &message, message.id("from"), message.id("from_user_id"))?;
        Some(Event::Message(event))
    }

    /// The customer is whom it went to; the business wrote it.
    fn echo(&self, raw: &'a RawValue) -> Option<Event> {
        let echo = Object::of(raw)?;
        let mut message = self.with_customer(raw, &echo, echo.id("to"), echo.id("to_user_id"))?;
        let to = std::mem::replace(&mut message.from, echo.id("from"));
        Some(Event::Echo(EchoEvent { to, message }))
    }

    /// A message with the customer of these names, whose number stands in `from`.
    fn with_customer(
        &self,
        raw: &RawValue,
        message: &Object<'_>,
        number: Option<String>,
        user_id: Option<String>,
    ) -> Option<MessageEvent> {
        let contact = self.contact(number.as_deref(), user_id.as_deref());
        let number = number.or_else(|| contact?.wa_id.clone());
        let user_id = user_id.or_else(|| contact?.user_id.clone());
        let group_id = message.id("group_id");
        let kind = message.text("type").unwrap_or_else(|| "unknown".to_owned());
        Some(MessageEvent {
            id: message.id("id")?,
            timestamp: message.timestamp("timestamp")?,
            phone_number_id: self.phone_number_id.clone()?,
            text: written(message, &kind),
            reply_to: message.object("context").and_then(|context| context.id("id")),
            profile_name: contact.and_then(|contact| contact.profile_name.clone()),
            username: contact.and_then(|contact| contact.username.clone()),
            address: match group_id {
                None => phone::address(number.as_deref(), user_id.as_deref()),
                Some(_) => None,
            },
            edit: if kind == "edit" { edit(message) } else { None },
            revoke: if kind == "revoke" { revoke(message) } else { None },
            from: number,
            user_id,
            group_id,
            kind,
            redelivered: false,
            raw: beside(raw, contact.map(|contact| contact.raw)),
        })
    }

    fn status(&self, raw: &'a RawValue) -> Option<Event> {
        let status = Object::of(raw)?;
        let (recipient, user_id) = (status.id("recipient_id"), status.id("recipient_user_id"));
        let contact = self.contact(recipient.as_deref(), user_id.as_deref());
        let recipient = recipient.or_else(|| contact?.wa_id.clone());
        let user_id = user_id.or_else(|| contact?.user_id.clone());
        let in_group = status.text("recipient_type").is_some_and(|kind| kind == "group");
        let is_payment = status.text("type").is_some_and(|kind| kind == "payment");
        Some(Event::Status(StatusEvent {
            id: status.id("id")?,
            status: status.text("status")?,
            timestamp: status.timestamp("timestamp")?,
            phone_number_id: self.phone_number_id.clone()?,
            reference: status.text("biz_opaque_callback_data"),
            errors: status.list("errors").unwrap_or_default().into_iter().filter_map(status_error).collect(),
            address: if in_group { None } else { phone::address(recipient.as_deref(), user_id.as_deref()) },
            payment: status.get("payment").filter(|_| is_payment).map(Json::from_raw),
            recipient,
            user_id,
            redelivered: false,
            raw: Json::from_raw(raw),
        }))
    }
}

/// A message, and what stood beside it of its sender.
fn beside(message: &RawValue, contact: Option<&RawValue>) -> Json {
    let contact = contact.map_or("", RawValue::get);
    let mut text = String::with_capacity(message.get().len() + contact.len() + 24);
    text.push_str(r#"{"message":"#);
    text.push_str(message.get());
    if !contact.is_empty() {
        text.push_str(r#","contact":"#);
        text.push_str(contact);
    }
    text.push('}');
    Json::known(text)
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
