//! Answers: the original's on success, the SDK's error under the original's `error` on failure.

use axum::Json;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use wamid::{Error, ErrorKind};

/// A failure on its way out.
#[derive(Debug)]
pub(super) enum Failure {
    /// The key is missing, wrong or revoked; the answer says no more, as the original's.
    Unauthorized,
    /// The SDK's error.
    Sdk(Box<Error>),
    /// A body that could not be read.
    Body(BytesRejection),
    /// An argument that the SDK never gets to see, with what is wrong about it.
    Argument(String, String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Sdk(Box::new(error))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Unauthorized => {
                let body = json!({
                    "error": "Unauthorized",
                    "kind": ErrorKind::Authentication.as_str(),
                    "retryable": false,
                    "maybe_sent": false,
                });
                (StatusCode::UNAUTHORIZED, Json(body)).into_response()
            }
            Self::Argument(field, rule) => {
                let body = json!({
                    "error": format!("{field} {rule}"),
                    "kind": ErrorKind::InvalidInput.as_str(),
                    "field": field,
                    "retryable": false,
                    "maybe_sent": false,
                });
                (StatusCode::BAD_REQUEST, Json(body)).into_response()
            }
            Self::Body(rejection) => unreadable(&rejection),
            Self::Sdk(error) => sdk(&error),
        }
    }
}

/// A path that is none of ours.
pub(super) fn not_found(uri: Uri) -> std::future::Ready<Response> {
    let what = format!("Nothing answers at {}; the API is described in the README.", uri.path());
    std::future::ready(refused(StatusCode::NOT_FOUND, &what))
}

/// A path of ours, asked with the wrong method. The header `Allow` names the right ones.
pub(super) fn wrong_method(method: Method) -> std::future::Ready<Response> {
    let what = format!("{method} is not allowed here; Allow says what is.");
    std::future::ready(refused(StatusCode::METHOD_NOT_ALLOWED, &what))
}

/// A body that could not be read, too large for one.
fn unreadable(rejection: &BytesRejection) -> Response {
    refused(rejection.status(), &format!("{}.", rejection.body_text()))
}

fn refused(status: StatusCode, what: &str) -> Response {
    let body = json!({
        "error": what,
        "kind": ErrorKind::Rejected.as_str(),
        "retryable": false,
        "maybe_sent": false,
    });
    (status, Json(body)).into_response()
}

fn sdk(error: &Error) -> Response {
    let mut body = Map::new();
    body.insert("error".to_owned(), error.message().into());
    if let Ok(Value::Object(fields)) = serde_json::to_value(error) {
        body.extend(fields.into_iter().filter(|(key, value)| key != "message" && !value.is_null()));
    }
    let mut response = (status(error.kind()), Json(body)).into_response();
    let seconds = error.retry_after().map(|wait| wait.as_secs_f64().ceil());
    if let Some(value) = seconds.and_then(|seconds| HeaderValue::from_str(&seconds.to_string()).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

fn status(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::Authentication
        | ErrorKind::Server
        | ErrorKind::Connection
        | ErrorKind::UnexpectedResponse => StatusCode::BAD_GATEWAY,
        ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorKind::Store => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}
