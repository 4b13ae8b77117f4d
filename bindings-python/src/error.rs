//! The core's errors as Python's exceptions, which are defined in Python (`wamid.errors`).

use std::error::Error as StdError;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;
use wamid::Error;

/// Most causes that are told; no chain is as long.
const MOST_CAUSES: usize = 8;

/// The exception of an error, raised.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    match exception(py, error) {
        Ok(exception) => PyErr::from_value(exception),
        Err(failed) => failed,
    }
}

/// The exception of a call in which the bindings themselves panicked.
pub(crate) fn panicked(py: Python<'_>) -> PyErr {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let made = MAKE.import(py, "wamid.errors", "_panicked").and_then(|make| make.call0());
    made.map_or_else(|failed| failed, PyErr::from_value)
}

/// The exception of an error, as a value.
pub(crate) fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let make = MAKE.import(py, "wamid.errors", "_from_native")?;
    // In the order of the contract, more than one Rust tuple can hand over.
    let fields = PyTuple::new(
        py,
        [
            error.kind().as_str().into_pyobject(py)?.into_any(),
            error.message().into_pyobject(py)?.into_any(),
            error.status().into_pyobject(py)?.into_any(),
            error.code().into_pyobject(py)?.into_any(),
            error.subcode().into_pyobject(py)?.into_any(),
            error.title().into_pyobject(py)?.into_any(),
            error.details().into_pyobject(py)?.into_any(),
            error.trace_id().into_pyobject(py)?.into_any(),
            error.field().into_pyobject(py)?.into_any(),
            error.reference().into_pyobject(py)?.into_any(),
            error.retry_after().map(|wait| wait.as_secs_f64()).into_pyobject(py)?.into_any(),
            error.retryable().into_pyobject(py)?.to_owned().into_any(),
            error.maybe_sent().into_pyobject(py)?.to_owned().into_any(),
            error.attempts().into_pyobject(py)?.into_any(),
        ],
    )?;
    make.call1((fields, causes(error)))
}

/// What lay below, the nearest first.
fn causes(error: &Error) -> Vec<String> {
    let mut told = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next.filter(|_| told.len() < MOST_CAUSES) {
        told.push(cause.to_string());
        next = cause.source();
    }
    told
}
