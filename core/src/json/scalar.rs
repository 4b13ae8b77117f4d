//! What a JSON value means where it is no object and no list, from its text. What it does not mean is an absence, never an error.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

/// A text, in place where it has no escapes. Halves of a character cut in two, which JSON can write, are U+FFFD.
pub(crate) fn text(json: &str) -> Option<Cow<'_, str>> {
    match json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Some(Cow::Borrowed(plain)),
        _ => serde_json::from_str(json).ok().map(|Lossy(text)| Cow::Owned(text)),
    }
}

/// An id: a text that is not empty, or an integer as Meta sometimes writes one.
pub(crate) fn id(json: &str) -> Option<Cow<'_, str>> {
    let text = match json.as_bytes().first()? {
        b'0'..=b'9' => Some(Cow::Borrowed(json)).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit())),
        _ => text(json),
    };
    text.filter(|text| !text.is_empty())
}

pub(crate) fn boolean(json: &str) -> Option<bool> {
    json.parse().ok()
}

pub(crate) fn integer(json: &str) -> Option<i64> {
    id(json)?.parse().ok().or_else(|| json.parse().ok())
}

/// A number that a float can hold, also where it is written as a text.
pub(crate) fn number(json: &str) -> Option<f64> {
    let number = text(json).map_or_else(|| json.parse(), |text| text.trim().parse());
    number.ok().filter(|number: &f64| number.is_finite())
}

/// Seconds since the epoch, as text or number.
pub(crate) fn timestamp(json: &str) -> Option<Timestamp> {
    Timestamp::from_second(integer(json)?).ok()
}

struct Lossy(String);

impl<'de> Deserialize<'de> for Lossy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Lossy;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Lossy, E> {
                Ok(Lossy(match std::str::from_utf8(bytes) {
                    Ok(text) => text.to_owned(),
                    Err(_) => String::from_utf8_lossy(bytes).into_owned(),
                }))
            }
        }
        // As a text it would be refused; as bytes it comes with its halves.
        deserializer.deserialize_bytes(Bytes)
    }
}
