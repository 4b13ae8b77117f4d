//! Meta's checks of a message: common fields, text, location.

use serde_json::{Map, Value};

use super::account::Templates;
use super::contact_checks;
use super::errors::GraphError;
use super::fields;
use super::interactive_checks;
use super::media_checks::check_media;
use super::reading::as_graph_reads_it;
use super::template_checks;

/// Kinds of message Meta knows.
const TYPES: [&str; 11] = [
    "audio",
    "contacts",
    "document",
    "image",
    "interactive",
    "location",
    "reaction",
    "sticker",
    "template",
    "text",
    "video",
];
const MEDIA: [&str; 5] = ["audio", "document", "image", "sticker", "video"];
const MOST_REFERENCE: usize = 512;
const MOST_TEXT: usize = 4096;

/// A message Meta would take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accepted {
    pub(super) recipient: Recipient,
    pub(super) kind: String,
}

/// Whom a message is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Recipient {
    /// A phone number: as written, and its digits.
    Phone { input: String, digits: String },
    /// A business-scoped user id.
    User(String),
}

impl Recipient {
    /// What magic recipients are looked up by.
    pub(super) fn key(&self) -> &str {
        match self {
            Self::Phone { digits, .. } => digits,
            Self::User(id) => id,
        }
    }
}

/// Checks a request body as Meta does. Keys of the envelope that Meta does not know are ignored, as Meta ignores them.
pub(super) fn check(body: &Value, templates: &Templates) -> Result<Accepted, GraphError> {
    let body = as_graph_reads_it(body);
    let Some(body) = body.as_object() else {
        return Err(GraphError::parameter("The parameter messaging_product is required."));
    };
    match body.get("messaging_product") {
        None => {
            return Err(GraphError::parameter("The parameter messaging_product is required."));
        }
        Some(Value::String(product)) if product == "whatsapp" => {}
        Some(other) => {
            return Err(GraphError::parameter(format_args!(
                "Param messaging_product must be one of {{WHATSAPP}} - got {other}."
            )));
        }
    }
    match body.get("recipient_type") {
        None => {}
        Some(Value::String(kind)) if kind == "individual" => {}
        Some(other) => {
            return Err(GraphError::detailed(131_009, format!("recipient_type {other} is not individual")));
        }
    }
    let recipient = recipient(body)?;
    let kind = kind(body)?;
    check_reference(body)?;
    check_context(body)?;

    if kind == "contacts" {
        let contacts = match body.get(kind) {
            None => &[],
            Some(Value::Array(contacts)) => contacts.as_slice(),
            Some(_) => return Err(GraphError::parameter("Param contacts must be an array.")),
        };
        contact_checks::check(contacts)?;
        return Ok(Accepted { recipient, kind: kind.to_owned() });
    }
    let part = part(body, kind)?;
    match kind {
        "text" => check_text(part)?,
        "location" => check_location(part)?,
        "reaction" => check_reaction(part)?,
        "template" => template_checks::check(part, templates)?,
        "interactive" => interactive_checks::check(part)?,
        kind if MEDIA.contains(&kind) => check_media(part, kind, kind)?,
        _ => {}
    }
    Ok(Accepted { recipient, kind: kind.to_owned() })
}

fn recipient(body: &Map<String, Value>) -> Result<Recipient, GraphError> {
    // Meta lets `to` win where both are given.
    match (body.get("to"), body.get("recipient")) {
        (None, None) => Err(GraphError::parameter("The parameter to is required.")),
        (None, Some(user)) => match user.as_str() {
            Some(id) if is_user_id(id) => Ok(Recipient::User(id.to_owned())),
            _ => Err(GraphError::detailed(131_009, "recipient is not a business-scoped user id")),
        },
        (Some(Value::String(input)), _) => {
            phone_digits(input).map(|digits| Recipient::Phone { input: input.clone(), digits }).ok_or_else(
                || GraphError::detailed(131_009, "Recipient phone number is not a valid phone number"),
            )
        }
        (Some(_), _) => Err(GraphError::parameter("Param to must be a string.")),
    }
}

/// The digits of a phone number as Meta takes it: with or without `+`, spaces, dashes, dots and brackets.
pub(super) fn phone_digits(text: &str) -> Option<String> {
    let digits: String =
        text.chars().filter(|letter| !matches!(letter, ' ' | '-' | '.' | '(' | ')')).collect();
    let digits = digits.strip_prefix('+').unwrap_or(&digits);
    let is_number = (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    is_number.then(|| digits.to_owned())
}

/// `^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$`
pub(super) fn is_user_id(id: &str) -> bool {
    let Some((country, rest)) = id.split_once('.') else {
        return false;
    };
    let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=128).contains(&rest.len())
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn kind(body: &Map<String, Value>) -> Result<&str, GraphError> {
    match body.get("type") {
        None => Err(GraphError::detailed(131_008, "The parameter type is required.")),
        Some(Value::String(kind)) if TYPES.contains(&kind.as_str()) => Ok(kind),
        Some(other) => Err(GraphError::parameter(format_args!(
            "Param type must be one of {{{}}} - got {other}.",
            TYPES.join(", ").to_ascii_uppercase()
        ))),
    }
}

fn part<'body>(body: &'body Map<String, Value>, kind: &str) -> Result<&'body Map<String, Value>, GraphError> {
    match body.get(kind) {
        Some(Value::Object(part)) => Ok(part),
        None => Err(GraphError::parameter(format_args!("The parameter {kind} is required."))),
        Some(_) => Err(GraphError::parameter(format_args!("Param {kind} must be a JSON object."))),
    }
}

fn check_reference(body: &Map<String, Value>) -> Result<(), GraphError> {
    match body.get("biz_opaque_callback_data") {
        None => Ok(()),
        Some(Value::String(text)) if text.chars().count() <= MOST_REFERENCE => Ok(()),
        Some(Value::String(_)) => Err(GraphError::parameter(format_args!(
            "Param biz_opaque_callback_data must be at most {MOST_REFERENCE} characters long."
        ))),
        Some(_) => Err(GraphError::parameter("Param biz_opaque_callback_data must be a string.")),
    }
}

fn check_context(body: &Map<String, Value>) -> Result<(), GraphError> {
    let Some(context) = body.get("context") else {
        return Ok(());
    };
    match context.get("message_id").and_then(Value::as_str) {
        Some(id) if !id.is_empty() => Ok(()),
        _ => Err(GraphError::detailed(131_009, "context: message_id is not a valid message id")),
    }
}

fn check_text(text: &Map<String, Value>) -> Result<(), GraphError> {
    match text.get("body") {
        None => {
            return Err(GraphError::parameter("The parameter text['body'] is required."));
        }
        Some(Value::String(body)) if body.trim().is_empty() => {
            return Err(GraphError::parameter("The parameter text['body'] is required."));
        }
        Some(Value::String(body)) if body.chars().count() > MOST_TEXT => {
            return Err(GraphError::parameter(format_args!(
                "Param text['body'] must be at most {MOST_TEXT} characters long."
            )));
        }
        Some(Value::String(_)) => {}
        Some(_) => return Err(GraphError::parameter("Param text['body'] must be a string.")),
    }
    match text.get("preview_url") {
        None | Some(Value::Bool(_)) => Ok(()),
        Some(_) => Err(GraphError::parameter("Param text['preview_url'] must be a boolean.")),
    }
}

/// An empty emoji takes the reaction back. Whether the message is one that takes a reaction a status webhook says.
fn check_reaction(reaction: &Map<String, Value>) -> Result<(), GraphError> {
    fields::check_keys(reaction, "reaction", &["message_id", "emoji"])?;
    fields::needed_text(reaction, "reaction", "message_id", usize::MAX)?;
    match fields::text(reaction, "reaction", "emoji", usize::MAX)? {
        Some(_) => Ok(()),
        None => Err(fields::missing("reaction", "emoji")),
    }
}

/// Also used for location parameters of templates.
pub(super) fn check_location(location: &Map<String, Value>) -> Result<(), GraphError> {
    for (key, most) in [("latitude", 90.0), ("longitude", 180.0)] {
        // Meta types them as texts and shows them as numbers; it takes both.
        let number = match location.get(key) {
            None => {
                return Err(GraphError::parameter(format_args!(
                    "The parameter location['{key}'] is required."
                )));
            }
            Some(Value::Number(number)) => number.as_f64(),
            Some(Value::String(text)) => text.parse::<f64>().ok().filter(|number| number.is_finite()),
            Some(_) => None,
        };
        let Some(number) = number else {
            return Err(GraphError::parameter(format_args!("Param location['{key}'] must be a number.")));
        };
        if number.abs() > most {
            return Err(GraphError::detailed(
                131_009,
                format!("location: {key} must be between -{most} and {most}"),
            ));
        }
    }
    for key in ["name", "address"] {
        if location.get(key).is_some_and(|value| !value.is_string()) {
            return Err(GraphError::parameter(format_args!("Param location['{key}'] must be a string.")));
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "checks_tests.rs"]
mod tests;
