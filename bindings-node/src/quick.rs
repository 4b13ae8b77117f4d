//! The messages that are sent all the time, read in one go: their kinds are known here, field by field. What this cannot read is read
//! the usual way, which names what is wrong.

use serde::Deserialize;
use serde::de::{IgnoredAny, SeqAccess};
use serde_json::{Map, Value};
use wamid::{Components, Content, Error, Location, Message, Template, Text};

use crate::arguments::{buttons, options, parameters};

/// A message with a content of one kind.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Quick<C> {
    phone: String,
    content: C,
    account_id: Option<i64>,
    reply_to: Option<String>,
    reference: Option<String>,
    idempotency_key: Option<String>,
    extra: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TextFields {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    message: String,
    preview_url: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LocationFields {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    latitude: f64,
    longitude: f64,
    name: Option<String>,
    address: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TemplateFields {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    template_name: String,
    language: Option<String>,
    header_params: Option<Vec<Value>>,
    body_params: Option<Vec<Value>>,
    buttons: Option<Vec<Value>>,
    components: Option<Value>,
}

impl From<TextFields> for Content {
    fn from(given: TextFields) -> Self {
        let mut text = Text::new(given.message);
        text.preview_url = given.preview_url;
        text.into()
    }
}

impl From<LocationFields> for Content {
    fn from(given: LocationFields) -> Self {
        let mut location = Location::new(given.latitude, given.longitude);
        location.name = given.name;
        location.address = given.address;
        location.into()
    }
}

impl TryFrom<TemplateFields> for Content {
    type Error = Error;

    fn try_from(given: TemplateFields) -> Result<Self, Error> {
        let mut template = Template::new(given.template_name);
        template.language = given.language;
        template.header_params = parameters("header_params", given.header_params)?;
        template.body_params = parameters("body_params", given.body_params)?;
        template.buttons = buttons(given.buttons)?;
        template.components = given.components.map(Components::from_value).transpose()?;
        Ok(template.into())
    }
}

impl<C> Quick<C> {
    fn message<E>(self) -> Result<Message, E>
    where
        Content: TryFrom<C, Error = E>,
    {
        let options = options!(self);
        Ok(Message::new(self.phone, Content::try_from(self.content)?).options(options))
    }
}

/// The message with a content of that kind, where it is one of these and nothing is amiss.
pub(crate) fn read(kind: &str, json: &str) -> Option<Message> {
    match kind {
        "text" => serde_json::from_str::<Quick<TextFields>>(json).ok()?.message().ok(),
        "location" => serde_json::from_str::<Quick<LocationFields>>(json).ok()?.message().ok(),
        "template" => serde_json::from_str::<Quick<TemplateFields>>(json).ok()?.message().ok(),
        _ => None,
    }
}

/// The same of the next element of a list; nothing is taken where the kind is none of these.
pub(crate) fn next<'de, A: SeqAccess<'de>>(
    kind: &str,
    list: &mut A,
) -> Result<Option<Result<Message, Error>>, A::Error> {
    Ok(match kind {
        "text" => list.next_element::<Quick<TextFields>>()?.map(|read| read.message().map_err(never)),
        "location" => list.next_element::<Quick<LocationFields>>()?.map(|read| read.message().map_err(never)),
        "template" => list.next_element::<Quick<TemplateFields>>()?.map(Quick::message),
        _ => None,
    })
}

fn never(never: std::convert::Infallible) -> Error {
    match never {}
}
