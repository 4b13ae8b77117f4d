//! Events as they cross to JavaScript, in two texts. The one is a JSON list of each event's values in the order of its fields, without names, and
//! `null` where there is none. The other has the `raw` of each, with a NUL behind it, which JSON never has: most are never read.

use wamid::{Error, Event, Json, Timestamp, each_event};

use crate::answer::json;
use crate::event::write;

/// The two texts of the events of a body.
pub(crate) fn of_body(body: &[u8]) -> Result<[String; 2], Error> {
    // The values are less than the body by the names that are left out.
    let mut text = EventText {
        values: Vec::with_capacity(body.len() * 3 / 4),
        raws: Vec::with_capacity(body.len() * 3 / 4),
    };
    each_event(body, &mut |event| text.add(&event))?;
    Ok(text.finish())
}

/// The two texts of these events.
pub(crate) fn of(events: &[Event]) -> [String; 2] {
    let mut text = EventText { values: Vec::new(), raws: Vec::new() };
    for event in events {
        text.add(event);
    }
    text.finish()
}

struct EventText {
    values: Vec<u8>,
    raws: Vec<u8>,
}

impl EventText {
    fn add(&mut self, event: &Event) {
        self.values.push(if self.values.is_empty() { b'[' } else { b',' });
        write(event, &mut self.values, &mut self.raws);
        self.raws.push(0);
    }

    fn finish(mut self) -> [String; 2] {
        if self.values.is_empty() {
            self.values.push(b'[');
        }
        self.values.push(b']');
        [self.values, self.raws].map(|text| String::from_utf8(text).unwrap_or_default())
    }
}

/// A value that crosses.
pub(crate) trait Crossing {
    /// Writes it as JSON.
    fn cross(&self, text: &mut Vec<u8>);
}

impl Crossing for String {
    fn cross(&self, text: &mut Vec<u8>) {
        // Looked at to its end, so that many bytes are looked at in one step.
        let plain = |all, byte: &u8| all & (*byte >= b' ') & (*byte != b'"') & (*byte != b'\\');
        if self.as_bytes().iter().fold(true, plain) {
            text.push(b'"');
            text.extend_from_slice(self.as_bytes());
            text.push(b'"');
        } else {
            json(text, self);
        }
    }
}

impl Crossing for bool {
    fn cross(&self, text: &mut Vec<u8>) {
        text.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Crossing for i64 {
    fn cross(&self, text: &mut Vec<u8>) {
        json(text, self);
    }
}

impl Crossing for f64 {
    fn cross(&self, text: &mut Vec<u8>) {
        json(text, self);
    }
}

impl Crossing for Timestamp {
    fn cross(&self, text: &mut Vec<u8>) {
        self.as_millisecond().cross(text);
    }
}

impl Crossing for Json {
    fn cross(&self, text: &mut Vec<u8>) {
        text.extend_from_slice(self.as_str().as_bytes());
    }
}

impl<T: Crossing> Crossing for Option<T> {
    fn cross(&self, text: &mut Vec<u8>) {
        match self {
            Some(value) => value.cross(text),
            None => text.extend_from_slice(b"null"),
        }
    }
}

impl<T: Crossing> Crossing for Box<T> {
    fn cross(&self, text: &mut Vec<u8>) {
        (**self).cross(text);
    }
}

impl<T: Crossing> Crossing for Vec<T> {
    fn cross(&self, text: &mut Vec<u8>) {
        text.push(b'[');
        for (at, value) in self.iter().enumerate() {
            if at > 0 {
                text.push(b',');
            }
            value.cross(text);
        }
        text.push(b']');
    }
}

/// Writes the values of a struct's fields, each by its place in it, and the end of their list.
macro_rules! values {
    ($text:ident, $of:ident: $($($place:ident).+),+) => {
        $( $crate::event_text::Crossing::cross(&$of.$($place).+, $text); $text.push(b','); )+
        // In place of the last comma.
        $text.pop();
        $text.push(b']');
    };
}
pub(crate) use values;

/// Says of which fields the parts of events are, and the events, each with its name and the place of its `raw`.
macro_rules! crossing {
    (
        parts { $($part:ident: $($($part_place:ident).+),+;)* }
        events { $($event:ident($class:ident), $name:literal, $($raw:ident).+: $($($place:ident).+),+;)* }
    ) => {
        $(
            impl $crate::event_text::Crossing for wamid::$part {
                fn cross(&self, text: &mut Vec<u8>) {
                    text.push(b'[');
                    $crate::event_text::values!(text, self: $($($part_place).+),+);
                }
            }
        )*

        /// Writes an event: its name and the values of its fields, and its `raw` by itself.
        pub(crate) fn write(event: &wamid::Event, text: &mut Vec<u8>, raws: &mut Vec<u8>) {
            match event {
                $(
                    wamid::Event::$event(event) => {
                        text.extend_from_slice(concat!("[\"", $name, "\",").as_bytes());
                        $crate::event_text::values!(text, event: $($($place).+),+);
                        $crate::event_text::Crossing::cross(&event.$($raw).+, raws);
                    }
                )*
                // An event of a kind that has no class here yet is told whole.
                event => {
                    text.extend_from_slice(b"[\"other\",\"\"]");
                    $crate::answer::json(raws, event);
                }
            }
        }
    };
}
pub(crate) use crossing;
