//! What operations answer, as it crosses: the languages have no JSON parser in common. What the fields hold is told by the operation's
//! declaration, so that whatever is JSON to the caller stays the text that it was.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::value::RawValue;
use wamid::{Client, FieldInfo, Presence, Shape};

use crate::time::Date;

/// What an operation answers, or a part of it.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum Answer {
    /// Nothing.
    Null,
    /// True or false.
    Bool {
        /// Which of them.
        bool: bool,
    },
    /// A whole number.
    Integer {
        /// The number.
        integer: i64,
    },
    /// A number.
    Number {
        /// The number.
        number: f64,
    },
    /// A text, or a value that the caller gets as JSON text.
    Text {
        /// The text.
        text: String,
    },
    /// Content.
    Bytes {
        /// The content.
        bytes: Vec<u8>,
    },
    /// A moment in time.
    Instant {
        /// The moment.
        instant: Date,
    },
    /// A list.
    Array {
        /// What it holds.
        items: Vec<Answer>,
    },
    /// An object.
    Object {
        /// Its members by their names in JSON; an absent one is not here.
        members: HashMap<String, Answer>,
    },
}

/// What each operation answers, by its name; an operation that answers nothing is not here.
static SHAPES: LazyLock<BTreeMap<&str, Shape>> = LazyLock::new(|| {
    Client::operations()
        .into_iter()
        .filter_map(|operation| Some((operation.name, operation.returns?)))
        .collect()
});

impl Answer {
    /// What this operation has answered in JSON.
    pub(crate) fn of(operation: &str, json: &str) -> Self {
        SHAPES.get(operation).and_then(|shape| Self::read(json, shape)).unwrap_or(Self::Null)
    }

    /// None of the core's own answers has another form than its declaration says.
    fn read(json: &str, shape: &Shape) -> Option<Self> {
        Some(match shape {
            Shape::Json => Self::Text { text: json.to_owned() },
            Shape::Boolean => Self::Bool { bool: serde_json::from_str(json).ok()? },
            Shape::Integer => Self::Integer { integer: serde_json::from_str(json).ok()? },
            Shape::Number => Self::Number { number: serde_json::from_str(json).ok()? },
            Shape::Bytes => {
                let text: &str = serde_json::from_str(json).ok()?;
                Self::Bytes { bytes: STANDARD.decode(text).ok()? }
            }
            Shape::Instant => {
                let text: &str = serde_json::from_str(json).ok()?;
                Self::Instant { instant: text.parse::<wamid::Timestamp>().ok()?.into() }
            }
            Shape::List(of) => {
                let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
                let read = |item: &RawValue| Self::read(item.get(), of).unwrap_or(Self::Null);
                Self::Array { items: items.into_iter().map(read).collect() }
            }
            Shape::Record(record) => {
                let members: BTreeMap<String, &RawValue> = serde_json::from_str(json).ok()?;
                let read = |field: &FieldInfo| {
                    let json = members.get(field.name)?.get();
                    let absent = field.presence != Presence::Required && json == "null";
                    if absent { None } else { Self::read(json, &field.shape) }
                };
                let members = record.fields.iter();
                let members = members.filter_map(|field| Some((field.name.to_owned(), read(field)?)));
                Self::Object { members: members.collect() }
            }
            _ => Self::Text { text: serde_json::from_str(json).ok()? },
        })
    }
}
