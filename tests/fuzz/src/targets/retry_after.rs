//! How long a host asks to wait. Seconds are those seconds, a date is the time until then, and nonsense is no wait at all.
//!
//! Input: the value of `Retry-After`, and on the next line that of `x-business-use-case-usage`.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::strtime;
use serde_json::Value;

use crate::json::plain;
use crate::loopback::{Answer, Kind, judged};
use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "retry_after", run, seeds };

fn run(data: &[u8]) {
    let mut lines = data.splitn(2, |byte| *byte == b'\n');
    let (told, usage) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let mut headers = vec![("retry-after".to_owned(), told.to_owned())];
    if !usage.is_empty() {
        headers.push(("x-business-use-case-usage".to_owned(), usage.to_owned()));
    }
    let before = Timestamp::now();
    let Err(error) = judged(Kind::Cloud, &Answer { status: 429, headers, body: b"slow down".to_vec() })
    else {
        panic!("429 is an error")
    };
    let after = Timestamp::now();
    let got = error.retry_after();
    assert!(error.retryable(), "{error:?}");
    let visible = |bytes: &[u8]| {
        bytes.iter().copied().filter(|byte| *byte >= b' ' && *byte != 0x7f).collect::<Vec<u8>>()
    };
    let told = String::from_utf8(visible(told)).ok().filter(|told| told.is_ascii());
    let told = told.as_deref().unwrap_or_default().trim();
    if !told.is_empty() && told.bytes().all(|byte| byte.is_ascii_digit()) && told.len() <= 15 {
        assert_eq!(got, told.parse().ok().map(Duration::from_secs).map(bounded), "{told:?}");
    } else if let Some(then) = date(told) {
        let left = |now: Timestamp| bounded(Duration::try_from(then.duration_since(now)).unwrap_or_default());
        assert!(got.is_some_and(|got| got <= left(before) && got >= left(after)), "{told:?}: {got:?}");
    } else if told.parse::<f64>().is_err() && !told.contains([':', ',']) {
        // Nonsense: what Meta's header says counts.
        let Ok(usage) = String::from_utf8(visible(usage)) else { return };
        match plain(&usage) {
            Some(usage) => assert_eq!(got, regained(&usage), "{told:?} {usage}"),
            None if !crate::json::is_json(&usage) => assert_eq!(got, None, "{told:?} {usage:?}"),
            None => {}
        }
    }
}

/// No wait is told that is longer than a year: clocks would overflow.
fn bounded(wait: Duration) -> Duration {
    wait.min(Duration::from_secs(365 * 86_400))
}

/// A date as HTTP writes it.
fn date(text: &str) -> Option<Timestamp> {
    // Of the day, the year and the time each digit is there.
    let digits = [5, 6, 12, 13, 14, 15, 17, 18, 20, 21, 23, 24];
    let has = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let is_plain = text.len() == 29 && text.ends_with(" GMT") && digits.into_iter().all(has);
    let read = strtime::parse("%a, %d %b %Y %H:%M:%S GMT", text).ok()?;
    let then = read.to_datetime().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    is_plain.then_some(then)
}

/// The longest of `estimated_time_to_regain_access`, in minutes; 0 is none.
fn regained(usage: &Value) -> Option<Duration> {
    let cases =
        usage.as_object()?.values().filter_map(Value::as_array).flatten().filter_map(Value::as_object);
    let minutes = cases.filter_map(|case| case.get("estimated_time_to_regain_access")?.as_u64()).max()?;
    (minutes > 0).then(|| bounded(Duration::from_secs(minutes.saturating_mul(60))))
}

fn seeds() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for case in seeds::cases() {
        for answer in case["server"].as_array().into_iter().flatten() {
            let header = |name: &str| {
                let mut headers = answer["headers"].as_object().into_iter().flatten();
                headers.find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, value)| value.as_str())
            };
            let (told, usage) = (header("retry-after"), header("x-business-use-case-usage"));
            if told.or(usage).is_some() {
                all.push(format!("{}\n{}", told.unwrap_or_default(), usage.unwrap_or_default()));
            }
        }
    }
    all.push("Sun, 29 Nov 2099 21:00:00 GMT".to_owned());
    all.push("Sun, 29 Nov 2020 21:00:00 GMT".to_owned());
    all.push("1e9999999\n{}".to_owned());
    all
}
