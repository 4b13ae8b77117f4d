//! What a customer changes of a message that they sent: its text, or that it is there.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::chats::{Entry, Side};
use crate::options::SandboxError;

/// Refuses a message that is not the customer's, or that they took back.
pub(super) fn check_own(entry: &Entry) -> Result<(), SandboxError> {
    match entry {
        Entry { side: Side::Business, .. } => {
            Err(SandboxError::new("a customer changes only what they wrote themselves"))
        }
        Entry { deleted: true, .. } => Err(SandboxError::new("the message is deleted")),
        _ => Ok(()),
    }
}

/// The message with another text, or caption.
pub(super) fn edited(entry: &Entry, text: &str) -> Result<Value, SandboxError> {
    let kind = entry.kind.as_str();
    let key = match kind {
        "text" => "body",
        "image" | "video" | "document" => "caption",
        _ => return Err(SandboxError::new(format!("a message of type {kind} has no text to edit"))),
    };
    let mut body = entry.body.as_ref().clone();
    body[kind][key] = json!(text);
    Ok(body)
}

/// What a webhook says of the message as it is now.
pub(super) fn edit(entry: &Entry, body: &Value) -> Value {
    let kind = entry.kind.as_str();
    let mut message = json!({ "type": kind, kind: body[kind] });
    if let Some(id) = body.pointer("/context/id") {
        message["context"] = json!({ "id": id });
    }
    json!({ "original_message_id": entry.id, "message": message })
}

/// Puts the new text into the chat.
pub(super) fn apply(entry: &mut Entry, body: Value) {
    entry.body = Arc::new(body);
    entry.edited = true;
}
