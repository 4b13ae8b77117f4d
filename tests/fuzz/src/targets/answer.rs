//! What an answer to a send means. DESIGN sections 6 and 7, written down a second time over a value of JSON.
//!
//! Input: `c` or `g` and the status; headers, a line each; an empty line; the body.

use serde_json::{Map, Value, json};
use wamid::{Error, ErrorKind, Receipt};

use super::original;
use crate::json::plain;
use crate::loopback::{Answer, KEY, Kind, TOKEN, judged};
use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "answer", run, seeds };

/// Headers that an answer's meaning has to do with.
const HEADERS: [&str; 4] = ["retry-after", "x-business-use-case-usage", "location", "x-fb-trace-id"];

fn run(data: &[u8]) {
    let Some((kind, answer)) = read(data) else { return };
    let result = judged(kind, &answer);
    assert_is_sound(kind, &answer, &result);
    let body = if answer.has_body() { answer.body.as_slice() } else { b"" };
    // What is no UTF-8 is no JSON to one reader, and JSON with a broken text in it to another. None takes it for a message.
    let Ok(text) = std::str::from_utf8(body) else {
        return assert!(result.is_err(), "{answer:?} {result:?}");
    };
    let value = match plain(text) {
        Some(value) => Some(value),
        // Of what its readers may make different things nothing more is said.
        None if crate::json::is_json(text) => return,
        None => None,
    };
    let Some(expected) = expected(kind, answer.status, body, value.as_ref()) else { return };
    let got = match &result {
        Ok(_) => Meaning::Sent,
        Err(error) => Meaning::of(error),
    };
    assert_eq!(got, expected, "{kind:?} {} {}: {result:?}", answer.status, String::from_utf8_lossy(body));
}

fn read(data: &[u8]) -> Option<(Kind, Answer)> {
    let end = data.windows(2).position(|end| end == b"\n\n")?;
    let mut lines = data[..end].split(|byte| *byte == b'\n');
    let first = std::str::from_utf8(lines.next()?).ok()?;
    let (host, status) = first.split_at_checked(1)?;
    let kind = if host == "g" { Kind::Gateway } else { Kind::Cloud };
    let status = status.trim().parse::<u16>().ok()?;
    let mut headers: Vec<(String, Vec<u8>)> = Vec::new();
    for line in lines {
        let Some(at) = line.iter().position(|byte| *byte == b':') else { continue };
        let name = String::from_utf8_lossy(&line[..at]).trim().to_ascii_lowercase();
        if HEADERS.contains(&name.as_str()) && headers.len() < 8 {
            headers.push((name, line[at + 1..].trim_ascii().to_owned()));
        }
    }
    // What begins with 1 is no answer yet.
    let answer = Answer { status: 200 + status % 400, headers, body: data[end + 2..].to_owned() };
    Some((kind, answer))
}

/// What holds for every answer.
fn assert_is_sound(kind: Kind, answer: &Answer, result: &Result<Receipt, Error>) {
    let error = match result {
        Ok(receipt) => {
            assert!((200..300).contains(&answer.status) && !receipt.id.is_empty(), "{answer:?} {receipt:?}");
            return;
        }
        Err(error) => error,
    };
    assert_eq!((error.status(), error.attempts()), (Some(answer.status), 1), "{answer:?} {error:?}");
    assert!(!(error.retryable() && error.maybe_sent()), "{answer:?} {error:?}");
    assert!(!error.message().is_empty(), "{answer:?}");
    let shown = format!("{error} {error:?} {:?} {:?} {:?}", error.title(), error.details(), error.trace_id());
    // Of the other client's secret this one knows nothing.
    let secret = match kind {
        Kind::Cloud => TOKEN,
        Kind::Gateway => KEY,
    };
    assert!(!shown.contains(secret), "{answer:?} {shown}");
    // Only the caller's own side, or our gateway by its word, can say these.
    let own = [ErrorKind::InvalidInput, ErrorKind::Unsupported, ErrorKind::Store];
    assert!(kind == Kind::Gateway || !own.contains(&error.kind()), "{answer:?} {error:?}");
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Sent,
    Failed { kind: ErrorKind, maybe_sent: bool, retryable: bool },
}

impl Meaning {
    pub(super) fn of(error: &Error) -> Self {
        Self::Failed { kind: error.kind(), maybe_sent: error.maybe_sent(), retryable: error.retryable() }
    }

    pub(super) const fn not_sent(kind: ErrorKind, retryable: bool) -> Self {
        Self::Failed { kind, maybe_sent: false, retryable }
    }

    pub(super) const fn unknown(kind: ErrorKind) -> Self {
        Self::Failed { kind, maybe_sent: true, retryable: false }
    }
}

/// Section 6's order. `None` where a gateway's own word is of no shape that it has.
fn expected(kind: Kind, status: u16, body: &[u8], value: Option<&Value>) -> Option<Meaning> {
    let none = Map::new();
    let object = value.and_then(Value::as_object);
    let members = object.unwrap_or(&none);
    let given = |of: &Map<String, Value>, name: &str| of.get(name).filter(|value| !value.is_null()).cloned();
    let error = given(members, "error");
    // 1. Our gateway's word.
    if kind == Kind::Gateway && error.is_some() && given(members, "kind").is_some() {
        match own_word(members) {
            Some(Some(meaning)) => return Some(meaning),
            Some(None) => {}
            None => return None,
        }
    }
    // 2. Graph's code.
    let in_result =
        members.get("result").and_then(Value::as_object).and_then(|result| given(result, "error"));
    let stated: Vec<Value> = [error, in_result].into_iter().flatten().collect();
    for error in &stated {
        let in_text = if kind == Kind::Gateway { error.as_str().and_then(code_in) } else { None };
        if let Some(code) = error.as_object().and_then(|error| integer(error.get("code")?)).or(in_text) {
            return Some(of_code(code, status));
        }
    }
    // 3. to 6.
    let said = stated.first().and_then(|error| {
        let text = error.as_str().or_else(|| error.as_object()?.get("message")?.as_str());
        text.map(str::to_owned)
    });
    Some(match status {
        401 => Meaning::not_sent(ErrorKind::Authentication, false),
        403 if std::str::from_utf8(body).is_ok_and(|page| page.contains("CSRF")) => {
            Meaning::not_sent(ErrorKind::Authentication, false)
        }
        429 => Meaning::not_sent(ErrorKind::RateLimited, true),
        500.. => Meaning::unknown(ErrorKind::Server),
        300..400 => Meaning::not_sent(ErrorKind::UnexpectedResponse, false),
        200..300 if stated.first().is_some_and(Value::is_object) => {
            Meaning::not_sent(ErrorKind::Rejected, false)
        }
        200..300 => match accepted(kind, value) {
            true => Meaning::Sent,
            false => Meaning::unknown(ErrorKind::UnexpectedResponse),
        },
        _ if object.is_none() => Meaning::not_sent(ErrorKind::UnexpectedResponse, false),
        400 if kind == Kind::Gateway => match said {
            Some(text) => original::expected(&text),
            None => Meaning::not_sent(ErrorKind::Rejected, false),
        },
        _ => Meaning::not_sent(ErrorKind::Rejected, false),
    })
}

/// What a gateway says itself; inside, nothing where its kind is not known.
#[expect(clippy::option_option, reason = "no word, a word of no known kind, a word")]
fn own_word(members: &Map<String, Value>) -> Option<Option<Meaning>> {
    let is = |name: &str, fits: fn(&Value) -> bool| {
        members.get(name).is_none_or(|value| value.is_null() || fits(value))
    };
    let flag = |name: &str| members.get(name).is_none_or(Value::is_boolean);
    let texts = ["title", "details", "trace_id", "field", "reference"];
    let sound = members.get("error").is_some_and(Value::is_string)
        && members.get("kind").is_some_and(Value::is_string)
        && ["code", "subcode"].iter().all(|name| is(name, Value::is_i64))
        && texts.iter().all(|name| is(name, Value::is_string))
        && is("retry_after", Value::is_number)
        && members
            .get("attempts")
            .is_none_or(|count| count.as_u64().is_some_and(|count| count <= u64::from(u32::MAX)))
        && flag("retryable")
        && flag("maybe_sent");
    if !sound {
        return None;
    }
    let name = members.get("kind").and_then(Value::as_str).unwrap_or_default();
    let Some(kind) = ErrorKind::ALL.iter().copied().find(|kind| kind.as_str() == name) else {
        return Some(None);
    };
    let flag = |name: &str| members.get(name) == Some(&json!(true));
    let maybe_sent = flag("maybe_sent");
    Some(Some(Meaning::Failed { kind, maybe_sent, retryable: flag("retryable") && !maybe_sent }))
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// `(#131056)` in a text.
fn code_in(text: &str) -> Option<i64> {
    let (_, rest) = text.split_once("(#")?;
    rest.split_once(')')?.0.parse().ok()
}

/// The table of section 6, and section 7's word on each code.
fn of_code(code: i64, status: u16) -> Meaning {
    match code {
        0 | 3 | 10 | 104 | 190 | 131_005 => Meaning::not_sent(ErrorKind::Authentication, false),
        code if (200..300).contains(&code) => Meaning::not_sent(ErrorKind::Authentication, false),
        4 | 80_007 | 130_429 | 131_056 => Meaning::not_sent(ErrorKind::RateLimited, true),
        131_048 | 131_064 => Meaning::not_sent(ErrorKind::RateLimited, false),
        2 | 131_016 | 131_057 => Meaning::not_sent(ErrorKind::Server, true),
        1 | 131_000 => Meaning::unknown(ErrorKind::Server),
        _ if status >= 500 => Meaning::unknown(ErrorKind::Server),
        _ => Meaning::not_sent(ErrorKind::Rejected, false),
    }
}

/// Whether the answer has a message's id where Meta has it.
fn accepted(kind: Kind, value: Option<&Value>) -> bool {
    let meta = match kind {
        Kind::Cloud => value,
        Kind::Gateway => value.and_then(Value::as_object).and_then(|members| members.get("result")),
    };
    let messages = meta.and_then(Value::as_object).and_then(|members| members.get("messages"));
    let first = messages.and_then(Value::as_array).and_then(|list| list.first());
    first
        .and_then(Value::as_object)
        .and_then(|first| first.get("id")?.as_str())
        .is_some_and(|id| !id.is_empty())
}

fn seeds() -> Vec<String> {
    let mut all = Vec::new();
    for case in seeds::cases() {
        let host = if case["client"]["host"] == "gateway" { "g" } else { "c" };
        for answer in case["server"].as_array().into_iter().flatten() {
            let body = match (&answer["json"], &answer["text"]) {
                (Value::Null, Value::String(text)) => text.clone(),
                (json, _) => json.to_string(),
            };
            let headers = answer["headers"].as_object().into_iter().flatten();
            let headers: String = headers
                .map(|(name, value)| format!("{name}: {}\n", value.as_str().unwrap_or_default()))
                .collect();
            // 200 + (n - 200) is n.
            let status = answer["status"].as_u64().unwrap_or(200).saturating_sub(200);
            all.push(format!("{host}{status}\n{headers}\n{body}"));
        }
    }
    all
}
