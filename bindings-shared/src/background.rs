//! A runtime with a thread of its own.

use std::io;
use std::thread;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::worker::Worker;

/// A runtime that is always driven, by a thread of its own, and the worker that polls the calls there.
///
/// One thread is enough: a send is a few microseconds of work between waits, so one sends more than Meta takes, and two would wake
/// each other all the time.
#[derive(Debug)]
pub struct Background {
    runtime: Runtime,
    worker: Worker,
}

impl Background {
    /// Starts it. It is never shut down: the process ends over it, and what was running then is as unknown as after a
    /// crash.
    ///
    /// # Errors
    ///
    /// Where the system gives no thread or no means to wait for sockets.
    pub fn start() -> io::Result<&'static Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let background: &'static Self = Box::leak(Box::new(Self { runtime, worker: Worker::default() }));
        thread::Builder::new()
            .name("wamid".to_owned())
            .spawn(move || background.runtime.block_on(background.worker.run()))?;
        Ok(background)
    }

    /// Its runtime.
    pub fn handle(&self) -> &Handle {
        self.runtime.handle()
    }

    /// Who polls the calls.
    pub fn worker(&'static self) -> &'static Worker {
        &self.worker
    }
}
