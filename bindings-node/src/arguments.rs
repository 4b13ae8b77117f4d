//! From the JSON of a send to the core's message.

use serde::Deserialize;
use serde_json::value::RawValue;
use wamid::{Button, Components, Error, Location, Message, Parameter, SendOptions, Template, Text};

use crate::reader::{self, Given, arguments};

arguments!(SendMessage { phone, message, preview_url, account_id, reply_to, reference, idempotency_key });
arguments!(SendLocation {
    phone,
    latitude,
    longitude,
    name,
    address,
    account_id,
    reply_to,
    reference,
    idempotency_key,
});
arguments!(SendTemplate {
    phone,
    template_name,
    language,
    header_params,
    body_params,
    buttons,
    components,
    account_id,
    reply_to,
    reference,
    idempotency_key,
});
arguments!(BuildTemplateComponents { header_params, body_params, buttons });

macro_rules! options {
    ($given:ident) => {
        SendOptions {
            account_id: reader::integer("account_id", $given.account_id)?,
            reply_to: reader::text("reply_to", $given.reply_to)?,
            reference: reader::text("reference", $given.reference)?,
            idempotency_key: reader::text("idempotency_key", $given.idempotency_key)?,
        }
    };
}

/// One send of a list: which, and its arguments.
#[derive(Deserialize)]
pub(crate) struct Send<'a> {
    #[serde(borrow)]
    op: Given<'a>,
    #[serde(borrow)]
    args: &'a RawValue,
}

impl Send<'_> {
    pub(crate) fn read(&self) -> Result<Message, Error> {
        message(&reader::text("type", self.op)?.unwrap_or_default(), self.args.get())
    }
}

/// The message that an operation sends. What is absent the core finds missing.
pub(crate) fn message(op: &str, json: &str) -> Result<Message, Error> {
    match op {
        "message" => {
            let given: SendMessage = reader::fields(json, "arguments")?;
            Ok(Message::Text(Text {
                phone: required(reader::text("phone", given.phone)?),
                message: required(reader::text("message", given.message)?),
                preview_url: reader::boolean("preview_url", given.preview_url)?,
                options: options!(given),
            }))
        }
        "location" => {
            let given: SendLocation = reader::fields(json, "arguments")?;
            Ok(Message::Location(Location {
                phone: required(reader::text("phone", given.phone)?),
                latitude: coordinate(reader::number("latitude", given.latitude)?),
                longitude: coordinate(reader::number("longitude", given.longitude)?),
                name: reader::text("name", given.name)?,
                address: reader::text("address", given.address)?,
                options: options!(given),
            }))
        }
        "template" => {
            let given: SendTemplate = reader::fields(json, "arguments")?;
            Ok(Message::Template(Template {
                phone: required(reader::text("phone", given.phone)?),
                template_name: required(reader::text("template_name", given.template_name)?),
                language: reader::text("language", given.language)?,
                header_params: parameters("header_params", given.header_params)?,
                body_params: parameters("body_params", given.body_params)?,
                buttons: buttons(given.buttons)?,
                components: given.components.map(components).transpose()?,
                options: options!(given),
            }))
        }
        _ => Err(Error::argument("type", "must be message, location or template")),
    }
}

/// The free function's arguments, and what it makes of them.
pub(crate) fn build(json: &str) -> Result<Components, Error> {
    let given: BuildTemplateComponents = reader::fields(json, "arguments")?;
    wamid::build_template_components(
        &parameters("header_params", given.header_params)?,
        &parameters("body_params", given.body_params)?,
        &buttons(given.buttons)?,
    )
}

/// An absent text is an empty one to the core, which refuses it by its name.
fn required(text: Option<String>) -> String {
    text.unwrap_or_default()
}

/// An absent number is none to the core, which refuses it by its name.
fn coordinate(number: Option<f64>) -> f64 {
    number.unwrap_or(f64::NAN)
}

fn parameters(field: &str, given: Given<'_>) -> Result<Vec<Parameter>, Error> {
    Ok(reader::list(field, given)?.into_iter().map(Parameter::json).collect())
}

fn buttons(given: Given<'_>) -> Result<Vec<Button>, Error> {
    Ok(reader::list("buttons", given)?.into_iter().map(Button::json).collect())
}

fn components(raw: &RawValue) -> Result<Components, Error> {
    Components::from_value(reader::value("components", raw)?)
}
