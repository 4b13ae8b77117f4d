//! The runtime in the background, with a thread of its own: for event loops, and for whatever goes on after a call has ended.
//! The other one of a process is in `calling`.

use pyo3::prelude::*;
use tokio::runtime::{Handle, Runtime};
use tokio::task::yield_now;
use wamid_bindings::{Background, PerProcess, Process};

use crate::calling::started;

static BACKGROUND: PerProcess<&'static Background> = PerProcess::new();

/// The runtime in the background, started at its first use by a thread that holds the interpreter's lock.
pub(crate) fn background(_: Python<'_>, this: Process) -> PyResult<&'static Background> {
    BACKGROUND.get_or_make(this, || {
        crate::log::install();
        Ok(Background::start()?)
    })
}

/// Lets a runtime that nobody has driven for a while hear what has happened meanwhile: connections that were closed, and
/// tasks that wait for their turn. The first round hears it, the second lets the tasks act on it.
pub(crate) async fn catch_up() {
    yield_now().await;
    yield_now().await;
}

/// Does what may want a runtime (dropping a client, a call), and lets what it leaves behind end.
pub(crate) fn with_started(work: impl FnOnce()) {
    let calling = started();
    {
        let background = BACKGROUND.get().map(|background| background.handle().enter());
        let _entered = background.or_else(|| calling.map(Runtime::enter));
        work();
    }
    // Python may let go of a client anywhere, on a thread of a runtime's too.
    if let Some(runtime) = calling.filter(|_| Handle::try_current().is_err()) {
        runtime.block_on(catch_up());
    }
}
