//! The message that an act sends, as Meta's webhook has it.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::act::Act;
use super::buttons::pressed;
use super::correction;
use super::enclosed::{contacts, location, media};
use super::forms::{filled, has_form};
use super::order::{has_products, order};
use crate::chats::{Entry, Log, Side};
use crate::checks::is_user_id;
use crate::options::SandboxError;
use crate::state::{DISPLAY_NUMBER, Shared};
use crate::webhooks::seconds;

/// The most characters of a text that a phone sends.
const MOST_TEXT: usize = 65_536;

/// A message to be.
pub(super) struct NewMessage {
    pub(super) kind: &'static str,
    /// The member that is named as the type.
    pub(super) part: Value,
    pub(super) context: Option<Value>,
    /// The id of the business's number that it goes to.
    pub(super) number: String,
    /// What it does to another message, in place of standing in the chat itself.
    pub(super) effect: Option<Effect>,
    pub(super) answered: Option<Answered>,
}

/// What was pressed, filled in or ordered from on a message.
pub(super) struct Answered {
    pub(super) message: String,
    /// The title of a button, `flow` or `order`.
    pub(super) what: String,
    /// The id of a button.
    pub(super) id: Option<String>,
}

impl Answered {
    fn of(entry: &Entry, what: &str) -> Self {
        Self { message: entry.id.clone(), what: what.to_owned(), id: None }
    }
}

pub(super) enum Effect {
    Reacted { message: String, emoji: String },
    Edited { message: String, body: Value },
    Deleted { message: String },
}

/// The object of a message in a webhook.
pub(super) fn object(
    phone: &str,
    id: &str,
    now: Timestamp,
    context: Option<Value>,
    (kind, part): (&str, Value),
) -> Value {
    let mut message = Map::new();
    if let Some(context) = context {
        message.insert("context".into(), context);
    }
    let from = if is_user_id(phone) { "from_user_id" } else { "from" };
    message.insert(from.into(), json!(phone));
    message.insert("id".into(), json!(id));
    message.insert("timestamp".into(), json!(seconds(now)));
    message.insert("type".into(), json!(kind));
    message.insert(kind.into(), part);
    Value::Object(message)
}

impl NewMessage {
    pub(super) fn of(shared: &Shared, phone: &str, act: Act) -> Result<Self, SandboxError> {
        // Not while the log is held: files have a lock of their own.
        let media = match &act {
            Act::Media(file) => Some(media(shared, file)?),
            _ => None,
        };
        let log = shared.log();
        let chat = Chat { log: &log, phone };
        let new = |kind, part, reply_to: Option<String>| -> Result<Self, SandboxError> {
            let quoted = reply_to.map(|id| chat.readable(&id)).transpose()?;
            let context = quoted.map(context);
            let number =
                quoted.map_or_else(|| shared.number_for(&log, phone), |entry| entry.phone_number_id.clone());
            Ok(Self { kind, part, context, number, effect: None, answered: None })
        };
        match act {
            Act::Text { text, reply_to } => {
                check_text(&text)?;
                new("text", json!({ "body": text }), reply_to)
            }
            Act::Media(file) => {
                let (kind, part) = media.unwrap_or_default();
                new(kind, part, file.reply_to)
            }
            Act::Location(place) => {
                let reply_to = place.reply_to.clone();
                let asked = || chat.asked("location_request_message").map(|entry| entry.id.clone());
                new("location", location(place)?, reply_to.or_else(asked))
            }
            Act::Contact { name, phone } => {
                let mut cards = contacts(&name, &phone)?;
                let asked = chat.asked("request_contact_info").map(|entry| entry.id.clone());
                if asked.is_some() {
                    cards[0]["origin"] = json!("contact_request");
                }
                new("contacts", cards, asked)
            }
            Act::Press { title, id, message } => {
                let meant = |entry: &Entry| pressed(entry, &title, id.as_deref());
                let none = || chat.was_not_sent(&format!("a reply button, quick reply or row {title:?}"));
                let entry = chat.chosen(message, |entry| !matches!(meant(entry), Ok(None)))?;
                let entry = entry.ok_or_else(none)?;
                let button = meant(entry)?.ok_or_else(none)?;
                let answered = Answered { message: entry.id.clone(), what: title, id: Some(button.id) };
                Ok(Self::answer(entry, button.kind, button.part, answered))
            }
            Act::Flow { answers, message } => {
                let entry = chat.chosen(message, has_form)?.ok_or_else(|| chat.was_not_sent("a form"))?;
                Ok(Self::answer(entry, "interactive", filled(entry, answers), Answered::of(entry, "flow")))
            }
            Act::React { emoji, message } => {
                let entry = match message {
                    Some(id) => chat.readable(&id)?,
                    None => chat.newest(|_| true).ok_or_else(|| chat.was_not_sent("anything"))?,
                };
                let mut part = json!({ "message_id": entry.id });
                if !emoji.is_empty() {
                    part["emoji"] = json!(emoji);
                }
                let effect = Effect::Reacted { message: entry.id.clone(), emoji };
                Ok(Self::change(entry, "reaction", part, effect))
            }
            Act::Order { items, message, text } => {
                let entry =
                    chat.chosen(message, has_products)?.ok_or_else(|| chat.was_not_sent("products"))?;
                Ok(Self::answer(entry, "order", order(entry, &items, text)?, Answered::of(entry, "order")))
            }
            Act::Edit { message, text } => {
                let entry = chat.message(&message)?;
                check_text(&text).and_then(|()| correction::check_own(entry))?;
                let body = correction::edited(entry, &text)?;
                let part = correction::edit(entry, &body);
                Ok(Self::change(entry, "edit", part, Effect::Edited { message, body }))
            }
            Act::Delete { message } => {
                let entry = chat.message(&message)?;
                correction::check_own(entry)?;
                let part = json!({ "original_message_id": message });
                Ok(Self::change(entry, "revoke", part, Effect::Deleted { message }))
            }
            Act::Read | Act::Set(_) => Err(SandboxError::new("that is no message")),
        }
    }

    /// A change of a message, for the number that it was to or from.
    fn change(entry: &Entry, kind: &'static str, part: Value, effect: Effect) -> Self {
        let number = entry.phone_number_id.clone();
        Self { kind, part, context: None, number, effect: Some(effect), answered: None }
    }

    /// An answer to a message, to the number that sent it.
    fn answer(entry: &Entry, kind: &'static str, part: Value, answered: Answered) -> Self {
        let (context, number) = (Some(context(entry)), entry.phone_number_id.clone());
        Self { kind, part, context, number, effect: None, answered: Some(answered) }
    }
}

/// The chat of one customer.
struct Chat<'log> {
    log: &'log Log,
    phone: &'log str,
}

impl<'log> Chat<'log> {
    /// The newest message of the business that reached the customer and that this is true of.
    fn newest(&self, wanted: impl Fn(&Entry) -> bool) -> Option<&'log Entry> {
        self.log.newest_first(self.phone).find(|entry| entry.reaches_the_customer() && wanted(entry))
    }

    /// The newest message of the business, where it asks for that.
    fn asked(&self, what: &str) -> Option<&'log Entry> {
        let asks =
            |entry: &Entry| entry.body.pointer("/interactive/type").and_then(Value::as_str) == Some(what);
        self.newest(|_| true).filter(|entry| asks(entry))
    }

    /// The message of that id.
    fn message(&self, id: &str) -> Result<&'log Entry, SandboxError> {
        let record = self.log.get(id).filter(|record| record.shown && record.entry.phone == self.phone);
        record.map(|record| &record.entry).ok_or_else(|| {
            SandboxError::new(format!("there is no message {id:?} in the chat of {}", self.phone))
        })
    }

    /// The message of that id, where the customer can read it.
    fn readable(&self, id: &str) -> Result<&'log Entry, SandboxError> {
        let entry = self.message(id)?;
        match entry.side {
            Side::Customer if entry.deleted => Err(SandboxError::new("the message is deleted")),
            Side::Business if !entry.reaches_the_customer() => {
                Err(SandboxError::new(format!("the message {id:?} never reached the customer")))
            }
            _ => Ok(entry),
        }
    }

    /// The message of that id; without one, the newest of the business that this is true of.
    fn chosen(
        &self,
        id: Option<String>,
        wanted: impl Fn(&Entry) -> bool,
    ) -> Result<Option<&'log Entry>, SandboxError> {
        match id {
            Some(id) => {
                let entry = self.message(&id)?;
                Ok(Some(entry).filter(|entry| entry.reaches_the_customer() && wanted(entry)))
            }
            None => Ok(self.newest(wanted)),
        }
    }

    fn was_not_sent(&self, what: &str) -> SandboxError {
        SandboxError::new(format!("{} was sent no message with {what}", self.phone))
    }
}

fn check_text(text: &str) -> Result<(), SandboxError> {
    if text.trim().is_empty() || text.chars().count() > MOST_TEXT {
        return Err(SandboxError::new(format!("a text has 1 to {MOST_TEXT} characters")));
    }
    Ok(())
}

/// How a message is quoted.
fn context(entry: &Entry) -> Value {
    let from = match entry.side {
        Side::Business => DISPLAY_NUMBER,
        Side::Customer => entry.phone.as_str(),
    };
    json!({ "from": from, "id": entry.id })
}
