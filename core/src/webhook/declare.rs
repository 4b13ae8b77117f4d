//! How events and their parts are declared: once, with their docs. What the other languages have of them is written from that.

use jiff::Timestamp;
use serde_json::value::RawValue;

use crate::json::{Json, Object, list, text};
use crate::message::{Presence, RecordInfo, Shape};

/// An event, as data.
#[derive(Debug, Clone)]
pub struct EventInfo {
    /// Its name in JSON, such as `message`.
    pub name: &'static str,
    /// Its variant of [`Event`](crate::Event).
    pub variant: &'static str,
    /// Its type, with its fields: its own first, then those of the event that it holds.
    pub record: RecordInfo,
    /// How many fields are its own.
    pub own: usize,
    /// Under which name it holds another event, whose fields are its fields too.
    pub holds: Option<&'static str>,
}

/// What a field of an event can be.
pub(crate) trait Told: Sized {
    const PRESENCE: Presence = Presence::Required;

    fn shape() -> Shape;

    /// From the JSON that events are written in.
    fn read(raw: &RawValue) -> Option<Self>;

    /// What it is where nothing is written.
    fn missing() -> Option<Self> {
        None
    }

    fn is_absent(&self) -> bool {
        false
    }

    fn member(object: &Object<'_>, name: &str) -> Option<Self> {
        object.get(name).map_or_else(Self::missing, Self::read)
    }
}

/// What is absent is not written.
pub(super) fn is_absent<T: Told>(value: &T) -> bool {
    value.is_absent()
}

macro_rules! plain {
    ($($type:ty => $shape:ident, $read:expr;)*) => {$(
        impl Told for $type {
            fn shape() -> Shape {
                Shape::$shape
            }

            fn read(raw: &RawValue) -> Option<Self> {
                $read(raw)
            }
        }
    )*};
}
plain! {
    String => Text, |raw| text(raw).map(std::borrow::Cow::into_owned);
    bool => Boolean, |raw: &RawValue| raw.get().parse().ok();
    i64 => Integer, |raw: &RawValue| raw.get().parse().ok();
    f64 => Number, |raw: &RawValue| raw.get().parse().ok();
    Timestamp => Instant, |raw| text(raw)?.parse().ok();
}

impl Told for Json {
    fn shape() -> Shape {
        Shape::Json
    }

    fn read(raw: &RawValue) -> Option<Self> {
        Some(Self::from_raw(raw))
    }

    fn missing() -> Option<Self> {
        Some(Self::null())
    }
}

impl<T: Told> Told for Option<T> {
    const PRESENCE: Presence = Presence::Optional;

    fn shape() -> Shape {
        T::shape()
    }

    fn read(raw: &RawValue) -> Option<Self> {
        T::read(raw).map(Some)
    }

    fn missing() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Told> Told for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn read(raw: &RawValue) -> Option<Self> {
        T::read(raw).map(Self::new)
    }
}

impl<T: Told> Told for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn read(raw: &RawValue) -> Option<Self> {
        list(raw)?.into_iter().map(T::read).collect()
    }

    fn missing() -> Option<Self> {
        Some(Self::new())
    }
}

/// Declares events and parts of events: `Name { field: type }`, or `Name holds message: MessageEvent { … }` for one that has all fields of
/// another too. A field that JSON names by a word of Rust's own is declared `kind as "type"`.
macro_rules! declare {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident $(holds $held:ident: $of:ident)? {
            $( $(#[doc = $fdoc:literal])* $field:ident $(as $key:literal)?: $type:ty ),* $(,)?
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[doc = $fdoc])*
                $(#[serde(rename = $key)])?
                #[serde(skip_serializing_if = "crate::webhook::declare::is_absent")]
                pub $field: $type,
            )*
            $(
                /// What it has of a message.
                #[serde(flatten)]
                pub $held: $of,
            )?
        }

        impl $name {
            /// From the JSON that it is written in.
            #[doc(hidden)]
            #[must_use]
            pub fn from_json(json: &str) -> Option<Self> {
                $crate::webhook::declare::Told::read(serde_json::from_str(json).ok()?)
            }

            /// How many fields are its own, and where it holds another event.
            #[allow(dead_code, reason = "asked of events, not of their parts")]
            pub(super) fn own() -> (usize, Option<&'static str>) {
                let own = [$(stringify!($field)),*].len();
                #[allow(unused_mut, unused_assignments, reason = "not all hold another")]
                let mut holds = None;
                $( holds = Some(stringify!($held)); )?
                (own, holds)
            }

            pub(super) fn info() -> $crate::message::RecordInfo {
                #[allow(unused_mut, reason = "not all hold another")]
                let mut fields = vec![$( $crate::message::FieldInfo {
                    name: $crate::webhook::declare::key!($field $($key)?),
                    docs: &[$($fdoc),*],
                    shape: <$type as $crate::webhook::declare::Told>::shape(),
                    presence: <$type as $crate::webhook::declare::Told>::PRESENCE,
                    limits: $crate::message::Limits::NONE,
                } ),*];
                $( fields.extend($of::info().fields); )?
                $crate::message::RecordInfo { class: stringify!($name), docs: &[$($doc),*], fields }
            }
        }

        impl $crate::webhook::declare::Told for $name {
            fn shape() -> $crate::message::Shape {
                $crate::message::Shape::Record(Self::info())
            }

            fn read(raw: &serde_json::value::RawValue) -> Option<Self> {
                let object = $crate::json::Object::of(raw)?;
                Some(Self {
                    $(
                        $field: $crate::webhook::declare::Told::member(
                            &object,
                            $crate::webhook::declare::key!($field $($key)?),
                        )?,
                    )*
                    $( $held: $crate::webhook::declare::Told::read(raw)?, )?
                })
            }
        }
    )*};
}
pub(super) use declare;

/// A field's name in JSON.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}
pub(super) use key;

/// Declares the enum of all events, each with its name in JSON.
macro_rules! events {
    (
        $(#[doc = $doc:literal])*
        $enum:ident { $( $(#[doc = $vdoc:literal])* $variant:ident($type:ident) = $name:literal ),* $(,)? }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #[serde(tag = "event")]
        #[non_exhaustive]
        pub enum $enum {
            $( $(#[doc = $vdoc])* #[serde(rename = $name)] $variant($type), )*
        }

        impl $enum {
            /// All of them, as data.
            #[doc(hidden)]
            #[must_use]
            pub fn all() -> Vec<$crate::webhook::declare::EventInfo> {
                vec![$({
                    let (own, holds) = $type::own();
                    $crate::webhook::declare::EventInfo {
                        name: $name,
                        variant: stringify!($variant),
                        record: $type::info(),
                        own,
                        holds,
                    }
                }),*]
            }
        }
    };
}
pub(super) use events;
