//! The trait for field types of a kind: how each is read, checked, written and described.

use jiff::Timestamp;
use serde_json::value::RawValue;

use super::describe::Shape;
use super::limits::{Form, Limits};
use crate::argument::Path;
use crate::argument::rules;
use crate::error::Error;
use crate::json::Writer;
use crate::json::{Json, check_whole_numbers};
use crate::media::Bytes;
use crate::template::{Button, Components, Parameter};

/// A type that a field can have.
pub(crate) trait Field: Sized {
    /// Reads it from JSON. Its limits are checked when it is sent.
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error>;
    /// Holds it to what its kind declares.
    fn check(&self, path: Path<'_>, limits: Limits) -> Result<(), Error>;
    /// Writes it as it is read.
    fn write(&self, out: &mut Writer);
    /// Whether an optional field with this value counts as absent.
    fn is_absent(&self) -> bool {
        false
    }
    fn shape() -> Shape;
}

fn read<T: serde::de::DeserializeOwned>(raw: &RawValue, path: Path<'_>, what: &str) -> Result<T, Error> {
    serde_json::from_str(raw.get()).map_err(|_| Error::invalid(path, format!("must be {what}")))
}

impl Field for String {
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error> {
        read(raw, path, "a text")
    }

    fn check(&self, path: Path<'_>, limits: Limits) -> Result<(), Error> {
        limits.check_text(self, path)
    }

    fn write(&self, out: &mut Writer) {
        out.text(self);
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

impl Field for bool {
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error> {
        read(raw, path, "true or false")
    }

    fn check(&self, _: Path<'_>, _: Limits) -> Result<(), Error> {
        Ok(())
    }

    fn write(&self, out: &mut Writer) {
        out.boolean(*self);
    }

    fn shape() -> Shape {
        Shape::Boolean
    }
}

impl Field for f64 {
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error> {
        read(raw, path, "a number")
    }

    fn check(&self, path: Path<'_>, limits: Limits) -> Result<(), Error> {
        match limits.form {
            Form::Degrees(most) => rules::in_range(path, *self, most).map(|_| ()),
            _ => Ok(()),
        }
    }

    fn write(&self, out: &mut Writer) {
        out.value(self);
    }

    fn shape() -> Shape {
        Shape::Number
    }
}

impl Field for i64 {
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error> {
        read(raw, path, "a whole number")
    }

    fn check(&self, _: Path<'_>, _: Limits) -> Result<(), Error> {
        Ok(())
    }

    fn write(&self, out: &mut Writer) {
        out.value(self);
    }

    fn shape() -> Shape {
        Shape::Integer
    }
}

impl Field for Timestamp {
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error> {
        read(raw, path, "an instant such as 2026-12-24T18:00:00Z")
    }

    fn check(&self, _: Path<'_>, _: Limits) -> Result<(), Error> {
        Ok(())
    }

    fn write(&self, out: &mut Writer) {
        out.value(self);
    }

    fn shape() -> Shape {
        Shape::Instant
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error> {
        let list: Vec<&RawValue> =
            serde_json::from_str(raw.get()).map_err(|_| Error::invalid(path, "must be a list"))?;
        list.into_iter().enumerate().map(|(at, raw)| T::read(raw, path.element(at))).collect()
    }

    fn check(&self, path: Path<'_>, limits: Limits) -> Result<(), Error> {
        limits.check_count(self.len(), path)?;
        self.iter().enumerate().try_for_each(|(at, item)| item.check(path.element(at), Limits::NONE))
    }

    fn write(&self, out: &mut Writer) {
        out.list(self, |out, item| item.write(out));
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

impl Field for Bytes {
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error> {
        let text: String = read(raw, path, "a text of base64")?;
        Self::from_base64(&text).ok_or_else(|| Error::invalid(path, "must be base64 with padding"))
    }

    fn check(&self, _: Path<'_>, _: Limits) -> Result<(), Error> {
        Ok(())
    }

    fn write(&self, out: &mut Writer) {
        out.text(&self.to_base64());
    }

    fn shape() -> Shape {
        Shape::Bytes
    }
}

impl Field for Json {
    fn read(raw: &RawValue, _: Path<'_>) -> Result<Self, Error> {
        Ok(Self::from_raw(raw))
    }

    fn check(&self, path: Path<'_>, _: Limits) -> Result<(), Error> {
        check_whole_numbers(self.as_str(), &String::from(path))
    }

    fn write(&self, out: &mut Writer) {
        self.write_value(out);
    }

    fn shape() -> Shape {
        Shape::Json
    }
}

/// A template's own fields are checked with each other, by the template.
macro_rules! checked_by_template {
    ($type:ty, $shape:ident, |$raw:ident, $path:ident| $read:expr, |$self:ident, $out:ident| $write:expr) => {
        impl Field for $type {
            fn read($raw: &RawValue, $path: Path<'_>) -> Result<Self, Error> {
                $read
            }

            fn check(&self, _: Path<'_>, _: Limits) -> Result<(), Error> {
                Ok(())
            }

            fn write(&self, $out: &mut Writer) {
                let $self = self;
                $write
            }

            fn shape() -> Shape {
                Shape::$shape
            }
        }
    };
}

checked_by_template!(
    Parameter,
    Parameter,
    |raw, path| Self::from_raw(raw, &String::from(path)),
    |this, out| this.write_argument(out)
);
checked_by_template!(Button, Button, |raw, path| Self::from_raw(raw, &String::from(path)), |this, out| this
    .write_argument(out));
checked_by_template!(Components, Components, |raw, _path| Self::from_json(raw.get()), |this, out| {
    Self::write(this, out)
});
