//! Reads JSON one level at a time and keeps the rest as the text that it was.
//!
//! Each level is looked at once, so a body is read in time linear in its length, and a shape that is not the expected
//! one is an absence, never an error.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{Deserializer, Visitor};
use serde_json::value::RawValue;

/// The members of a JSON object, each as its text.
#[derive(Default)]
pub(super) struct Object<'a>(HashMap<Cow<'a, str>, &'a RawValue>);

impl<'a> Object<'a> {
    /// The object that this is, if it is one.
    pub(super) fn of(raw: &'a RawValue) -> Option<Self> {
        Self::parse(raw.get())
    }

    pub(super) fn parse(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    /// A member that is not null.
    pub(super) fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.get(key).copied().filter(|value| value.get() != "null")
    }

    pub(super) fn object(&self, key: &str) -> Option<Self> {
        Self::of(self.get(key)?)
    }

    pub(super) fn list(&self, key: &str) -> Option<Vec<&'a RawValue>> {
        list(self.get(key)?)
    }

    /// A text. Halves of a character cut in two, which JSON can write, are U+FFFD.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        serde_json::from_str(self.get(key)?.get()).ok().map(|Lossy(text)| text)
    }

    /// An id: a text that is not empty, or an integer as Meta sometimes writes one.
    pub(super) fn id(&self, key: &str) -> Option<String> {
        let raw = self.get(key)?.get();
        let text = match raw.as_bytes().first()? {
            b'0'..=b'9' => Some(raw.to_owned()).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit())),
            _ => self.text(key),
        };
        text.filter(|text| !text.is_empty())
    }

    pub(super) fn integer(&self, key: &str) -> Option<i64> {
        self.id(key)?.parse().ok().or_else(|| self.get(key)?.get().parse().ok())
    }

    /// Seconds since the epoch, as text or number.
    pub(super) fn timestamp(&self, key: &str) -> Option<Timestamp> {
        Timestamp::from_second(self.integer(key)?).ok()
    }
}

/// The elements of a JSON list, if this is one.
pub(super) fn list(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
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
                Ok(Lossy(String::from_utf8_lossy(bytes).into_owned()))
            }
        }
        // As a text it would be refused; as bytes it comes with its halves.
        deserializer.deserialize_bytes(Bytes)
    }
}
