//! Reading JSON strictly: a key that is written twice or that nobody knows is an error, because a case with a
//! typing error must not become a test that cannot fail.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

/// Reads a JSON value in which no object has a key twice.
pub(crate) fn parse_strict(text: &str) -> Result<Value, String> {
    serde_json::from_str::<Strict>(text).map(|strict| strict.0).map_err(|why| why.to_string())
}

/// The same JSON on one line. Works on the text, so that what Rust cannot hold (a lone surrogate, a number
/// beyond 64 bits) still reaches the runner or the client as it was written.
pub(crate) fn compact(raw: &RawValue) -> String {
    let mut line = String::with_capacity(raw.get().len());
    let (mut in_text, mut escaped) = (false, false);
    for character in raw.get().chars() {
        if in_text {
            in_text = escaped || character != '"';
            escaped = !escaped && character == '\\';
        } else if character.is_ascii_whitespace() {
            continue;
        } else {
            in_text = character == '"';
        }
        line.push(character);
    }
    line
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(element)) = seq.next_element()? {
            list.push(element);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let Strict(value) = map.next_value()?;
            if object.contains_key(&key) {
                return Err(de::Error::custom(format!("the key `{key}` stands twice")));
            }
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

/// The keys of one object of a case, each taken once. What is left at the end is unknown.
pub(crate) struct Fields {
    place: String,
    entries: Vec<(String, Box<RawValue>)>,
}

impl Fields {
    /// Reads an object; `place` says in messages which one it is.
    pub(crate) fn read(place: impl Into<String>, raw: &RawValue) -> Result<Self, String> {
        let place = place.into();
        let Entries(entries) = serde_json::from_str(raw.get()).map_err(|why| format!("{place}: {why}"))?;
        Ok(Self { place, entries })
    }

    /// The key's value as written, also `null`.
    pub(crate) fn raw(&mut self, key: &str) -> Option<Box<RawValue>> {
        let at = self.entries.iter().position(|(name, _)| name == key)?;
        Some(self.entries.swap_remove(at).1)
    }

    /// The key's value; `null` is absent.
    pub(crate) fn given(&mut self, key: &str) -> Option<Box<RawValue>> {
        self.raw(key).filter(|raw| raw.get() != "null")
    }

    /// The key's value in a Rust type; `null` is absent.
    pub(crate) fn typed<T: de::DeserializeOwned>(&mut self, key: &str) -> Result<Option<T>, String> {
        let Some(raw) = self.given(key) else {
            return Ok(None);
        };
        serde_json::from_str(raw.get()).map(Some).map_err(|why| self.problem(key, why))
    }

    /// The key's value, read strictly; an explicit `null` is `Some(Null)`.
    pub(crate) fn value(&mut self, key: &str) -> Result<Option<Value>, String> {
        let Some(raw) = self.raw(key) else { return Ok(None) };
        parse_strict(raw.get()).map(Some).map_err(|why| self.problem(key, why))
    }

    /// The key's value, which must be an object.
    pub(crate) fn object(&mut self, key: &str) -> Result<Option<Map<String, Value>>, String> {
        match self.value(key)? {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(object)) => Ok(Some(object)),
            Some(_) => Err(self.problem(key, "must be an object")),
        }
    }

    /// A message about one key.
    pub(crate) fn problem(&self, key: &str, why: impl fmt::Display) -> String {
        format!("{}: {why}", self.inside(key))
    }

    /// The place of a key; of the object itself without one.
    pub(crate) fn inside(&self, key: &str) -> String {
        match (self.place.as_str(), key) {
            ("", key) => key.to_owned(),
            (place, "") => place.to_owned(),
            (place, key) => format!("{place}.{key}"),
        }
    }

    /// Nothing may be left.
    pub(crate) fn finish(self) -> Result<(), String> {
        match self.entries.first() {
            None => Ok(()),
            Some((key, _)) => Err(format!("{}: unknown here", self.inside(key))),
        }
    }
}

struct Entries(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
        let mut entries: Vec<(String, Box<RawValue>)> = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, Box<RawValue>>()? {
            if entries.iter().any(|(known, _)| *known == key) {
                return Err(de::Error::custom(format!("the key `{key}` stands twice")));
            }
            entries.push((key, value));
        }
        Ok(Entries(entries))
    }
}
