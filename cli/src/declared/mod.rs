//! Arguments that follow from what core declares: the fields of a kind of message, and the arguments of an operation. A new kind, or a new
//! field of one, needs no line here.
//!
//! - What is required and has one value is a positional argument, everything else an option of the field's name.
//! - A list is an option that may be given several times, named in the singular: `--button`, `--body-param`.
//! - A part that has only texts is written with `=` between them: `--button yes=Yes`, or as JSON.
//! - The elements of a list that hold lists themselves are written one after the other: `--section Morning --row 9=Nine --row 10=Ten`.
//! - Everything else is JSON.

mod arguments;
mod read;
mod spelling;
mod words;

pub(super) use self::arguments::with_fields;
pub(super) use self::read::{members, object};
pub(super) use self::words::{details, kebab, summary};
