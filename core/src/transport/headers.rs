//! Request headers (credentials) and response headers (retry delays, trace ids).

use std::collections::BTreeMap;
use std::time::Duration;

use http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::argument::rules::not_empty;
use crate::error::Error;
use crate::json::Members;

pub(crate) const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const USAGE: HeaderName = HeaderName::from_static("x-business-use-case-usage");
pub(crate) const TRACE_ID: HeaderName = HeaderName::from_static("x-fb-trace-id");

/// The credentials of a host, as the header that carries them.
pub(crate) fn bearer(token: &str) -> Result<(HeaderName, HeaderValue), Error> {
    secret_header("access_token", AUTHORIZATION, token, &format!("Bearer {token}"))
}

/// The same token as Meta's uploads want it.
pub(crate) fn oauth(bearer: &HeaderValue) -> HeaderValue {
    let token = bearer.as_bytes().strip_prefix(b"Bearer ").unwrap_or_default();
    // What stood in a header can stand in a header.
    let mut value = HeaderValue::from_bytes(&[b"OAuth ", token].concat()).unwrap_or(bearer.clone());
    value.set_sensitive(true);
    value
}

pub(crate) fn api_key(key: &str) -> Result<(HeaderName, HeaderValue), Error> {
    secret_header("api_key", API_KEY, key, key)
}

fn secret_header(
    field: &str,
    name: HeaderName,
    secret: &str,
    value: &str,
) -> Result<(HeaderName, HeaderValue), Error> {
    header_text(field, secret)?;
    let mut value = header_value(field, value)?;
    value.set_sensitive(true);
    Ok((name, value))
}

pub(crate) fn header_value(field: &str, value: &str) -> Result<HeaderValue, Error> {
    header_text(field, value)?;
    HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| Error::invalid(field, "must be a text that a header can hold"))
}

/// A text that travels as a header: neither empty nor with control characters, which would end the header.
fn header_text(field: &str, text: &str) -> Result<(), Error> {
    not_empty(field, text)?;
    if text.bytes().any(|b| b.is_ascii_control()) {
        return Err(Error::invalid(field, "must not hold line breaks or other control characters"));
    }
    Ok(())
}

pub(crate) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let told = headers.get(http::header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    told.and_then(|text| wait_of(text.trim(), jiff::Timestamp::now()))
        .or_else(|| headers.get(USAGE).and_then(|value| regain_of(value.as_bytes())))
}

/// `Retry-After`: seconds, or a date.
fn wait_of(text: &str, now: jiff::Timestamp) -> Option<Duration> {
    if let Ok(seconds) = text.parse::<f64>() {
        // Too long to be counted is long all the same, not no wait at all.
        let told = seconds.is_finite() && seconds >= 0.0;
        return told.then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX));
    }
    let then = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(then.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// One use case of `x-business-use-case-usage`.
#[derive(Deserialize)]
struct UseCase {
    estimated_time_to_regain_access: Option<u64>,
}

/// `x-business-use-case-usage`: the longest `estimated_time_to_regain_access`, in minutes; 0 is none.
fn regain_of(json: &[u8]) -> Option<Duration> {
    // Meta may write it into every answer, so its usual shape is read without a tree of values.
    let longest = match serde_json::from_slice::<BTreeMap<String, Vec<Members<UseCase>>>>(json) {
        Ok(usage) => {
            usage.values().flatten().filter_map(|Members(case)| case.estimated_time_to_regain_access).max()
        }
        Err(_) => longest_of_any_shape(json),
    };
    longest.filter(|minutes| *minutes > 0).map(|minutes| Duration::from_secs(minutes.saturating_mul(60)))
}

fn longest_of_any_shape(json: &[u8]) -> Option<u64> {
    let usage: Map<String, Value> = serde_json::from_slice(json).ok()?;
    let cases = usage.values().filter_map(Value::as_array).flatten();
    cases.filter_map(|case| case.get("estimated_time_to_regain_access")?.as_u64()).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_read_in_every_form() {
        let now = "2026-11-22T10:00:00Z".parse().unwrap();
        assert_eq!(wait_of("7", now), Some(Duration::from_secs(7)));
        assert_eq!(wait_of("Sun, 22 Nov 2026 10:00:30 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(wait_of("Sun, 22 Nov 2026 09:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(wait_of("1e300", now), Some(Duration::MAX));
        assert_eq!(wait_of("-1", now), None);
        assert_eq!(wait_of("inf", now), None);
        assert_eq!(wait_of("soon", now), None);
    }

    #[test]
    fn the_longest_time_to_regain_access_counts() {
        let usage = br#"{"1":[{"type":"messaging","estimated_time_to_regain_access":0}],
                         "2":[{"estimated_time_to_regain_access":3},{"estimated_time_to_regain_access":2}]}"#;
        assert_eq!(regain_of(usage), Some(Duration::from_secs(180)));
        assert_eq!(regain_of(br#"{"1":[{"estimated_time_to_regain_access":0}]}"#), None);
        let odd = br#"{"1":7,"2":[[9],{"estimated_time_to_regain_access":"8"},{"estimated_time_to_regain_access":2}]}"#;
        assert_eq!(regain_of(odd), Some(Duration::from_secs(120)));
        assert_eq!(regain_of(b"no json"), None);
    }
}
