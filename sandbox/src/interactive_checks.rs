//! What Meta checks of an interactive message: what stands around its action. [`super::action_checks`] has the actions.

use serde_json::{Map, Value};

use super::action_checks;
use super::checklist::Checklist;
use super::errors::GraphError;
use super::fields::{self, invalid, missing};
use super::media_checks::check_media;

/// What Meta takes around the action of a type: which header, how long a body, whether a footer.
struct Around {
    kind: &'static str,
    header: Header,
    body: Body,
    footer: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Header {
    Any,
    None,
    /// A text alone.
    Text,
    /// A text, and it must be there.
    NeededText,
}

#[derive(Clone, Copy)]
enum Body {
    Needed(usize),
    Optional(usize),
}

const fn around(kind: &'static str, header: Header, body: Body, footer: bool) -> Around {
    Around { kind, header, body, footer }
}

static TYPES: [Around; 15] = [
    around("address_message", Header::Any, Body::Needed(1024), true),
    around("button", Header::Any, Body::Needed(1024), true),
    around("call_permission_request", Header::None, Body::Optional(1024), false),
    around("carousel", Header::None, Body::Needed(1024), false),
    around("catalog_message", Header::None, Body::Needed(1024), true),
    around("cta_url", Header::Any, Body::Needed(1024), true),
    around("flow", Header::Any, Body::Needed(1024), true),
    around("list", Header::Text, Body::Needed(4096), true),
    around("location_request_message", Header::None, Body::Needed(1024), false),
    around("order_details", Header::Any, Body::Needed(1024), true),
    around("order_status", Header::None, Body::Needed(1024), true),
    around("product", Header::None, Body::Optional(1024), true),
    around("product_list", Header::NeededText, Body::Needed(1024), true),
    around("request_contact_info", Header::None, Body::Needed(1024), false),
    around("voice_call", Header::Any, Body::Needed(1024), true),
];
const MOST_HEADER: usize = 60;
const MOST_FOOTER: usize = 60;
const MOST_ID: usize = 200;

/// Checks the `interactive` part of a message.
pub(super) fn check(part: &Map<String, Value>, checks: &mut Checklist) -> Result<(), GraphError> {
    let around = checks.note("interactive: type is a kind of it", around_of(part))?;
    let keys = fields::check_keys(part, "interactive", &["type", "header", "body", "footer", "action"]);
    checks.note("interactive: only known keys", keys)?;
    checks.note("interactive: the header suits the type", check_header(part, around))?;
    checks.note("interactive: the body suits the type and is not too long", check_body(part, around))?;
    if part.contains_key("footer") {
        let footer = check_footer(part, around);
        checks.note("interactive: the footer suits the type and has at most 60 characters", footer)?;
    }
    let action = fields::object(part, "interactive", "action");
    let action = checks.note("interactive: action is an object", action)?;
    action_checks::check(around.kind, action, checks)
}

/// What stands around the action of the part's type.
fn around_of(part: &Map<String, Value>) -> Result<&'static Around, GraphError> {
    let kind = fields::needed_text(part, "interactive", "type", MOST_ID)?;
    TYPES.iter().find(|around| around.kind == kind).ok_or_else(|| {
        let names: Vec<&str> = TYPES.iter().map(|around| around.kind).collect();
        GraphError::parameter(format_args!(
            "Param interactive['type'] must be one of {{{}}} - got \"{kind}\".",
            names.join(", ").to_ascii_uppercase()
        ))
    })
}

fn check_footer(part: &Map<String, Value>, around: &Around) -> Result<(), GraphError> {
    if !around.footer {
        return Err(not_allowed("footer", around.kind));
    }
    let footer = fields::object(part, "interactive", "footer")?;
    fields::needed_text(footer, "interactive['footer']", "text", usize::MAX)?;
    fields::length(footer, "text", "Footer text", 1, MOST_FOOTER)
}

fn not_allowed(what: &str, kind: &str) -> GraphError {
    GraphError::parameter(format_args!(
        "The parameter interactive['{what}'] is not allowed for {} messages.",
        kind.trim_end_matches("_message").replace('_', " ")
    ))
}

fn check_header(part: &Map<String, Value>, around: &Around) -> Result<(), GraphError> {
    if !part.contains_key("header") {
        return match around.header {
            Header::NeededText => {
                Err(GraphError::parameter("The parameter interactive['header'] is required."))
            }
            _ => Ok(()),
        };
    }
    if around.header == Header::None {
        return Err(not_allowed("header", around.kind));
    }
    let header = fields::object(part, "interactive", "header")?;
    let kind = fields::needed_text(header, "interactive['header']", "type", MOST_ID)?;
    match kind {
        "text" => {
            fields::check_keys(header, "interactive['header']", &["type", "text", "sub_text"])?;
            fields::needed_text(header, "interactive['header']", "text", usize::MAX)?;
            fields::length(header, "text", "Header text", 1, MOST_HEADER)
        }
        "image" | "video" | "document" if around.header == Header::Any => {
            fields::check_keys(header, "interactive['header']", &["type", kind])?;
            let media = fields::object(header, "interactive['header']", kind)?;
            check_media(media, &format!("interactive['header']['{kind}']"), &format!("header {kind}"))
        }
        "image" | "video" | "document" => {
            Err(invalid(format!("Header type {kind} is not supported for {} messages", around.kind)))
        }
        _ => Err(GraphError::parameter(format_args!(
            "Param interactive['header']['type'] must be one of {{DOCUMENT, IMAGE, TEXT, VIDEO}} - got \"{kind}\"."
        ))),
    }
}

fn check_body(part: &Map<String, Value>, around: &Around) -> Result<(), GraphError> {
    let most = match around.body {
        Body::Optional(_) if !part.contains_key("body") => return Ok(()),
        Body::Optional(most) | Body::Needed(most) => most,
    };
    let body = match part.get("body") {
        None => return Err(GraphError::parameter("The parameter interactive['body'] is required.")),
        Some(_) => fields::object(part, "interactive", "body")?,
    };
    match fields::text(body, "interactive['body']", "text", usize::MAX)? {
        Some(text) if !text.trim().is_empty() => fields::length(body, "text", "Body text", 1, most),
        _ => Err(missing("interactive['body']", "text")),
    }
}

#[cfg(test)]
#[path = "interactive_checks_tests.rs"]
mod tests;
