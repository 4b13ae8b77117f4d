//! Who may use the sandbox's own endpoints: programs on this machine, and no web page that a browser on it shows.
//!
//! A page may send requests to any address, with a content type that a form has, and a name that it owns may lead to
//! loopback. It cannot choose `Host` and `Origin`, and may not send JSON unasked.

use std::net::IpAddr;

use axum::extract::Request;
use http::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderName, ORIGIN};
use http::uri::Authority;
use http::{Method, StatusCode};

/// What a request that changes something has in its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    Json,
    /// A file, of whatever type that no form sends.
    File,
}

/// Why a request is not let through, if it is not.
pub(super) fn refusal(request: &Request, body: Body) -> Option<(StatusCode, &'static str)> {
    let headers = request.headers();
    // A request line with a whole address in it goes by that address.
    let host = match (request.uri().authority(), only(headers, &HOST)) {
        (Some(authority), _) => Some(authority.clone()),
        (None, host) => host.and_then(|host| host.parse().ok()),
    };
    let Some(host) = host.filter(is_loopback) else {
        return Some((
            StatusCode::FORBIDDEN,
            "the sandbox is reached as 127.0.0.1, [::1] or localhost alone",
        ));
    };
    if headers.contains_key(ORIGIN) {
        let origin = only(headers, &ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
        if origin.is_none_or(|origin| !origin.eq_ignore_ascii_case(host.as_str())) {
            return Some((StatusCode::FORBIDDEN, "a web page of another origin may not control the sandbox"));
        }
    }
    if request.method() != Method::POST {
        return None;
    }
    let kind = only(headers, &CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let why = match body {
        Body::Json if kind != "application/json" => "the body must be JSON: Content-Type: application/json",
        // A browser says whose page sends a body, and that was looked at above.
        Body::File if OF_FORMS.contains(&kind.as_str()) && !headers.contains_key(ORIGIN) => {
            "the body must be a file with its own Content-Type, which is none that a form sends"
        }
        _ => return None,
    };
    Some((StatusCode::UNSUPPORTED_MEDIA_TYPE, why))
}

/// The types of a body that any web page may send unasked; a body without a type among them.
const OF_FORMS: [&str; 4] = ["", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// The one value of a header; nothing where there is another.
pub(super) fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

fn is_loopback(authority: &Authority) -> bool {
    let host = authority.host();
    !authority.as_str().contains('@')
        && (host.eq_ignore_ascii_case("localhost")
            || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback()))
}
