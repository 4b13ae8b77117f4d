//! What Meta checks of a template's buttons.

use serde_json::{Map, Value};

use super::errors::GraphError;
use super::template_checks::{format, lower_text};

const SUB_TYPES: [&str; 9] = [
    "catalog",
    "copy_code",
    "flow",
    "mpm",
    "order_details",
    "phone_number",
    "quick_reply",
    "url",
    "voice_call",
];
const MOST_PAYLOAD: usize = 256;
const MOST_COUPON: usize = 15;

/// Checks a button component and returns its index.
pub(super) fn check(button: &Map<String, Value>) -> Result<u8, GraphError> {
    let sub_type = lower_text(button, "sub_type");
    if !SUB_TYPES.contains(&sub_type.as_str()) {
        return Err(GraphError::parameter(format_args!(
            "Param template['components'][sub_type] must be one of {{{}}} - got \"{sub_type}\".",
            SUB_TYPES.join(", ").to_ascii_uppercase()
        )));
    }
    let index = match button.get("index").and_then(Value::as_str).map(str::as_bytes) {
        Some(&[digit @ b'0'..=b'9']) => digit - b'0',
        _ => {
            return Err(GraphError::detailed(131_009, "buttons: index must be a text from \"0\" to \"9\""));
        }
    };
    let parameter = match button.get("parameters") {
        None => None,
        Some(Value::Array(list)) => match list.as_slice() {
            [] => None,
            [Value::Object(parameter)] => Some(parameter),
            _ => {
                return Err(format(std::format!("buttons: Button at index {index} takes one parameter")));
            }
        },
        Some(_) => {
            return Err(format(std::format!("buttons: Button at index {index}: parameters is not a list")));
        }
    };
    // What its parameter is called, how long it may be, and whether there must be one.
    let (key, most, required) = match sub_type.as_str() {
        "url" => ("text", usize::MAX, true),
        "quick_reply" => ("payload", MOST_PAYLOAD, true),
        "copy_code" => ("coupon_code", MOST_COUPON, true),
        "flow" | "catalog" | "mpm" | "order_details" => ("action", 0, false),
        _ => return Ok(index),
    };
    let Some(parameter) = parameter else {
        if required {
            return Err(GraphError::detailed(
                131_008,
                std::format!("buttons: Button at index {index} of type {sub_type} requires a parameter"),
            ));
        }
        return Ok(index);
    };
    if lower_text(parameter, "type") != key {
        return Err(format(std::format!(
            "buttons: Button at index {index} of type {sub_type} takes type {key}"
        )));
    }
    match parameter.get(key) {
        Some(Value::Object(_)) if key == "action" => Ok(index),
        Some(Value::String(text)) if key != "action" && text.is_empty() => Err(GraphError::detailed(
            131_008,
            std::format!("buttons: Button at index {index} of type {sub_type} requires a parameter"),
        )),
        Some(Value::String(text)) if key != "action" && text.chars().count() > most => {
            Err(GraphError::detailed(
                131_009,
                std::format!("buttons: {key} of the button at index {index} is over {most} characters long"),
            ))
        }
        Some(Value::String(_)) if key != "action" => Ok(index),
        _ => Err(format(std::format!("buttons: Button at index {index} of type {sub_type} has no {key}"))),
    }
}
