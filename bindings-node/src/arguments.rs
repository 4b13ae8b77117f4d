//! From the JSON of a send to the core's message.

use std::fmt;

use serde::de::{self, DeserializeOwned, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use wamid::{Button, Components, Error, Location, Message, Parameter, Template, Text};

use crate::reader::{self, Given};
use crate::{content, items, quick};

/// An argument that is read by itself where the whole could not be: its error names it.
trait Argument: DeserializeOwned {
    fn read(field: &str, given: Given<'_>) -> Result<Option<Self>, Error>;
}

impl Argument for String {
    fn read(field: &str, given: Given<'_>) -> Result<Option<Self>, Error> {
        reader::text(field, given)
    }
}

impl Argument for bool {
    fn read(field: &str, given: Given<'_>) -> Result<Option<Self>, Error> {
        reader::boolean(field, given)
    }
}

impl Argument for f64 {
    fn read(field: &str, given: Given<'_>) -> Result<Option<Self>, Error> {
        reader::number(field, given)
    }
}

impl Argument for i64 {
    fn read(field: &str, given: Given<'_>) -> Result<Option<Self>, Error> {
        reader::integer(field, given)
    }
}

impl Argument for Vec<Value> {
    fn read(field: &str, given: Given<'_>) -> Result<Option<Self>, Error> {
        reader::list(field, given).map(Some)
    }
}

impl Argument for Value {
    fn read(field: &str, given: Given<'_>) -> Result<Option<Self>, Error> {
        given.map(|raw| reader::value(field, raw)).transpose()
    }
}

impl Argument for Map<String, Value> {
    fn read(field: &str, given: Given<'_>) -> Result<Option<Self>, Error> {
        match given.map(|raw| reader::value(field, raw)).transpose()? {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(members)) => Ok(Some(members)),
            Some(_) => Err(Error::argument(field, "must be an object")),
        }
    }
}

impl Argument for content::Given {
    fn read(_: &str, given: Given<'_>) -> Result<Option<Self>, Error> {
        given.map(|raw| reader::members("content", raw)).transpose().map(|read| read.map(Self))
    }
}

/// The arguments of a call, with JavaScript's own names where they differ, and how they are read: in one go, or where that
/// fails one after the other, so that the error names what is wrong.
macro_rules! arguments {
    ($name:ident, $given:ident { $($field:ident $(= $js:literal)?: $type:ty),* $(,)? }) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            $($(#[serde(rename = $js)])? $field: Option<$type>,)*
        }

        reader::arguments!($given { $($field $(= $js)?,)* });

        impl $name {
            fn read(json: &str) -> Result<Self, Error> {
                if let Ok(read) = serde_json::from_str(json) {
                    return Ok(read);
                }
                let given: $given<'_> = reader::fields(json, "arguments")?;
                Ok(Self {
                    $($field: Argument::read(stringify!($field), given.$field)?,)*
                })
            }
        }
    };
}

arguments!(SendMessage, GivenMessage {
    phone: String,
    message: String,
    preview_url = "previewUrl": bool,
    account_id = "accountId": i64,
    reply_to = "replyTo": String,
    reference: String,
    idempotency_key = "idempotencyKey": String,
    extra: Map<String, Value>,
});
arguments!(SendLocation, GivenLocation {
    phone: String,
    latitude: f64,
    longitude: f64,
    name: String,
    address: String,
    account_id = "accountId": i64,
    reply_to = "replyTo": String,
    reference: String,
    idempotency_key = "idempotencyKey": String,
    extra: Map<String, Value>,
});
arguments!(SendTemplate, GivenTemplate {
    phone: String,
    template_name = "templateName": String,
    language: String,
    header_params = "headerParams": Vec<Value>,
    body_params = "bodyParams": Vec<Value>,
    buttons: Vec<Value>,
    components: Value,
    account_id = "accountId": i64,
    reply_to = "replyTo": String,
    reference: String,
    idempotency_key = "idempotencyKey": String,
    extra: Map<String, Value>,
});
arguments!(SendContent, GivenContent {
    phone: String,
    content: content::Given,
    account_id = "accountId": i64,
    reply_to = "replyTo": String,
    reference: String,
    idempotency_key = "idempotencyKey": String,
    extra: Map<String, Value>,
});
arguments!(BuildTemplateComponents, GivenParts {
    header_params = "headerParams": Vec<Value>,
    body_params = "bodyParams": Vec<Value>,
    buttons: Vec<Value>,
});

/// The common options of what was given.
macro_rules! options {
    ($given:ident) => {{
        let mut made = wamid::SendOptions::default();
        made.account_id = $given.account_id;
        made.reply_to = $given.reply_to;
        made.reference = $given.reference;
        made.idempotency_key = $given.idempotency_key;
        made.extra = $given.extra.map(|members| serde_json::Value::Object(members).into());
        made
    }};
}
pub(crate) use options;

/// What a send cannot do without.
macro_rules! required {
    ($given:ident.$field:ident) => {
        $given.$field.ok_or_else(|| reader::missing(stringify!($field)))?
    };
}

impl SendMessage {
    fn message(self) -> Result<Message, Error> {
        let phone = required!(self.phone);
        let mut text = Text::new(required!(self.message));
        text.preview_url = self.preview_url;
        Ok(Message::new(phone, text).options(options!(self)))
    }
}

impl SendLocation {
    fn message(self) -> Result<Message, Error> {
        let phone = required!(self.phone);
        let mut location = Location::new(required!(self.latitude), required!(self.longitude));
        location.name = self.name;
        location.address = self.address;
        Ok(Message::new(phone, location).options(options!(self)))
    }
}

impl SendTemplate {
    fn message(self) -> Result<Message, Error> {
        // What is given and wrong is told before what is missing.
        let header_params = parameters("header_params", self.header_params)?;
        let body_params = parameters("body_params", self.body_params)?;
        let buttons = buttons(self.buttons)?;
        let components = self.components.map(Components::from_value).transpose()?;
        let phone = required!(self.phone);
        let mut template = Template::new(required!(self.template_name));
        template.language = self.language;
        template.header_params = header_params;
        template.body_params = body_params;
        template.buttons = buttons;
        template.components = components;
        Ok(Message::new(phone, template).options(options!(self)))
    }
}

impl SendContent {
    fn message(self) -> Result<Message, Error> {
        // What is given and wrong is told before what is missing.
        let content = self.content.map(content::read).transpose()?;
        let phone = required!(self.phone);
        let content = content.ok_or_else(|| reader::missing("content"))?;
        Ok(Message::new(phone, content).options(options!(self)))
    }
}

/// The message that one of the operations with a name of its own sends.
pub(crate) fn message(op: &str, json: &str) -> Result<Message, Error> {
    match op {
        "message" => SendMessage::read(json)?.message(),
        "location" => SendLocation::read(json)?.message(),
        "template" => SendTemplate::read(json)?.message(),
        _ => Err(Error::argument("type", "must be message, location or template")),
    }
}

/// A message whose content is of that `type`, as far as JavaScript could tell.
pub(crate) fn message_of(kind: &str, json: &str) -> Result<Message, Error> {
    match quick::read(kind, json) {
        Some(message) => Ok(message),
        None => SendContent::read(json)?.message(),
    }
}

/// The messages of a list: the `type` of each one's content, then the message.
pub(crate) fn messages(json: &str) -> Result<Vec<Result<Message, Error>>, Error> {
    // As a whole, or where one cannot be read each by itself.
    if let Ok(List(messages)) = serde_json::from_str(json) {
        return Ok(messages);
    }
    let items: Vec<&RawValue> = serde_json::from_str(json)
        .map_err(|error| Error::argument("sends", format!("must be a list of messages: {error}")))?;
    let one = |pair: &[&RawValue]| {
        let kind = pair.first().and_then(|kind| serde_json::from_str(kind.get()).ok());
        message_of(kind.unwrap_or_default(), pair.get(1).map_or("null", |json| json.get()))
    };
    Ok(items.chunks(2).map(one).collect())
}

struct List(Vec<Result<Message, Error>>);

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Pairs)
    }
}

struct Pairs;

impl<'de> Visitor<'de> for Pairs {
    type Value = List;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("types and messages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List, A::Error> {
        let missing = || de::Error::custom("no message");
        let mut messages = Vec::new();
        while let Some(kind) = items.next_element::<&str>()? {
            let quick = quick::next(kind, &mut items)?;
            messages.push(match quick {
                Some(message) => message,
                None => items.next_element::<SendContent>()?.ok_or_else(missing)?.message(),
            });
        }
        Ok(List(messages))
    }
}

/// The free function's arguments, and what it makes of them.
pub(crate) fn build(json: &str) -> Result<Components, Error> {
    let given = BuildTemplateComponents::read(json)?;
    wamid::build_template_components(
        &parameters("header_params", given.header_params)?,
        &parameters("body_params", given.body_params)?,
        &buttons(given.buttons)?,
    )
}

pub(crate) fn parameters(list: &str, given: Option<Vec<Value>>) -> Result<Vec<Parameter>, Error> {
    items::named(list, given).map(|items| items.into_iter().map(Parameter::json).collect())
}

pub(crate) fn buttons(given: Option<Vec<Value>>) -> Result<Vec<Button>, Error> {
    items::named("buttons", given).map(|items| items.into_iter().map(Button::json).collect())
}
