//! Files that a customer sends, and the content of files of either side for the page.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap,
    IF_RANGE, RANGE,
};
use http::{HeaderValue, StatusCode};
use serde_json::json;

use super::files::has;
use super::guarded::type_of_body;
use super::ranges::{Asked, asked};
use crate::account::{File, MOST_UPLOAD, check_file, keep_file};
use crate::answers::{file, plain, text};
use crate::chats::Side;
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
            let id = keep_file(&shared, File::new(Side::Customer, whole, Bytes::from(bytes)));
            plain(StatusCode::OK, &json!({ "id": id }))
        }
        Err(error) => refuse(&SandboxError::new(error.details.unwrap_or(error.message))),
    }
}

pub(super) async fn content(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(stored) = shared.account().files.get(&id) else {
        return text(StatusCode::NOT_FOUND, "there is no such file");
    };
    let tag = format!("\"{}\"", stored.digits());
    let (length, mime_type) = (stored.bytes.len(), stored.mime_type.as_str());
    let wanted = headers.get(RANGE).and_then(|range| range.to_str().ok());
    // A part of another file than the one that the browser has the rest of would fit nowhere.
    let wanted =
        wanted.filter(|_| headers.get(IF_RANGE).is_none_or(|range| range.as_bytes() == tag.as_bytes()));
    let (status, mut response) = match asked(wanted, length) {
        _ if has(&headers, &tag) => (StatusCode::NOT_MODIFIED, file(mime_type, Bytes::new())),
        Asked::Whole => (StatusCode::OK, file(mime_type, stored.bytes.clone())),
        Asked::Part(part) => {
            let range = format!("bytes {}-{}/{length}", part.start, part.end - 1);
            let mut response = file(mime_type, stored.bytes.slice(part));
            response
                .headers_mut()
                .extend(HeaderValue::from_str(&range).ok().map(|range| (CONTENT_RANGE, range)));
            (StatusCode::PARTIAL_CONTENT, response)
        }
        Asked::Beyond => {
            let mut response = text(StatusCode::RANGE_NOT_SATISFIABLE, "the file has no such bytes");
            let range = HeaderValue::from_str(&format!("bytes */{length}"));
            response.headers_mut().extend(range.ok().map(|range| (CONTENT_RANGE, range)));
            return response;
        }
    };
    *response.status_mut() = status;
    let kind = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_shown = match kind.split_once('/') {
        // A drawing in SVG is markup, and may hold scripts.
        Some(("image", kind)) => !kind.starts_with("svg"),
        Some(("audio" | "video", _)) => true,
        _ => false,
    };
    let headers = response.headers_mut();
    if !is_shown {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    }
    let disposition = disposition(is_shown, stored.name.as_deref());
    headers.extend(HeaderValue::from_str(&disposition).ok().map(|value| (CONTENT_DISPOSITION, value)));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.extend(HeaderValue::from_str(&tag).ok().map(|tag| (ETAG, tag)));
    // With a seed, the next run at this address has the same ids for other files.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// How a browser is to take a file, and its name in the spelling that any letter fits in (RFC 8187).
fn disposition(is_shown: bool, name: Option<&str>) -> String {
    let mut disposition = if is_shown { "inline" } else { "attachment" }.to_owned();
    if let Some(name) = name {
        disposition.push_str("; filename*=UTF-8''");
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                disposition.push(char::from(byte));
            } else {
                disposition.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    disposition
}
