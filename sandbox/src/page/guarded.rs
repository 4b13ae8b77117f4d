//! What each answer to the phone page says to the browser, and which requests of a browser get one.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{Method, StatusCode};
use serde_json::json;

use super::HOME;
use crate::answers::plain;
use crate::guard::{Body, only, refusal};

/// Nothing but the page's own files: what customers write can neither run nor load anything.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
                      media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Refuses what a web page of another site may have sent, and says to the browser what it may do with the answer.
pub(crate) async fn guarded(request: Request, next: Next) -> Response {
    let mut response = match refused(&request) {
        Some((status, why)) => plain(status, &json!({ "error": why })),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refused(request: &Request) -> Option<(StatusCode, &'static str)> {
    let path = request.uri().path();
    let body = if path == "/_sandbox/phone/files" { Body::File } else { Body::Json };
    let headers = request.headers();
    refusal(request, body).or_else(|| {
        let is_home = path == HOME || path == HOME.trim_end_matches('/');
        let is_visit = is_home && request.method() == Method::GET && is_top_level(headers);
        let is_foreign = headers.contains_key("sec-fetch-site")
            && !matches!(only(headers, &site()), Some("same-origin" | "none"));
        (is_foreign && !is_visit)
            .then_some((StatusCode::FORBIDDEN, "a web page of another site may not use the phone page"))
    })
}

fn site() -> HeaderName {
    HeaderName::from_static("sec-fetch-site")
}

/// Whether somebody follows a link to the page.
fn is_top_level(headers: &HeaderMap) -> bool {
    let is = |name: &'static str, value| only(headers, &HeaderName::from_static(name)) == Some(value);
    is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document")
}

/// The type of a body, in lower case and without its parameters.
pub(super) fn type_of_body(headers: &HeaderMap) -> String {
    let kind = only(headers, &CONTENT_TYPE).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
