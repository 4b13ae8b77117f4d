//! Reads the objects of parameters and buttons strictly: a misspelt key is an error, never dropped in silence.

use std::cell::RefCell;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::path::ArgumentPath;
use crate::error::Error;
use crate::json::Json;
use crate::media::Bytes;

/// A JSON object that knows its path and which keys were read.
pub(super) struct StrictObject<'a> {
    map: &'a Map<String, Value>,
    path: ArgumentPath<'a>,
    read: RefCell<Vec<&'static str>>,
}

impl<'a> StrictObject<'a> {
    pub(super) fn new(map: &'a Map<String, Value>, path: ArgumentPath<'a>) -> Self {
        Self { map, path, read: RefCell::default() }
    }

    pub(super) fn member(&self, key: &'static str) -> ArgumentPath<'a> {
        self.path.member(key)
    }

    pub(super) fn get(&self, key: &'static str) -> Option<&'a Value> {
        self.read.borrow_mut().push(key);
        self.map.get(key).filter(|value| !value.is_null())
    }

    fn required<T>(&self, key: &'static str, value: Option<T>) -> Result<T, Error> {
        value.ok_or_else(|| Error::invalid(self.member(key), "is missing"))
    }

    fn convert<T>(
        &self,
        key: &'static str,
        what: &str,
        convert: impl Fn(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        match self.get(key) {
            None => Ok(None),
            Some(value) => match convert(value) {
                Some(converted) => Ok(Some(converted)),
                None => Err(Error::invalid(self.member(key), format!("must be {what}"))),
            },
        }
    }

    pub(super) fn optional_text(&self, key: &'static str) -> Result<Option<String>, Error> {
        self.convert(key, "a text", |value| value.as_str().map(str::to_owned))
    }

    pub(super) fn text(&self, key: &'static str) -> Result<String, Error> {
        let text = self.optional_text(key)?;
        self.required(key, text)
    }

    /// Content in base64.
    pub(super) fn optional_bytes(&self, key: &'static str) -> Result<Option<Bytes>, Error> {
        self.convert(key, "base64 with padding", |value| Bytes::from_base64(value.as_str()?))
    }

    pub(super) fn integer(&self, key: &'static str) -> Result<i64, Error> {
        let integer = self.convert(key, "an integer", whole)?;
        self.required(key, integer)
    }

    pub(super) fn number(&self, key: &'static str) -> Result<f64, Error> {
        let number = self.convert(key, "a number", Value::as_f64)?;
        self.required(key, number)
    }

    /// 0 to 9, as a number or, as Meta itself writes it, as a text.
    pub(super) fn optional_index(&self, key: &'static str) -> Result<Option<u8>, Error> {
        self.convert(key, "0 to 9", |value| {
            let index = whole(value).or_else(|| value.as_str()?.parse().ok())?;
            u8::try_from(index).ok().filter(|index| *index <= 9)
        })
    }

    pub(super) fn optional_object(&self, key: &'static str) -> Result<Option<Json>, Error> {
        self.convert(key, "a JSON object", |value| {
            if !value.is_object() {
                return None;
            }
            let raw: Box<RawValue> = serde_json::value::to_raw_value(value).ok()?;
            Some(Json::from_raw(&raw))
        })
    }

    /// Refuses keys that nothing asked for.
    pub(super) fn done(self) -> Result<(), Error> {
        let read = self.read.into_inner();
        match self.map.keys().find(|key| !read.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                let key = if key.is_empty() { "\"\"" } else { key };
                Err(Error::invalid(self.path.member(key), "is not known here; look at its spelling"))
            }
        }
    }
}

/// An integer, also one that a language without integers wrote as `5.0`.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        // Beyond 2^53 a float no longer says which integer was meant.
        (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
    })
}
