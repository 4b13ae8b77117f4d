//! Files that a customer sends, and the content of files of either side for the page.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use serde_json::json;

use super::guarded::type_of_body;
use crate::account::{MOST_UPLOAD, check_file};
use crate::answers::{file, plain, text};
use crate::control::{refuse, refuse_body};
use crate::graph::read_at_most;
use crate::options::SandboxError;
use crate::state::Shared;

pub(super) async fn upload(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let headers = request.headers();
    let whole = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let kind = type_of_body(headers);
    let bytes = match read_at_most(request.into_body(), MOST_UPLOAD).await {
        Ok(bytes) => bytes,
        Err(error) => return refuse_body(&error),
    };
    match check_file(&kind, bytes.len()) {
        Ok(()) => {
            let id = shared.account().media.keep(&shared.random, whole, Bytes::from(bytes));
            plain(StatusCode::OK, &json!({ "id": id }))
        }
        Err(error) => refuse(&SandboxError::new(error.details.unwrap_or(error.message))),
    }
}

pub(super) async fn content(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    let Some((mime_type, bytes)) = shared.account().media.content(&id) else {
        return text(StatusCode::NOT_FOUND, "there is no such file");
    };
    let kind = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_shown = match kind.split_once('/') {
        // A drawing in SVG is markup, and may hold scripts.
        Some(("image", kind)) => !kind.starts_with("svg"),
        Some(("audio" | "video", _)) => true,
        _ => false,
    };
    let mut response = file(&mime_type, bytes);
    let headers = response.headers_mut();
    if !is_shown {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    }
    let disposition = if is_shown { "inline" } else { "attachment" };
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    // An id never names another file.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600, immutable"));
    response
}
