//! The changes that tell of messages: those that came in, echoes of those that the business wrote, statuses, preferences.

use std::collections::HashMap;

use serde_json::value::RawValue;

use super::content::{fill, fill_beside};
use super::event::{EchoEvent, Event, MessageEvent, PreferenceEvent, StatusEvent};
use super::part::{EventConversation, EventPricing, StatusError};
use crate::json::{Json, Object, list};
use crate::message::phone;

/// Reads one element of a list, if it understands it.
pub(super) type ReadItem<'a> = fn(&Messages<'a>, &'a RawValue) -> Option<Event>;

/// Such a change.
pub(super) struct Messages<'a> {
    phone_number_id: Option<String>,
    contacts: Vec<Contact<'a>>,
    /// Where a contact is, by each of its names.
    by_name: HashMap<String, usize>,
    /// The contact, where it is the only one and nothing in the list that is read has its name: a number that Meta writes
    /// in two ways.
    nameless: bool,
}

/// Where a message, an echo, a status or a preference names the customer.
pub(super) const NAMES: [&str; 8] =
    ["from", "from_user_id", "to", "to_user_id", "recipient_id", "recipient_user_id", "wa_id", "user_id"];

/// What a change may tell beside its messages and statuses, and that belongs to none of them.
pub(super) const BESIDE: [&str; 2] = ["errors", "user_actions"];

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
    pub(super) fn of(value: &Object<'a>) -> Self {
        Self::beside(
            value.object("metadata").and_then(|metadata| metadata.id("phone_number_id")),
            value.list("contacts").unwrap_or_default(),
        )
    }

    /// Those of this number, beside these contacts.
    pub(super) fn beside(phone_number_id: Option<String>, contacts: Vec<&'a RawValue>) -> Self {
        let contacts: Vec<Contact<'a>> = contacts.into_iter().map(Contact::of).collect();
        let mut by_name = HashMap::new();
        // One alone is found without.
        for (at, contact) in contacts.iter().enumerate().filter(|_| contacts.len() > 1) {
            for name in [&contact.wa_id, &contact.user_id].into_iter().flatten() {
                by_name.entry(name.clone()).or_insert(at);
            }
        }
        Self { phone_number_id, contacts, by_name, nameless: true }
    }

    /// Whether everything was understood.
    pub(super) fn read_all(
        mut self,
        value: &Object<'a>,
        lists: &[(&str, ReadItem<'a>)],
        events: &mut Vec<Event>,
    ) -> bool {
        let mut understood = !BESIDE.iter().any(|key| value.get(key).is_some());
        for (key, read) in lists {
            let Some(elements) = value.get(key) else { continue };
            let Some(elements) = list(elements) else {
                understood = false;
                continue;
            };
            understood &= self.read(elements, *read, events);
        }
        understood
    }

    /// Reads the elements of a list; whether all of them were understood.
    pub(super) fn read(
        &mut self,
        elements: Vec<&'a RawValue>,
        read: ReadItem<'a>,
        events: &mut Vec<Event>,
    ) -> bool {
        self.nameless = elements.len() == 1 || !elements.iter().any(|element| self.names_the_one(element));
        let mut understood = true;
        for element in elements {
            match read(self, element) {
                Some(event) => events.push(event),
                None => understood = false,
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

    pub(super) fn message(&self, raw: &'a RawValue) -> Option<Event> {
        let message = Object::of(raw)?;
        let event = self.with_customer(raw, &message, message.id("from"), message.id("from_user_id"))?;
        Some(Event::Message(event))
    }

    /// The customer is whom it went to; the business wrote it.
    pub(super) fn echo(&self, raw: &'a RawValue) -> Option<Event> {
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
        let mut event = MessageEvent {
            id: message.id("id")?,
            timestamp: message.timestamp("timestamp")?,
            phone_number_id: self.phone_number_id.clone()?,
            profile_name: contact.and_then(|contact| contact.profile_name.clone()),
            username: contact.and_then(|contact| contact.username.clone()),
            address: match group_id {
                None => phone::address(number.as_deref(), user_id.as_deref()),
                Some(_) => None,
            },
            from: number,
            user_id,
            group_id,
            kind: message.text("type").unwrap_or_else(|| "unknown".to_owned()),
            raw: beside(raw, contact.map(|contact| contact.raw)),
            ..MessageEvent::default()
        };
        fill(&mut event, message);
        fill_beside(&mut event, message);
        Some(event)
    }

    pub(super) fn preference(&self, raw: &'a RawValue) -> Option<Event> {
        let preference = Object::of(raw)?;
        let (number, user_id) = (preference.id("wa_id"), preference.id("user_id"));
        let contact = self.contact(number.as_deref(), user_id.as_deref());
        let number = number.or_else(|| contact?.wa_id.clone());
        let user_id = user_id.or_else(|| contact?.user_id.clone());
        Some(Event::Preference(PreferenceEvent {
            value: preference.text("value")?,
            timestamp: preference.timestamp("timestamp")?,
            phone_number_id: self.phone_number_id.clone()?,
            category: preference.text("category"),
            address: phone::address(number.as_deref(), user_id.as_deref()),
            phone: number,
            user_id,
            raw: Json::from_raw(raw),
        }))
    }

    pub(super) fn status(&self, raw: &'a RawValue) -> Option<Event> {
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
            errors: errors(&status),
            conversation: status.object("conversation").map(|of| Box::new(conversation(&of))),
            pricing: status.object("pricing").map(|of| Box::new(pricing(&of))),
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

fn conversation(of: &Object<'_>) -> EventConversation {
    EventConversation {
        id: of.id("id"),
        origin: of.object("origin").and_then(|origin| origin.text("type")),
        expires_at: of.timestamp("expiration_timestamp"),
    }
}

fn pricing(of: &Object<'_>) -> EventPricing {
    EventPricing {
        billable: of.boolean("billable"),
        model: of.text("pricing_model"),
        category: of.text("category"),
        kind: of.text("type"),
    }
}

/// The errors of a message or of a status.
pub(super) fn errors(of: &Object<'_>) -> Vec<StatusError> {
    of.list("errors").unwrap_or_default().into_iter().filter_map(status_error).collect()
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
