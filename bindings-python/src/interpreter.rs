//! In which interpreter of the process the module is.

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// Refuses an interpreter that is not the first to load the module. What is loaded once for the process (classes, the logger)
/// belongs to that one: another would get errors that it cannot catch, and would use what is gone when the first has ended.
pub(crate) fn claim(py: Python<'_>) -> PyResult<()> {
    /// Each interpreter has a `sys` of its own. This one is kept for good, so that no other is ever at its address.
    static FIRST: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let sys = py.import("sys")?;
    let first = FIRST.get_or_init(py, || sys.clone().unbind());
    if first.is(&sys) {
        return Ok(());
    }
    Err(PyImportError::new_err(
        "wamid works in one interpreter of a process, and this is another (a subinterpreter). \
         With mod_wsgi, set WSGIApplicationGroup %{GLOBAL}",
    ))
}
