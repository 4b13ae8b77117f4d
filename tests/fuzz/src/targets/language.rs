//! A template's language. What is taken goes out as Meta writes it, and is its own normal form.

use serde_json::Value;
use wamid::{Message, Template};

use crate::requests::{assert_is_rule, to_gateway, to_meta, value};
use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "language", run, seeds };

fn run(data: &[u8]) {
    let Ok(tag) = std::str::from_utf8(data) else { return };
    let message = |tag: &str| Message::new("+919876543210", Template::new("t").language(tag));
    let sent = match to_meta(&message(tag), 0) {
        Ok(body) => code_of(&body),
        Err(error) => {
            assert_is_rule(&error);
            assert_eq!(error.field(), Some("language"), "{error:?}");
            assert!(!is_tag(tag), "{tag:?} was refused: {error:?}");
            return;
        }
    };
    assert!(is_tag(tag), "{tag:?} was taken as {sent:?}");
    assert_eq!(sent, tag.replace('-', "_"), "{tag:?}");
    let again = to_meta(&message(&sent), 0).unwrap_or_else(|error| panic!("{sent:?}: {error:?}"));
    assert_eq!(code_of(&again), sent, "{tag:?}");
    let gateway = to_gateway(&message(tag)).unwrap_or_else(|error| panic!("{tag:?}: {error:?}"));
    assert_eq!(value(&gateway).unwrap_or_default()["language"], Value::from(sent), "{tag:?}");
}

fn code_of(body: &str) -> String {
    let body = value(body).unwrap_or_default();
    body["template"]["language"]["code"].as_str().unwrap_or_default().to_owned()
}

/// The form of a BCP-47 tag: a language of 2 to 8 letters, then parts of 1 to 8 letters and digits.
fn is_tag(tag: &str) -> bool {
    let plain = tag.replace('-', "_");
    let mut parts = plain.split('_').map(|part| (part.len(), part));
    let is = |part: &str, of: fn(&char) -> bool| part.chars().all(|c| of(&c));
    parts.next().is_some_and(|(length, part)| (2..9).contains(&length) && is(part, char::is_ascii_alphabetic))
        && parts.all(|(length, part)| (1..9).contains(&length) && is(part, char::is_ascii_alphanumeric))
}

fn seeds() -> Vec<String> {
    seeds::values_of("language")
}
