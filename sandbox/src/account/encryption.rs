//! The public key with which Meta encrypts what Flows ask of a business. (Meta: "whatsapp business encryption".)

use serde_json::{Map, Value, json};

use super::{done, text_of};
use crate::errors::GraphError;
use crate::state::Shared;

pub(super) fn show(shared: &Shared) -> Value {
    let shown =
        shared.account().public_key.as_ref().map(
            |key| json!({ "business_public_key": key, "business_public_key_signature_status": "VALID" }),
        );
    json!({ "data": shown.into_iter().collect::<Vec<_>>() })
}

pub(super) fn change(shared: &Shared, body: &Map<String, Value>) -> Result<Value, GraphError> {
    let key = text_of(body, "business_public_key")
        .ok_or_else(|| GraphError::parameter("The parameter business_public_key is required."))?;
    let is_pem = key.trim().starts_with("-----BEGIN PUBLIC KEY-----")
        && key.trim().ends_with("-----END PUBLIC KEY-----");
    if !is_pem {
        return Err(GraphError {
            user: Some(("Invalid Public Key", "The provided public key format is invalid")),
            ..GraphError::parameter("Business public key is invalid")
        });
    }
    shared.account().public_key = Some(key);
    Ok(done())
}
