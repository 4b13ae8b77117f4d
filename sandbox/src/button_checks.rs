//! What Meta checks of a template's buttons.

use serde_json::{Map, Value};

use super::errors::GraphError;
use super::template_checks::{format, lower_text};

/// As Meta lists them when it refuses another. A button that takes nothing, `phone_number` among them, is none of these:
/// it comes from the template by itself.
const SUB_TYPES: [&str; 10] = [
    "booking_confirmation",
    "catalog",
    "copy_code",
    "flow",
    "mpm",
    "order_details",
    "quick_reply",
    "reminder",
    "url",
    "voice_call",
];
const MOST_PAYLOAD: usize = 256;
const MOST_COUPON: usize = 20;

/// Checks a button component and returns its index, if it has one; `path` is what Meta calls it.
pub(super) fn check(button: &Map<String, Value>, path: &str) -> Result<Option<u64>, GraphError> {
    let sub_type = lower_text(button, "sub_type");
    if !SUB_TYPES.contains(&sub_type.as_str()) {
        return Err(GraphError::parameter(format_args!(
            "Param {path}['sub_type'] must be one of {{{}}} - got {}.",
            SUB_TYPES.join(", ").to_ascii_uppercase(),
            button.get("sub_type").unwrap_or(&Value::Null)
        )));
    }
    let index = index(button, &sub_type)?;
    // What its parameter is called, how long it may be, and whether there must be one.
    let (key, most, required) = match sub_type.as_str() {
        "url" => ("text", usize::MAX, true),
        "quick_reply" => ("payload", MOST_PAYLOAD, true),
        "copy_code" => ("coupon_code", MOST_COUPON, true),
        "flow" | "catalog" | "mpm" | "order_details" => ("action", 0, false),
        _ => return Ok(index),
    };
    let button_at = std::format!("Button at index {}", index.unwrap_or_default());
    let missing = || {
        let details = std::format!("buttons: {button_at} of type {sub_type} requires a parameter");
        GraphError::detailed(131_008, details)
    };
    let parameter = match button.get("parameters") {
        None => None,
        Some(Value::Array(list)) => match list.as_slice() {
            [] => None,
            [Value::Object(parameter)] => Some(parameter),
            _ => return Err(format(std::format!("buttons: {button_at} takes one parameter"))),
        },
        Some(_) => return Err(format(std::format!("buttons: {button_at}: parameters is not a list"))),
    };
    let Some(parameter) = parameter else {
        return if required { Err(missing()) } else { Ok(index) };
    };
    if lower_text(parameter, "type") != key {
        return Err(format(std::format!("buttons: {button_at} of type {sub_type} takes type {key}")));
    }
    match parameter.get(key) {
        // A parameter that is there must hold something; without any, Meta takes what the template has.
        Some(Value::Object(action)) if key == "action" && action.is_empty() => Err(missing()),
        Some(Value::Object(_)) if key == "action" => Ok(index),
        Some(Value::String(text)) if key != "action" && text.is_empty() => Err(missing()),
        Some(Value::String(text)) if key != "action" && text.chars().count() > most => {
            let details = std::format!("buttons: {key} of the {button_at} is over {most} characters long");
            Err(GraphError::detailed(131_009, details))
        }
        Some(Value::String(_)) if key != "action" => Ok(index),
        _ => Err(format(std::format!("buttons: {button_at} of type {sub_type} has no {key}"))),
    }
}

/// A position from 0 to 9, which Meta's own examples have as a text and as a number. The one button for calls needs none.
fn index(button: &Map<String, Value>, sub_type: &str) -> Result<Option<u64>, GraphError> {
    let index = match button.get("index") {
        None if sub_type == "voice_call" => return Ok(None),
        Some(Value::String(text)) if text.len() == 1 => text.parse().ok(),
        Some(Value::Number(number)) => number.as_u64(),
        _ => None,
    };
    match index {
        Some(index @ 0..=9) => Ok(Some(index)),
        _ => Err(GraphError::detailed(131_009, "buttons: index must be from 0 to 9")),
    }
}
