//! Errors of the gateway's own tables.

use std::fmt;

/// A cause that is only a sentence.
#[derive(Debug)]
pub(super) struct ErrorText(pub(super) String);

impl fmt::Display for ErrorText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ErrorText {}
