//! JSON as the SDK reads, keeps and writes it: never changed on the way, and never as a tree of values where that can be spared.

mod document;
mod number;
mod read;
mod scalar;
mod scan;
mod verbatim;
mod writer;

pub(crate) use self::document::{Document, Node};
pub use self::number::check_whole_numbers;
pub(crate) use self::number::decimal;
pub(crate) use self::read::{Members, Object, list, text, value};
pub use self::verbatim::Json;
pub(crate) use self::verbatim::as_it_stands;
pub(crate) use self::writer::Writer;
