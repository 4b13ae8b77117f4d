//! What needs no client.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyList, PyString};

use crate::error::raise;
use crate::event::events;
use crate::text::{optional_text, text, wrong_type};
use crate::value::{buttons, parameters, python};

/// The version of the package.
#[pyfunction]
#[pyo3(name = "_version")]
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Tells Python of an exception that nobody can be given.
#[pyfunction]
#[pyo3(name = "_unraisable")]
pub(crate) fn unraisable(error: &Bound<'_, PyAny>, source: &Bound<'_, PyAny>) {
    PyErr::from_value(error.clone()).write_unraisable(error.py(), Some(source));
}

#[pyfunction]
pub(crate) fn build_template_components(
    py: Python<'_>,
    header_params: Option<&Bound<'_, PyAny>>,
    body_params: Option<&Bound<'_, PyAny>>,
    template_buttons: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<PyAny>> {
    let (header, body) =
        (parameters("header_params", header_params)?, parameters("body_params", body_params)?);
    let components = wamid::build_template_components(&header, &body, &buttons(template_buttons)?);
    let components = components.map_err(|error| raise(py, &error))?;
    let list =
        components.as_slice().iter().map(|component| python(py, component)).collect::<PyResult<Vec<_>>>()?;
    Ok(PyList::new(py, list)?.into_any().unbind())
}

#[pyfunction]
pub(crate) fn verify_webhook(
    py: Python<'_>,
    body: &Bound<'_, PyAny>,
    signature: Option<&Bound<'_, PyAny>>,
    app_secret: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    let signature = header(signature)?;
    let secret = text("app_secret", app_secret)?;
    wamid::verify_webhook(&bytes(body)?, &signature, &secret).map_err(|error| raise(py, &error))
}

#[pyfunction]
pub(crate) fn parse_webhook<'py>(py: Python<'py>, body: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    events(py, wamid::parse_webhook(&bytes(body)?).map_err(|error| raise(py, &error))?)
}

/// A signature header; one that did not come is an empty one.
pub(crate) fn header(signature: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
    Ok(optional_text("signature", signature)?.unwrap_or_default())
}

/// A body: `bytes`, or a `str` that stands for its UTF-8.
pub(crate) fn bytes(body: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if body.cast::<PyString>().is_ok() {
        return text("body", body).map(String::into_bytes);
    }
    let raw = body.extract::<PyBackedBytes>();
    raw.map(|raw| raw.to_vec()).map_err(|_| {
        wrong_type(
            "body",
            "the request's raw bytes, as they came and before anything reads them as JSON",
            body,
        )
    })
}
