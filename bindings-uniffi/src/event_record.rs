//! How the core's events become records: field by field, without a detour over JSON.

use wamid::{Json, Timestamp};

use crate::time::Date;

/// A value of the core's on its way out.
pub(crate) trait Crossing<T> {
    fn cross(self) -> T;
}

macro_rules! as_it_is {
    ($($type:ty)*) => {$(
        impl Crossing<$type> for $type {
            fn cross(self) -> $type {
                self
            }
        }
    )*};
}
as_it_is!(String bool i64 f64);

impl Crossing<String> for Json {
    fn cross(self) -> String {
        self.as_str().to_owned()
    }
}

impl Crossing<Date> for Timestamp {
    fn cross(self) -> Date {
        self.into()
    }
}

impl<A: Crossing<B>, B> Crossing<Option<B>> for Option<A> {
    fn cross(self) -> Option<B> {
        self.map(Crossing::cross)
    }
}

impl<A: Crossing<B>, B> Crossing<Vec<B>> for Vec<A> {
    fn cross(self) -> Vec<B> {
        self.into_iter().map(Crossing::cross).collect()
    }
}

impl<A: Crossing<B>, B> Crossing<B> for Box<A> {
    fn cross(self) -> B {
        (*self).cross()
    }
}

/// Defines records as the core has them: a field, its type, and where the core's struct has it.
macro_rules! event_record {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident { $( $(#[$attribute:meta])* $field:ident: $type:ty = $($place:ident).+, )* }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, uniffi::Record)]
        pub struct $name {
            $( $(#[$attribute])* pub $field: $type, )*
        }

        impl $crate::event_record::Crossing<$name> for wamid::$name {
            fn cross(self) -> $name {
                $name { $( $field: $crate::event_record::Crossing::cross(self.$($place).+) ),* }
            }
        }
    )*};
}
pub(crate) use event_record;

/// Defines the enum of all events.
macro_rules! events {
    (
        $(#[doc = $doc:literal])*
        $enum:ident { $( $(#[doc = $variant_doc:literal])* $variant:ident($name:ident: $record:ident), )* }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, uniffi::Enum)]
        pub enum $enum {
            $(
                $(#[doc = $variant_doc])*
                $variant {
                    /// Its fields.
                    $name: $record,
                },
            )*
        }

        impl $enum {
            /// The core's events. One of a kind that comes to the core before it comes here is told whole, as other.
            pub(crate) fn all(events: Vec<wamid::Event>) -> Vec<Self> {
                let cross = |event| match event {
                    $( wamid::Event::$variant(event) => Self::$variant { $name: $crate::event_record::Crossing::cross(event) }, )*
                    event => Self::Other { other: $crate::event_record::as_other(&event) },
                };
                events.into_iter().map(cross).collect()
            }
        }
    };
}
pub(crate) use events;

/// An event of a kind that has no type here yet, as the core writes it.
pub(crate) fn as_other(event: &wamid::Event) -> crate::event::OtherEvent {
    let written = serde_json::to_value(event).unwrap_or_default();
    let field = written.get("event").and_then(serde_json::Value::as_str).unwrap_or_default();
    crate::event::OtherEvent {
        field: field.to_owned(),
        raw: serde_json::to_string(event).unwrap_or_default(),
    }
}
