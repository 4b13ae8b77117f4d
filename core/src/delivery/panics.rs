//! Catches a panic in the core and turns it into the error of its call.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures_util::FutureExt;

use crate::error::Error;

/// Turns a panic in a call that sends nothing into its error.
pub(crate) fn caught<T>(
    call: impl Future<Output = Result<T, Error>>,
) -> impl Future<Output = Result<T, Error>> {
    AssertUnwindSafe(call).catch_unwind().map(|ended| ended.unwrap_or_else(|_| Err(Error::panicked(false))))
}

/// The same for what does not wait.
pub(crate) fn caught_now<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::panicked(false)))
}

/// What a send's `reference` is in a test of panics.
#[cfg(debug_assertions)]
const ON_DEMAND: &str = "wamid-test-panic";

/// Panics in a debug build where a test asks for it, since no other input can: how every language bears it must be seen.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "tests of every language ask for one")]
pub(crate) fn on_demand(reference: Option<&str>) {
    if reference == Some(ON_DEMAND) {
        panic!("a test asked for this panic");
    }
}
