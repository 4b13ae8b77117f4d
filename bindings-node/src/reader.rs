//! Reads the values of JSON arguments one by one, so that whatever cannot be read is an error that names its place.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use wamid::Error;

use crate::content;

/// Deeper than this nothing is looked for; JSON itself is read no deeper than 128.
const DEEPEST: usize = 128;

/// A value that may be absent, which null is too.
pub(crate) type Given<'a> = Option<&'a RawValue>;

/// The fields of an object. A field that the type does not have is refused by its name.
pub(crate) fn fields<'a, T: Deserialize<'a> + Names>(text: &'a str, what: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| {
        let keys: BTreeMap<String, &RawValue> = serde_json::from_str(text).unwrap_or_default();
        match keys.keys().find(|key| !T::NAMES.contains(&key.as_str())) {
            Some(name) => unknown(name, T::NAMES),
            None => Error::argument(what, format!("cannot be read: {error}")),
        }
    })
}

/// Names less alike than this are no misspellings of each other: 1 is the same name, 0 another altogether.
const ALIKE: f64 = 0.8;

/// The error for an argument that there is not; it tells which of the known names is meant, where one is alike.
pub(crate) fn unknown<'a>(name: &str, known: impl IntoIterator<Item = &'a &'a str>) -> Error {
    let alike = known.into_iter().map(|known| (strsim::jaro_winkler(name, known), *known));
    match alike.filter(|(alike, _)| *alike >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, known)) => Error::argument(name, format!("is not known here; did you mean {known}?")),
        None => Error::argument(name, "is not known here; look at its spelling"),
    }
}

/// The error for an argument that the call cannot do without.
pub(crate) fn missing(field: &str) -> Error {
    Error::argument(field, "is missing, and the call cannot do without it")
}

/// A type that knows the names of its fields.
pub(crate) trait Names {
    const NAMES: &'static [&'static str];
}

/// The arguments of an operation: a struct whose fields are all there or absent, and still text. Where JavaScript has another
/// name for one, only that is taken.
macro_rules! arguments {
    ($name:ident { $($field:ident $(= $js:literal)?),* $(,)? }) => {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name<'a> {
            $(#[serde(borrow, default $(, rename = $js)?)] pub(crate) $field: crate::reader::Given<'a>,)*
        }

        impl crate::reader::Names for $name<'_> {
            const NAMES: &'static [&'static str] = &[$(crate::reader::name!($field $(= $js)?)),*];
        }
    };
}
pub(crate) use arguments;

/// The name that JavaScript has for a field.
macro_rules! name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident = $js:literal) => {
        $js
    };
}
pub(crate) use name;

fn read<T: DeserializeOwned>(field: &str, given: Given<'_>, what: &str) -> Result<Option<T>, Error> {
    match given {
        None => Ok(None),
        Some(raw) => serde_json::from_str(raw.get())
            .map(Some)
            .map_err(|_| Error::argument(field, format!("must be {what}"))),
    }
}

pub(crate) fn text(field: &str, given: Given<'_>) -> Result<Option<String>, Error> {
    let unreadable_text = given.is_some_and(|raw| raw.get().starts_with('"'));
    read(field, given, if unreadable_text { "valid Unicode" } else { "a text" })
}

pub(crate) fn boolean(field: &str, given: Given<'_>) -> Result<Option<bool>, Error> {
    read(field, given, "true or false")
}

pub(crate) fn number(field: &str, given: Given<'_>) -> Result<Option<f64>, Error> {
    // What JSON has no number for comes as a text: see `writable` in `lib/wire.ts`.
    let endless =
        given.is_some_and(|raw| [r#""Infinity""#, r#""-Infinity""#, r#""NaN""#].contains(&raw.get()));
    read(field, given, if endless { "a number that is finite" } else { "a number" })
}

pub(crate) fn integer(field: &str, given: Given<'_>) -> Result<Option<i64>, Error> {
    read(field, given, "a whole number")
}

pub(crate) fn count<T: DeserializeOwned>(field: &str, given: Given<'_>) -> Result<Option<T>, Error> {
    read(field, given, "a whole number, 0 or more")
}

/// A list of whatever; what is in it, the core reads.
pub(crate) fn list(field: &str, given: Given<'_>) -> Result<Vec<Value>, Error> {
    let items: Option<Vec<&RawValue>> = match given {
        None => None,
        Some(raw) => {
            Some(serde_json::from_str(raw.get()).map_err(|_| Error::argument(field, "must be a list"))?)
        }
    };
    let items = items.unwrap_or_default();
    items.into_iter().enumerate().map(|(at, item)| value(&format!("{field}[{at}]"), item)).collect()
}

/// Any JSON.
pub(crate) fn value(path: &str, raw: &RawValue) -> Result<Value, Error> {
    serde_json::from_str(raw.get()).map_err(|_| unreadable(path, raw, DEEPEST))
}

/// The members of this object, whose errors name them without anything before.
pub(crate) fn members(object: &str, raw: &RawValue) -> Result<Value, Error> {
    let broken = |(_, member): &(String, &RawValue)| serde_json::from_str::<Value>(member.get()).is_err();
    serde_json::from_str(raw.get()).map_err(|_| {
        let members: BTreeMap<String, &RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
        match members.into_iter().find(broken) {
            Some((name, member)) => unreadable(&content::common(&name), member, DEEPEST),
            None => unreadable(object, raw, DEEPEST),
        }
    })
}

/// Which place in a value cannot be read: JavaScript's texts may hold half a surrogate pair, anywhere.
fn unreadable(path: &str, raw: &RawValue, depth: usize) -> Error {
    let broken = |raw: &RawValue| serde_json::from_str::<Value>(raw.get()).is_err();
    let Some(depth) = depth.checked_sub(1) else {
        return Error::argument(path, "is nested too deeply");
    };
    if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
        if let Some((at, item)) = items.into_iter().enumerate().find(|(_, item)| broken(item)) {
            return unreadable(&format!("{path}[{at}]"), item, depth);
        }
    } else if let Ok(map) = serde_json::from_str::<BTreeMap<String, &RawValue>>(raw.get()) {
        if let Some((key, item)) = map.into_iter().find(|(_, item)| broken(item)) {
            return unreadable(&format!("{path}.{key}"), item, depth);
        }
    } else if raw.get().starts_with('{') {
        return Error::argument(path, "must have keys of valid Unicode");
    }
    // All of its parts can be read by themselves: what is left is a text of its own, or too deep a nesting.
    Error::argument(
        path,
        if raw.get().starts_with('"') { "must be valid Unicode" } else { "is nested too deeply" },
    )
}
