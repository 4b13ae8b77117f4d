//! What Meta checks of a template message.

use serde_json::{Map, Value};

use super::account::{Known, Templates};
use super::button_checks;
use super::checklist::Checklist;
use super::checks::check_location;
use super::definition_checks;
use super::errors::GraphError;
use super::media_checks::{check_keys, is_named_once};
use super::options::is_template_name;

/// Of a body parameter where the template is more than a body; a body alone takes [`MOST_BODY_ALONE`].
const MOST_BODY: usize = 1024;
const MOST_BODY_ALONE: usize = 32_768;

/// What a message, or a card of one, fills of its template.
#[derive(Debug, Default)]
pub(super) struct Sent<'body> {
    pub(super) header: &'body [Value],
    pub(super) body: &'body [Value],
    /// The buttons, each with its place where it has one, and its type in lower case.
    pub(super) buttons: Vec<(Option<u64>, String)>,
    pub(super) has_offer: bool,
    /// The cards of a carousel, in their places.
    pub(super) cards: Option<Vec<Self>>,
}

/// Checks the `template` part of a message against the templates the sandbox knows.
pub(super) fn check(
    template: &Map<String, Value>,
    known: &Templates,
    checks: &mut Checklist,
) -> Result<(), GraphError> {
    let name = checks.note("template: the name is one that a template can have", name(template))?;
    let language = checks.note("template: the language is a code such as en or pt_BR", language(template))?;
    let known = checks.note(
        std::format!("template: {name} exists in {language} and is approved"),
        known.sendable(name, language),
    )?;
    let sent = components(template).and_then(|components| Sent::read(components, "template['components']"));
    let sent = checks.note("template: each component and parameter is complete", sent)?;
    let fits = match known {
        Known::Counts(template) => check_count("header", sent.header.len(), template.header_params())
            .and_then(|()| check_count("body", sent.body.len(), template.body_params())),
        Known::Made(template) => definition_checks::check(&sent, template),
    };
    checks.note("template: the parameters are those of its definition", fits)
}

fn name(template: &Map<String, Value>) -> Result<&str, GraphError> {
    match template.get("name") {
        Some(Value::String(name)) if is_template_name(name) => Ok(name),
        None => Err(GraphError::parameter("The parameter template['name'] is required.")),
        Some(_) => Err(GraphError::detailed(
            100,
            "template name must be 1 to 512 lower-case letters, digits and underscores",
        )),
    }
}

fn components(template: &Map<String, Value>) -> Result<&[Value], GraphError> {
    match template.get("components") {
        None => Ok(&[]),
        Some(Value::Array(components)) => Ok(components),
        Some(_) => Err(GraphError::parameter("Param template['components'] must be an array.")),
    }
}

pub(super) fn check_count(part: &str, found: usize, expected: usize) -> Result<(), GraphError> {
    if found == expected {
        return Ok(());
    }
    Err(GraphError::detailed(
        132_000,
        std::format!(
            "{part}: number of localizable_params ({found}) does not match the expected number of params ({expected})"
        ),
    ))
}

impl<'body> Sent<'body> {
    /// Reads components, and checks what needs no template; `path` is what Meta calls them.
    fn read(components: &'body [Value], path: &str) -> Result<Self, GraphError> {
        let mut sent = Self::default();
        let (mut header, mut body) = (None, None);
        for (at, component) in components.iter().enumerate() {
            let path = std::format!("{path}[{at}]");
            let Some(component) = component.as_object() else {
                return Err(format("a component is not an object"));
            };
            let kind = lower_text(component, "type");
            match kind.as_str() {
                "header" | "body" => {
                    let seen = if kind == "header" { &mut header } else { &mut body };
                    if seen.replace((parameters(component, &kind)?, path)).is_some() {
                        return Err(format(std::format!("{kind}: the component is there twice")));
                    }
                }
                "button" => {
                    let index = button_checks::check(component, &path)?;
                    sent.buttons.push((index, lower_text(component, "sub_type")));
                }
                "limited_time_offer" => sent.has_offer = true,
                "carousel" => sent.cards = Some(cards(component, &path)?),
                "order_status" | "tap_target_configuration" => {}
                _ => {
                    return Err(GraphError::parameter(format_args!(
                        "Param {path}['type'] must be one of {{BODY, BUTTON, CAROUSEL, HEADER, LIMITED_TIME_OFFER, \
                         ORDER_STATUS, TAP_TARGET_CONFIGURATION}} - got {}.",
                        component.get("type").unwrap_or(&Value::Null)
                    )));
                }
            }
        }
        let mut indexes: Vec<u64> = sent.buttons.iter().filter_map(|(index, _)| *index).collect();
        indexes.sort_unstable();
        if indexes.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(format("buttons: an index is there twice"));
        }
        let longest = if components.len() > 1 { MOST_BODY } else { MOST_BODY_ALONE };
        for (part, found, most) in [("header", header, MOST_BODY), ("body", body, longest)] {
            let (found, path) = found.unwrap_or_default();
            for (at, parameter) in found.iter().enumerate() {
                check_parameter(part, parameter, &std::format!("{path}['parameters'][{at}]"), most)?;
            }
            if part == "header" {
                sent.header = found;
            } else {
                sent.body = found;
            }
        }
        Ok(sent)
    }
}

/// The cards of a carousel, in the places that they say.
fn cards<'body>(carousel: &'body Map<String, Value>, path: &str) -> Result<Vec<Sent<'body>>, GraphError> {
    let Some(Value::Array(cards)) = carousel.get("cards") else {
        return Err(format("carousel: cards is not a list"));
    };
    let mut read = Vec::with_capacity(cards.len());
    for (at, card) in cards.iter().enumerate() {
        let path = std::format!("{path}['cards'][{at}]");
        let Some(card) = card.as_object() else {
            return Err(format("carousel: a card is not an object"));
        };
        let index = card.get("card_index").and_then(Value::as_u64).ok_or_else(|| {
            GraphError::parameter(format_args!("The parameter {path}['card_index'] is required."))
        })?;
        let components = card.get("components").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        read.push((index, Sent::read(components, &std::format!("{path}['components']"))?));
    }
    read.sort_by_key(|(index, _)| *index);
    if read.iter().zip(0..).any(|((index, _), at)| *index != at) {
        return Err(format("carousel: the card_index of each card must be its place, from 0"));
    }
    Ok(read.into_iter().map(|(_, card)| card).collect())
}

/// A parameter that does not suit its template.
pub(super) fn format(details: impl Into<String>) -> GraphError {
    GraphError::detailed(132_012, details)
}

/// A key's text in lower case; empty where there is none.
pub(super) fn lower_text(object: &Map<String, Value>, key: &str) -> String {
    // Meta's own examples write `CATALOG` as well as `catalog`.
    object.get(key).and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase()
}

fn language(template: &Map<String, Value>) -> Result<&str, GraphError> {
    let code = match template.get("language") {
        Some(Value::Object(language)) => language.get("code"),
        _ => {
            return Err(GraphError::parameter("The parameter template['language'] is required."));
        }
    };
    let Some(code) = code.and_then(Value::as_str) else {
        return Err(GraphError::parameter("The parameter template['language']['code'] is required."));
    };
    let mut parts = code.split('_');
    let is_language = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let is_rest = parts
        .all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if is_language && is_rest {
        Ok(code)
    } else {
        Err(GraphError::detailed(
            100,
            std::format!("template['language']['code'] {code:?} is not a language code"),
        ))
    }
}

/// A component may do without, as its template may.
fn parameters<'body>(component: &'body Map<String, Value>, part: &str) -> Result<&'body [Value], GraphError> {
    match component.get("parameters") {
        Some(Value::Array(parameters)) => Ok(parameters),
        None => Ok(&[]),
        Some(_) => Err(GraphError::detailed(
            131_009,
            std::format!("{part}: the parameters of the component are not a list"),
        )),
    }
}

fn check_parameter(part: &str, parameter: &Value, path: &str, most: usize) -> Result<(), GraphError> {
    let Some(parameter) = parameter.as_object() else {
        return Err(format(std::format!("{part}: a parameter is not an object")));
    };
    if parameter.get("parameter_name").is_some_and(|name| name.as_str().is_none_or(str::is_empty)) {
        return Err(GraphError::detailed(100, "Parameter name is missing or empty"));
    }
    let kind = lower_text(parameter, "type");
    if kind == "text" {
        return check_text(part, parameter, most);
    }
    let Some(value) = parameter.get(&kind).and_then(Value::as_object) else {
        return Err(format(std::format!(
            "{part}: Format mismatch, expected TEXT, received {}",
            if kind.is_empty() { "UNKNOWN".to_owned() } else { kind.to_ascii_uppercase() }
        )));
    };
    let has = |key: &str| value.get(key).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    let complete = match kind.as_str() {
        "currency" => {
            has("fallback_value") && has("code") && value.get("amount_1000").is_some_and(Value::is_i64)
        }
        "date_time" => has("fallback_value"),
        "image" | "video" | "document" => {
            check_keys(value, &std::format!("{path}['{kind}']"), &std::format!("header {kind}"))?;
            is_named_once(value)
        }
        "product" => has("product_retailer_id"),
        "location" => return check_location(value),
        _ => false,
    };
    if complete { Ok(()) } else { Err(format(std::format!("{part}: the {kind} parameter is not complete"))) }
}

fn check_text(part: &str, parameter: &Map<String, Value>, most: usize) -> Result<(), GraphError> {
    let text = match parameter.get("text") {
        Some(Value::String(text)) => text,
        None => {
            return Err(GraphError::detailed(
                100,
                "Parameter 'text' is mandatory for component parameter type 'text'",
            ));
        }
        Some(_) => {
            return Err(format(std::format!("{part}: the text of a parameter is not a text")));
        }
    };
    if text.is_empty() {
        return Err(GraphError::detailed(131_008, "Parameter of type text is missing text value"));
    }
    if text.contains(['\n', '\r', '\t']) || text.contains("     ") {
        return Err(GraphError::of_code(132_018));
    }
    if text.chars().count() > most {
        return Err(GraphError::detailed(
            132_005,
            std::format!("{part}: a parameter is over {most} characters long"),
        ));
    }
    Ok(())
}

#[cfg(test)]
#[path = "template_checks_tests.rs"]
mod tests;
