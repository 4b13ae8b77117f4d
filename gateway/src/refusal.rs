//! Builds the JSON of error responses for requests that are refused before an endpoint handles them.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::metrics::OutcomeKind;

/// The error's JSON. Nothing was sent.
pub(super) fn body(kind: &str, sentence: &str, retryable: bool) -> Value {
    json!({"error": sentence, "kind": kind, "retryable": retryable, "maybe_sent": false, "attempts": 0})
}

/// The answer. Nothing was sent.
pub(super) fn refusal(status: StatusCode, kind: &'static str, sentence: &str, retryable: bool) -> Response {
    let mut response = (status, Json(body(kind, sentence, retryable))).into_response();
    response.extensions_mut().insert(OutcomeKind(kind));
    response
}

/// The same, and the connection ends with it.
pub(super) fn last(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
