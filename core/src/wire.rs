//! The bodies of requests, as each host takes them.

use std::borrow::Cow;

use crate::error::Error;
use crate::input;
use crate::message::{Location, Message, SendOptions, Text};
use crate::phone::Recipient;
use crate::template::Arguments;
use crate::writer::Writer;

/// The content of a send, checked.
pub(crate) enum Content<'a> {
    Text { message: &'a str, preview_url: bool },
    Location { latitude: f64, longitude: f64, name: Option<&'a str>, address: Option<&'a str> },
    Template { name: &'a str, language: Cow<'a, str>, arguments: Arguments<'a> },
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
                let arguments = Arguments::of(template)?;
                Ok(Self::Template { name: &template.template_name, language, arguments })
            }
        }
    }
}

/// The body of `POST /{phone_number_id}/messages`, after Meta's "messages" reference.
pub(crate) fn cloud_body(
    recipient: &Recipient,
    content: &Content<'_>,
    reply_to: Option<&str>,
    reference: Option<&str>,
) -> Result<Vec<u8>, Error> {
    let mut out = Writer::with_capacity(content.size() + length(reply_to) + length(reference));
    out.json(r#"{"messaging_product":"whatsapp","recipient_type":"individual","#);
    match recipient {
        // Meta puts the business's own country code before a number that has no `+`.
        Recipient::Phone(digits) => {
            out.json(r#""to":"+"#);
            out.json(digits);
            out.json("\"");
        }
        Recipient::UserId(id) => {
            out.json(r#""recipient":"#);
            out.text(id);
        }
    }
    match content {
        Content::Text { message, preview_url } => {
            out.json(r#","type":"text","text":{"body":"#);
            out.text(message);
            out.json(r#","preview_url":"#);
            out.boolean(*preview_url);
        }
        Content::Location { latitude, longitude, name, address } => {
            out.json(r#","type":"location","location":{"latitude":"#);
            place(&mut out, *latitude, *longitude, *name, *address);
        }
        Content::Template { name, language, arguments } => {
            out.json(r#","type":"template","template":{"name":"#);
            out.text(name);
            out.json(r#","language":{"code":"#);
            out.text(language);
            out.json("}");
            if !arguments.is_empty() {
                out.json(r#","components":"#);
                arguments.write_components(&mut out);
            }
        }
    }
    out.json("}");
    if let Some(message_id) = reply_to {
        out.json(r#","context":{"message_id":"#);
        out.text(message_id);
        out.json("}");
    }
    out.optional_text(r#","biz_opaque_callback_data":"#, reference);
    out.json("}");
    out.finish()
}

/// The body of a send through the messaging API. Absent options are left out: the original host would not know them.
pub(crate) fn gateway_body(
    recipient: &Recipient,
    content: &Content<'_>,
    options: &SendOptions,
) -> Result<Vec<u8>, Error> {
    let (reply_to, reference) = (options.reply_to.as_deref(), options.reference.as_deref());
    let mut out = Writer::with_capacity(content.size() + length(reply_to) + length(reference));
    out.json(r#"{"phone":"#);
    out.text(recipient.as_str());
    match content {
        Content::Text { message, preview_url } => {
            out.json(r#","message":"#);
            out.text(message);
            out.json(if *preview_url { r#","preview_url":true"# } else { "" });
        }
        Content::Location { latitude, longitude, name, address } => {
            out.json(r#","latitude":"#);
            place(&mut out, *latitude, *longitude, *name, *address);
        }
        Content::Template { name, language, arguments } => {
            out.json(r#","template_name":"#);
            out.text(name);
            out.json(r#","language":"#);
            out.text(language);
            for (start, params) in [
                (r#","header_params":"#, &arguments.header_params),
                (r#","body_params":"#, &arguments.body_params),
            ] {
                if !params.is_empty() {
                    out.json(start);
                    out.list(params, |out, param| param.write_argument(out));
                }
            }
            if !arguments.buttons.is_empty() {
                out.json(r#","buttons":"#);
                out.list(&arguments.buttons, |out, button| button.write_argument(out));
            }
            if let Some(components) = arguments.components {
                out.json(r#","components":"#);
                components.write(&mut out);
            }
        }
    }
    if let Some(id) = &options.account_id {
        out.json(r#","account_id":"#);
        out.value(id);
    }
    out.optional_text(r#","reply_to":"#, reply_to);
    out.optional_text(r#","reference":"#, reference);
    out.json("}");
    out.finish()
}

impl Content<'_> {
    /// About as many bytes as a body takes that holds it, so that its buffer need not grow.
    fn size(&self) -> usize {
        200 + match self {
            Self::Text { message, .. } => message.len(),
            Self::Location { name, address, .. } => length(*name) + length(*address),
            Self::Template { name, arguments, .. } => name.len() + arguments.size(),
        }
    }
}

fn length(text: Option<&str>) -> usize {
    text.map_or(0, str::len)
}

/// Where the pin stands, from the value of its latitude on: both hosts take it alike.
fn place(out: &mut Writer, latitude: f64, longitude: f64, name: Option<&str>, address: Option<&str>) {
    out.value(&latitude);
    out.json(r#","longitude":"#);
    out.value(&longitude);
    out.optional_text(r#","name":"#, name);
    out.optional_text(r#","address":"#, address);
}
