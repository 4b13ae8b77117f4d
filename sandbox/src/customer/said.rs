//! The message that an act sends, as Meta's webhook has it.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::act::{Act, File, Place};
use super::buttons::buttons_of;
use super::correction;
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
pub(super) struct Said {
    pub(super) kind: &'static str,
    /// The member that is named as the type.
    pub(super) part: Value,
    pub(super) context: Option<Value>,
    /// The id of the business's number that it goes to.
    pub(super) number: String,
    /// What it does to another message, in place of standing in the chat itself.
    pub(super) effect: Option<Effect>,
    /// The message that it answers, and what was pressed there.
    pub(super) answered: Option<(String, String)>,
}

pub(super) enum Effect {
    Reacted { message: String, emoji: String },
    Edited { message: String, body: Value },
    Deleted { message: String },
}

/// The object of a message in a webhook.
pub(super) fn message(
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

impl Said {
    pub(super) fn of(shared: &Shared, phone: &str, act: Act) -> Result<Self, SandboxError> {
        // Not while the log is held: files have a lock of their own.
        let media = match &act {
            Act::Media(file) => Some(media(shared, file)?),
            _ => None,
        };
        let log = shared.log();
        let chat = Chat { log: &log, phone };
        let new = |kind, part, reply_to: Option<String>| -> Result<Self, SandboxError> {
            let quoted = reply_to.map(|id| chat.message(&id)).transpose()?;
            let context = quoted.map(context);
            let number = shared.number_for(&log, phone);
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
            Act::Press { title, message } => {
                let pressed =
                    |entry: &Entry| buttons_of(entry).into_iter().find(|button| button.title == title);
                let entry = chat.chosen(message, |entry| pressed(entry).is_some());
                let Some((entry, button)) = entry?.and_then(|entry| Some((entry, pressed(entry)?))) else {
                    return Err(chat.was_not_sent(&format!("a reply button, quick reply or row {title:?}")));
                };
                Ok(Self::answer(entry, button.kind, button.part, title))
            }
            Act::Flow { answers, message } => {
                let entry = chat.chosen(message, has_form)?.ok_or_else(|| chat.was_not_sent("a form"))?;
                Ok(Self::answer(entry, "interactive", filled(entry, answers), "flow".to_owned()))
            }
            Act::React { emoji, message } => {
                let entry = match message {
                    Some(id) => chat.message(&id)?,
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
                Ok(Self::answer(entry, "order", order(entry, &items, text)?, "order".to_owned()))
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
    fn answer(entry: &Entry, kind: &'static str, part: Value, pressed: String) -> Self {
        let (context, number) = (Some(context(entry)), entry.phone_number_id.clone());
        Self { kind, part, context, number, effect: None, answered: Some((entry.id.clone(), pressed)) }
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

/// The type of the message that a file comes in, and what it says of the file.
fn media(shared: &Shared, file: &File) -> Result<(&'static str, Value), SandboxError> {
    let id = &file.id;
    let Some(mut media) = shared.account().media.in_webhook(id) else {
        return Err(SandboxError::new(format!("there is no file {id:?}: upload it first")));
    };
    let mime_type = media["mime_type"].as_str().unwrap_or_default();
    let kind = match mime_type.split('/').next() {
        Some("image") if mime_type.starts_with("image/webp") => "sticker",
        Some("image") => "image",
        Some("video") => "video",
        Some("audio") => "audio",
        _ => "document",
    };
    match (kind, &file.caption) {
        (_, None) => {}
        ("sticker" | "audio", Some(_)) => {
            return Err(SandboxError::new(format!("{kind} has no caption")));
        }
        (_, Some(caption)) => media["caption"] = json!(caption),
    }
    match kind {
        "sticker" => media["animated"] = json!(false),
        "audio" => media["voice"] = json!(file.voice),
        "document" => {
            if let Some(filename) = &file.filename {
                media["filename"] = json!(filename);
            }
        }
        _ => {}
    }
    Ok((kind, media))
}

fn location(place: Place) -> Result<Value, SandboxError> {
    let Place { latitude, longitude, name, address, .. } = place;
    if !(latitude.abs() <= 90.0 && longitude.abs() <= 180.0) {
        return Err(SandboxError::new("a latitude is from -90 to 90, a longitude from -180 to 180"));
    }
    let mut location = json!({ "latitude": latitude, "longitude": longitude });
    for (key, text) in [("name", name), ("address", address)] {
        if let Some(text) = text {
            location[key] = json!(text);
        }
    }
    Ok(location)
}

fn contacts(name: &str, phone: &str) -> Result<Value, SandboxError> {
    let first = name.split_whitespace().next();
    let Some(first) = first else { return Err(SandboxError::new("a contact has a name")) };
    let digits = crate::checks::phone_digits(phone)
        .ok_or_else(|| SandboxError::new(format!("{phone:?} is no phone number with its country code")))?;
    Ok(json!([{
        "name": { "formatted_name": name, "first_name": first },
        "phones": [{ "phone": format!("+{digits}"), "wa_id": digits, "type": "CELL" }],
    }]))
}
