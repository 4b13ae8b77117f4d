//! What operations answer.

use jiff::Timestamp;
use serde::Serialize;

use crate::error::Error;
use crate::json::Json;
use crate::media::Bytes;
use crate::message::field::Field;
use crate::message::members::Members;
use crate::message::{Presence, Shape};

/// What an operation answers.
pub trait Output: Serialize {
    /// What it holds; none where that is nothing.
    #[doc(hidden)]
    fn shape() -> Option<Shape>;
}

/// What a field of an answer holds.
pub(super) trait Held: Sized {
    const PRESENCE: Presence = Presence::Required;

    fn held() -> Shape;

    /// Reads it where the answer comes back as an argument; what is absent is empty.
    fn given(members: &Members<'_>, name: &'static str) -> Result<Self, Error>;
}

impl Output for () {
    fn shape() -> Option<Shape> {
        None
    }
}

impl<T: Output> Output for Vec<T> {
    fn shape() -> Option<Shape> {
        T::shape().map(|shape| Shape::List(Box::new(shape)))
    }
}

impl Output for String {
    fn shape() -> Option<Shape> {
        Some(Shape::Text)
    }
}

impl Output for Json {
    fn shape() -> Option<Shape> {
        Some(Shape::Json)
    }
}

macro_rules! held {
    ($($type:ty => $shape:ident),*) => {$(
        impl Held for $type {
            fn held() -> Shape {
                Shape::$shape
            }

            fn given(members: &Members<'_>, name: &'static str) -> Result<Self, Error> {
                Ok(members.optional(name)?.unwrap_or_default())
            }
        }
    )*};
}
held!(String => Text, bool => Boolean, i64 => Integer, f64 => Number, Json => Json, Bytes => Bytes,
    Timestamp => Instant);

impl<T: Held + Field> Held for Vec<T> {
    fn held() -> Shape {
        Shape::List(Box::new(T::held()))
    }

    fn given(members: &Members<'_>, name: &'static str) -> Result<Self, Error> {
        members.list(name)
    }
}

impl<T: Held + Field> Held for Option<T> {
    const PRESENCE: Presence = Presence::Optional;

    fn held() -> Shape {
        T::held()
    }

    fn given(members: &Members<'_>, name: &'static str) -> Result<Self, Error> {
        members.optional(name)
    }
}

/// An answer as JSON. Nothing is `null`.
pub(super) fn json<T: Output>(answer: &T) -> String {
    serde_json::to_string(answer).unwrap_or_else(|_| "null".to_owned())
}
