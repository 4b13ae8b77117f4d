//! The one tokio runtime of a process.

use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};

use crate::process::PerProcess;

/// More threads than these gain nothing: the calls of one process wait for the network, and for the interpreter.
const MOST_WORKERS: usize = 2;

static RUNTIME: PerProcess<&'static Runtime> = PerProcess::new();

/// The runtime of this process, started at its first use. It is never dropped: at exit nobody waits for its threads.
///
/// To be called only by threads that hold the interpreter's lock.
pub(crate) fn runtime(_: Python<'_>) -> PyResult<&'static Runtime> {
    RUNTIME.get_or_make(|| {
        let workers = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_WORKERS);
        let runtime =
            Builder::new_multi_thread().worker_threads(workers).thread_name("wamid").enable_all().build()?;
        crate::log::install();
        Ok(Box::leak(Box::new(runtime)))
    })
}

/// The runtime, if this process has started it; under the interpreter's lock, too.
pub(crate) fn started() -> Option<&'static Runtime> {
    RUNTIME.get()
}
