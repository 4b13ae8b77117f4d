//! Bulks: what became of each message of one that ended or was stopped, and a stream of outcomes.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use tokio::runtime::Handle;
use wamid::{Bulk, Error, SendManyOutcomes};
use wamid_bindings::{OfProcess, Process, Stop};

use crate::call::{How, To, run};
use crate::calling::{Driven, calling};
use crate::client::read;
use crate::error::exception;
use crate::log::{hand_over_beside, look};
use crate::result::{Progress, Receipt};
use crate::runtime::{background, with_started};
use crate::wait::Drive;

/// Stops a `send_many`, which still answers with what it knows.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct NativeStop(Stop);

#[pymethods]
impl NativeStop {
    #[new]
    fn new() -> Self {
        Self(Stop::default())
    }

    /// Nothing more goes out.
    fn stop(&self) {
        self.0.stop();
    }
}

impl NativeStop {
    pub(crate) fn handle(&self) -> Stop {
        self.0.clone()
    }
}

/// The outcomes of a `send_many` in the order of its list, and the counts.
pub(crate) fn outcomes(py: Python<'_>, all: SendManyOutcomes) -> PyResult<Bound<'_, PyAny>> {
    let mut list = Vec::with_capacity(all.outcomes.len());
    for result in all.outcomes {
        list.push(match result {
            Some(result) => outcome(py, result)?,
            None => py.None().into_bound(py),
        });
    }
    (list, Progress::from(all.progress)).into_bound_py_any(py)
}

fn outcome(py: Python<'_>, result: Result<wamid::Receipt, Error>) -> PyResult<Bound<'_, PyAny>> {
    match result {
        Ok(receipt) => Receipt::from(receipt).into_bound_py_any(py),
        Err(error) => exception(py, &error),
    }
}

type Ended = Option<(usize, Result<wamid::Receipt, Error>)>;

fn ended(py: Python<'_>, ended: Ended) -> PyResult<Bound<'_, PyAny>> {
    hand_over_beside(py);
    match ended {
        Some((at, result)) => (at, outcome(py, result)?).into_bound_py_any(py),
        None => Ok(py.None().into_bound(py)),
    }
}

/// Sends that are begun one by one, and whose outcomes are handed out as they end.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct NativeBulk {
    how: How,
    /// A child that inherits it leaves it to its parent.
    stream: OfProcess<Stream>,
}

struct Stream {
    bulk: Arc<Bulk>,
    handle: &'static Handle,
    /// The sends go on while nobody waits for them.
    _driven: Option<Driven>,
}

impl NativeBulk {
    pub(crate) fn begin(py: Python<'_>, how: How, bulk: Bulk) -> PyResult<Self> {
        let (handle, driven) = match how.drive {
            Drive::Calling => {
                let calling = calling(py, how.this)?;
                (calling.runtime().handle(), Some(calling.drive()))
            }
            Drive::Background => (background(py, how.this)?.handle(), None),
        };
        let stream = Stream { bulk: Arc::new(bulk), handle, _driven: driven };
        Ok(Self { how, stream: OfProcess::new(how.this, stream) })
    }

    fn stream(&self) -> PyResult<&Stream> {
        let stream = self.stream.get(Process::this());
        stream.ok_or_else(|| {
            PyRuntimeError::new_err("send_each was begun in another process, which goes on with it")
        })
    }
}

impl Drop for NativeBulk {
    fn drop(&mut self) {
        // What the client holds may want the runtime that it was used on.
        if let Some(stream) = self.stream.take(Process::this()) {
            with_started(|| drop(stream));
        }
    }
}

#[pymethods]
impl NativeBulk {
    /// Begins a send; its index.
    fn push(&self, py: Python<'_>, send: &Bound<'_, PyAny>) -> PyResult<usize> {
        look(py)?;
        let stream = self.stream()?;
        let _entered = stream.handle.enter();
        Ok(stream.bulk.push(read(send)?))
    }

    /// Whether another send may be pushed.
    fn has_room(&self) -> PyResult<bool> {
        Ok(self.stream()?.bulk.has_room())
    }

    /// How many were pushed and not handed out yet.
    fn held(&self) -> PyResult<usize> {
        Ok(self.stream()?.bulk.held())
    }

    /// The next outcome with its index, where one has ended by now; it is put into the list as well.
    fn ended<'py>(&self, py: Python<'py>, to: &Bound<'py, PyList>) -> PyResult<Bound<'py, PyAny>> {
        let next = pin!(self.stream()?.bulk.next());
        match next.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(next) => {
                let ended = ended(py, next)?;
                to.append(&ended)?;
                Ok(ended)
            }
            Poll::Pending => Ok(py.None().into_bound(py)),
        }
    }

    /// The next outcome with its index; None where nothing is held.
    #[pyo3(signature = (to=None))]
    fn next(&self, py: Python<'_>, to: To<'_>) -> PyResult<Py<PyAny>> {
        let bulk = Arc::clone(&self.stream()?.bulk);
        run(py, self.how, to, true, async move { Ok(bulk.next().await) }, ended)
    }

    /// Nothing more goes out.
    fn stop(&self) {
        if let Some(stream) = self.stream.get(Process::this()) {
            stream.bulk.stop();
        }
    }

    /// The same, and nobody takes an outcome any more. Somebody may hold this for long yet, such as a traceback.
    fn leave(&self, py: Python<'_>) {
        if let Some(stream) = self.stream.get(Process::this()) {
            stream.bulk.leave();
            hand_over_beside(py);
        }
    }
}
