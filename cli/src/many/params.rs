//! Parameters and buttons of templates, as a cell has them.

use serde_json::Value;
use wamid::{Button, Error, Parameter};

/// A JSON object, or else the text itself: `5` and `"5"` are what a person typed. What starts like an object and is
/// none was meant as one: sent as it is, the recipient would read it.
pub(super) fn parameter(field: &str, at: usize, text: &str) -> Result<Parameter, Error> {
    match serde_json::from_str(text) {
        Ok(value @ Value::Object(_)) => Ok(Parameter::Json(value)),
        Err(_) if text.trim_start().starts_with('{') => {
            Parameter::from_value(&Value::Null, &format!("{field}[{at}]"))
        }
        _ => Ok(text.into()),
    }
}

pub(super) fn button(at: usize, text: &str) -> Result<Button, Error> {
    // Read into a value, such a number would change.
    wamid::check_whole_numbers(text, &format!("buttons[{at}]"))?;
    match serde_json::from_str(text) {
        Ok(value) => Ok(Button::json(value)),
        // Not JSON at all: the SDK's own error, with the place in the list.
        Err(_) => Button::from_value(&Value::String(text.to_owned()), &format!("buttons[{at}]")),
    }
}
