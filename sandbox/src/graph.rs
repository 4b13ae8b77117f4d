//! The endpoints of Meta's Graph API.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use http::header::{AUTHORIZATION, HeaderMap};
use http_body_util::BodyExt;
use serde_json::{Map, Value, json};

use super::account;
use super::answers;
use super::call::Call;
use super::chats;
use super::checklist::Checklist;
use super::errors::GraphError;
use super::state::{DISPLAY_NUMBER, Shared, VERIFIED_NAME};

/// The most bytes of a request body.
const MOST_BODY: usize = 1024 * 1024;
/// The most bytes read of a longer one before the connection is given up.
const MOST_READ: usize = 16 * MOST_BODY;
/// The oldest version Meta still serves.
const OLDEST_VERSION: u32 = 21;
/// Named in answers whose path has no version of its own.
const NEWEST_VERSION: &str = "v26.0";

/// `POST /{version}/{phone_number_id}/messages`
pub(super) async fn send(
    State(shared): State<Arc<Shared>>,
    Path((version, number)): Path<(String, String)>,
    request: Request,
) -> Response {
    let mut checks = Checklist::default();
    let checked = checks
        .note("the version of the Graph API is served", check_version(&version, request.uri().path()))
        .and_then(|()| checks.note("the access token is right", check_token(&shared, request.headers())))
        .and_then(|()| checks.note("the number is the account's", check_number(&shared, "post", &number)));
    if let Err(error) = checked {
        return answers::error(&shared.random, &version, &error);
    }
    let (head, body) = request.into_parts();
    let bytes = match read(body).await {
        Ok(bytes) => Bytes::from(bytes),
        Err(error) => return answers::error(&shared.random, &version, &error),
    };
    let body = serde_json::from_slice::<Value>(&bytes).map_err(|_| invalid_json());
    let body = match checks.note("the body is JSON", body) {
        Ok(body) => body,
        Err(error) => return answers::error(&shared.random, &version, &error),
    };
    if let Some(change) = body.as_object().filter(|body| body.contains_key("status")) {
        return match account::mark_read(&shared, change) {
            Ok(done) => answers::graph(&shared.random, StatusCode::OK, &version, &done),
            Err(error) => answers::error(&shared.random, &version, &error),
        };
    }
    let path = head.uri.path().to_owned();
    let request = chats::Request {
        method: head.method.to_string(),
        path,
        headers: (&head.headers).into(),
        body: chats::body_without_token(&bytes, &shared.access_token),
    };
    Call::new(shared, [version, number], body, request, checks).answer().await
}

/// `/{version}/{id}` of a phone number, a file or a template
pub(super) async fn number(
    State(shared): State<Arc<Shared>>,
    Path((version, number)): Path<(String, String)>,
    request: Request,
) -> Response {
    if number.starts_with(account::SESSION) {
        return account::take_upload(&shared, &version, request).await;
    }
    let asked = check_version(&version, request.uri().path()).and_then(|()| check_access(&shared, &request));
    if let Err(error) = asked {
        return answers::error(&shared.random, &version, &error);
    }
    if !shared.sends_from(&number) {
        return account::object_of(&shared, &version, &number, request).await;
    }
    let checked = check_number(&shared, request.method().as_str(), &number)
        .and_then(|()| fields(&number, request.uri().query().unwrap_or_default()));
    match checked {
        Ok(body) => answers::graph(&shared.random, StatusCode::OK, &version, &body),
        Err(error) => answers::error(&shared.random, &version, &error),
    }
}

fn fields(number: &str, query: &str) -> Result<Value, GraphError> {
    let (country, rest) = DISPLAY_NUMBER.split_at(1);
    let all = json!({
        "verified_name": VERIFIED_NAME,
        "display_phone_number": format!("+{country} {}-{}-{}", &rest[..3], &rest[3..6], &rest[6..]),
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "platform_type": "CLOUD_API",
        "throughput": { "level": "STANDARD" },
    });
    let wanted = query.split('&').find_map(|pair| pair.strip_prefix("fields="));
    let Some(wanted) = wanted.filter(|wanted| !wanted.is_empty()) else {
        let mut body = all;
        body["id"] = json!(number);
        return Ok(body);
    };
    let mut body = Map::new();
    for field in wanted.replace("%2C", ",").replace("%2c", ",").split(',').filter(|field| *field != "id") {
        let Some(value) = all.get(field) else {
            return Err(GraphError::parameter(format_args!(
                "Tried accessing nonexisting field ({field}) on node type (WhatsAppBusinessPhoneNumber)"
            )));
        };
        body.insert(field.to_owned(), value.clone());
    }
    // Graph gives the id whether asked for or not.
    body.insert("id".to_owned(), json!(number));
    Ok(Value::Object(body))
}

/// A path that leads to a message list or an object, by a method it does not know.
pub(super) async fn unknown_object(
    State(shared): State<Arc<Shared>>,
    Path(parts): Path<Vec<(String, String)>>,
    request: Request,
) -> Response {
    let id = parts.get(1).map_or("", |(_, id)| id.as_str());
    let error = match check_token(&shared, request.headers()) {
        Ok(()) => GraphError::unknown_object(request.method().as_str(), id),
        Err(error) => error,
    };
    answers::error(&shared.random, NEWEST_VERSION, &error)
}

/// Any other path.
pub(super) async fn unknown_path(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    answers::error(&shared.random, NEWEST_VERSION, &GraphError::unknown_path(request.uri().path()))
}

/// Reads a body, unless it is too long.
pub(super) async fn read(body: Body) -> Result<Vec<u8>, GraphError> {
    read_at_most(body, MOST_BODY).await
}

/// The same, up to so many bytes.
pub(super) async fn read_at_most(mut body: Body, most: usize) -> Result<Vec<u8>, GraphError> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        // The caller left half-way: what came is not the message.
        let frame = frame.map_err(|_| invalid_json())?;
        let Ok(data) = frame.into_data() else { break };
        length += data.len();
        if length <= most {
            bytes.extend_from_slice(&data);
        } else if length > most.max(MOST_READ) {
            break;
        }
        // In between, read on: a caller who is still writing would not see the answer.
    }
    if length <= most {
        return Ok(bytes);
    }
    Err(GraphError {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        message: format!("The request body is over {most} bytes"),
        details: None,
        ..GraphError::of_code(1)
    })
}

fn invalid_json() -> GraphError {
    GraphError { message: "Invalid JSON in request body".into(), details: None, ..GraphError::of_code(100) }
}

/// Versions later than the newest known are served: Meta brings out new ones without asking.
pub(super) fn check_version(version: &str, path: &str) -> Result<(), GraphError> {
    let parsed =
        version.strip_prefix('v').and_then(|rest| rest.split_once('.')).and_then(|(major, minor)| {
            let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            (is_plain(major) && is_plain(minor)).then(|| major.parse::<u32>().ok()).flatten()
        });
    match parsed {
        Some(major) if major >= OLDEST_VERSION => Ok(()),
        Some(_) => Err(GraphError::of_code(2635)),
        None => Err(GraphError::unknown_path(path)),
    }
}

/// The token of a header, or of a query, where the Graph API takes it too.
pub(super) fn check_access(shared: &Shared, request: &Request) -> Result<(), GraphError> {
    let query = request.uri().query().unwrap_or_default();
    match query.split('&').find_map(|pair| pair.strip_prefix("access_token=")) {
        Some(token) if !request.headers().contains_key(AUTHORIZATION) && token == shared.access_token => {
            Ok(())
        }
        _ => check_token(shared, request.headers()),
    }
}

pub(super) fn check_token(shared: &Shared, headers: &HeaderMap) -> Result<(), GraphError> {
    check_scheme(shared, headers, "bearer")
}

/// The same for a token under this scheme.
pub(super) fn check_scheme(shared: &Shared, headers: &HeaderMap, scheme: &str) -> Result<(), GraphError> {
    let sent = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        sent.and_then(|value| value.split_once(' ')).filter(|(given, _)| given.eq_ignore_ascii_case(scheme));
    match token {
        Some((_, token)) if token.trim() == shared.access_token => Ok(()),
        Some(_) => Err(GraphError {
            subcode: None,
            message: "Invalid OAuth access token - Cannot parse access token".into(),
            ..GraphError::of_code(190)
        }),
        None => Err(GraphError {
            subcode: None,
            message: "An access token is required to request this resource.".into(),
            ..GraphError::of_code(190)
        }),
    }
}

pub(super) fn check_number(shared: &Shared, method: &str, number: &str) -> Result<(), GraphError> {
    if shared.sends_from(number) { Ok(()) } else { Err(GraphError::unknown_object(method, number)) }
}
