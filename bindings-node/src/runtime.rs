//! The thread that calls run on.

use tokio::runtime::Handle;
use wamid_bindings::{Background, PerProcess, Process};

/// The runtime of the process, with the worker that polls its calls; made at first use and shared by all worker threads of
/// JavaScript's.
pub(crate) fn background() -> napi::Result<&'static Background> {
    static BACKGROUND: PerProcess<&'static Background> = PerProcess::new();
    BACKGROUND
        .get_or_make(Process::this(), Background::start)
        .map_err(|error| napi::Error::from_reason(format!("wamid could not start its thread: {error}")))
}

/// The runtime alone.
pub(crate) fn runtime() -> napi::Result<&'static Handle> {
    background().map(Background::handle)
}
