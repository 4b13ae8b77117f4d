//! JSON, read slowly.

use std::fmt;

use serde_json::Value;
use serde_json::de::Deserializer;
use serde_json::value::RawValue;

/// The value, unless a name stands twice in one object, or a number is none that a float holds: the readers may differ on those.
pub(crate) fn plain(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut reader = Deserializer::from_str(text);
    let is_odd = has_odd_number(&value) || has_long_number(&without_strings(text));
    (unique(&mut reader) && !is_odd).then_some(value)
}

/// Whether no object has a name twice.
fn unique<'a>(reader: &mut Deserializer<serde_json::de::StrRead<'a>>) -> bool {
    use serde::de::Deserialize as _;
    Unique::deserialize(reader).is_ok()
}

struct Unique;

impl<'de> serde::Deserialize<'de> for Unique {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Visit)
    }
}

struct Visit;

impl<'de> serde::de::Visitor<'de> for Visit {
    type Value = Unique;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_str<E>(self, _: &str) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_unit<E>(self) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Unique, A::Error> {
        while list.next_element::<Unique>()?.is_some() {}
        Ok(Unique)
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Unique, A::Error> {
        let mut names = std::collections::HashSet::new();
        while let Some((name, _)) = map.next_entry::<String, Unique>()? {
            if !names.insert(name) {
                return Err(serde::de::Error::custom("twice"));
            }
        }
        Ok(Unique)
    }
}

/// Whether there are 16 digits in a row, but for a point: more than a float has. serde_json reads such a number up to one unit of its
/// last place off.
pub(crate) fn has_long_number(text: &str) -> bool {
    let mut digits = 0;
    text.bytes().any(|byte| {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'.' => {}
            _ => digits = 0,
        }
        digits >= 16
    })
}

/// JSON with all its strings empty.
fn without_strings(text: &str) -> String {
    let (mut is_string, mut is_escaped) = (false, false);
    let is_kept = |&byte: &u8| {
        let (was_string, was_escaped) = (is_string, is_escaped);
        is_escaped = was_string && byte == b'\\' && !was_escaped;
        if byte == b'"' && !was_escaped {
            is_string = !was_string;
            return true;
        }
        !was_string
    };
    text.bytes().filter(is_kept).map(char::from).collect()
}

/// A number that is written with more digits than a float has.
fn has_odd_number(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64() && number.as_f64().is_none_or(|float| float.abs() > 9e15),
        Value::Array(list) => list.iter().any(has_odd_number),
        Value::Object(map) => map.values().any(has_odd_number),
        _ => false,
    }
}

/// The same JSON with the members of every object the other way round.
pub(crate) fn reversed(value: &Value) -> Value {
    match value {
        Value::Array(list) => list.iter().map(reversed).collect(),
        Value::Object(map) => {
            Value::Object(map.iter().rev().map(|(name, value)| (name.clone(), reversed(value))).collect())
        }
        other => other.clone(),
    }
}

/// Whether a text is JSON, however deep.
pub(crate) fn is_json(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_ok()
}
