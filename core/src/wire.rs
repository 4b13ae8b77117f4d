//! The bodies of requests, as each host takes them.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use crate::error::Error;
use crate::input;
use crate::message::{Location, Message, SendOptions, Template, Text};
use crate::phone::Recipient;
use crate::template::{Components, build_template_components};

/// The content of a send, checked.
#[expect(clippy::large_enum_variant, reason = "there is one at a time, on the stack")]
pub(crate) enum Content<'a> {
    Text { message: &'a str, preview_url: bool },
    Location { latitude: f64, longitude: f64, name: Option<&'a str>, address: Option<&'a str> },
    Template { name: &'a str, language: String, components: Components, arguments: Cow<'a, Template> },
}

impl<'a> Content<'a> {
    pub(crate) fn of(message: &'a Message) -> Result<Self, Error> {
        match message {
            Message::Text(Text { message, preview_url, .. }) => {
                input::message(message)?;
                Ok(Self::Text { message, preview_url: preview_url.unwrap_or(false) })
            }
            Message::Location(Location { latitude, longitude, name, address, .. }) => Ok(Self::Location {
                latitude: input::latitude("latitude", *latitude)?,
                longitude: input::longitude("longitude", *longitude)?,
                name: input::place_text("name", name.as_deref())?,
                address: input::place_text("address", address.as_deref())?,
            }),
            Message::Template(template) => {
                input::template_name(&template.template_name)?;
                let language = input::language(template.language.as_deref())?;
                let arguments = template.resolve()?;
                let components = components_of(&arguments)?;
                Ok(Self::Template { name: &template.template_name, language, components, arguments })
            }
        }
    }
}

fn components_of(template: &Template) -> Result<Components, Error> {
    let Template { header_params, body_params, buttons, components, .. } = template;
    match components.as_ref().filter(|components| !components.is_empty()) {
        None => build_template_components(header_params, body_params, buttons),
        Some(_) if !(header_params.is_empty() && body_params.is_empty() && buttons.is_empty()) => Err(
            Error::invalid("components", "must stand alone: without header_params, body_params and buttons"),
        ),
        Some(components) => Ok(components.clone()),
    }
}

#[derive(Serialize)]
struct CloudBody<'a> {
    messaging_product: &'static str,
    recipient_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<&'a str>,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<CloudText<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<CloudLocation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<CloudTemplate<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<CloudContext<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    biz_opaque_callback_data: Option<&'a str>,
}

#[derive(Serialize)]
struct CloudText<'a> {
    body: &'a str,
    preview_url: bool,
}

#[derive(Serialize)]
struct CloudLocation<'a> {
    latitude: f64,
    longitude: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
}

#[derive(Serialize)]
struct CloudTemplate<'a> {
    name: &'a str,
    language: CloudLanguage<'a>,
    #[serde(skip_serializing_if = "Components::is_empty")]
    components: &'a Components,
}

#[derive(Serialize)]
struct CloudLanguage<'a> {
    code: &'a str,
}

#[derive(Serialize)]
struct CloudContext<'a> {
    message_id: &'a str,
}

/// The body of `POST /{phone_number_id}/messages`, after Meta's "messages" reference.
pub(crate) fn cloud_body(
    recipient: &Recipient,
    content: &Content<'_>,
    reply_to: Option<&str>,
    reference: Option<&str>,
) -> Result<Vec<u8>, Error> {
    let (to, user) = match recipient {
        Recipient::Phone(digits) => (Some(digits.as_str()), None),
        Recipient::UserId(id) => (None, Some(id.as_str())),
    };
    let mut body = CloudBody {
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to,
        recipient: user,
        kind: "text",
        text: None,
        location: None,
        template: None,
        context: reply_to.map(|message_id| CloudContext { message_id }),
        biz_opaque_callback_data: reference,
    };
    let mut size = 256;
    match content {
        Content::Text { message, preview_url } => {
            size += message.len();
            body.text = Some(CloudText { body: message, preview_url: *preview_url });
        }
        Content::Location { latitude, longitude, name, address } => {
            body.kind = "location";
            body.location = Some(CloudLocation {
                latitude: *latitude,
                longitude: *longitude,
                name: *name,
                address: *address,
            });
        }
        Content::Template { name, language, components, .. } => {
            body.kind = "template";
            body.template =
                Some(CloudTemplate { name, language: CloudLanguage { code: language }, components });
        }
    }
    to_vec(&body, size)
}

/// A body of the messaging API. Absent options are left out: the original host would not know them.
#[derive(Serialize)]
struct GatewayBody<'a> {
    phone: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    longitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    header_params: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body_params: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    buttons: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<&'a Components>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    preview_url: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
}

/// The body of a send through the messaging API.
pub(crate) fn gateway_body(
    recipient: &Recipient,
    content: &Content<'_>,
    options: &SendOptions,
) -> Result<Vec<u8>, Error> {
    let mut body = GatewayBody {
        phone: recipient.as_str(),
        message: None,
        latitude: None,
        longitude: None,
        name: None,
        address: None,
        template_name: None,
        language: None,
        header_params: Vec::new(),
        body_params: Vec::new(),
        buttons: Vec::new(),
        components: None,
        preview_url: false,
        account_id: options.account_id,
        reply_to: options.reply_to.as_deref(),
        reference: options.reference.as_deref(),
    };
    let mut size = 128;
    match content {
        Content::Text { message, preview_url } => {
            size += message.len();
            body.message = Some(message);
            body.preview_url = *preview_url;
        }
        Content::Location { latitude, longitude, name, address } => {
            body.latitude = Some(*latitude);
            body.longitude = Some(*longitude);
            body.name = *name;
            body.address = *address;
        }
        Content::Template { name, language, arguments, .. } => {
            body.template_name = Some(name);
            body.language = Some(language);
            body.header_params = arguments.header_params.iter().map(|param| param.to_argument()).collect();
            body.body_params = arguments.body_params.iter().map(|param| param.to_argument()).collect();
            body.buttons = arguments.buttons.iter().map(|button| button.to_argument()).collect();
            body.components = arguments.components.as_ref().filter(|components| !components.is_empty());
        }
    }
    to_vec(&body, size)
}

fn to_vec(body: &impl Serialize, size: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::with_capacity(size);
    serde_json::to_writer(&mut bytes, body)
        .map_err(|error| Error::invalid("components", format!("cannot be written as JSON: {error}")))?;
    Ok(bytes)
}
