//! JSON values from Python's.

use std::fmt::{self, Display};

use pyo3::exceptions::PyRecursionError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde_json::{Map, Number, Value};
use wamid::{Button, Components, Parameter};

use crate::error::raise;
use crate::place::{Place, local};
use crate::text::{text, wrong_type};

/// As deep as JSON is read elsewhere. A list that holds itself has no end.
const DEEPEST: usize = 128;

/// Room for so many elements is made before they come: what says that it is long need not be.
const MOST_AT_FIRST: usize = 1024;

/// Parameters of a template: texts, numbers and dicts; which ones, the core knows.
pub(crate) fn parameters(field: &str, list: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<Parameter>> {
    elements(field, list, |path, element| {
        if element.cast::<PyString>().is_ok() {
            return Ok(Parameter::Text(text(path, element)?));
        }
        // A dict of JSON cannot hold "not a number"; as a parameter it is the core's to refuse.
        if let Ok(float) = element.cast::<PyFloat>() {
            return Ok(Parameter::Number(float.value()));
        }
        if element.cast::<PyInt>().is_ok() && element.cast::<PyBool>().is_err() {
            return digits(element, path);
        }
        value_at(path, element, Place::Parameter).map(Parameter::Json)
    })
}

/// A whole number however long it is, by its digits.
fn digits(number: &Bound<'_, PyAny>, path: &dyn Display) -> PyResult<Parameter> {
    let path = path.to_string();
    let read = match written(number) {
        Ok(digits) => Parameter::from_json_at(&digits, &path),
        // Python itself writes at most 4300 digits.
        Err(error) => Err(wamid::Error::argument(&path, format!("cannot be written: {error}"))),
    };
    read.map_err(|error| raise(number.py(), &error))
}

/// Buttons of a template: dicts.
pub(crate) fn buttons(list: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<Button>> {
    elements("buttons", list, |path, element| value(path, element).map(Button::json))
}

/// Meta's own components.
pub(crate) fn components(list: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Components>> {
    let Some(list) = list else { return Ok(None) };
    let components = Components::from_value(value(&"components", list)?);
    components.map(Some).map_err(|error| raise(list.py(), &error))
}

/// The elements of anything that has some, in order. A text has letters and a dict has keys, but neither is a list.
pub(crate) fn elements<T>(
    field: &str,
    list: Option<&Bound<'_, PyAny>>,
    convert: impl Fn(&dyn Display, &Bound<'_, PyAny>) -> PyResult<T>,
) -> PyResult<Vec<T>> {
    let Some(list) = list else { return Ok(Vec::new()) };
    let refused = || wrong_type(field, "a list", list);
    if list.cast::<PyString>().is_ok() || list.cast::<PyDict>().is_ok() {
        return Err(refused());
    }
    let mut converted = Vec::with_capacity(list.len().map_or(0, |length| length.min(MOST_AT_FIRST)));
    for (at, element) in list.try_iter().map_err(|_| refused())?.enumerate() {
        converted.push(convert(&Path::Element(&field, at), &element?)?);
    }
    Ok(converted)
}

/// Where a value stands, written out only for an error.
enum Path<'a> {
    Element(&'a dyn Display, usize),
    Key(&'a dyn Display, &'a str),
}

impl Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Element(of, at) => write!(f, "{of}[{at}]"),
            Self::Key(of, key) => write!(f, "{of}.{key}"),
        }
    }
}

/// The JSON of a Python value; `path` names it in errors.
pub(crate) fn value(path: &dyn Display, python: &Bound<'_, PyAny>) -> PyResult<Value> {
    value_at(path, python, Place::Json)
}

/// The same of a value that stands here: a template's parameter may hold a file.
pub(crate) fn value_at(path: &dyn Display, python: &Bound<'_, PyAny>, place: Place) -> PyResult<Value> {
    read(path, python, 0, place)
}

fn read(path: &dyn Display, python: &Bound<'_, PyAny>, depth: usize, place: Place) -> PyResult<Value> {
    if depth > DEEPEST {
        return Err(PyRecursionError::new_err(format!("{path} is nested too deeply")));
    }
    if python.is_none() {
        Ok(Value::Null)
    } else if python.cast::<PyString>().is_ok() {
        text(path, python).map(Value::String)
    } else if let Ok(boolean) = python.cast::<PyBool>() {
        Ok(Value::Bool(boolean.is_true()))
    } else if python.cast::<PyInt>().is_ok() {
        integer(path, python)
    } else if let Ok(float) = python.cast::<PyFloat>() {
        Number::from_f64(float.value()).map(Value::Number).ok_or_else(|| {
            let error =
                wamid::Error::argument(&path.to_string(), "must be a finite number, as JSON has no other");
            raise(python.py(), &error)
        })
    } else if let Ok(dict) = python.cast::<PyDict>() {
        let mut map = Map::with_capacity(dict.len());
        let may_hold_file = place.may_hold_file(dict)?;
        for (key, element) in dict {
            let key = text(path, &key)?;
            let at = Path::Key(path, &key);
            let element = match if may_hold_file { local(&at, &key, &element)? } else { None } {
                Some(text) => Value::String(text),
                None => read(&at, &element, depth + 1, place.member(&key))?,
            };
            map.insert(key, element);
        }
        Ok(Value::Object(map))
    } else if python.cast::<PyList>().is_ok() || python.cast::<PyTuple>().is_ok() {
        let mut list = Vec::with_capacity(python.len().map_or(0, |length| length.min(MOST_AT_FIRST)));
        for (at, element) in python.try_iter()?.enumerate() {
            list.push(read(&Path::Element(path, at), &element?, depth + 1, place.element())?);
        }
        Ok(Value::Array(list))
    } else {
        Err(wrong_type(path, "a str, number, bool, None, dict or list", python))
    }
}

/// An integer. What has more than 64 bits would change its digits on the way.
fn integer(path: &dyn Display, python: &Bound<'_, PyAny>) -> PyResult<Value> {
    if let Ok(number) = python.extract::<i64>() {
        return Ok(number.into());
    }
    if let Ok(number) = python.extract::<u64>() {
        return Ok(number.into());
    }
    let path = path.to_string();
    let refused = match written(python) {
        Ok(digits) => wamid::check_whole_numbers(&digits, &path).err(),
        // Python itself writes at most 4300 digits.
        Err(error) => Some(wamid::Error::argument(&path, format!("cannot be written: {error}"))),
    };
    match refused {
        Some(error) => Err(raise(python.py(), &error)),
        None => Ok(Value::Null),
    }
}

/// The digits of a whole number: of `int` itself, whatever a subclass makes of it (an `IntEnum` has a name).
fn written(number: &Bound<'_, PyAny>) -> PyResult<String> {
    let digits = number.py().get_type::<PyInt>().call_method1("__repr__", (number,))?;
    Ok(digits.cast::<PyString>()?.to_cow()?.into_owned())
}

/// The Python value of JSON that the core has made.
pub(crate) fn python<'py>(py: Python<'py>, json: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match json {
        Value::Null => py.None().into_bound(py),
        Value::Bool(boolean) => boolean.into_pyobject(py)?.to_owned().into_any(),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => number.into_pyobject(py)?.into_any(),
            (None, Some(number)) => number.into_pyobject(py)?.into_any(),
            (None, None) => number.as_f64().into_pyobject(py)?.into_any(),
        },
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(list) => {
            let list = list.iter().map(|element| python(py, element)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, list)?.into_any()
        }
        Value::Object(map) => {
            let dict = PyDict::new(py);
            for (key, element) in map {
                // A few keys come again and again, and are looked up again by whoever reads them.
                dict.set_item(PyString::intern(py, key), python(py, element)?)?;
            }
            dict.into_any()
        }
    })
}
