//! The thread that calls run on.

use std::future::pending;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use tokio::runtime::{Builder, Handle};

use crate::outbox;

/// The runtime of the process, made at first use and shared by all worker threads of JavaScript's.
///
/// It is one thread: a send is a few microseconds of work between waits, so one sends more than Meta takes, and two would
/// wake each other all the time. It is never shut down: the process ends over it, and what was under way then is
/// as unknown as after a crash.
pub(crate) fn runtime() -> napi::Result<&'static Handle> {
    static RUNTIME: OnceLock<Handle> = OnceLock::new();
    static MAKING: Mutex<()> = Mutex::new(());
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    // Two JavaScript threads may ask at once.
    let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let failed = |error: std::io::Error| {
        napi::Error::from_reason(format!("wamid could not start its thread: {error}"))
    };
    let made =
        Builder::new_current_thread().enable_all().on_thread_park(outbox::tell).build().map_err(failed)?;
    let handle = made.handle().clone();
    thread::Builder::new()
        .name("wamid".to_owned())
        .spawn(move || {
            outbox::wait_for_park();
            made.block_on(pending::<()>());
        })
        .map_err(failed)?;
    Ok(RUNTIME.get_or_init(|| handle))
}
