//! What the bindings have in common, without the types of any language.
//!
//! - [`Task`]: one running call. It is polled in place first, and is its own waker. A panic in it is the error of its call.
//! - [`Worker`]: polls the tasks that were woken, and wakes whoever waits for answers once for many.
//! - [`Mailbox`]: the answers that nobody has fetched yet.
//! - [`Calls`]: the running calls by number, to stop or to cancel them.
//! - [`Stop`]: tells a call to end with what it knows.
//! - [`Background`]: a runtime with a thread of its own that drives a worker.
//! - [`Process`], [`OfProcess`], [`PerProcess`]: what a forked child must not use.
//! - [`log_to_stderr`]: log lines for whoever asks for them.

mod background;
mod calls;
mod log;
mod mailbox;
mod process;
mod stop;
mod task;
mod worker;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use background::Background;
pub use calls::Calls;
pub use log::log_to_stderr;
pub use mailbox::{Mailbox, Wake};
pub use process::{OfProcess, PerProcess, Process};
pub use stop::Stop;
pub use task::{Job, Task};
pub use worker::Worker;

/// Locks. A panic of another holder left nothing half done: every change under these locks is a single step.
pub fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
