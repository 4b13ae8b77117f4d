//! The control endpoints `/_sandbox/…`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;
use http::header::{ACCEPT, HeaderMap};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::answers::{plain, redirect, text};
use super::errors::GraphError;
use super::failure::Failure;
use super::graph::read;
use super::magic::magic_recipients;
use super::options::SandboxError;
use super::page;
use super::state::Shared;

const ABOUT: &str = "\
This is the wamid sandbox: it plays Meta's Graph API for WhatsApp messages. Nothing sent here reaches anyone.

POST   /{version}/{phone_number_id}/messages   send, as to graph.facebook.com
GET    /{version}/{phone_number_id}            the sending number
POST   /{version}/{phone_number_id}/media      upload a file; GET and DELETE /{version}/{media_id}
       /{version}/{account}/message_templates  list, make, delete templates; /{version}/{template_id}
       /{version}/{account}/flows              list and make Flows; /{version}/{flow_id}, assets, publish, deprecate
GET    /{version}/194836987003835/products     the products of a catalog
       /{version}/{phone_number_id}/block_users, whatsapp_business_profile, whatsapp_business_encryption
GET    /_sandbox/messages                      what arrived
DELETE /_sandbox/messages                      forget it, with armed failures
GET    /_sandbox/magic                         phone numbers that play errors
POST   /_sandbox/fail                          {\"failure\": 131056 or \"lost\", \"times\": 1}
POST   /_sandbox/webhook                       {\"url\": \"http://127.0.0.1:8000/whatsapp/webhook/\"} or null
GET    /_sandbox/phone/                        the customers' phones, for a browser
GET    /_sandbox/phone/state                   all chats; .../chats/{phone} one; .../events what changes
POST   /_sandbox/phone/chats/{phone}           a customer acts: {\"act\": \"text\", \"text\": \"hello\"}, or
                                               press {title, id}, react {emoji}, media {id, caption}, location {latitude,
                                               longitude}, contact {name, phone}, flow {answers}, order {items},
                                               edit {message, text}, delete {message}, read, set {name, reads, offline,
                                               deleted, opted_out, window_closed, blocked}
GET    /_sandbox/phone/wire/{id}               the exchange of a message, its checks and its webhooks
POST   /_sandbox/phone/files                   a file for media: its bytes, with their Content-Type

/_sandbox/ is for programs on this machine: a body needs Content-Type: application/json, and web pages are refused.
";

/// What there is, for programs and people at a terminal; a browser is led to the phone.
pub(super) async fn about(headers: HeaderMap) -> Response {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if accept.split([',', ';']).next().is_some_and(|first| first.trim().eq_ignore_ascii_case("text/html")) {
        return redirect(page::HOME);
    }
    text(StatusCode::OK, ABOUT)
}

pub(super) async fn magic() -> Response {
    plain(StatusCode::OK, &json!({ "recipients": magic_recipients() }))
}

pub(super) async fn messages(State(shared): State<Arc<Shared>>) -> Response {
    // Not under the lock: turning 10,000 messages into JSON takes a while.
    let messages = shared.log().messages();
    plain(StatusCode::OK, &json!({ "messages": messages }))
}

pub(super) async fn clear(State(shared): State<Arc<Shared>>) -> Response {
    shared.clear();
    plain(StatusCode::OK, &json!({ "cleared": true }))
}

#[derive(Deserialize)]
struct Webhook {
    url: Option<String>,
}

pub(super) async fn webhook(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let Webhook { url } = match parse(request).await {
        Ok(body) => body,
        Err(answer) => return answer,
    };
    match shared.set_webhook(url.as_deref()) {
        // Who borrows the webhooks for a while can set back what was there.
        Ok(before) => plain(StatusCode::OK, &json!({ "url": url, "before": before })),
        Err(error) => refuse(&error),
    }
}

#[derive(Deserialize)]
struct Fail {
    failure: CodeOrName,
    #[serde(default = "once")]
    times: u32,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum CodeOrName {
    Code(u32),
    Name(String),
}

fn once() -> u32 {
    1
}

pub(super) async fn fail(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let Fail { failure, times } = match parse(request).await {
        Ok(body) => body,
        Err(answer) => return answer,
    };
    let failure: Result<Failure, _> = match failure {
        CodeOrName::Code(code) => Ok(Failure::code(code)),
        CodeOrName::Name(name) => name.parse(),
    };
    match failure {
        Ok(failure) => {
            shared.armed().arm(failure, times);
            plain(StatusCode::OK, &json!({ "armed": times }))
        }
        Err(error) => refuse(&error),
    }
}

pub(super) async fn parse<T: DeserializeOwned>(request: Request) -> Result<T, Response> {
    let bytes = read(request.into_body()).await.map_err(|error| refuse_body(&error))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        refuse(&SandboxError::new(format!("the request body is not what GET / lists: {error}")))
    })
}

/// Refuses a body that could not be read.
pub(super) fn refuse_body(error: &GraphError) -> Response {
    plain(error.status, &json!({ "error": error.title() }))
}

pub(super) fn refuse(error: &SandboxError) -> Response {
    plain(StatusCode::BAD_REQUEST, &json!({ "error": error.to_string() }))
}
