//! What callers hand over: the rules that any argument may be held to, and where it stands, for the error that names it.

mod blank;
mod convert;
mod path;
pub(crate) mod rules;
pub(crate) mod sections;

pub(crate) use self::blank::is_blank;
pub use self::convert::{seconds, unicode, whole};
pub(crate) use self::path::Path;
