//! Meta's checks of a message: common fields, text, location.

use serde_json::{Map, Value};

use super::account::Templates;
use super::checklist::Checklist;
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
pub(super) fn check(
    body: &Value,
    templates: &Templates,
    checks: &mut Checklist,
) -> Result<Accepted, GraphError> {
    let body = as_graph_reads_it(body);
    let none = Map::new();
    let body = body.as_object().unwrap_or(&none);
    checks.note("messaging_product is whatsapp", check_product(body))?;
    if let Some(kind) = body.get("recipient_type") {
        checks.note("recipient_type is individual", check_recipient_type(kind))?;
    }
    let recipient = checks.note("to is a phone number, or recipient a user id", recipient(body))?;
    let kind = checks.note("type is a kind of message", kind(body))?;
    if body.contains_key("biz_opaque_callback_data") {
        let what = "biz_opaque_callback_data is a text of at most 512 characters";
        checks.note(what, check_reference(body))?;
    }
    if body.contains_key("context") {
        checks.note("context names a message", check_context(body))?;
    }

    if kind == "contacts" {
        let contacts = match body.get(kind) {
            None => &[],
            Some(Value::Array(contacts)) => contacts.as_slice(),
            Some(_) => return Err(GraphError::parameter("Param contacts must be an array.")),
        };
        contact_checks::check(contacts, checks)?;
        return Ok(Accepted { recipient, kind: kind.to_owned() });
    }
    let part = checks.note(format!("{kind} is an object"), part(body, kind))?;
    match kind {
        "text" => check_text(part, checks)?,
        "location" => {
            checks.note("location: a place on earth, name and address texts", check_location(part))?
        }
        "reaction" => {
            checks.note("reaction: message_id and emoji, and no other key", check_reaction(part))?
        }
        "template" => template_checks::check(part, templates, checks)?,
        "interactive" => interactive_checks::check(part, checks)?,
        kind if MEDIA.contains(&kind) => {
            let what = format!(
                "{kind}: one of id and link, a caption of at most 1024 characters, and only known keys"
            );
            checks.note(what, check_media(part, kind, kind))?;
        }
        _ => {}
    }
    Ok(Accepted { recipient, kind: kind.to_owned() })
}

fn check_product(body: &Map<String, Value>) -> Result<(), GraphError> {
    match body.get("messaging_product") {
        None => Err(GraphError::parameter("The parameter messaging_product is required.")),
        Some(Value::String(product)) if product == "whatsapp" => Ok(()),
        Some(other) => Err(GraphError::parameter(format_args!(
            "Param messaging_product must be one of {{WHATSAPP}} - got {other}."
        ))),
    }
}

fn check_recipient_type(kind: &Value) -> Result<(), GraphError> {
    match kind {
        Value::String(kind) if kind == "individual" => Ok(()),
        other => Err(GraphError::detailed(131_009, format!("recipient_type {other} is not individual"))),
    }
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

fn check_text(text: &Map<String, Value>, checks: &mut Checklist) -> Result<(), GraphError> {
    let body = match text.get("body") {
        None => Err(GraphError::parameter("The parameter text['body'] is required.")),
        Some(Value::String(body)) if body.trim().is_empty() => {
            Err(GraphError::parameter("The parameter text['body'] is required."))
        }
        Some(Value::String(body)) if body.chars().count() > MOST_TEXT => Err(GraphError::parameter(
            format_args!("Param text['body'] must be at most {MOST_TEXT} characters long."),
        )),
        Some(Value::String(_)) => Ok(()),
        Some(_) => Err(GraphError::parameter("Param text['body'] must be a string.")),
    };
    checks.note("text: a body of 1 to 4096 characters", body)?;
    let Some(preview) = text.get("preview_url") else { return Ok(()) };
    let preview = match preview {
        Value::Bool(_) => Ok(()),
        _ => Err(GraphError::parameter("Param text['preview_url'] must be a boolean.")),
    };
    checks.note("text: preview_url is true or false", preview)
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
