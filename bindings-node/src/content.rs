//! A content as JavaScript writes it: the keys of its kind in camelCase.

use serde_json::{Map, Value};
use wamid::{Content, Error, FieldInfo, Shape};

use crate::{items, reader};

/// The JSON text of a content, with the common names for JavaScript's. What is JSON of the caller's own stays as it is.
pub(crate) fn json(content: Value) -> Result<String, Error> {
    let Value::Object(given) = content else {
        return Err(Error::argument("content", "must be an object with a type"));
    };
    let kind = given.get("type").and_then(Value::as_str).unwrap_or_default();
    // What is no kind the core refuses, in its own words.
    let Some(kind) = Content::kinds().into_iter().find(|info| info.name == kind) else {
        return Ok(Value::Object(given).to_string());
    };
    Ok(Value::Object(renamed(given, &kind.fields, "")?).to_string())
}

fn renamed(given: Map<String, Value>, fields: &[FieldInfo], path: &str) -> Result<Map<String, Value>, Error> {
    let mut made = Map::new();
    for (key, value) in given {
        if path.is_empty() && key == "type" {
            made.insert(key, value);
            continue;
        }
        let Some(field) = fields.iter().find(|field| camel_case(field.name) == key) else {
            let names: Vec<String> = fields.iter().map(|field| camel_case(field.name)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            return Err(reader::unknown(&format!("{path}{key}"), &names));
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
        (Value::Object(object), Shape::Record(record)) => {
            renamed(object, &record.fields, &format!("{path}.")).map(Value::Object)
        }
        (value, _) => Ok(value),
    }
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
