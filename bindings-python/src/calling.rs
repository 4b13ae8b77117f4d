//! The runtime of the threads that wait for their calls. Whichever of them is there drives it for all.
//!
//! A thread that waits has nothing better to do than to watch the sockets itself: nobody has to wake it, and nothing changes
//! hands. Where several wait at once, each that ends would have to hand that duty on; then a thread of its own takes it over,
//! until one is alone again.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{self, Thread};
use std::time::Duration;

use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};
use tokio::time::{Instant, Sleep, sleep};
use wamid_bindings::{PerProcess, Process};

/// How long the thread of its own stays once no two calls were under way at once.
const STAYS: Duration = Duration::from_millis(20);

/// How long it stays for the connection of a call that waited in vain. The core gives up such a connection within 30 s.
const LINGERS: Duration = Duration::from_secs(40);

static CALLING: PerProcess<&'static Calling> = PerProcess::new();

pub(crate) struct Calling {
    runtime: Runtime,
    /// Calls under way.
    under_way: AtomicUsize,
    /// Two were under way at once since the helper last looked.
    crowded: AtomicBool,
    helping: AtomicBool,
    /// So many want it driven while no thread waits.
    driven: AtomicUsize,
    /// It is driven until then.
    lingers: Mutex<Option<Instant>>,
    helper: OnceLock<Thread>,
    /// A timer that is kept from call to call: one that is made anew wakes the runtime each time.
    tick: Mutex<Option<Pin<Box<Sleep>>>>,
}

/// The runtime of this process's calling threads, started at its first use and never dropped: at exit nobody waits for it.
pub(crate) fn calling(_: Python<'_>, this: Process) -> PyResult<&'static Calling> {
    CALLING.get_or_make(this, || {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        crate::log::install();
        Ok(Box::leak(Box::new(Calling {
            runtime,
            under_way: AtomicUsize::new(0),
            crowded: AtomicBool::new(false),
            helping: AtomicBool::new(false),
            driven: AtomicUsize::new(0),
            lingers: Mutex::default(),
            helper: OnceLock::new(),
            tick: Mutex::default(),
        })))
    })
}

/// The runtime, if this process has started it.
pub(crate) fn started() -> Option<&'static Runtime> {
    CALLING.get().map(Calling::runtime)
}

impl Calling {
    pub(crate) fn runtime(&'static self) -> &'static Runtime {
        &self.runtime
    }

    /// A call is under way until the guard is dropped.
    pub(crate) fn begin(&'static self) -> Guard {
        if self.under_way.fetch_add(1, Ordering::AcqRel) > 0 {
            self.crowded.store(true, Ordering::SeqCst);
            if !self.helping.load(Ordering::SeqCst) {
                self.call_helper();
            }
        }
        Guard(self)
    }

    /// It is driven until the guard is dropped, whether a thread waits or not.
    pub(crate) fn drive(&'static self) -> Driven {
        self.driven.fetch_add(1, Ordering::SeqCst);
        self.crowded.store(true, Ordering::SeqCst);
        self.call_helper();
        Driven(self)
    }

    /// A call has waited in vain. Its connection may still have something to write, and cannot end while nobody watches it.
    pub(crate) fn linger(&'static self) {
        *self.lingers.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + LINGERS);
        self.crowded.store(true, Ordering::SeqCst);
        self.call_helper();
    }

    /// How long until it has to be looked again whether somebody wants it driven; None if nobody does.
    fn wanted(&self) -> Option<Duration> {
        let crowded = self.crowded.swap(false, Ordering::SeqCst);
        if crowded || self.driven.load(Ordering::SeqCst) > 0 {
            return Some(STAYS);
        }
        let until = (*self.lingers.lock().unwrap_or_else(PoisonError::into_inner))?;
        let left = until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    fn call_helper(&'static self) {
        match self.helper.get() {
            Some(helper) => helper.unpark(),
            None => {
                // Without one, the calls do it among themselves.
                if let Ok(started) = thread::Builder::new().name("wamid".to_owned()).spawn(|| self.help()) {
                    let _ = self.helper.set(started.thread().clone());
                }
            }
        }
    }

    fn help(&self) {
        loop {
            self.helping.store(false, Ordering::SeqCst);
            while !self.crowded.swap(false, Ordering::SeqCst) {
                thread::park();
            }
            self.helping.store(true, Ordering::SeqCst);
            self.runtime.block_on(async {
                sleep(STAYS).await;
                while let Some(time) = self.wanted() {
                    sleep(time).await;
                }
            });
        }
    }

    /// The kept timer, due after that time.
    pub(crate) fn take_tick(&self, every: Duration) -> Pin<Box<Sleep>> {
        let kept = self.tick.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut tick) = kept {
            let now = Instant::now();
            if tick.deadline() <= now {
                tick.as_mut().reset(now + every);
            }
            return tick;
        }
        let _entered = self.runtime.enter();
        Box::pin(sleep(every))
    }

    pub(crate) fn keep_tick(&self, tick: Pin<Box<Sleep>>) {
        *self.tick.lock().unwrap_or_else(PoisonError::into_inner) = Some(tick);
    }
}

/// A call under way.
pub(crate) struct Guard(&'static Calling);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Somebody wants it driven.
pub(crate) struct Driven(&'static Calling);

impl Drop for Driven {
    fn drop(&mut self) {
        self.0.driven.fetch_sub(1, Ordering::SeqCst);
    }
}
