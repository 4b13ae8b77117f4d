//! Graph API errors, judged by their code.
//!
//! Codes and their meaning: Meta's "WhatsApp Cloud API error codes".

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Answer, FailedAttempt, Retry, remedy, with_said};
use crate::error::{Error, ErrorKind};
use crate::json::Members;

/// What a listed code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CodeMeaning {
    pub(super) kind: ErrorKind,
    pub(super) retryable: bool,
    pub(super) again: Retry,
}

/// The class of a listed code; `None` for every other, which the HTTP status then decides.
pub(super) fn class(code: i64) -> Option<CodeMeaning> {
    let (kind, retryable, again) = match code {
        // 104 is not in Meta's list of codes, but is what a request without a token gets.
        0 | 3 | 10 | 104 | 190 | 200..=299 | 131_005 => (ErrorKind::Authentication, false, Retry::No),
        // Throttled for the app or the business account: minutes at least, so the caller decides.
        4 | 80_007 => (ErrorKind::RateLimited, true, Retry::No),
        130_429 => (ErrorKind::RateLimited, true, Retry::Backoff),
        131_056 => (ErrorKind::RateLimited, true, Retry::PairRate),
        131_048 | 131_064 => (ErrorKind::RateLimited, false, Retry::No),
        // "Unknown error", "something went wrong": the message may have gone out.
        1 | 131_000 => (ErrorKind::Server, false, Retry::IfHarmless),
        // Meta does not promise that nothing went out; its words are "unavailable" and "overloaded".
        2 | 131_016 => (ErrorKind::Server, true, Retry::Backoff),
        131_057 => (ErrorKind::Server, true, Retry::No),
        _ => return None,
    };
    Some(CodeMeaning { kind, retryable, again })
}

/// Graph's `error` object.
#[derive(Deserialize)]
struct GraphError {
    message: Option<Value>,
    code: Option<Value>,
    error_subcode: Option<Value>,
    error_user_title: Option<Value>,
    error_user_msg: Option<Value>,
    error_data: Option<Value>,
    fbtrace_id: Option<Value>,
}

/// The failure of an `error` object with a code; `None` where it has none, or is no object.
pub(super) fn judge(answer: &Answer, error: &RawValue) -> Option<FailedAttempt> {
    let Members(graph): Members<GraphError> = serde_json::from_str(error.get()).ok()?;
    let code = integer(graph.code.as_ref())?;
    let text = |value: &Option<Value>| value.as_ref().and_then(Value::as_str).map(str::to_owned);
    let details = graph
        .error_data
        .as_ref()
        .and_then(|data| data.get("details"))
        .and_then(Value::as_str)
        .map(str::to_owned)
        .or_else(|| text(&graph.error_user_msg));
    let error = by_code(answer, code, text(&graph.message).as_deref(), details.as_deref());
    Some(FailedAttempt {
        error: error.error.with_code(Some(code), integer(graph.error_subcode.as_ref())).with_texts(
            text(&graph.error_user_title),
            details,
            text(&graph.fbtrace_id).or_else(|| answer.trace_id.clone()),
        ),
        ..error
    })
}

/// The failure that `code` stands for in this answer.
pub(super) fn by_code(
    answer: &Answer,
    code: i64,
    said: Option<&str>,
    details: Option<&str>,
) -> FailedAttempt {
    let class = class(code);
    let kind = match class {
        Some(class) => class.kind,
        None if answer.status >= 500 => ErrorKind::Server,
        None => ErrorKind::Rejected,
    };
    let mut message = with_said(&format!("Meta refused the request (code {code})"), said);
    if let Some(details) =
        details.map(|text| text.trim().trim_end_matches('.')).filter(|text| !text.is_empty())
    {
        message = format!("{message} ({details})");
    }
    let message = format!("{message}. {}", remedy::of_code(code, kind));
    let error = Error::new(kind, message)
        .with_status(Some(answer.status))
        .with_code(Some(code), None)
        .with_retry_after(answer.retry_after)
        .with_texts(None, details.map(str::to_owned), answer.trace_id.clone());
    match class {
        Some(CodeMeaning { again: Retry::IfHarmless, .. }) => FailedAttempt::unknown(error),
        Some(CodeMeaning { retryable, again, .. }) => FailedAttempt::not_sent(error, retryable, again),
        None if kind == ErrorKind::Server => FailedAttempt::unknown(error),
        None => FailedAttempt::not_sent(error, false, Retry::No),
    }
}

/// What an `error` member says: its text, or its object's message.
pub(super) fn message_of(error: &RawValue) -> Option<String> {
    match serde_json::from_str(error.get()).ok()? {
        Value::String(text) => Some(text),
        Value::Object(object) => object.get("message").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

fn integer(value: Option<&Value>) -> Option<i64> {
    let value = value?;
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}
