//! What Meta checks of a template message.

use serde_json::{Map, Value};

use super::button_checks;
use super::checks::check_location;
use super::errors::GraphError;
use super::options::{Template, is_template_name};

/// Of a body parameter where the template is more than a body; a body alone takes [`MOST_BODY_ALONE`].
const MOST_BODY: usize = 1024;
const MOST_BODY_ALONE: usize = 32_768;

/// Checks the `template` part of a message against the templates the sandbox knows.
pub(super) fn check(template: &Map<String, Value>, known: &[Template]) -> Result<(), GraphError> {
    let name = match template.get("name") {
        Some(Value::String(name)) if is_template_name(name) => name,
        None | Some(Value::Null) => {
            return Err(GraphError::parameter("The parameter template['name'] is required."));
        }
        Some(_) => {
            return Err(GraphError::detailed(
                100,
                "template name must be 1 to 512 lower-case letters, digits and underscores",
            ));
        }
    };
    let language = language(template)?;
    let Some(known) = known.iter().find(|known| known.name() == name) else {
        return Err(GraphError::detailed(
            132_001,
            format!("template name ({name}) does not exist in {language}"),
        ));
    };

    let nothing = Vec::new();
    let components = match template.get("components") {
        None => &nothing,
        Some(Value::Array(components)) => components,
        Some(_) => {
            return Err(GraphError::parameter("Param template['components'] must be an array."));
        }
    };
    let mut header = None;
    let mut body = None;
    let mut indexes = Vec::new();
    for component in components {
        let Some(component) = component.as_object() else {
            return Err(format("a component is not an object"));
        };
        let kind = lower_text(component, "type");
        match kind.as_str() {
            "header" | "body" => {
                let seen = if kind == "header" { &mut header } else { &mut body };
                if seen.replace(parameters(component, &kind)?).is_some() {
                    return Err(format(std::format!("{kind}: the component is there twice")));
                }
            }
            "button" => indexes.push(button_checks::check(component)?),
            // The sandbox's templates have none of these; Meta's may, so they are let through.
            "carousel" | "limited_time_offer" | "order_status" => {}
            other => {
                return Err(GraphError::parameter(format_args!(
                    "Param template['components'][type] must be one of {{HEADER, BODY, BUTTON, CAROUSEL, \
                     LIMITED_TIME_OFFER, ORDER_STATUS}} - got \"{other}\"."
                )));
            }
        }
    }
    indexes.sort_unstable();
    if indexes.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(format("buttons: an index is there twice"));
    }

    let longest = if components.len() > 1 { MOST_BODY } else { MOST_BODY_ALONE };
    for (part, found, expected, most) in [
        ("header", header.unwrap_or(&nothing), known.header_params(), MOST_BODY),
        ("body", body.unwrap_or(&nothing), known.body_params(), longest),
    ] {
        if found.len() != expected {
            return Err(GraphError::detailed(
                132_000,
                std::format!(
                    "{part}: number of localizable_params ({}) does not match the expected number of params \
                     ({expected})",
                    found.len()
                ),
            ));
        }
        for parameter in found {
            check_parameter(part, parameter, most)?;
        }
    }
    Ok(())
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

fn parameters<'body>(
    component: &'body Map<String, Value>,
    part: &str,
) -> Result<&'body Vec<Value>, GraphError> {
    match component.get("parameters") {
        Some(Value::Array(parameters)) => Ok(parameters),
        _ => Err(GraphError::detailed(
            131_008,
            std::format!("{part}: the component has no list of parameters"),
        )),
    }
}

fn check_parameter(part: &str, parameter: &Value, most: usize) -> Result<(), GraphError> {
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
        "image" | "video" | "document" => has("id") != has("link"),
        "product" => has("product_retailer_id"),
        "location" => return check_location(value),
        _ => false,
    };
    if complete { Ok(()) } else { Err(format(std::format!("{part}: the {kind} parameter is not complete"))) }
}

fn check_text(part: &str, parameter: &Map<String, Value>, most: usize) -> Result<(), GraphError> {
    let text = match parameter.get("text") {
        Some(Value::String(text)) => text,
        None | Some(Value::Null) => {
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
