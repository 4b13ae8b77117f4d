//! Futures that are made where a call needs them, and take no room in those that do not.

use std::future::Future;
use std::pin::Pin;

/// Makes a large future that is rarely needed.
///
/// In place, its room would be a part of the call's future, and of the frame on the stack of the thread that polls it: a `Box::pin` in
/// that frame puts it together there before it is moved. With many threads each would keep that room.
#[inline(never)]
pub(crate) fn apart<F: Future>(make: impl FnOnce() -> F) -> Pin<Box<F>> {
    Box::pin(make())
}
