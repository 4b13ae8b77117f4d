//! What is sent: to whom, what, and with which options.
//!
//! A kind of message is one file in `kinds`: its fields, their limits and docs, and Meta's shape of it. What else there is of a kind
//! follows from that file: how it is read from JSON, how it is checked, and what the other languages and documents say of it.

mod body;
mod conversation;
pub(crate) mod declare;
mod describe;
mod envelope;
pub(crate) mod field;
mod interactive;
mod kind;
pub(crate) mod kinds;
pub(crate) mod limits;
pub(crate) mod members;
mod needs;
mod options;
mod original;
pub(crate) mod phone;
mod sections;
pub(crate) mod source;

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

pub use self::body::asked_for;
pub(crate) use self::body::{cloud_body, gateway_body};
pub use self::conversation::Conversation;
pub(crate) use self::declare::declare;
pub use self::describe::{FieldInfo, KindInfo, Presence, RecordInfo, Shape, TextOrInfo};
pub use self::interactive::{Header, HeaderMedia};
use self::kind::Declared as _;
pub(crate) use self::kind::{Checked, Kind, name_of, operation_of, original_endpoint};
pub(crate) use self::kinds::each_kind;
pub(crate) use self::kinds::{Content, Location, Template, Text};
pub use self::limits::{Form, Limits};
use self::members::Members;
pub(crate) use self::needs::{IDEMPOTENCY, Need, Needs, needs};
pub use self::options::SendOptions;
pub(crate) use self::options::setters;
pub(crate) use self::original::OriginalEndpoint;
use self::phone::Recipient;
pub(crate) use self::source::FileKey;
use crate::argument::Path;
use crate::error::Error;
use crate::json::Writer;

/// A message of any kind: to whom, what, and with which options. [`Client::send_many`](crate::Client::send_many) takes them.
///
/// ```
/// use wamid::{Location, Message, Text};
/// let sends = vec![
///     Message::new("919876543210", Text::new("On our way")),
///     Message::new("919876543210", Location::new(28.6139, 77.2090)).reference("pin-1"),
/// ];
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// Who gets it: a phone number with its country code, or a business-scoped user id.
    pub to: String,
    /// What they get.
    pub content: Content,
    /// What every message may carry.
    pub options: SendOptions,
}

impl Message {
    /// A message with this content, to this phone number or user id.
    pub fn new(to: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { to: to.into(), content: content.into(), options: SendOptions::default() }
    }

    /// Gives it all these options.
    #[must_use]
    pub fn options(mut self, options: SendOptions) -> Self {
        self.options = options;
        self
    }

    options::setters!();

    /// A message from JSON text: an object with `phone`, `content` (as [`Content::from_json`] reads it), and the options by
    /// their names.
    ///
    /// ```
    /// use wamid::{Message, Text};
    /// let json = r#"{"phone":"919876543210","content":{"type":"text","message":"Hello"},"reference":"r-1"}"#;
    /// let message = Message::from_json(json)?;
    /// assert_eq!(message, Message::new("919876543210", Text::new("Hello")).reference("r-1"));
    /// # Ok::<(), wamid::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with the path of what is wrong.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let members = Members::of_text(text, Path::key("message"))?;
        let to = members.required("phone")?;
        let content = members.raw("content").ok_or_else(|| Error::invalid("content", "is missing"))?;
        let content = Content::read_raw(content)?;
        let options = SendOptions::read(&members)?;
        members.done()?;
        Ok(Self { to, content, options })
    }

    /// The message as JSON text, as [`from_json`](Self::from_json) reads it.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where a value cannot be written as JSON.
    pub fn to_json(&self) -> Result<String, Error> {
        let mut out = Writer::with_capacity(256);
        out.json(r#"{"phone":"#);
        out.text(&self.to);
        out.json(r#","content":"#);
        self.content.write(&mut out);
        self.options.write(&mut out);
        out.optional_text(r#","idempotency_key":"#, self.options.idempotency_key.as_deref());
        out.json("}");
        out.finish_text()
    }
}

impl Content {
    /// A content from JSON text: an object with the `type` of its kind and the kind's fields, all flat.
    ///
    /// ```
    /// use wamid::{Content, Text};
    /// let content = Content::from_json(r#"{"type":"text","message":"Hello"}"#)?;
    /// assert_eq!(content, Text::new("Hello").into());
    /// # Ok::<(), wamid::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with the path of a field that is unknown, missing or of another type. The
    /// limits of texts and lists are checked when it is sent.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let raw: &RawValue = serde_json::from_str(text)
            .map_err(|error| Error::invalid("content", format!("must be JSON: {error}")))?;
        Self::read_raw(raw)
    }

    pub(crate) fn read_raw(raw: &RawValue) -> Result<Self, Error> {
        let members = Members::of(raw, None)
            .ok_or_else(|| Error::invalid("content", "must be an object with a type"))?;
        let kind: String = members.required("type")?;
        let read = Self::read_kind(&kind, &members);
        let read = read.ok_or_else(|| {
            Error::invalid("type", format!("must be one of {}; it is {kind:?}", Self::TYPES.join(", ")))
        })??;
        members.done()?;
        Ok(read)
    }

    /// The content as JSON text, as [`from_json`](Self::from_json) reads it.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where a value cannot be written as JSON.
    pub fn to_json(&self) -> Result<String, Error> {
        let mut out = Writer::with_capacity(128);
        self.write(&mut out);
        out.finish_text()
    }

    fn write(&self, out: &mut Writer) {
        out.json(r#"{"type":"#);
        out.text(self.type_name());
        each_kind!(self, kind => kind.write_members(out));
        out.json("}");
    }

    /// The `type` of its kind: `text`, `location`, `template` …
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        each_kind!(self, kind => name_of(kind))
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        raw(self.to_json())?.serialize(serializer)
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        raw(self.to_json())?.serialize(serializer)
    }
}

fn raw<E: serde::ser::Error>(written: Result<String, Error>) -> Result<Box<RawValue>, E> {
    let text = written.map_err(E::custom)?;
    RawValue::from_string(text).map_err(E::custom)
}

/// From `serde_json` alone: a value of another format holds no JSON.
impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Self::read_raw(&raw).map_err(|error| D::Error::custom(Sentence(&error)))
    }
}

/// From `serde_json` alone.
impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Self::from_json(raw.get()).map_err(|error| D::Error::custom(Sentence(&error)))
    }
}

/// An error's sentence.
struct Sentence<'a>(&'a Error);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.message())
    }
}
