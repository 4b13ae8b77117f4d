//! Calls that an event loop waits for: what has ended is queued, and one wake-up of the loop takes it all.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use wamid_bindings::{Calls, Job, Mailbox, Process, Wake};

use crate::log::{Record, Records, SINK, Sink, hand_over_beside};
use crate::result::{Reached, unheard};
use crate::runtime::background;

/// Makes Python's value of what a call answered, or its exception; on the event loop's thread.
type Answer = Box<dyn FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send>;

pub(crate) enum Item {
    Ended(u64, Answer),
    Progress(u64, Reached),
    Log(Record),
}

/// What has happened since the loop last looked.
pub(crate) type Queue = Mailbox<Vec<Item>, LoopWaker>;

pub(crate) fn put(queue: &Arc<Queue>, item: Item) {
    queue.put(|items| items.push(item));
}

impl Sink for Queue {
    fn keep(self: Arc<Self>, record: Record) {
        put(&self, Item::Log(record));
    }
}

/// How the loop is woken.
pub(crate) enum LoopWaker {
    /// By a socket that it watches: no interpreter is needed for it.
    #[cfg(unix)]
    Socket { written: std::os::unix::net::UnixStream, watched: std::os::unix::net::UnixStream },
    /// By its own `call_soon_threadsafe`, where it cannot watch sockets.
    Call(Py<PyAny>),
}

impl Wake for LoopWaker {
    fn wake(&self) {
        match self {
            #[cfg(unix)]
            Self::Socket { written, .. } => {
                // It fails where the socket is full: then the loop has been woken already.
                let _ = std::io::Write::write(&mut &*written, &[1]);
            }
            Self::Call(wake) => {
                // A loop that is closed does not want to know, and neither does an interpreter that is ending.
                let _ = Python::try_attach(|py| wake.call0(py).map(drop));
            }
        }
    }
}

impl LoopWaker {
    /// Reads what woke the loop.
    fn clear(&self) {
        match self {
            #[cfg(unix)]
            Self::Socket { watched, .. } => {
                let mut written = [0; 16];
                while matches!(std::io::Read::read(&mut &*watched, &mut written), Ok(16)) {}
            }
            Self::Call(_) => {}
        }
    }

    #[cfg(unix)]
    fn socket() -> PyResult<Self> {
        let (written, watched) = std::os::unix::net::UnixStream::pair()?;
        written.set_nonblocking(true)?;
        watched.set_nonblocking(true)?;
        Ok(Self::Socket { written, watched })
    }

    #[cfg(not(unix))]
    fn socket() -> PyResult<Self> {
        Err(pyo3::exceptions::PyNotImplementedError::new_err("here a loop is woken by a call"))
    }
}

/// The queue of one event loop, and who waits for what. The futures are kept here and not by the calls, where Python's
/// collector could not see that a loop that was left holds itself.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct Completions {
    queue: Arc<Queue>,
    last: AtomicU64,
    /// Touched only under the interpreter's lock.
    calls: Calls<Awaited>,
}

/// Who waits for a call, and who is told how far it has come.
struct Awaited {
    future: Py<PyAny>,
    progress: Option<Py<PyAny>>,
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
        let waker = match wake {
            Some(wake) => LoopWaker::Call(wake),
            None => LoopWaker::socket()?,
        };
        let queue = Arc::new(Mailbox::new(waker));
        Ok(Self { queue, last: AtomicU64::new(0), calls: Calls::default() })
    }

    /// The socket to watch; -1 where there is none.
    fn fileno(&self) -> i32 {
        match self.queue.fetcher() {
            #[cfg(unix)]
            LoopWaker::Socket { watched, .. } => std::os::fd::AsRawFd::as_raw_fd(watched),
            LoopWaker::Call(_) => -1,
        }
    }

    /// Everything that has happened, each as the future of its call, what it is, and its value: a result, an exception, or
    /// the call's `progress` with what to call it with. Writes the log.
    fn drain(&self, py: Python<'_>) -> PyResult<Vec<Drained>> {
        self.queue.fetcher().clear();
        let items = self.queue.take();
        let (this, mut drained) = (Process::this(), Vec::with_capacity(items.len()));
        for item in items {
            match item {
                Item::Log(record) => record.hand_over(py),
                Item::Ended(number, answer) => {
                    // Nobody may be waiting any more, as after a cancellation.
                    let Some(awaited) = self.calls.remove(this, number) else {
                        unheard_answer(py, answer);
                        continue;
                    };
                    drained.push(match answer(py) {
                        Ok(value) => (awaited.future, RESULT, value),
                        Err(error) => (awaited.future, ERROR, error.into_value(py).into_any()),
                    });
                }
                Item::Progress(number, progress) => {
                    let told = self.calls.kept(number, |awaited| {
                        Some((awaited.future.clone_ref(py), awaited.progress.as_ref()?.clone_ref(py)))
                    });
                    if let Some((future, callback)) = told.flatten() {
                        match progress.value(py).and_then(|progress| (callback, progress).into_pyobject(py)) {
                            Ok(value) => drained.push((future, PROGRESS, value.into_any().unbind())),
                            // The others are handed over all the same.
                            Err(failed) => failed.write_unraisable(py, None),
                        }
                    }
                }
            }
        }
        hand_over_beside(py);
        Ok(drained)
    }

    /// Cancels the call of that number: no request of it goes out any more, and what became of it is logged when this
    /// returns. One that has ended is left as it is.
    fn cancel(&self, py: Python<'_>, number: u64) -> PyResult<()> {
        let this = Process::this();
        let Some((awaited, job)) = self.calls.take(this, number) else { return Ok(()) };
        let background = background(py, this)?;
        let records = Arc::new(Records::default());
        // Without the interpreter's lock: the call may be at work this moment, and want the lock itself to wake the loop.
        py.detach(|| {
            let _entered = background.handle().enter();
            SINK.sync_scope(records.clone(), || job.cancel());
        });
        drop(awaited);
        // It may have ended already, and its answer wait for the loop.
        let answer = self.queue.look(|items| {
            let is_its = |item: &Item| matches!(item, Item::Ended(ended, _) if *ended == number);
            items.iter().position(is_its).map(|at| items.remove(at))
        });
        if let Some(Item::Ended(_, answer)) = answer {
            unheard_answer(py, answer);
        }
        records.hand_over(py);
        Ok(())
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        // In use where the collector came in the midst of our own work: then all of it is alive.
        let visited = self.calls.try_for_each(|awaited| {
            visit.call(&awaited.future)?;
            visit.call(&awaited.progress)
        })?;
        match self.queue.fetcher() {
            LoopWaker::Call(wake) if visited && Arc::strong_count(&self.queue) == 1 => visit.call(wake),
            _ => Ok(()),
        }
    }

    fn __clear__(&self) {
        self.calls.clear();
    }
}

/// Logs what nobody is left to hear.
fn unheard_answer(py: Python<'_>, answer: Answer) {
    if let Ok(value) = answer(py) {
        unheard(value.bind(py));
    }
}

impl Completions {
    pub(crate) fn queue(&self) -> &Arc<Queue> {
        &self.queue
    }

    /// Whether waking the loop takes the interpreter's lock.
    pub(crate) fn wakes_by_call(&self) -> bool {
        matches!(self.queue.fetcher(), LoopWaker::Call(_))
    }

    /// The number of a call that is about to begin.
    pub(crate) fn next_number(&self) -> u64 {
        self.last.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Adds a call that is about to begin, whose future this is.
    pub(crate) fn add(
        &self,
        this: Process,
        number: u64,
        future: Py<PyAny>,
        progress: Option<Py<PyAny>>,
        job: Arc<dyn Job>,
    ) {
        self.calls.add(this, number, Awaited { future, progress }, job, None);
    }
}
