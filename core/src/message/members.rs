//! Reads the JSON object of a content or of a part of one: strictly, so that a misspelt key is an error.

use std::cell::RefCell;

use serde_json::value::RawValue;

use super::field::Field;
use crate::argument::Path;
use crate::error::Error;
use crate::json::Object;

/// The members of an object, each as its text, and which of them were read.
pub(crate) struct Members<'a> {
    all: Object<'a>,
    read: RefCell<Vec<&'static str>>,
    /// Where the object stands; none for the content itself.
    path: Option<Path<'a>>,
}

impl<'a> Members<'a> {
    /// The members of the object that this is, if it is one.
    pub(crate) fn of(raw: &'a RawValue, path: Option<Path<'a>>) -> Option<Self> {
        Some(Self { all: Object::of(raw)?, read: RefCell::default(), path })
    }

    /// The members of the object that this text is; its fields are named without a path before them.
    pub(crate) fn of_text(text: &'a str, named: Path<'_>) -> Result<Self, Error> {
        let all = serde_json::from_str(text)
            .map_err(|error| Error::invalid(named, format!("must be a JSON object: {error}")))?;
        Ok(Self { all, read: RefCell::default(), path: None })
    }

    /// A member that is not null; of two of one name the last.
    pub(crate) fn raw(&self, key: &'static str) -> Option<&'a RawValue> {
        self.read.borrow_mut().push(key);
        self.all.get(key)
    }

    pub(crate) fn optional<T: Field>(&self, key: &'static str) -> Result<Option<T>, Error> {
        self.raw(key).map(|raw| T::read(raw, self.member(key))).transpose()
    }

    pub(crate) fn required<T: Field>(&self, key: &'static str) -> Result<T, Error> {
        self.optional(key)?.ok_or_else(|| Error::invalid(self.member(key), "is missing"))
    }

    pub(crate) fn list<T: Field>(&self, key: &'static str) -> Result<Vec<T>, Error> {
        Ok(self.optional(key)?.unwrap_or_default())
    }

    fn member<'p>(&'p self, key: &'p str) -> Path<'p> {
        Path::below(self.path.as_ref(), key)
    }

    /// Refuses members that nothing asked for.
    pub(crate) fn done(&self) -> Result<(), Error> {
        let read = self.read.borrow();
        match self.all.names().find(|name| !read.contains(name)) {
            None => Ok(()),
            // An error without a name would name nothing.
            Some("") => Err(Error::invalid(self.member("\"\""), "is not known here; look at its spelling")),
            Some(key) => Err(Error::invalid(self.member(key), "is not known here; look at its spelling")),
        }
    }
}
