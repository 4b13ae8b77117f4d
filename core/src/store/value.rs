//! Encoding of texts (U+0000, length) and times in columns; the same for both databases.

use std::fmt::Write as _;

use jiff::Timestamp;
use ring::digest::{SHA256, digest};

/// A longer text is stored, and looked for, as its beginning and its SHA-256: PostgreSQL indexes at most 2,704 bytes. No text that Meta or
/// this project makes is as long: a reference has 512 characters.
const LONGEST: usize = 2_048;
/// Two of them still fit into one index.
const BEGINNING: usize = 1_200;

/// A text as every database takes it: PostgreSQL refuses U+0000, so it is stored, and looked for, as U+FFFD.
pub(super) fn text(text: &str) -> String {
    let text = text.replace('\0', "\u{fffd}");
    if text.len() > LONGEST { shortened(&text) } else { text }
}

fn shortened(text: &str) -> String {
    let mut short = text[..text.floor_char_boundary(BEGINNING)].to_owned();
    short.push('#');
    for byte in digest(&SHA256, text.as_bytes()).as_ref() {
        // A String takes whatever is written into it.
        let _ = write!(short, "{byte:02x}");
    }
    short
}

/// An instant as microseconds since the epoch.
pub(super) fn micros(instant: Timestamp) -> i64 {
    instant.as_microsecond()
}

pub(super) fn now() -> i64 {
    micros(Timestamp::now())
}

/// The instant of so many microseconds. One that no calendar has is as good as none: the nearest there is.
pub(super) fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
