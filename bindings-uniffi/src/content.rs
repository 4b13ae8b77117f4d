//! Contents and parts of them, as JSON text.

use wamid::{Content, Json};

use crate::error::WamidError;
use crate::text::Text;

/// A content from its JSON text, written as the core writes it. Fails with `invalid_input`, naming what is wrong by its path.
#[uniffi::export]
pub fn content_from_json(json: Text) -> Result<String, WamidError> {
    Ok(Content::from_json(&json.read("content")?)?.to_json()?)
}

/// Fails with `invalid_input`, naming `field`, where a text is no JSON.
#[uniffi::export]
pub fn check_json(field: Text, json: Text) -> Result<(), WamidError> {
    let field = field.read("field")?;
    Json::parse(&field, &json.read(&field)?)?;
    Ok(())
}
