//! From the JSON of a send to the core's message.

use std::fmt;

use serde::de::{self, DeserializeOwned, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;
use wamid::{Button, Components, Content, Error, Location, Message, Parameter, SendOptions, Template, Text};

use crate::content;
use crate::items;
use crate::reader::{self, Given};

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

/// The arguments of a call, with JavaScript's own names where they differ, and how they are read: in one go, or where that
/// fails one after the other, so that the error names what is wrong.
macro_rules! arguments {
    ($name:ident, $given:ident { $($field:ident $(= $js:literal)?: $type:ty),* $(,)? }) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            $($(#[serde(rename = $js)])? $field: Option<$type>,)*
            /// The `type` of an item of a list.
            #[serde(rename = "type", default, deserialize_with = "present")]
            of_a_list: bool,
        }

        reader::arguments!($given { $($field $(= $js)?,)* of_a_list = "type" });

        impl $name {
            fn read(json: &str) -> Result<Self, Error> {
                if let Ok(read) = serde_json::from_str(json) {
                    return Ok(read);
                }
                let given: $given<'_> = reader::fields(json, "arguments")?;
                Ok(Self {
                    $($field: Argument::read(stringify!($field), given.$field)?,)*
                    of_a_list: given.of_a_list.is_some(),
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
});
arguments!(SendContent, GivenContent {
    phone: String,
    content: Value,
    account_id = "accountId": i64,
    reply_to = "replyTo": String,
    reference: String,
    idempotency_key = "idempotencyKey": String,
});
arguments!(BuildTemplateComponents, GivenParts {
    header_params = "headerParams": Vec<Value>,
    body_params = "bodyParams": Vec<Value>,
    buttons: Vec<Value>,
});

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

macro_rules! options {
    ($given:ident) => {{
        let mut made = SendOptions::default();
        made.account_id = $given.account_id;
        made.reply_to = $given.reply_to;
        made.reference = $given.reference;
        made.idempotency_key = $given.idempotency_key;
        made
    }};
}

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
        let phone = required!(self.phone);
        let content = Content::from_json(&content::json(required!(self.content))?)?;
        Ok(Message::new(phone, content).options(options!(self)))
    }
}

/// The message that an operation sends.
pub(crate) fn message(op: &str, json: &str) -> Result<Message, Error> {
    read(op, json, false)
}

fn read(op: &str, json: &str, of_a_list: bool) -> Result<Message, Error> {
    let (said, message) = match op {
        "message" => SendMessage::read(json).map(|given| (given.of_a_list, given.message()))?,
        "location" => SendLocation::read(json).map(|given| (given.of_a_list, given.message()))?,
        "template" => SendTemplate::read(json).map(|given| (given.of_a_list, given.message()))?,
        "content" => SendContent::read(json).map(|given| (given.of_a_list, given.message()))?,
        // One of a list that says no type is a content.
        "" if of_a_list => SendContent::read(json)?.message().map(|message| (true, Ok(message)))?,
        _ => return Err(Error::argument("type", "must be message, location or template")),
    };
    if said && !of_a_list { Err(reader::unknown("type", [])) } else { message }
}

/// The messages of a list of sends: each one's `type`, then its arguments.
pub(crate) fn messages(json: &str) -> Result<Vec<Result<Message, Error>>, Error> {
    // As a whole, or where one cannot be read each by itself.
    if let Ok(List(messages)) = serde_json::from_str(json) {
        return Ok(messages);
    }
    let items: Vec<&RawValue> = serde_json::from_str(json)
        .map_err(|error| Error::argument("sends", format!("must be a list of sends: {error}")))?;
    let one = |pair: &[&RawValue]| {
        let op = pair.first().filter(|op| op.get() != "null").copied();
        let json = pair.get(1).map_or("null", |json| json.get());
        read(&reader::text("type", op)?.unwrap_or_default(), json, true)
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
        f.write_str("types and arguments")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List, A::Error> {
        let missing = || de::Error::custom("no arguments");
        let mut messages = Vec::new();
        while let Some(op) = items.next_element::<&str>()? {
            messages.push(match op {
                "message" => items.next_element::<SendMessage>()?.ok_or_else(missing)?.message(),
                "location" => items.next_element::<SendLocation>()?.ok_or_else(missing)?.message(),
                "template" => items.next_element::<SendTemplate>()?.ok_or_else(missing)?.message(),
                _ => return Err(de::Error::custom("no such type")),
            });
        }
        Ok(List(messages))
    }
}

/// The free function's arguments, and what it makes of them.
pub(crate) fn build(json: &str) -> Result<Components, Error> {
    let given = BuildTemplateComponents::read(json)?;
    if given.of_a_list {
        return Err(reader::unknown("type", []));
    }
    wamid::build_template_components(
        &parameters("header_params", given.header_params)?,
        &parameters("body_params", given.body_params)?,
        &buttons(given.buttons)?,
    )
}

fn parameters(list: &str, given: Option<Vec<Value>>) -> Result<Vec<Parameter>, Error> {
    items::named(list, given).map(|items| items.into_iter().map(Parameter::json).collect())
}

fn buttons(given: Option<Vec<Value>>) -> Result<Vec<Button>, Error> {
    items::named("buttons", given).map(|items| items.into_iter().map(Button::json).collect())
}
