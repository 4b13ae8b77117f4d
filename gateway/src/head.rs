//! Checks of every request's head: its size, `Host`, how its body is framed, and headers that may occur only once. Also answers 408
//! for a late body.

use axum::extract::{Request, State};
use axum::http::header::{HOST, HeaderMap, TRANSFER_ENCODING};
use axum::http::uri::Authority;
use axum::http::{HeaderName, HeaderValue, StatusCode, Version};
use axum::middleware::Next;
use axum::response::Response;

use super::listen::BodyTimedOut;
use super::refusal::{last, refusal};

/// Headers of which a second one would leave open which one counts, here or at a proxy in front.
const ONCE: [HeaderName; 4] = [
    TRANSFER_ENCODING,
    HeaderName::from_static("x-api-key"),
    HeaderName::from_static("idempotency-key"),
    HeaderName::from_static("x-hub-signature-256"),
];

/// Middleware: refuses heads of more than `most` bytes, and those that can be read in two ways; answers for a body that did
/// not come in time.
pub(super) async fn check(State(most): State<usize>, request: Request, next: Next) -> Response {
    if size(&request) > most {
        let sentence = format!("The request's head has more than {} KiB.", most >> 10);
        return last(refusal(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "rejected", &sentence, false));
    }
    if let Some(wrong) = wrong(&request) {
        return last(refusal(StatusCode::BAD_REQUEST, "rejected", &wrong, false));
    }
    let late = request.extensions().get::<BodyTimedOut>().cloned();
    let response = next.run(request).await;
    if late.is_some_and(|late| late.is_late()) {
        // Whatever the handler made of it.
        let sentence = "The request's body did not come in time; nothing was sent.";
        return last(refusal(StatusCode::REQUEST_TIMEOUT, "timeout", sentence, true));
    }
    response
}

/// The head as it came, in bytes, but for white space that means nothing.
fn size(request: &Request) -> usize {
    let uri = request.uri();
    let target = uri.path_and_query().map_or(0, |path| path.as_str().len())
        + uri.authority().map_or(0, |authority| authority.as_str().len());
    let line = request.method().as_str().len() + target + " ".len() + " HTTP/1.1\r\n".len();
    let headers =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    line + headers.sum::<usize>() + "\r\n".len()
}

fn wrong(request: &Request) -> Option<String> {
    let headers = request.headers();
    let twice = |name: &HeaderName| headers.get_all(name).iter().nth(1).is_some();
    if let Some(name) = ONCE.iter().find(|name| twice(name)) {
        return Some(format!("The header {name} must come once."));
    }
    let framed = |how: &HeaderValue| how.as_bytes().eq_ignore_ascii_case(b"chunked");
    if headers.get(TRANSFER_ENCODING).is_some_and(|how| !framed(how)) {
        return Some("The header Transfer-Encoding must be chunked and nothing else.".to_owned());
    }
    if twice(&HOST) || (request.version() == Version::HTTP_11 && !headers.contains_key(HOST)) {
        return Some("The header Host must come once.".to_owned());
    }
    if !is_host(headers) {
        return Some("The header Host must name a host.".to_owned());
    }
    None
}

/// A host with or without a port; nothing, too, which HTTP allows.
fn is_host(headers: &HeaderMap) -> bool {
    headers.get(HOST).is_none_or(|host| {
        let host = host.to_str().unwrap_or("@");
        host.is_empty() || host.parse::<Authority>().is_ok_and(|_| !host.contains('@'))
    })
}
