//! The threads that calls run on.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

/// Threads for all clients of the process. A send is a few microseconds of work between waits, so two keep a network card
/// busy and leave the other cores to JavaScript.
const THREADS: usize = 2;

/// The runtime of the process, made at first use and shared by all worker threads of JavaScript's.
///
/// It is never shut down: the process ends over it, and what was under way then is as unknown as after a crash.
pub(crate) fn runtime() -> napi::Result<&'static Runtime> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let made = Builder::new_multi_thread().worker_threads(THREADS).thread_name("wamid").enable_all().build();
    let made = made
        .map_err(|error| napi::Error::from_reason(format!("wamid could not start its threads: {error}")))?;
    // Of two made at once by two JavaScript threads, one stays; the other is let go without waiting for it.
    if let Err(spare) = RUNTIME.set(made) {
        spare.shutdown_background();
    }
    RUNTIME.get().ok_or_else(|| napi::Error::from_reason("wamid has no threads"))
}
