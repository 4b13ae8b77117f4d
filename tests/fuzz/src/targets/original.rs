//! The texts with which the original host fails. Every text is a typed error, and unknown unless it is listed as surely not sent.

use serde_json::json;
use wamid::ErrorKind;

use super::answer::Meaning;
use crate::loopback::{Answer, Kind, judged};
use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "original", run, seeds };

fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let body = json!({ "error": text }).to_string().into_bytes();
    let result = judged(Kind::Gateway, &Answer { status: 400, headers: Vec::new(), body });
    let Err(error) = result else { panic!("{text:?} is no error") };
    // A code in the text says more than the text; the target `answer` has those.
    if text
        .split_once("(#")
        .is_some_and(|(_, rest)| rest.split_once(')').is_some_and(|(code, _)| code.parse::<i64>().is_ok()))
    {
        return;
    }
    assert_eq!(Meaning::of(&error), expected(text), "{text:?}: {error:?}");
}

/// DESIGN section 7, in the order in which the SDK asks: what a text says.
pub(super) fn expected(text: &str) -> Meaning {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // Surely not sent, because there was no connection.
    if has(&["Max retries exceeded"])
        && has(&["NewConnectionError", "NameResolutionError", "ConnectTimeoutError"])
    {
        return Meaning::not_sent(ErrorKind::Connection, true);
    }
    if has(&["timed out", "ReadTimeout"]) {
        return Meaning::unknown(ErrorKind::Timeout);
    }
    let lost = [
        "Connection aborted",
        "Connection reset",
        "ConnectionResetError",
        "RemoteDisconnected",
        "Connection broken",
    ];
    if has(&lost) || has(&["IncompleteRead", "BrokenPipe", "Broken pipe", "SSLError", "ProtocolError"]) {
        return Meaning::unknown(ErrorKind::Connection);
    }
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let json = ["Expecting ", "Extra data", "Unterminated string", "Invalid control character", "Invalid \\"];
    let more = [
        "Illegal trailing comma",
        "Unexpected UTF-8 BOM",
        "Exceeds the limit",
        "maximum recursion depth exceeded",
    ];
    if begins(&json)
        || begins(&more)
        || ["line ", " column ", "(char "].iter().all(|part| text.contains(part))
    {
        return Meaning::unknown(ErrorKind::UnexpectedResponse);
    }
    // Surely not sent, because the host stopped at the request, or had no credentials.
    let fields = "phone message latitude longitude name address template_name language header_params body_params account_id";
    let missing = fields.split(' ').any(|field| text == format!("'{field}'"));
    let unread = has(&["could not convert", "must be a string or a real number"]);
    if missing || unread || has(&["Missing Meta WhatsApp credentials"]) {
        return Meaning::not_sent(ErrorKind::Rejected, false);
    }
    Meaning::unknown(ErrorKind::Rejected)
}

fn seeds() -> Vec<String> {
    let answers =
        seeds::cases().into_iter().flat_map(|case| case["server"].as_array().cloned().unwrap_or_default());
    answers.filter_map(|answer| answer["json"]["error"].as_str().map(str::to_owned)).collect()
}
