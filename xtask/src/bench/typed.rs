//! Kotlin and Swift.

use super::prepare::Ready;

pub(crate) fn kotlin() -> Result<Ready, String> {
    Err("not here yet".to_owned())
}

pub(crate) fn swift() -> Result<Ready, String> {
    Err("not here yet".to_owned())
}
