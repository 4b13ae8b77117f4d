//! The changes that tell of messages: those that came in, echoes of those that the business wrote, statuses, preferences.

use std::borrow::Cow;
use std::collections::HashMap;

use super::content::{fill, fill_beside};
use super::event::{EchoEvent, Event, MessageEvent, PreferenceEvent, StatusEvent};
use super::part::{EventConversation, EventPricing, StatusError};
use crate::json::{Json, Node};
use crate::message::phone;

/// Reads one element of a list, if it understands it.
pub(super) type ReadItem<'a> = fn(&Messages<'a>, Node<'a>) -> Option<Event>;

/// Such a change.
pub(super) struct Messages<'a> {
    phone_number_id: Option<Cow<'a, str>>,
    contacts: Vec<Contact<'a>>,
    /// Where a contact is, by each of its names.
    by_name: HashMap<Cow<'a, str>, usize>,
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
    wa_id: Option<Cow<'a, str>>,
    user_id: Option<Cow<'a, str>>,
    profile_name: Option<Cow<'a, str>>,
    username: Option<Cow<'a, str>>,
    raw: Node<'a>,
}

impl<'a> Contact<'a> {
    fn of(contact: Node<'a>) -> Self {
        let profile = contact.object("profile").unwrap_or_default();
        Self {
            wa_id: contact.read_id("wa_id"),
            user_id: contact.read_id("user_id"),
            profile_name: profile.read_text("name"),
            username: profile.read_text("username"),
            raw: contact,
        }
    }

    fn has(&self, name: &str) -> bool {
        self.wa_id.as_deref() == Some(name) || self.user_id.as_deref() == Some(name)
    }
}

impl<'a> Messages<'a> {
    pub(super) fn of(value: Node<'a>) -> Self {
        let contacts: Vec<Contact<'a>> =
            value.list("contacts").into_iter().flatten().map(Contact::of).collect();
        let mut by_name = HashMap::new();
        // One alone is found without.
        for (at, contact) in contacts.iter().enumerate().filter(|_| contacts.len() > 1) {
            for name in [&contact.wa_id, &contact.user_id].into_iter().flatten() {
                by_name.entry(name.clone()).or_insert(at);
            }
        }
        let phone_number_id =
            value.object("metadata").and_then(|metadata| metadata.read_id("phone_number_id"));
        Self { phone_number_id, contacts, by_name, nameless: true }
    }

    /// Reads these lists of the change; whether everything was understood.
    pub(super) fn read_all(
        mut self,
        value: Node<'a>,
        lists: &[(&str, ReadItem<'a>)],
        take: &mut dyn FnMut(Event),
    ) -> bool {
        let mut understood = !BESIDE.iter().any(|key| value.get(key).is_some());
        for (key, read) in lists {
            let Some(elements) = value.get(key) else { continue };
            let Some(elements) = elements.elements() else {
                understood = false;
                continue;
            };
            self.nameless = self.is_nameless(elements.clone());
            for element in elements {
                match read(&self, element) {
                    Some(event) => take(event),
                    None => understood = false,
                }
            }
        }
        understood
    }

    fn is_nameless(&self, mut elements: impl Iterator<Item = Node<'a>> + Clone) -> bool {
        elements.clone().nth(1).is_none() || !elements.any(|element| self.names_the_one(element))
    }

    /// Whether the element names the only contact.
    fn names_the_one(&self, element: Node<'a>) -> bool {
        let [contact] = self.contacts.as_slice() else { return false };
        NAMES.into_iter().filter_map(|key| element.read_id(key)).any(|name| contact.has(&name))
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

    pub(super) fn message(&self, message: Node<'a>) -> Option<Event> {
        let event = self.with_customer(message, message.read_id("from"), message.read_id("from_user_id"))?;
        Some(Event::Message(event))
    }

    /// The customer is whom it went to; the business wrote it.
    pub(super) fn echo(&self, echo: Node<'a>) -> Option<Event> {
        let mut message = self.with_customer(echo, echo.read_id("to"), echo.read_id("to_user_id"))?;
        let to = std::mem::replace(&mut message.from, echo.id("from"));
        Some(Event::Echo(EchoEvent { to, message }))
    }

    /// A message with the customer of these names, whose number stands in `from`.
    fn with_customer(
        &self,
        message: Node<'a>,
        number: Option<Cow<'a, str>>,
        user_id: Option<Cow<'a, str>>,
    ) -> Option<MessageEvent> {
        let contact = self.contact(number.as_deref(), user_id.as_deref());
        let (number, user_id) = names(contact, number, user_id);
        let group_id = message.id("group_id");
        let mut event = MessageEvent {
            id: message.id("id")?,
            timestamp: message.timestamp("timestamp")?,
            phone_number_id: self.phone_number_id.as_deref()?.to_owned(),
            profile_name: contact.and_then(|contact| owned(&contact.profile_name)),
            username: contact.and_then(|contact| owned(&contact.username)),
            address: match group_id {
                None => phone::address(number.as_deref(), user_id.as_deref()),
                Some(_) => None,
            },
            from: number.map(Cow::into_owned),
            user_id: user_id.map(Cow::into_owned),
            group_id,
            kind: message.text("type").unwrap_or_else(|| "unknown".to_owned()),
            raw: beside(message, contact.map(|contact| contact.raw)),
            ..MessageEvent::default()
        };
        fill(&mut event, message);
        fill_beside(&mut event, message);
        Some(event)
    }

    pub(super) fn preference(&self, preference: Node<'a>) -> Option<Event> {
        let (number, user_id) = (preference.read_id("wa_id"), preference.read_id("user_id"));
        let contact = self.contact(number.as_deref(), user_id.as_deref());
        let (number, user_id) = names(contact, number, user_id);
        Some(Event::Preference(PreferenceEvent {
            value: preference.text("value")?,
            timestamp: preference.timestamp("timestamp")?,
            phone_number_id: self.phone_number_id.as_deref()?.to_owned(),
            category: preference.text("category"),
            address: phone::address(number.as_deref(), user_id.as_deref()),
            phone: number.map(Cow::into_owned),
            user_id: user_id.map(Cow::into_owned),
            raw: Json::of(preference),
        }))
    }

    pub(super) fn status(&self, status: Node<'a>) -> Option<Event> {
        let (recipient, user_id) = (status.read_id("recipient_id"), status.read_id("recipient_user_id"));
        let contact = self.contact(recipient.as_deref(), user_id.as_deref());
        let (recipient, user_id) = names(contact, recipient, user_id);
        let in_group = status.read_text("recipient_type").is_some_and(|kind| kind == "group");
        let is_payment = status.read_text("type").is_some_and(|kind| kind == "payment");
        Some(Event::Status(StatusEvent {
            id: status.id("id")?,
            status: status.text("status")?,
            timestamp: status.timestamp("timestamp")?,
            phone_number_id: self.phone_number_id.as_deref()?.to_owned(),
            reference: status.text("biz_opaque_callback_data"),
            errors: errors(status),
            conversation: status.object("conversation").map(|of| Box::new(conversation(of))),
            pricing: status.object("pricing").map(|of| Box::new(pricing(of))),
            address: if in_group { None } else { phone::address(recipient.as_deref(), user_id.as_deref()) },
            payment: status.get("payment").filter(|_| is_payment).map(Json::of),
            recipient: recipient.map(Cow::into_owned),
            user_id: user_id.map(Cow::into_owned),
            redelivered: false,
            raw: Json::of(status),
        }))
    }
}

/// The names of a customer: those that are given, and what is missing from the contact.
fn names<'a>(
    contact: Option<&Contact<'a>>,
    number: Option<Cow<'a, str>>,
    user_id: Option<Cow<'a, str>>,
) -> (Option<Cow<'a, str>>, Option<Cow<'a, str>>) {
    let number = number.or_else(|| contact?.wa_id.clone());
    let user_id = user_id.or_else(|| contact?.user_id.clone());
    (number, user_id)
}

fn owned(text: &Option<Cow<'_, str>>) -> Option<String> {
    text.as_deref().map(str::to_owned)
}

/// A message, and what stood beside it of its sender.
fn beside(message: Node<'_>, contact: Option<Node<'_>>) -> Json {
    let parts = match contact {
        Some(contact) => &[r#"{"message":"#, message.json(), r#","contact":"#, contact.json(), "}"][..],
        None => &[r#"{"message":"#, message.json(), "}"],
    };
    Json::known(parts.concat())
}

fn conversation(of: Node<'_>) -> EventConversation {
    EventConversation {
        id: of.id("id"),
        origin: of.object("origin").and_then(|origin| origin.text("type")),
        expires_at: of.timestamp("expiration_timestamp"),
    }
}

fn pricing(of: Node<'_>) -> EventPricing {
    EventPricing {
        billable: of.boolean("billable"),
        model: of.text("pricing_model"),
        category: of.text("category"),
        kind: of.text("type"),
    }
}

/// The errors of a message or of a status.
pub(super) fn errors(of: Node<'_>) -> Vec<StatusError> {
    of.objects("errors").filter_map(status_error).collect()
}

fn status_error(error: Node<'_>) -> Option<StatusError> {
    Some(StatusError {
        code: error.integer("code")?,
        title: error.text("title"),
        message: error.text("message"),
        details: error.object("error_data").and_then(|data| data.text("details")),
    })
}
