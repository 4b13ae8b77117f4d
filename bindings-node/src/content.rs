//! A content as JavaScript writes it: the keys of its kind in camelCase.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};
use wamid::{Content, Error, FieldInfo, KindInfo, Shape, TextOrInfo};

use crate::{items, reader};

/// A content that is not looked at yet.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Given(pub(crate) Value);

/// The kinds, which are the same for every content.
static KINDS: LazyLock<Vec<KindInfo>> = LazyLock::new(Content::kinds);

/// A content as JavaScript writes it. What is JSON of the caller's own stays as it is.
pub(crate) fn read(content: Given) -> Result<Content, Error> {
    let Value::Object(given) = content.0 else {
        return Err(Error::argument("content", "must be an object with a type"));
    };
    Content::from_json(&Value::Object(members(given)?).to_string())
}

/// The members of a content under their common names.
fn members(given: Map<String, Value>) -> Result<Map<String, Value>, Error> {
    let kind = given.get("type").and_then(Value::as_str).unwrap_or_default();
    // What is no kind the core refuses, in its own words.
    match KINDS.iter().find(|info| info.name == kind) {
        Some(kind) => renamed(given, &kind.fields, ""),
        None => Ok(given),
    }
}

/// The fields of an object under their common names.
pub(crate) fn renamed(
    given: Map<String, Value>,
    fields: &[FieldInfo],
    path: &str,
) -> Result<Map<String, Value>, Error> {
    let mut made = Map::new();
    for (key, value) in given {
        if path.is_empty() && key == "type" {
            made.insert(key, value);
            continue;
        }
        let Some(field) = fields.iter().find(|field| camel_case(field.name) == key) else {
            let names: Vec<String> = fields.iter().map(|field| camel_case(field.name)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            return Err(reader::unknown(&format!("{path}{}", common(&key)), &names));
        };
        let at = format!("{path}{}", field.name);
        made.insert(field.name.to_owned(), value_of(value, &field.shape, &at)?);
    }
    Ok(made)
}

fn value_of(value: Value, shape: &Shape, path: &str) -> Result<Value, Error> {
    match (value, shape) {
        (Value::Array(list), Shape::List(of)) => match **of {
            Shape::Parameter | Shape::Button => Ok(Value::Array(items::named(path, Some(list))?)),
            _ => {
                let items = list.into_iter().enumerate();
                items.map(|(at, item)| value_of(item, of, &format!("{path}[{at}]"))).collect()
            }
        },
        (
            Value::Object(object),
            Shape::Record(record) | Shape::Answer(record) | Shape::TextOr(TextOrInfo { object: record, .. }),
        ) => renamed(object, &record.fields, &format!("{path}.")).map(Value::Object),
        // Errors name its fields as they do where it is sent.
        (Value::Object(object), Shape::Content(_)) => members(object).map(Value::Object),
        (value, _) => Ok(value),
    }
}

/// `previewUrl` as errors name it.
pub(crate) fn common(name: &str) -> String {
    let parts = name.chars().map(|letter| match letter {
        'A'..='Z' => format!("_{}", letter.to_ascii_lowercase()),
        _ => letter.to_string(),
    });
    parts.collect()
}

/// `preview_url` as JavaScript names it.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let upper = letters.next().map(|first| first.to_ascii_uppercase());
        name + &upper.into_iter().chain(letters).collect::<String>()
    })
}
