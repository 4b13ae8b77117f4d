//! How the value of a field is written on the command line.

use wamid::{FieldInfo, Presence, RecordInfo, Shape};

/// How one value is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spelling<'a> {
    /// By the option alone.
    Flag,
    Text,
    Number,
    Integer,
    Json,
    /// A text, or a JSON object.
    TextOrJson,
    /// The path of a file, or a JSON object.
    File,
    /// Texts with `=` between them, or a JSON object.
    Parts(&'a [FieldInfo]),
}

impl<'a> Spelling<'a> {
    /// None where a command line cannot hold it.
    pub(super) fn of(shape: &'a Shape) -> Option<Self> {
        Some(match shape {
            Shape::Text => Self::Text,
            Shape::Boolean => Self::Flag,
            Shape::Number => Self::Number,
            Shape::Integer => Self::Integer,
            Shape::Bytes => return None,
            Shape::Parameter | Shape::TextOr(_) => Self::TextOrJson,
            Shape::Record(record) if is_file(record) => Self::File,
            Shape::Record(record) if has_parts(record) => Self::Parts(&record.fields),
            _ => Self::Json,
        })
    }

    /// How its value is called in a page of help.
    pub(super) fn value_name(self, name: &str) -> String {
        match self {
            Self::Json => "JSON".to_owned(),
            Self::TextOrJson => "TEXT|JSON".to_owned(),
            Self::File => "FILE".to_owned(),
            Self::Parts(fields) => {
                let mut text = String::new();
                for (at, field) in fields.iter().enumerate() {
                    let name = field.name.to_uppercase();
                    match (at, field.presence) {
                        (0, _) => text.push_str(&name),
                        (_, Presence::Required) => text.push_str(&format!("={name}")),
                        _ => text.push_str(&format!("[={name}]")),
                    }
                }
                text
            }
            _ => name.to_uppercase().replace('-', "_"),
        }
    }
}

/// Whether it is the content of a file, which may come from its path.
fn is_file(record: &RecordInfo) -> bool {
    let has = |name: &str| record.fields.iter().any(|field| field.name == name);
    has("file") && has("data") && !record.fields.iter().any(|field| field.presence == Presence::Required)
}

/// Whether it has only texts, of which one is always there.
fn has_parts(record: &RecordInfo) -> bool {
    record.fields.first().is_some_and(|field| field.presence == Presence::Required)
        && record.fields.iter().all(|field| matches!(field.shape, Shape::Text))
}

/// A list whose elements are written as options of their own: one begins an element, and those that follow it are the rest of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group<'a> {
    /// The list.
    pub(super) list: &'a FieldInfo,
    /// What begins an element.
    pub(super) first: &'a FieldInfo,
    /// What an element has.
    pub(super) fields: &'a [FieldInfo],
}

impl<'a> Group<'a> {
    pub(super) fn of(list: &'a FieldInfo) -> Option<Self> {
        let Shape::List(of) = &list.shape else { return None };
        let Shape::Record(record) = &**of else { return None };
        if !record.fields.iter().any(|field| matches!(field.shape, Shape::List(_))) {
            return None;
        }
        let first = record.fields.iter().find(|field| matches!(field.shape, Shape::Text))?;
        Some(Self { list, first, fields: &record.fields })
    }

    /// The field whose name the option has: what begins an element is called as the list is.
    pub(super) fn named(&self, field: &'a FieldInfo) -> &'a FieldInfo {
        if std::ptr::eq(field, self.first) { self.list } else { field }
    }
}

/// Whether the value of a positional argument may come from standard input: JSON, and texts that somebody may have in a file.
pub(super) fn reads_input(field: &FieldInfo, spelling: Spelling<'_>) -> bool {
    const LONG: usize = 1024;
    match spelling {
        Spelling::Json => true,
        Spelling::Text => {
            !matches!(field.shape, Shape::List(_)) && field.limits.max.is_some_and(|most| most >= LONG)
        }
        _ => false,
    }
}

/// The values of a list are written one by one.
pub(super) fn element(shape: &Shape) -> &Shape {
    match shape {
        Shape::List(of) => of,
        one => one,
    }
}

/// What clap knows the argument of a field by. No other argument of a command is called so.
pub(super) fn id(list: Option<&FieldInfo>, field: &FieldInfo) -> String {
    match list {
        Some(list) => format!("field.{}.{}", list.name, field.name),
        None => format!("field.{}", field.name),
    }
}
