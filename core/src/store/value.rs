//! Encoding of texts (U+0000) and times in columns; the same for both databases.

use jiff::Timestamp;

/// A text as every database takes it: PostgreSQL refuses U+0000, so it is stored, and looked for, as U+FFFD.
pub(super) fn text(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
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
