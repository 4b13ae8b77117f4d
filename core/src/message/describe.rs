//! Descriptions of kinds and fields as data, for `cargo xtask generate` and `/openapi.json`.

use super::limits::Limits;

/// A kind of message.
#[derive(Debug, Clone)]
pub struct KindInfo {
    /// Its `type` in JSON.
    pub name: &'static str,
    /// Its type in typed languages.
    pub class: &'static str,
    /// What it is, a line each.
    pub docs: &'static [&'static str],
    /// A content of this kind as JSON.
    pub example: &'static str,
    /// Its fields, those that it cannot do without first.
    pub fields: Vec<FieldInfo>,
}

/// A part of a content with fields of its own.
#[derive(Debug, Clone)]
pub struct RecordInfo {
    /// Its type in typed languages.
    pub class: &'static str,
    /// What it is, a line each.
    pub docs: &'static [&'static str],
    /// Its fields.
    pub fields: Vec<FieldInfo>,
}

/// A value that is a text or an object.
#[derive(Debug, Clone)]
pub struct TextOrInfo {
    /// Its type in languages that have no unions.
    pub class: &'static str,
    /// What it is, a line each.
    pub docs: &'static [&'static str],
    /// What the text is held to.
    pub text: Limits,
    /// The object.
    pub object: RecordInfo,
}

/// A field of a kind or of a part.
#[derive(Debug, Clone)]
pub struct FieldInfo {
    /// Its name in JSON.
    pub name: &'static str,
    /// What it is, a line each.
    pub docs: &'static [&'static str],
    /// What it holds.
    pub shape: Shape,
    /// Whether it has to be there.
    pub presence: Presence,
    /// What it is held to.
    pub limits: Limits,
}

/// Whether a field has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It has to.
    Required,
    /// Exactly one of those that say so has to.
    OneOf,
    /// It may be absent.
    Optional,
}

/// What a field holds.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Shape {
    /// A text.
    Text,
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// Content in memory; base64 in JSON.
    Bytes,
    /// A moment in time; RFC 3339 in JSON. Only answers have them.
    Instant,
    /// JSON of the caller's own, untouched.
    Json,
    /// A list of these.
    List(Box<Self>),
    /// An object with fields of its own.
    Record(RecordInfo),
    /// A text, or an object with fields of its own.
    TextOr(TextOrInfo),
    /// What an operation has answered.
    Answer(RecordInfo),
    /// A content of the kind of this `type`.
    Content(&'static str),
    /// A template's parameter.
    Parameter,
    /// A template's button.
    Button,
    /// Meta's components of a template.
    Components,
}
