//! Calls that an event loop waits for: what has ended is queued, and one wake-up of the loop takes it all.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, ready};

use pyo3::prelude::*;
use tokio::task::AbortHandle;

use crate::log::{Record, Records, SINK, Sink};
use crate::process::OfProcess;
use crate::result::Progress;
use crate::runtime::runtime;

/// Makes the Python value of an answer; called on the event loop's thread.
pub(crate) type Answer = Box<dyn FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send>;

pub(crate) enum Item {
    Ended(u64, Answer),
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
        let was_empty = {
            let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
            items.push(item);
            items.len() == 1
        };
        // Whoever finds something there has been called already.
        if was_empty {
            self.bell.ring();
        }
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

/// The queue of one event loop.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct Completions(Arc<Queue>);

/// What a drained item is, for the loop.
const RESULT: u8 = 0;
const ERROR: u8 = 1;
const PROGRESS: u8 = 2;

#[pymethods]
impl Completions {
    /// With `wake`, the loop is woken by calling that; without, by a socket that it watches (`fileno`).
    #[new]
    fn new(wake: Option<Py<PyAny>>) -> PyResult<Self> {
        let bell = match wake {
            Some(wake) => Bell::Call(wake),
            None => Self::socket()?,
        };
        Ok(Self(Arc::new(Queue { items: Mutex::default(), bell })))
    }

    /// The socket to watch; -1 where there is none.
    fn fileno(&self) -> i32 {
        match &self.0.bell {
            #[cfg(unix)]
            Bell::Socket { watched, .. } => std::os::fd::AsRawFd::as_raw_fd(watched),
            Bell::Call(_) => -1,
        }
    }

    /// Everything that has happened, each as the number of its call, what it is, and its value; writes the log.
    fn drain(&self, py: Python<'_>) -> Vec<(u64, u8, Py<PyAny>)> {
        let mut drained = Vec::new();
        for item in self.0.take() {
            let (id, converted, kind) = match item {
                Item::Log(record) => {
                    record.hand_over(py);
                    continue;
                }
                Item::Ended(id, answer) => (id, answer(py), RESULT),
                Item::Progress(id, progress) => {
                    (id, Py::new(py, Progress::from(progress)).map(Py::into_any), PROGRESS)
                }
            };
            drained.push(match converted {
                Ok(value) => (id, kind, value),
                Err(error) => (id, ERROR, error.into_value(py).into_any()),
            });
        }
        drained
    }
}

impl Completions {
    pub(crate) fn queue(&self) -> Arc<Queue> {
        Arc::clone(&self.0)
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

/// A call that is under way.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct Call {
    under_way: OfProcess<Arc<dyn Stop>>,
    task: AbortHandle,
}

impl Call {
    pub(crate) fn new(under_way: Arc<dyn Stop>, task: AbortHandle) -> Self {
        Self { under_way: OfProcess::new(under_way), task }
    }
}

#[pymethods]
impl Call {
    /// Stops it: no request of it goes out any more, and what became of it is logged when this returns. One that has ended
    /// is left as it is.
    fn cancel(&self, py: Python<'_>) -> PyResult<()> {
        // A child that inherited the call leaves it to its parent.
        let Some(under_way) = self.under_way.get() else { return Ok(()) };
        let runtime = runtime(py)?;
        let records = Arc::new(Records::default());
        // Without the interpreter's lock: the call may be at work this moment, and want the lock itself to wake the loop.
        py.detach(|| {
            let _entered = runtime.enter();
            SINK.sync_scope(records.clone(), || under_way.stop());
        });
        self.task.abort();
        records.hand_over(py);
        Ok(())
    }
}

/// What can be stopped from another thread.
pub(crate) trait Stop: Send + Sync {
    fn stop(&self);
}

/// A future that is polled on the runtime and may be dropped by any thread: tokio's own way to end a task drops it some
/// time later, perhaps after its event loop.
pub(crate) struct UnderWay<F>(Mutex<Option<Pin<Box<F>>>>);

impl<F: Future> UnderWay<F> {
    pub(crate) fn new(future: F) -> Self {
        Self(Mutex::new(Some(Box::pin(future))))
    }

    /// The future's output; None where it was stopped.
    pub(crate) async fn output(&self) -> Option<F::Output> {
        poll_fn(|context| {
            let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(future) = slot.as_mut() else { return Poll::Ready(None) };
            let output = ready!(future.as_mut().poll(context));
            *slot = None;
            Poll::Ready(Some(output))
        })
        .await
    }
}

impl<F: Send> Stop for UnderWay<F> {
    fn stop(&self) {
        let stopped = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(stopped);
    }
}
