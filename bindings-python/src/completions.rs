//! Calls that an event loop waits for: what has ended is queued, and one wake-up of the loop takes it all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

use crate::log::{Record, Records, SINK, Sink};
use crate::process::{OfProcess, Process};
use crate::result::Progress;
use crate::runtime::background;

/// A call that has begun, for its loop.
pub(crate) trait Awaited: Send + Sync {
    /// What it answered, once it has ended; made on the event loop's thread.
    fn answer(&self, py: Python<'_>) -> PyResult<Py<PyAny>>;

    /// Drops what is under way.
    fn stop(&self);
}

pub(crate) enum Item {
    Ended(u64),
    Progress(u64, wamid::Progress),
    Log(Record),
}

/// What has happened since the loop last looked.
pub(crate) struct Queue {
    items: Mutex<Vec<Item>>,
    bell: Bell,
}

impl Queue {
    pub(crate) fn push(&self, item: Item) {
        if self.put(item) {
            self.ring();
        }
    }

    /// Puts it there; whether the loop has to be woken for it. Whoever finds something there has been called already.
    pub(crate) fn put(&self, item: Item) -> bool {
        let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        items.push(item);
        items.len() == 1
    }

    pub(crate) fn ring(&self) {
        self.bell.ring();
    }

    /// Whether waking the loop takes the interpreter's lock.
    pub(crate) fn wakes_by_call(&self) -> bool {
        matches!(self.bell, Bell::Call(_))
    }

    fn take(&self) -> Vec<Item> {
        self.bell.silence();
        std::mem::take(&mut *self.items.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Sink for Queue {
    fn keep(&self, record: Record) {
        self.push(Item::Log(record));
    }
}

/// How the loop is woken.
enum Bell {
    /// By a socket that it watches: no interpreter is needed for it.
    #[cfg(unix)]
    Socket { rung: std::os::unix::net::UnixStream, watched: std::os::unix::net::UnixStream },
    /// By its own `call_soon_threadsafe`, where it cannot watch sockets.
    Call(Py<PyAny>),
}

impl Bell {
    fn ring(&self) {
        match self {
            #[cfg(unix)]
            Self::Socket { rung, .. } => {
                // One that is full has been rung already.
                let _ = std::io::Write::write(&mut &*rung, &[1]);
            }
            Self::Call(wake) => {
                // A loop that is closed does not want to know, and neither does an interpreter that is ending.
                let _ = Python::try_attach(|py| wake.call0(py).map(drop));
            }
        }
    }

    fn silence(&self) {
        match self {
            #[cfg(unix)]
            Self::Socket { watched, .. } => {
                let mut rings = [0; 16];
                while matches!(std::io::Read::read(&mut &*watched, &mut rings), Ok(16)) {}
            }
            Self::Call(_) => {}
        }
    }
}

/// The queue of one event loop, and who waits for what. The futures are kept here and not by the calls, where Python's
/// collector could not see that a loop that was left holds itself.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct Completions {
    queue: Arc<Queue>,
    /// Touched only under the interpreter's lock.
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    last: u64,
    calls: HashMap<u64, Call>,
}

/// A call under way.
struct Call {
    future: Py<PyAny>,
    progress: Option<Py<PyAny>>,
    /// A child that inherits it leaves it to its parent.
    awaited: Option<OfProcess<Arc<dyn Awaited>>>,
}

/// What a drained item is, for the loop.
const RESULT: u8 = 0;
const ERROR: u8 = 1;
const PROGRESS: u8 = 2;

type Drained = (Py<PyAny>, u8, Py<PyAny>);

#[pymethods]
impl Completions {
    /// With `wake`, the loop is woken by calling that; without, by a socket that it watches (`fileno`).
    #[new]
    fn new(wake: Option<Py<PyAny>>) -> PyResult<Self> {
        let bell = match wake {
            Some(wake) => Bell::Call(wake),
            None => Self::socket()?,
        };
        Ok(Self { queue: Arc::new(Queue { items: Mutex::default(), bell }), waiting: Mutex::default() })
    }

    /// The socket to watch; -1 where there is none.
    fn fileno(&self) -> i32 {
        match &self.queue.bell {
            #[cfg(unix)]
            Bell::Socket { watched, .. } => std::os::fd::AsRawFd::as_raw_fd(watched),
            Bell::Call(_) => -1,
        }
    }

    /// Everything that has happened, each as the future of its call, what it is, and its value: a result, an exception, or
    /// the call's `progress` with what to call it with. Writes the log.
    fn drain(&self, py: Python<'_>) -> PyResult<Vec<Drained>> {
        let items = self.queue.take();
        let (this, mut drained) = (Process::this(), Vec::with_capacity(items.len()));
        for item in items {
            match item {
                Item::Log(record) => record.hand_over(py),
                Item::Ended(number) => {
                    // Nobody may be waiting any more, as after a cancellation.
                    let Some(mut call) = self.waiting().calls.remove(&number) else { continue };
                    let Some(awaited) = call.awaited.as_mut().and_then(|awaited| awaited.take(this)) else {
                        continue;
                    };
                    drained.push(match awaited.answer(py) {
                        Ok(value) => (call.future, RESULT, value),
                        Err(error) => (call.future, ERROR, error.into_value(py).into_any()),
                    });
                }
                Item::Progress(number, progress) => {
                    let told = {
                        let waiting = self.waiting();
                        let call = waiting.calls.get(&number);
                        call.and_then(|call| {
                            Some((call.future.clone_ref(py), call.progress.as_ref()?.clone_ref(py)))
                        })
                    };
                    if let Some((future, callback)) = told {
                        match (callback, Progress::from(progress)).into_pyobject(py) {
                            Ok(value) => drained.push((future, PROGRESS, value.into_any().unbind())),
                            // The others are handed over all the same.
                            Err(failed) => failed.write_unraisable(py, None),
                        }
                    }
                }
            }
        }
        Ok(drained)
    }

    /// Stops the call of that number: no request of it goes out any more, and what became of it is logged when this
    /// returns. One that has ended is left as it is.
    fn cancel(&self, py: Python<'_>, number: u64) -> PyResult<()> {
        let this = Process::this();
        let Some(mut call) = self.waiting().calls.remove(&number) else { return Ok(()) };
        let Some(awaited) = call.awaited.as_mut().and_then(|awaited| awaited.take(this)) else {
            return Ok(());
        };
        let background = background(py, this)?;
        let records = Arc::new(Records::default());
        // Without the interpreter's lock: the call may be at work this moment, and want the lock itself to wake the loop.
        py.detach(|| {
            let _entered = background.handle().enter();
            SINK.sync_scope(records.clone(), || awaited.stop());
        });
        records.hand_over(py);
        Ok(())
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        // Taken where the collector came in the midst of our own work: then all of it is alive.
        let Ok(waiting) = self.waiting.try_lock() else { return Ok(()) };
        for call in waiting.calls.values() {
            visit.call(&call.future)?;
            visit.call(&call.progress)?;
        }
        match &self.queue.bell {
            Bell::Call(wake) if Arc::strong_count(&self.queue) == 1 => visit.call(wake),
            _ => Ok(()),
        }
    }

    fn __clear__(&self) {
        let calls = std::mem::take(&mut self.waiting().calls);
        drop(calls);
    }
}

impl Completions {
    pub(crate) fn queue(&self) -> &Arc<Queue> {
        &self.queue
    }

    /// The number of a call that is about to begin, whose future this is.
    pub(crate) fn expect(&self, future: Py<PyAny>, progress: Option<Py<PyAny>>) -> u64 {
        let mut waiting = self.waiting();
        waiting.last += 1;
        let number = waiting.last;
        waiting.calls.insert(number, Call { future, progress, awaited: None });
        number
    }

    /// The call of that number.
    pub(crate) fn begun(&self, this: Process, number: u64, awaited: Arc<dyn Awaited>) {
        if let Some(call) = self.waiting().calls.get_mut(&number) {
            call.awaited = Some(OfProcess::new(this, awaited));
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(unix)]
    fn socket() -> PyResult<Bell> {
        let (rung, watched) = std::os::unix::net::UnixStream::pair()?;
        rung.set_nonblocking(true)?;
        watched.set_nonblocking(true)?;
        Ok(Bell::Socket { rung, watched })
    }

    #[cfg(not(unix))]
    fn socket() -> PyResult<Bell> {
        Err(pyo3::exceptions::PyNotImplementedError::new_err("here a loop is woken by a call"))
    }
}
