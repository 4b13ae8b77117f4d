//! What Meta checks of a template message against the template that was made. (Meta: "message templates" reference, components; error codes.)

use serde_json::{Map, Value};

use super::errors::GraphError;
use super::template_checks::{Sent, check_count, format, lower_text};

/// Checks what is sent against a template as it was made.
pub(super) fn check(sent: &Sent<'_>, template: &Map<String, Value>) -> Result<(), GraphError> {
    // One from Meta's library names no components of its own.
    let Some(components) = template.get("components").and_then(Value::as_array) else { return Ok(()) };
    let is_named = lower_text(template, "parameter_format") == "named";
    let is_authentication = lower_text(template, "category") == "authentication";
    check_parts(sent, components, is_named, is_authentication)
}

fn check_parts(
    sent: &Sent<'_>,
    components: &[Value],
    is_named: bool,
    is_authentication: bool,
) -> Result<(), GraphError> {
    let component = |kind: &str| {
        let mut components = components.iter().filter_map(Value::as_object);
        components.find(|component| lower_text(component, "type") == kind)
    };
    check_header(sent.header, component("header"), is_named)?;
    let mut names = component("body").map_or_else(Vec::new, |body| variables(text(body, "text")));
    if is_authentication && names.is_empty() {
        // Meta writes the text itself: the code is its only variable.
        names.push("1");
    }
    check_variables("body", sent.body, &names, is_named)?;
    check_offer(sent.has_offer, component("limited_time_offer"))?;
    match (component("carousel").and_then(|carousel| carousel.get("cards")?.as_array()), &sent.cards) {
        (None, None) => {}
        (None, Some(_)) => return Err(format("carousel: the template has none")),
        (Some(cards), sent) => check_cards(sent.as_deref().unwrap_or_default(), cards, is_named)?,
    }
    let buttons = component("buttons").and_then(|buttons| buttons.get("buttons")?.as_array());
    check_buttons(&sent.buttons, buttons.map_or(&[][..], Vec::as_slice))
}

fn check_header(
    sent: &[Value],
    header: Option<&Map<String, Value>>,
    is_named: bool,
) -> Result<(), GraphError> {
    let Some(header) = header else { return check_count("header", sent.len(), 0) };
    let format_of = lower_text(header, "format");
    match format_of.as_str() {
        "text" => check_variables("header", sent, &variables(text(header, "text")), is_named),
        "image" | "video" | "document" | "location" | "product" => {
            let kind = sent.first().and_then(Value::as_object).map(|sent| lower_text(sent, "type"));
            if kind.as_ref() != Some(&format_of) {
                return Err(mismatch("header", &format_of, kind.as_deref().unwrap_or("unknown")));
            }
            check_count("header", sent.len(), 1)
        }
        _ => Ok(()),
    }
}

fn check_variables(part: &str, sent: &[Value], names: &[&str], is_named: bool) -> Result<(), GraphError> {
    check_count(part, sent.len(), names.len())?;
    for sent in sent.iter().filter_map(Value::as_object) {
        let kind = lower_text(sent, "type");
        if !matches!(kind.as_str(), "text" | "currency" | "date_time") {
            return Err(mismatch(part, "text", &kind));
        }
        match (sent.get("parameter_name").and_then(Value::as_str), is_named) {
            (None, true) => return Err(GraphError::detailed(100, "Parameter name is missing or empty")),
            (Some(name), true) if !names.contains(&name) => {
                return Err(format(std::format!("{part}: the template has no parameter {name}")));
            }
            _ => {}
        }
    }
    let is_sent =
        |name: &str| sent.iter().any(|sent| sent.get("parameter_name").is_some_and(|sent| sent == name));
    match names.iter().find(|name| is_named && !is_sent(name)) {
        None => Ok(()),
        Some(name) => Err(format(std::format!("{part}: the parameter {name} is missing"))),
    }
}

fn check_offer(is_sent: bool, offer: Option<&Map<String, Value>>) -> Result<(), GraphError> {
    let ends = offer.and_then(|offer| offer.get("limited_time_offer")?.get("has_expiration")?.as_bool());
    match (offer, is_sent) {
        (None, true) => Err(format("limited_time_offer: the template has none")),
        (Some(_), false) if ends == Some(true) => {
            Err(mismatch("limited_time_offer", "limited_time_offer", "unknown"))
        }
        _ => Ok(()),
    }
}

fn check_cards(sent: &[Sent<'_>], cards: &[Value], is_named: bool) -> Result<(), GraphError> {
    let parts = |card: &Value| card.get("components").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_product =
        |part: &Value| part.as_object().is_some_and(|part| lower_text(part, "format") == "product");
    // A template of products is made with two cards, and sent with up to ten.
    let are_products = cards.first().is_some_and(|card| parts(card).iter().any(is_product));
    if sent.is_empty() || (!are_products && sent.len() != cards.len()) {
        let (found, expected) = (sent.len(), cards.len());
        return Err(format(std::format!("carousel: {found} cards do not match the expected {expected}")));
    }
    for (at, sent) in sent.iter().enumerate() {
        if let Some(card) = cards.get(at).or(cards.last()) {
            check_parts(sent, &parts(card), is_named, false)?;
        }
    }
    Ok(())
}

fn check_buttons(sent: &[(Option<u64>, String)], buttons: &[Value]) -> Result<(), GraphError> {
    let at = |index: u64| usize::try_from(index).ok().and_then(|index| buttons.get(index)?.as_object());
    for (index, sub_type) in sent {
        // The button for calls needs no place.
        let Some(index) = index else { continue };
        let Some(button) = at(*index) else {
            let details = std::format!("buttons: the template has no button at index {index}");
            return Err(GraphError::detailed(132_018, details));
        };
        let kind = lower_text(button, "type");
        let takes = if kind == "otp" { "url" } else { kind.as_str() };
        if takes != sub_type {
            return Err(mismatch(&std::format!("buttons: button at index {index}"), takes, sub_type));
        }
        if kind == "url" && !text(button, "url").contains("{{") {
            let details = std::format!("buttons: button at index {index} of type Url takes no parameter");
            return Err(GraphError::detailed(132_018, details));
        }
    }
    for (at, button) in buttons.iter().filter_map(Value::as_object).enumerate() {
        let kind = lower_text(button, "type");
        let is_needed = match kind.as_str() {
            "url" => text(button, "url").contains("{{"),
            kind => matches!(kind, "otp" | "copy_code" | "mpm"),
        };
        let is_sent =
            sent.iter().any(|(index, _)| index.is_some_and(|index| usize::try_from(index) == Ok(at)));
        if is_needed && !is_sent {
            let details = std::format!("buttons: Button at index {at} of type {kind} requires a parameter");
            return Err(GraphError::detailed(131_008, details));
        }
    }
    Ok(())
}

fn mismatch(part: &str, expected: &str, received: &str) -> GraphError {
    let (expected, received) = (expected.to_ascii_uppercase(), received.to_ascii_uppercase());
    format(std::format!("{part}: Format mismatch, expected {expected}, received {received}"))
}

/// The variables of a text, each once.
fn variables(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in text.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0.trim())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn text<'a>(object: &'a Map<String, Value>, key: &str) -> &'a str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
#[path = "definition_checks_tests.rs"]
mod tests;
