//! JSON that travels as it was given.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::document::Node;
use super::writer::Writer;
use crate::error::Error;

/// JSON that travels as it was given.
#[derive(Clone)]
pub struct Json(Held);

#[derive(Clone)]
enum Held {
    /// `null`, which costs nothing.
    Null,
    /// JSON that was looked at by itself.
    Raw(Box<RawValue>),
    /// JSON by its origin: what it is a part of was read, or it was written here.
    Text(Box<str>),
}

impl Json {
    /// The JSON of that text, kept to the letter.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `field` where the text is no JSON.
    pub fn parse(field: &str, text: &str) -> Result<Self, Error> {
        RawValue::from_string(text.to_owned())
            .map(|raw| Self(Held::Raw(raw)))
            .map_err(|error| Error::invalid(field, format!("must be JSON: {error}")))
    }

    pub(crate) fn of(node: Node<'_>) -> Self {
        Self::known(node.json())
    }

    pub(crate) fn from_raw(raw: &RawValue) -> Self {
        Self(Held::Raw(raw.to_owned()))
    }

    /// A text that is known to be JSON.
    pub(crate) fn known(text: impl Into<Box<str>>) -> Self {
        Self(Held::Text(text.into()))
    }

    pub(crate) fn null() -> Self {
        Self(Held::Null)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Held::Null => RawValue::NULL.get(),
            Held::Raw(raw) => raw.get(),
            Held::Text(text) => text,
        }
    }

    /// Whether it is an object without members.
    pub(crate) fn is_empty_object(&self) -> bool {
        let inner = self.as_str().trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        inner.is_some_and(|inner| inner.trim().is_empty())
    }

    /// The value in JSON's shortest form: without white space between its parts.
    pub(crate) fn write_value(&self, out: &mut Writer) {
        match self.to_value() {
            Ok(value) => out.value(&value),
            Err(_) => out.value(self),
        }
    }

    /// Its members, each with a comma before it, where it is an object.
    pub(crate) fn write_members(&self, out: &mut Writer) {
        if let Ok(Value::Object(members)) = self.to_value() {
            for (name, value) in &members {
                out.json(",");
                out.text(name);
                out.json(":");
                out.value(value);
            }
        }
    }

    /// The parsed value.
    ///
    /// # Errors
    /// For JSON that no [`Value`] can hold: a number beyond all floats, half a surrogate pair, very deep nesting.
    pub fn to_value(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_str(self.as_str())
    }
}

/// JSON's `null`.
impl Default for Json {
    fn default() -> Self {
        Self::null()
    }
}

/// The JSON of a value.
impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self::known(value.to_string())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Json").field(&format_args!("{}", self.as_str())).finish()
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Held::Null => RawValue::NULL.serialize(serializer),
            Held::Raw(raw) => raw.serialize(serializer),
            Held::Text(text) => as_it_stands(text, serializer),
        }
    }
}

/// Writes JSON text as the JSON that it is, not as a text.
pub(crate) fn as_it_stands<S: Serializer>(json: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let raw: &RawValue = serde_json::from_str(json).map_err(serde::ser::Error::custom)?;
    raw.serialize(serializer)
}
