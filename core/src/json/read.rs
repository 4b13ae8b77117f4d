//! Reads JSON one level at a time and keeps the rest as the text that it was.
//!
//! Each level is looked at once, so a body is read in time linear in its length, and a shape that is not the expected
//! one is an absence, never an error.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::scalar;

/// The members of a JSON object, each as its text, in their order. A few are asked for, so they are searched, not hashed.
#[derive(Debug, Default)]
pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Object<'a> {
    /// The object that this is, if it is one.
    pub(crate) fn of(raw: &'a RawValue) -> Option<Self> {
        serde_json::from_str(raw.get()).ok()
    }

    /// The members' names, in their order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }

    /// The members, in their order.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }

    /// A member that is not null; of two of one name the last.
    pub(crate) fn get(&self, key: &str) -> Option<&'a RawValue> {
        let (_, value) = self.0.iter().rfind(|(name, _)| name == key)?;
        Some(*value).filter(|value| value.get() != "null")
    }

    pub(crate) fn object(&self, key: &str) -> Option<Self> {
        Self::of(self.get(key)?)
    }

    pub(crate) fn list(&self, key: &str) -> Option<Vec<&'a RawValue>> {
        list(self.get(key)?)
    }

    /// A text. Halves of a character cut in two, which JSON can write, are U+FFFD.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        text(self.get(key)?).map(Cow::into_owned)
    }

    /// An id: a text that is not empty, or an integer as Meta sometimes writes one.
    pub(crate) fn id(&self, key: &str) -> Option<String> {
        scalar::id(self.get(key)?.get()).map(Cow::into_owned)
    }
}

/// The elements of a JSON list, if this is one.
pub(crate) fn list(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

/// The text that this is, if it is one; in place where it has no escapes.
pub(crate) fn text(raw: &RawValue) -> Option<Cow<'_, str>> {
    scalar::text(raw.get())
}

/// The value of JSON that may be nested deeper than is read at once; that is read level by level.
pub(crate) fn value(text: &str) -> Option<Value> {
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    if let Ok(Object(members)) = serde_json::from_str(text) {
        let members = members.into_iter();
        return members.map(|(key, raw)| Some((key.into_owned(), value(raw.get())?))).collect();
    }
    let elements: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    elements.into_iter().map(|raw| value(raw.get())).collect()
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut members = Vec::with_capacity(8);
                while let Some((Name(name), value)) = map.next_entry()? {
                    members.push((name, value));
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// A text that is not copied where it can be read in place.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// An object read into a struct. A list is none, although it could be read into one too.
pub(crate) struct Members<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Members<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Struct<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Struct<T> {
            type Value = Members<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Members<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Members)
            }
        }
        deserializer.deserialize_map(Struct(PhantomData))
    }
}
