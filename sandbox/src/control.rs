//! The control endpoints `/_sandbox/…`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::answers::{plain, text};
use super::failure::Failure;
use super::graph::read;
use super::magic::magic_recipients;
use super::options::SandboxError;
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
POST   /_sandbox/inbound                       {\"from\": \"15551234567\", \"text\": \"hello\", \"name\": \"Ada\"}
                                               in place of text: \"press\": the title of a button or list row,
                                               \"media\": {\"id\": of an uploaded file, \"caption\": \"...\"},
                                               \"flow\": {the answers to the form of a flow}

/_sandbox/ is for programs on this machine: a body needs Content-Type: application/json, and web pages are refused.
";

pub(super) async fn about() -> Response {
    text(StatusCode::OK, ABOUT)
}

pub(super) async fn magic() -> Response {
    plain(StatusCode::OK, &json!({ "recipients": magic_recipients() }))
}

pub(super) async fn messages(State(shared): State<Arc<Shared>>) -> Response {
    // Not under the lock: turning 10,000 messages into JSON takes a while.
    let messages = shared.memory().messages();
    plain(StatusCode::OK, &json!({ "messages": messages }))
}

pub(super) async fn clear(State(shared): State<Arc<Shared>>) -> Response {
    shared.memory().clear();
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
        Ok(()) => plain(StatusCode::OK, &json!({ "url": url })),
        Err(error) => refuse(&error),
    }
}

#[derive(Deserialize)]
struct Inbound {
    from: String,
    #[serde(default = "somebody")]
    name: String,
    #[serde(flatten)]
    what: Said,
}

/// What the customer does.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    Text(String),
    Press(String),
    Media { id: String, caption: Option<String> },
    Flow(Map<String, Value>),
}

fn somebody() -> String {
    "Sandbox customer".to_owned()
}

pub(super) async fn inbound(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let Inbound { from, name, what } = match parse(request).await {
        Ok(body) => body,
        Err(answer) => return answer,
    };
    let came = match what {
        Said::Text(text) => shared.inbound_text(&from, &name, &text),
        Said::Press(title) => shared.inbound_press(&from, &name, &title),
        Said::Media { id, caption } => shared.inbound_file(&from, &name, &id, caption.as_deref()),
        Said::Flow(answers) => shared.inbound_flow(&from, &name, &answers),
    };
    match came {
        Ok(id) => plain(StatusCode::OK, &json!({ "id": id })),
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
            shared.memory().arm(failure, times);
            plain(StatusCode::OK, &json!({ "armed": times }))
        }
        Err(error) => refuse(&error),
    }
}

async fn parse<T: DeserializeOwned>(request: Request) -> Result<T, Response> {
    let bytes = read(request.into_body()).await?;
    serde_json::from_slice(&bytes).map_err(|error| {
        refuse(&SandboxError::new(format!("the request body is not what GET / lists: {error}")))
    })
}

fn refuse(error: &SandboxError) -> Response {
    plain(StatusCode::BAD_REQUEST, &json!({ "error": error.to_string() }))
}
