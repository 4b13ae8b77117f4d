//! Request ids, and one line in the log for each request: no content, no phone, no key.

use std::cell::Cell;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use super::metrics::OutcomeKind;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that is taken over from a caller.
const MAX_ID: usize = 64;

tokio::task_local! {
    static KEY: Cell<Option<i64>>;
}

/// Says whose request this is. It is heard in the request's own task; elsewhere nothing happens.
pub(super) fn note_key(id: i64) {
    let _ = KEY.try_with(|key| key.set(Some(id)));
}

/// Middleware: gives the request an id, says it in the answer, and logs the request when it is over.
pub(super) async fn log(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(&request);
    let path = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
    // Handlers and whatever is behind us see the same id.
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let logged = async {
        let mut response = next.run(request).await;
        let key = KEY.with(Cell::get);
        tracing::info!(
            method = method.as_str(),
            path,
            status = response.status().as_u16(),
            kind = OutcomeKind::response(&response),
            duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            key,
            "request"
        );
        response.headers_mut().insert(REQUEST_ID, id);
        // What it is, it says; a browser that guesses could take somebody's text for a page.
        response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        response
    };
    KEY.scope(Cell::new(None), logged).instrument(span).await
}

/// The caller's id where it is short and plain, else a new one.
fn request_id(request: &Request) -> HeaderValue {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let given = request
        .headers()
        .get(REQUEST_ID)
        .filter(|id| (1..=MAX_ID).contains(&id.len()) && id.as_bytes().iter().all(plain));
    given.cloned().unwrap_or_else(|| HeaderValue::from_str(&made()).unwrap_or(HeaderValue::from_static("-")))
}

fn made() -> String {
    format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
}

/// Logs what was refused before it was a request, and gives the id that its answer says.
pub(super) fn refused(status: StatusCode) -> String {
    let id = made();
    let _span = tracing::info_span!("request", id).entered();
    tracing::info!(method = "-", path = "-", status = status.as_u16(), kind = "rejected", "request");
    id
}
