//! What a gateway compares two requests with the same idempotency key by. The same message in another order, or another spelling, is the
//! same; another message is another.
//!
//! Input: two messages as JSON, a line each.

use wamid::{Message, asked_for};

use crate::json::{has_long_number, plain, reversed};
use crate::requests::{assert_is_rule, to_meta, value};
use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "digest", run, seeds };

fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.splitn(2, '\n');
    let (one, other) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let Some((message, asked)) = read(one) else { return };
    if let Some(given) = plain(one) {
        for spelling in [given.to_string(), reversed(&given).to_string()] {
            let again = Message::from_json(&spelling).unwrap_or_else(|error| panic!("{spelling}: {error:?}"));
            let again = asked_for(&again).unwrap_or_else(|error| panic!("{spelling}: {error:?}"));
            assert_is_same(&asked, &again);
        }
    }
    // As it comes back from what it writes.
    let written = message.to_json().unwrap_or_else(|error| panic!("{one}: {error:?}"));
    let again = Message::from_json(&written).unwrap_or_else(|error| panic!("{written}: {error:?}"));
    if !has_long_number(one) {
        assert_eq!(asked_for(&again).ok().as_deref(), Some(asked.as_str()), "{written}");
    }
    // The number in another spelling.
    let (Ok(body), true) = (to_meta(&message, 0), message.options.account_id.is_none()) else { return };
    let Some(to) = value(&body).and_then(|body| body.get("to")?.as_str().map(str::to_owned)) else { return };
    let mut spelt = message.clone();
    spelt.to = format!(" 00{} ", to.trim_start_matches('+'));
    assert_eq!(asked_for(&spelt).ok().as_deref(), Some(asked.as_str()), "{}", spelt.to);
    // Another message: the same digest means the same body.
    let Some((second, asked_second)) = read(other) else { return };
    let second = match to_meta(&second, 0) {
        Ok(body) => body,
        Err(_) => return,
    };
    if asked == asked_second {
        assert_eq!(value(&body), value(&second), "{asked}");
    }
}

/// A message, and what is asked for by it, as far as a gateway's client could send it.
fn read(text: &str) -> Option<(Message, String)> {
    let mut message = Message::from_json(text).ok()?;
    // A gateway's own business, and refused by a client of Meta's host.
    message.options.account_id = None;
    message.options.idempotency_key = None;
    if message.content.local_field().is_some() {
        return None;
    }
    match asked_for(&message) {
        Ok(asked) => Some((message, asked)),
        Err(error) => {
            assert_is_rule(&error);
            None
        }
    }
}

/// The same, but for the order inside JSON of the caller's own, which Meta gets as it was given.
fn assert_is_same(one: &str, other: &str) {
    let parts = |asked: &str| {
        let (operation, body) = asked.split_once(' ').unwrap_or_default();
        (operation.to_owned(), value(body))
    };
    assert_eq!(parts(one), parts(other));
}

fn seeds() -> Vec<String> {
    let contents = seeds::contents();
    let message = |content: &String| format!(r#"{{"phone":"919876543210","content":{content}}}"#);
    let pairs = contents.iter().zip(contents.iter().skip(1));
    pairs.map(|(one, other)| format!("{}\n{}", message(one), message(other))).collect()
}
