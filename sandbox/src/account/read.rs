//! Messages of customers that the business marks as read. (Meta: "mark messages as read", "typing indicators".)

use serde_json::{Map, Value};

use super::{done, product};
use crate::errors::GraphError;
use crate::state::Shared;

pub(crate) fn mark(shared: &Shared, body: &Map<String, Value>) -> Result<Value, GraphError> {
    product(body)?;
    if body.get("status").and_then(Value::as_str) != Some("read") {
        return Err(GraphError::parameter("Param status must be one of {READ}."));
    }
    let Some(id) = body.get("message_id").and_then(Value::as_str).filter(|id| !id.is_empty()) else {
        return Err(GraphError::parameter("The parameter message_id is required."));
    };
    if let Some(typing) = body.get("typing_indicator")
        && typing.get("type").and_then(Value::as_str) != Some("text")
    {
        return Err(GraphError::parameter("Param typing_indicator.type must be one of {TEXT}."));
    }
    if !id.starts_with("wamid.") {
        return Err(GraphError::detailed(100, format!("The message {id} is no message of this number.")));
    }
    shared.log().see(id);
    Ok(done())
}
