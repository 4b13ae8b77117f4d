//! Compares one expected value, wildcards and all, with what came.
//!
//! - `"$any"`: anything that is there and not null.
//! - `"$uuid"`: a text of the form 8-4-4-4-12, in hexadecimal digits of any case.
//! - `"$same:NAME"`: there, not null, and equal to every other value of the case that stands at that NAME.
//! - `{"$contains": "text"}`: a text with that text in it. In a list, an object or a number its JSON and every text
//!   inside are searched.
//! - `{"$not_contains": "text"}`: the opposite, so that null contains nothing.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use crate::report::Difference;

/// How the keys of objects are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Every key is compared, on both sides.
    Equal,
    /// Only the expected keys are compared, and an expected null also fits an absent key.
    Listed,
}

/// What each `$same` name stands for: the value, and the place that came first.
pub(crate) type Bindings = BTreeMap<String, (Value, String)>;

/// Compares and collects the differences.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    pub(crate) bindings: Bindings,
    pub(crate) differences: Vec<Difference>,
}

impl Comparison {
    /// Goes on with names already bound.
    pub(crate) fn with(bindings: Bindings) -> Self {
        Self { bindings, differences: Vec::new() }
    }

    /// Notes a difference.
    pub(crate) fn differ(&mut self, place: &str, expected: impl Into<String>, came: impl Into<String>) {
        self.differences.push(Difference {
            place: place.to_owned(),
            expected: expected.into(),
            came: came.into(),
        });
    }

    /// Compares one value; `came` is `None` where nothing stands.
    pub(crate) fn value(&mut self, place: &str, expected: &Value, came: Option<&Value>, mode: Mode) {
        match (Pattern::of(expected), came) {
            (Some(pattern), came) => self.pattern(place, &pattern, expected, came),
            (None, None) if expected.is_null() => {}
            (None, Some(came)) => self.literal(place, expected, came, mode),
            (None, None) => self.differ(place, expected.to_string(), shown(None)),
        }
    }

    fn literal(&mut self, place: &str, expected: &Value, came: &Value, mode: Mode) {
        match (expected, came) {
            (Value::Object(listed), Value::Object(fields)) => self.object(place, listed, fields, mode),
            (Value::Array(listed), Value::Array(elements)) if listed.len() == elements.len() => {
                for (index, (expected, came)) in listed.iter().zip(elements).enumerate() {
                    self.value(&format!("{place}[{index}]"), expected, Some(came), mode);
                }
            }
            (Value::Array(listed), Value::Array(elements)) => self.differ(
                place,
                format!("a list of {}: {expected}", listed.len()),
                format!("a list of {}: {came}", elements.len()),
            ),
            _ if same(expected, came) => {}
            _ => self.differ(place, expected.to_string(), came.to_string()),
        }
    }

    fn object(&mut self, place: &str, listed: &Map<String, Value>, came: &Map<String, Value>, mode: Mode) {
        for (key, expected) in listed {
            let inside = format!("{place}.{key}");
            match (came.get(key), mode) {
                (None, Mode::Equal) => self.differ(&inside, expected.to_string(), shown(None)),
                (came, _) => self.value(&inside, expected, came, mode),
            }
        }
        if mode == Mode::Equal {
            for (key, value) in came.iter().filter(|(key, _)| !listed.contains_key(*key)) {
                self.differ(&format!("{place}.{key}"), "no such key", value.to_string());
            }
        }
    }

    fn pattern(&mut self, place: &str, pattern: &Pattern<'_>, expected: &Value, came: Option<&Value>) {
        let value = came.unwrap_or(&Value::Null);
        let fits = match pattern {
            Pattern::Any => !value.is_null(),
            Pattern::Uuid => value.as_str().is_some_and(is_uuid),
            Pattern::Same(name) => return self.same_as(place, name, came),
            Pattern::Text { contains, not_contains } => {
                contains.is_none_or(|text| has_text(value, text))
                    && not_contains.is_none_or(|text| !has_text(value, text))
            }
        };
        if !fits {
            self.differ(place, expected.to_string(), shown(came));
        }
    }

    fn same_as(&mut self, place: &str, name: &str, came: Option<&Value>) {
        let Some(value) = came.filter(|value| !value.is_null()) else {
            return self.differ(place, format!("$same:{name}"), shown(came));
        };
        match self.bindings.get(name) {
            None => {
                self.bindings.insert(name.to_owned(), (value.clone(), place.to_owned()));
            }
            Some((bound, _)) if same(bound, value) => {}
            Some((bound, first)) => {
                let expected = format!("$same:{name}, which is {bound} at {first}");
                self.differ(place, expected, value.to_string());
            }
        }
    }
}

/// A value for a message.
pub(crate) fn shown(value: Option<&Value>) -> String {
    value.map_or("nothing".to_owned(), Value::to_string)
}

enum Pattern<'a> {
    Any,
    Uuid,
    Same(&'a str),
    Text { contains: Option<&'a str>, not_contains: Option<&'a str> },
}

impl<'a> Pattern<'a> {
    fn of(expected: &'a Value) -> Option<Self> {
        match expected {
            Value::String(text) => match text.as_str() {
                "$any" => Some(Self::Any),
                "$uuid" => Some(Self::Uuid),
                text => text.strip_prefix("$same:").map(Self::Same),
            },
            Value::Object(object) => {
                let text = |key| object.get(key).and_then(Value::as_str);
                let (contains, not_contains) = (text("$contains"), text("$not_contains"));
                let used = usize::from(contains.is_some()) + usize::from(not_contains.is_some());
                (used > 0 && used == object.len()).then_some(Self::Text { contains, not_contains })
            }
            _ => None,
        }
    }
}

/// Whether two values are equal, numbers by value.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => same_number(one, other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}

/// Whole numbers are compared exactly: as floats, neighbours above 2^53 would be equal.
fn same_number(one: &Number, other: &Number) -> bool {
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => one.as_f64() == other.as_f64(),
        _ => false,
    }
}

fn whole(number: &Number) -> Option<i128> {
    if let Some(value) = number.as_i128() {
        return Some(value);
    }
    let float = number.as_f64()?;
    // Below 2^126 the conversion is exact.
    (float.fract() == 0.0 && float.abs() < 8e37).then_some(float as i128)
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.concat().bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn has_text(value: &Value, text: &str) -> bool {
    match value {
        Value::Null => false,
        Value::String(held) => held.contains(text),
        Value::Array(list) => {
            value.to_string().contains(text) || list.iter().any(|value| has_text(value, text))
        }
        Value::Object(object) => {
            value.to_string().contains(text)
                || object.iter().any(|(key, value)| key.contains(text) || has_text(value, text))
        }
        other => other.to_string().contains(text),
    }
}
