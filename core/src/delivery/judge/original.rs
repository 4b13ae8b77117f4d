//! How the original host, django-meta-whatsapp, fails: every failure is a 400 with a text, Meta's own included.
//!
//! The texts are those of Python's `requests`, `urllib3`, `json` and of the package itself (1.1.0).

use serde_json::value::RawValue;

use super::{Answer, FailedAttempt, HostKind, Retry, graph};
use crate::error::ErrorKind;

/// A Graph code inside a text, as in `{"error":"(#131056) Pair rate limit hit"}`.
pub(super) fn code_in_text(host: HostKind, answer: &Answer, error: &RawValue) -> Option<FailedAttempt> {
    if host != HostKind::Gateway {
        return None;
    }
    let text: String = serde_json::from_str(error.get()).ok()?;
    let start = text.find("(#")? + 2;
    let digits = text[start..].find(')').map(|len| &text[start..start + len])?;
    let code = digits.parse().ok()?;
    let rest = text.replacen(&format!("(#{digits})"), "", 1);
    Some(graph::by_code(answer, code, Some(rest.trim()), None))
}

/// A 403 of Django's `CsrfViewMiddleware`.
pub(super) fn is_csrf_page(body: &[u8]) -> bool {
    std::str::from_utf8(body).is_ok_and(|text| text.contains("CSRF"))
}

/// What to do about a 4xx that is no JSON.
pub(super) fn not_json(host: HostKind, answer: &Answer) -> String {
    let status = answer.status;
    match (host, status) {
        (HostKind::Gateway, 404) => {
            "Nothing answers at this address (HTTP status 404): set base_url to where the messaging API is mounted, \
             such as https://example.com/whatsapp."
                .to_owned()
        }
        (HostKind::Gateway, 400) => {
            "The host refused the request with a page instead of JSON (HTTP status 400): a Django project does so \
             for a host name that is missing in its ALLOWED_HOSTS."
                .to_owned()
        }
        (HostKind::Gateway, _) => format!(
            "The host answered HTTP status {status} with something that is no JSON; check that base_url leads to the \
             messaging API and not to a proxy or a login page."
        ),
        (HostKind::Cloud, _) => format!(
            "The host answered HTTP status {status} with something that is no JSON; check that graph_url and proxy \
             lead to Meta's Graph API."
        ),
    }
}

/// Judges a text without a code.
pub(super) fn text(answer: &Answer, text: &str) -> FailedAttempt {
    let has = |needles: &[&str]| needles.iter().any(|needle| text.contains(needle));
    let unknown =
        |kind, what: &str| FailedAttempt::unknown(answer.error(kind, format!("The host {what}: {text}.")));
    if text.contains("Max retries exceeded")
        && has(&["NewConnectionError", "NameResolutionError", "ConnectTimeoutError"])
    {
        return FailedAttempt::not_sent(
            answer.error(
                ErrorKind::Connection,
                format!("The host cannot reach Meta: {text}. Check its network, then try again."),
            ),
            true,
            Retry::Backoff,
        );
    }
    if has(&["Read timed out", "timed out", "ReadTimeout"]) {
        return unknown(ErrorKind::Timeout, "waited too long for Meta");
    }
    if has(&[
        "Connection aborted",
        "Connection reset",
        "ConnectionResetError",
        "RemoteDisconnected",
        "Connection broken",
        "IncompleteRead",
        "BrokenPipe",
        "Broken pipe",
        "SSLError",
        "ProtocolError",
    ]) {
        return unknown(ErrorKind::Connection, "lost its connection to Meta");
    }
    if is_json_error(text) {
        return unknown(ErrorKind::UnexpectedResponse, "got an answer from Meta that is no JSON");
    }
    if is_key_error(text) {
        return wrong_request(answer, text, "misses the field");
    }
    if has(&["could not convert", "must be a string or a real number"]) {
        return wrong_request(answer, text, "could not read a field");
    }
    if text.contains("Missing Meta WhatsApp credentials") {
        return wrong_request(answer, text, "has no credentials for Meta");
    }
    unknown(ErrorKind::Rejected, "refused the request, or Meta refused it")
}

fn wrong_request(answer: &Answer, text: &str, what: &str) -> FailedAttempt {
    let text = text.trim_end_matches('.');
    FailedAttempt::not_sent(
        answer.error(
            ErrorKind::Rejected,
            format!(
                "The host {what}: {text}. Correct the request or the host's settings, then send it again."
            ),
        ),
        false,
        Retry::No,
    )
}

/// What the package reads of a request. A name that is none of these was missing elsewhere, as in Meta's answer, and the
/// message may have gone out.
const FIELDS: [&str; 11] = [
    "phone",
    "message",
    "latitude",
    "longitude",
    "name",
    "address",
    "template_name",
    "language",
    "header_params",
    "body_params",
    "account_id",
];

/// `KeyError` of the package's `d["phone"]`: the name of a request's field in quotes and nothing else.
fn is_key_error(text: &str) -> bool {
    text.strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
        .is_some_and(|name| FIELDS.contains(&name))
}

/// The texts of Python's JSON readers (`json`, and `simplejson` where it is installed). Our requests are sound, so it was an
/// answer of Meta's that could not be read: the message may have gone out.
fn is_json_error(text: &str) -> bool {
    // Nearly all end with "line 1 column 5 (char 4)".
    let placed = text.contains("line ") && text.contains(" column ") && text.contains("(char ");
    placed
        || [
            "Expecting ",
            "Extra data",
            "Unterminated string",
            "Invalid control character",
            "Invalid \\",
            "Illegal trailing comma",
            "Unexpected UTF-8 BOM",
            "Exceeds the limit",
            "maximum recursion depth exceeded",
        ]
        .iter()
        .any(|start| text.starts_with(start))
}
