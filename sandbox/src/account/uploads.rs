//! The resumable upload of an app: a session, and the file. The handle that comes of it stands for the file, such as the picture of a
//! profile. (Meta: "resumable upload API".)

use std::collections::{HashMap, HashSet};

use axum::extract::Request;
use axum::response::Response;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Method};
use serde_json::{Value, json};

use super::{Fields, MOST_UPLOAD, answer};
use crate::errors::GraphError;
use crate::graph::{check_scheme, read_at_most};
use crate::state::Shared;

/// How the id of a session begins.
pub(crate) const SESSION: &str = "upload:";

/// Which types Meta takes.
const TYPES: [&str; 5] = ["image/jpeg", "image/jpg", "image/png", "video/mp4", "application/pdf"];

/// The uploads of one sandbox.
#[derive(Debug, Default)]
pub(crate) struct Uploads {
    /// The sessions that wait for their file, with its length.
    sessions: HashMap<String, usize>,
    /// What the files are known by.
    handles: HashSet<String>,
}

impl Uploads {
    pub(super) fn has(&self, handle: &str) -> bool {
        self.handles.contains(handle)
    }
}

/// Begins a session. A part of its id is a query.
pub(super) fn begin(shared: &Shared, query: &Fields) -> Result<Value, GraphError> {
    let length: usize = match query.get("file_length").map(|length| length.parse()) {
        Some(Ok(length)) if length > 0 => length,
        _ => return Err(GraphError::parameter("The parameter file_length is required.")),
    };
    match query.get("file_type") {
        Some(kind) if TYPES.contains(&kind.as_str()) => {}
        Some(kind) => {
            return Err(GraphError::parameter(format_args!("(#100) File type {kind} is not supported.")));
        }
        None => return Err(GraphError::parameter("The parameter file_type is required.")),
    }
    let id = format!("{SESSION}{}?sig={}", shared.random.text(40), shared.random.text(20));
    shared.account().uploads.sessions.insert(id.clone(), length);
    Ok(json!({ "id": id }))
}

/// `POST /{version}/{session}`: takes the file.
pub(crate) async fn take(shared: &Shared, version: &str, request: Request) -> Response {
    let id = request.uri().path_and_query().map_or("", |path| path.as_str());
    let id = id.rsplit('/').next().unwrap_or_default().to_owned();
    let (head, body) = request.into_parts();
    if let Err(error) = check_scheme(shared, &head.headers, "oauth") {
        return answer(shared, version, Err(error));
    }
    let known = shared.account().uploads.sessions.get(&id).copied();
    let unknown = || GraphError::unknown_object(head.method.as_str(), &id);
    let Some(length) = known else { return answer(shared, version, Err(unknown())) };
    if head.method == Method::GET {
        return answer(shared, version, Ok(json!({ "id": id, "file_offset": 0 })));
    }
    if head.method != Method::POST || !begins(&head.headers) {
        let error = GraphError::parameter("Request starting offset is invalid");
        return answer(shared, version, Err(error));
    }
    let bytes = match read_at_most(body, MOST_UPLOAD).await {
        Ok(bytes) => bytes,
        Err(error) => return answer(shared, version, Err(error)),
    };
    if bytes.len() != length {
        let error = GraphError::parameter(format_args!("The file has {} of {length} bytes.", bytes.len()));
        return answer(shared, version, Err(error));
    }
    let handle = format!("4::{}", shared.random.text(60));
    let mut account = shared.account();
    account.uploads.sessions.remove(&id);
    account.uploads.handles.insert(handle.clone());
    answer(shared, version, Ok(json!({ "h": handle })))
}

/// Whether the file comes from its beginning.
fn begins(headers: &HeaderMap) -> bool {
    headers.get("file_offset").is_some_and(|offset| offset == "0") && headers.contains_key(AUTHORIZATION)
}
