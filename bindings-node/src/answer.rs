//! What a call ended in, as JSON text.

use serde::Serialize;
use wamid::Error;

/// `{"ok": …}` or `{"error": …}`.
pub(crate) fn answer<T: Serialize>(result: &Result<T, Error>) -> String {
    let mut text = String::new();
    write_answer(&mut text, result);
    text
}

/// The same, at the end of `text`.
pub(crate) fn write_answer<T: Serialize>(text: &mut String, result: &Result<T, Error>) {
    match result {
        Ok(value) => {
            text.push_str("{\"ok\":");
            // What the core answers is JSON always: texts, numbers, times, and Meta's own JSON.
            text.push_str(&serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()));
        }
        Err(error) => {
            text.push_str("{\"error\":");
            text.push_str(&serde_json::to_string(error).unwrap_or_else(|_| "null".to_owned()));
            let mut source = std::error::Error::source(error);
            let mut causes = Vec::new();
            while let Some(cause) = source {
                causes.push(cause.to_string());
                source = cause.source();
            }
            if !causes.is_empty() {
                text.push_str(",\"causes\":");
                text.push_str(&serde_json::to_string(&causes).unwrap_or_else(|_| "null".to_owned()));
            }
        }
    }
    text.push('}');
}
