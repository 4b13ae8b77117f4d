//! Answers of the sandbox, good and bad.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{
    CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, StatusCode};
use hyper::body::{Frame, SizeHint};
use serde_json::{Value, json};

use super::checks::{Accepted, Recipient};
use super::errors::GraphError;
use super::random::Random;

/// The business account all sandbox numbers belong to: Meta's own example.
pub(super) const ACCOUNT_ID: &str = "102290129340398";
/// The id of the app that the token is of.
pub(super) const APP_ID: &str = "634974688087057";

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json; charset=UTF-8";

/// What to do to the connection in place of an answer; travels as an extension of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConnectionFault {
    /// Close it, without a byte.
    Close,
    /// Reset it: the caller sees an error, not an end.
    Reset,
}

pub(super) fn wire(what: ConnectionFault) -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(what);
    response
}

/// The body that an answer has; travels as an extension of it, for the log.
#[derive(Debug, Clone)]
pub(super) struct Written(pub(super) Bytes);

fn respond(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Response {
    let body = body.into();
    let mut response = Response::new(Body::from(body.clone()));
    response.extensions_mut().insert(Written(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// JSON of the sandbox's own endpoints.
pub(super) fn plain(status: StatusCode, body: &impl serde::Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => respond(status, "application/json", bytes),
        Err(error) => respond(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", error.to_string()),
    }
}

pub(super) fn text(status: StatusCode, text: impl Into<Bytes>) -> Response {
    respond(status, "text/plain; charset=utf-8", text)
}

/// An answer with Graph's headers.
pub(super) fn graph(random: &Random, status: StatusCode, version: &str, body: &Value) -> Response {
    graph_bytes(random, status, version, body.to_string())
}

pub(super) fn graph_bytes(
    random: &Random,
    status: StatusCode,
    version: &str,
    body: impl Into<Bytes>,
) -> Response {
    let mut response = respond(status, JSON, body);
    let headers = response.headers_mut();
    headers.insert("x-fb-trace-id", text_header(&random.text(11)));
    headers.insert("x-fb-request-id", text_header(&random.trace_id()));
    headers.insert("facebook-api-version", text_header(version));
    response
}

pub(super) fn error(random: &Random, version: &str, error: &GraphError) -> Response {
    let mut response = graph(random, error.status, version, &error.body(&random.trace_id()));
    let headers = response.headers_mut();
    if error.regain_minutes > 0 {
        let usage = json!({ ACCOUNT_ID: [{
            "type": "whatsapp", "call_count": 100, "total_cputime": 1, "total_time": 1,
            "estimated_time_to_regain_access": error.regain_minutes,
        }] });
        headers.insert("x-business-use-case-usage", text_header(&usage.to_string()));
    }
    if error.status == StatusCode::UNAUTHORIZED {
        headers.insert(
            WWW_AUTHENTICATE,
            HeaderValue::from_static(
                "OAuth \"Facebook Platform\" \"invalid_token\" \"The access token is invalid\"",
            ),
        );
    }
    response
}

fn text_header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The body of a receipt.
pub(super) fn receipt(message: &Accepted, id: &str, status: Option<&str>) -> Value {
    let contact = match &message.recipient {
        Recipient::Phone { input, digits } => json!({ "input": input, "wa_id": digits }),
        Recipient::User(user) => json!({ "input": user, "user_id": user }),
    };
    let mut answer = json!({ "id": id });
    // Meta tells the status of templates only.
    if let Some(status) = status.or((message.kind == "template").then_some("accepted")) {
        answer["message_status"] = json!(status);
    }
    json!({ "messaging_product": "whatsapp", "contacts": [contact], "messages": [answer] })
}

pub(super) fn too_many() -> Response {
    let mut response = text(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests");
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

pub(super) fn redirect(path: &'static str) -> Response {
    let mut response = text(StatusCode::FOUND, "");
    response.headers_mut().insert(LOCATION, HeaderValue::from_static(path));
    response
}

pub(super) fn login_page() -> Response {
    let mut response = respond(StatusCode::FOUND, HTML, "<html><body>Log in to continue.</body></html>");
    // A name that cannot exist: a client that follows it must not reach anyone.
    response
        .headers_mut()
        .insert(LOCATION, HeaderValue::from_static("https://login.invalid/?next=%2Fmessages"));
    response
}

pub(super) fn bad_gateway() -> Response {
    respond(
        StatusCode::BAD_GATEWAY,
        HTML,
        "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
    )
}

pub(super) fn server_page() -> Response {
    respond(
        StatusCode::INTERNAL_SERVER_ERROR,
        HTML,
        "<!DOCTYPE html><html><body><h1>Sorry, something went wrong.</h1></body></html>",
    )
}

/// The content of a file, which is no page of the sandbox's, whatever its type.
pub(super) fn file(mime_type: &str, content: Bytes) -> Response {
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, text_header(mime_type));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

/// 200 that announces the whole body and ends half-way.
pub(super) fn cut_off(random: &Random, version: &str, body: &Value) -> Response {
    let whole = Bytes::from(body.to_string());
    let length = HeaderValue::from(whole.len());
    let half = whole.slice(..whole.len() / 2);
    let mut response = graph_bytes(random, StatusCode::OK, version, half.clone());
    *response.body_mut() = Body::new(CutBody { rest: Some(half), flushed: false });
    response.headers_mut().insert(CONTENT_LENGTH, length);
    response
}

/// A body that ends too early. It pauses once in between, so that hyper writes out what it has before it notices
/// and closes the connection.
struct CutBody {
    rest: Option<Bytes>,
    flushed: bool,
}

impl hyper::body::Body for CutBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(rest) = self.rest.take() {
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        if !self.flushed {
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
