//! Texts and numbers from Python, by the name of their argument.

use std::fmt::Display;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyString};

use crate::error::raise;

/// A `str`.
pub(crate) fn text(field: &(impl Display + ?Sized), value: &Bound<'_, PyAny>) -> PyResult<String> {
    let text = value.cast::<PyString>().map_err(|_| wrong_type(field, "a str", value))?;
    match text.to_cow() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => {
            // What is no Unicode is the core's to refuse: it names the field.
            let bytes: Vec<u8> = text.call_method1("encode", ("utf-8", "surrogatepass"))?.extract()?;
            wamid::unicode(&field.to_string(), bytes).map_err(|error| raise(value.py(), &error))
        }
    }
}

/// A `str`, or None.
pub(crate) fn optional_text(field: &str, value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<String>> {
    value.map(|value| text(field, value)).transpose()
}

/// An `int` that the type can hold, or None.
pub(crate) fn optional_whole<T: TryFrom<i128>>(
    field: &str,
    value: Option<&Bound<'_, PyAny>>,
) -> PyResult<Option<T>> {
    let Some(value) = value else { return Ok(None) };
    let number = value.cast::<PyInt>().map_err(|_| wrong_type(field, "an int", value))?;
    let negative = number.lt(0)?;
    // Beyond 128 bits one such number is as good as another.
    let number = number.extract().unwrap_or(if negative { i128::MIN } else { i128::MAX });
    wamid::whole(field, number).map(Some).map_err(|error| raise(value.py(), &error))
}

/// A `bool`, or None.
pub(crate) fn optional_bool(field: &str, value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<bool>> {
    value.map(|value| value.extract().map_err(|_| wrong_type(field, "a bool", value))).transpose()
}

/// A number: a `float`, an `int`, or what turns itself into one (`Decimal`).
pub(crate) fn number(field: &str, value: &Bound<'_, PyAny>) -> PyResult<f64> {
    if let Ok(float) = value.cast::<PyFloat>() {
        return Ok(float.value());
    }
    if value.cast::<PyInt>().is_ok() {
        // An int beyond all floats is as far away as infinity.
        return Ok(value.extract().unwrap_or(f64::INFINITY));
    }
    value.extract().map_err(|_| wrong_type(field, "a number", value))
}

pub(crate) fn wrong_type(field: &(impl Display + ?Sized), what: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let found = value.get_type().name().map_or_else(|_| "something else".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("{field} must be {what}, not {found}"))
}
