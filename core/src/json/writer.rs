//! Writes JSON whose shape is known: names and marks as they stand, values with the escapes that they need.
//!
//! A body is written in one pass into one buffer, without a tree of values before it.

use serde::Serialize;

use crate::error::Error;

/// JSON text on its way.
pub(crate) struct Writer {
    bytes: Vec<u8>,
    /// The first value that could not be written; told at the end.
    failed: Option<serde_json::Error>,
}

impl Writer {
    pub(crate) fn with_capacity(size: usize) -> Self {
        Self { bytes: Vec::with_capacity(size), failed: None }
    }

    /// JSON as it stands: names and marks, digits, or what was written before.
    pub(crate) fn json(&mut self, json: &str) {
        self.bytes.extend_from_slice(json.as_bytes());
    }

    pub(crate) fn text(&mut self, text: &str) {
        if is_plain(text.as_bytes()) {
            self.bytes.push(b'"');
            self.bytes.extend_from_slice(text.as_bytes());
            self.bytes.push(b'"');
        } else {
            self.value(text);
        }
    }

    /// A text of digits: a number as it displays itself.
    pub(crate) fn digits(&mut self, number: impl std::fmt::Display) {
        use std::io::Write;
        let written = write!(self.bytes, "\"{number}\"");
        self.note(written.map_err(serde_json::Error::io));
    }

    pub(crate) fn boolean(&mut self, boolean: bool) {
        self.json(if boolean { "true" } else { "false" });
    }

    /// Whatever is no text: a number, or JSON of the caller's own.
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, value: &T) {
        let written = serde_json::to_writer(&mut self.bytes, value);
        self.note(written);
    }

    /// A list, each element by `write`.
    pub(crate) fn list<T>(&mut self, elements: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.json("[");
        for (at, element) in elements.iter().enumerate() {
            if at > 0 {
                self.json(",");
            }
            write(self, element);
        }
        self.json("]");
    }

    /// `before`, which ends with a name and its colon, and the text, where there is one.
    pub(crate) fn optional_text(&mut self, before: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.json(before);
            self.text(text);
        }
    }

    fn note(&mut self, written: Result<(), serde_json::Error>) {
        if let Err(error) = written {
            self.failed.get_or_insert(error);
        }
    }

    /// What was written.
    pub(crate) fn finish(self) -> Result<Vec<u8>, Error> {
        match self.failed {
            None => Ok(self.bytes),
            Some(error) => Err(unwritable(&error)),
        }
    }

    /// The same as text.
    pub(crate) fn finish_text(self) -> Result<String, Error> {
        String::from_utf8(self.finish()?).map_err(|error| unwritable(&error))
    }
}

fn unwritable(error: &dyn std::error::Error) -> Error {
    Error::invalid("components", format!("cannot be written as JSON: {error}"))
}

/// Whether no byte needs an escape. All are looked at, without a way out between them: so it is done many at a time.
fn is_plain(bytes: &[u8]) -> bool {
    !bytes.iter().fold(false, |marked, byte| marked | (*byte < b' ') | (*byte == b'"') | (*byte == b'\\'))
}

#[cfg(test)]
mod tests {
    use super::Writer;

    fn written(text: &str) -> String {
        let mut out = Writer::with_capacity(0);
        out.text(text);
        String::from_utf8(out.finish().unwrap()).unwrap()
    }

    #[test]
    fn every_character_is_written_as_serde_json_writes_it() {
        for c in (0..0x300).chain([0x2028, 0xfeff, 0x1f44d]).filter_map(char::from_u32) {
            for text in [format!("{c}"), format!("sixteen letters and {c} in the middle of a text")] {
                assert_eq!(written(&text), serde_json::to_string(&text).unwrap(), "{c:?}");
            }
        }
        assert_eq!(written(""), r#""""#);
    }
}
