//! What Meta's parameter check says of single fields.

use serde_json::{Map, Value};

use super::errors::GraphError;

/// The text of a key that may be absent, of at most `most` characters; `path` is what Meta calls the object.
pub(super) fn text<'body>(
    object: &'body Map<String, Value>,
    path: &str,
    key: &str,
    most: usize,
) -> Result<Option<&'body str>, GraphError> {
    match object.get(key) {
        None => Ok(None),
        Some(Value::String(text)) if text.chars().count() > most => Err(GraphError::parameter(format_args!(
            "Param {path}['{key}'] must be at most {most} characters long."
        ))),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(GraphError::parameter(format_args!("Param {path}['{key}'] must be a string."))),
    }
}

/// The same of a key that must be there, with more than white space.
pub(super) fn needed_text<'body>(
    object: &'body Map<String, Value>,
    path: &str,
    key: &str,
    most: usize,
) -> Result<&'body str, GraphError> {
    match text(object, path, key, most)? {
        Some(text) if !text.trim().is_empty() => Ok(text),
        _ => Err(missing(path, key)),
    }
}

pub(super) fn missing(path: &str, key: &str) -> GraphError {
    GraphError::parameter(format_args!("The parameter {path}['{key}'] is required."))
}

/// A value that Meta takes for none of that field's.
pub(super) fn invalid(details: impl Into<String>) -> GraphError {
    GraphError::detailed(131_009, details)
}

/// Holds a text that was read to its length, in the words that Meta has for buttons, headers, bodies and footers.
pub(super) fn length(
    object: &Map<String, Value>,
    key: &str,
    what: &str,
    least: usize,
    most: usize,
) -> Result<(), GraphError> {
    match object.get(key).and_then(Value::as_str).map(|text| text.chars().count()) {
        Some(count) if !(least..=most).contains(&count) => {
            Err(invalid(format!("{what} length invalid. Min length: {least}, Max length: {most}")))
        }
        _ => Ok(()),
    }
}

/// The same in the words that Meta has for rows.
pub(super) fn longest(
    object: &Map<String, Value>,
    key: &str,
    what: &str,
    most: usize,
) -> Result<(), GraphError> {
    match object.get(key).and_then(Value::as_str) {
        Some(text) if text.chars().count() > most => {
            Err(invalid(format!("{what} is too long. Max length is {most}")))
        }
        _ => Ok(()),
    }
}

/// The object of a key that must be there.
pub(super) fn object<'body>(
    object: &'body Map<String, Value>,
    path: &str,
    key: &str,
) -> Result<&'body Map<String, Value>, GraphError> {
    match object.get(key) {
        None => Err(missing(path, key)),
        Some(value) => element(value, &format!("{path}['{key}']")),
    }
}

/// The object that an element of a list is.
pub(super) fn element<'body>(
    value: &'body Value,
    path: &str,
) -> Result<&'body Map<String, Value>, GraphError> {
    value
        .as_object()
        .ok_or_else(|| GraphError::parameter(format_args!("Param {path} must be a JSON object.")))
}

/// The list of a key that must be there.
pub(super) fn list<'body>(
    object: &'body Map<String, Value>,
    path: &str,
    key: &str,
) -> Result<&'body [Value], GraphError> {
    match object.get(key) {
        None => Err(missing(path, key)),
        Some(Value::Array(list)) => Ok(list),
        Some(_) => Err(GraphError::parameter(format_args!("Param {path}['{key}'] must be an array."))),
    }
}

/// An address of the web.
pub(super) fn check_url(text: &str, path: &str, key: &str) -> Result<(), GraphError> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    match rest {
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') => Ok(()),
        _ => Err(GraphError::parameter(format_args!("Param {path}['{key}'] is not a valid URL."))),
    }
}

/// Refuses a key that is none of these.
pub(super) fn check_keys(object: &Map<String, Value>, path: &str, keys: &[&str]) -> Result<(), GraphError> {
    match object.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => {
            Err(GraphError::parameter(format_args!("Unexpected key \"{key}\" on param \"{path}\".")))
        }
        None => Ok(()),
    }
}
