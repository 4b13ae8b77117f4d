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
const MOST_SECTIONS: usize = 10;
const MOST_TITLE: usize = 24;
const MOST_PRODUCTS: usize = 30;

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
        "mpm" => ("action", 0, true),
        "flow" | "catalog" | "order_details" => ("action", 0, false),
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
        Some(Value::Object(action)) if sub_type == "mpm" => {
            check_products(action, &button_at).map(|()| index)
        }
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

/// The products of a multi-product button. (Meta: "multi-product message templates".)
fn check_products(action: &Map<String, Value>, button_at: &str) -> Result<(), GraphError> {
    let wrong = |what: &str| Err(GraphError::detailed(131_009, std::format!("buttons: {button_at}: {what}")));
    let thumbnail = action.get("thumbnail_product_retailer_id").and_then(Value::as_str);
    if thumbnail.is_none_or(str::is_empty) {
        return wrong("thumbnail_product_retailer_id is required");
    }
    let Some(Value::Array(sections)) = action.get("sections") else { return wrong("sections is required") };
    if !(1..=MOST_SECTIONS).contains(&sections.len()) {
        return wrong("there must be 1 to 10 sections");
    }
    let mut products = 0;
    for section in sections {
        let title = section.get("title").and_then(Value::as_str).unwrap_or_default();
        if title.chars().count() > MOST_TITLE || (title.is_empty() && sections.len() > 1) {
            return wrong("the title of a section must be 1 to 24 characters");
        }
        let Some(Value::Array(items)) = section.get("product_items") else {
            return wrong("product_items is required");
        };
        let id = |item: &Value| item.get("product_retailer_id")?.as_str().map(str::to_owned);
        if items.is_empty() || !items.iter().all(|item| id(item).is_some_and(|id| !id.is_empty())) {
            return wrong("each of product_items must have a product_retailer_id");
        }
        products += items.len();
    }
    if products > MOST_PRODUCTS { wrong("there must be at most 30 products") } else { Ok(()) }
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
