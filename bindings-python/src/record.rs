//! Result classes: frozen, compared by value, hashable, pickled, with a `repr` and a `to_dict`.

use std::hash::Hash;

use jiff::tz::Offset;
use pyo3::IntoPyObjectExt;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyTzInfo};
use wamid::{Json, Timestamp};

/// JSON as the host wrote it; a Python value each time that it is read.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Raw(String);

impl From<Json> for Raw {
    fn from(json: Json) -> Self {
        Self(json.as_str().to_owned())
    }
}

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// By Python's own reader: it takes all that JSON can write, numbers of any length and halves of characters included.
impl<'py> IntoPyObject<'py> for Raw {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import(intern!(py, "json"))?.call_method1(intern!(py, "loads"), (self.0,))
    }
}

impl<'py> FromPyObject<'_, 'py> for Raw {
    type Error = PyErr;

    fn extract(text: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        text.extract().map(Self)
    }
}

/// An instant, to the microsecond, as Python counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Instant(i64);

impl From<Timestamp> for Instant {
    fn from(instant: Timestamp) -> Self {
        Self(instant.as_microsecond())
    }
}

/// An aware `datetime` in UTC; one before the year 1, which Python cannot write, is the first that it can.
impl<'py> IntoPyObject<'py> for Instant {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
        let instant = Timestamp::from_microsecond(self.0.max(FIRST)).unwrap_or_default();
        let (date, time) = (Offset::UTC.to_datetime(instant).date(), Offset::UTC.to_datetime(instant).time());
        PyDateTime::new(
            py,
            date.year().into(),
            date.month().try_into()?,
            date.day().try_into()?,
            time.hour().try_into()?,
            time.minute().try_into()?,
            time.second().try_into()?,
            (time.subsec_nanosecond() / 1000).try_into()?,
            Some(&*PyTzInfo::utc(py)?),
        )
    }
}

/// The first of January of the year 1, in microseconds.
const FIRST: i64 = -62_135_596_800_000_000;

/// As a pickle has it.
impl<'py> FromPyObject<'_, 'py> for Instant {
    type Error = PyErr;

    fn extract(microseconds: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        microseconds.extract().map(Self)
    }
}

/// A field on its way into a pickle, from which the class makes it again to the letter.
pub(crate) trait Pickled {
    fn pickled<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

impl Pickled for Raw {
    fn pickled<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.as_str().into_bound_py_any(py)
    }
}

impl Pickled for Instant {
    fn pickled<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.into_bound_py_any(py)
    }
}

impl Pickled for Option<Instant> {
    fn pickled<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.map(|instant| instant.0).into_bound_py_any(py)
    }
}

macro_rules! pickled_as_read {
    ($($type:ty)*) => { $(
        impl Pickled for $type {
            fn pickled<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.clone().into_bound_py_any(py)
            }
        }
    )* };
}
pickled_as_read!(bool Option<bool> String Option<String> Vec<String> i64 Option<i64> usize);

impl Pickled for Option<Raw> {
    fn pickled<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.as_ref().map(|raw| raw.0.as_str()).into_bound_py_any(py)
    }
}

/// Defines a result class, by where users find it and its name there. `field "name": type` gives each field's name in `to_dict` and in the
/// contract.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $class:ident $module:literal $name:literal {
            $( $(#[$field_doc:meta])* $field:ident $key:literal : $type:ty, )*
        }
    ) => {
        $(#[$doc])*
        #[pyclass(frozen, eq, hash, from_py_object, module = $module, name = $name)]
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub(crate) struct $class {
            $( pub(crate) $field: $type, )*
        }

        #[pymethods]
        impl $class {
            $(
                $(#[$field_doc])*
                #[getter]
                fn $field(&self) -> $type {
                    self.$field.clone()
                }
            )*

            #[classattr]
            fn __match_args__<'py>(py: Python<'py>) -> PyResult<Bound<'py, pyo3::types::PyTuple>> {
                pyo3::types::PyTuple::new(py, [$( $crate::record::attribute(stringify!($field)) ),*])
            }

            /// All fields by their common names, `raw` and instants as Python has them.
            pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, pyo3::types::PyDict>> {
                let dict = pyo3::types::PyDict::new(py);
                $( dict.set_item($key, $crate::record::InDict::in_dict(&self.$field, py)?)?; )*
                Ok(dict)
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                let mut fields = Vec::new();
                $(
                    // `raw` says the same again, and more than fits a line.
                    if $key != "raw" {
                        let value = pyo3::IntoPyObjectExt::into_bound_py_any(self.$field.clone(), py)?;
                        fields.push(format!("{}={}", $crate::record::attribute(stringify!($field)), value.repr()?));
                    }
                )*
                Ok(format!("{}({})", $name, fields.join(", ")))
            }

            fn __reduce__<'py>(
                slf: &Bound<'py, Self>,
            ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, pyo3::types::PyTuple>)> {
                let (py, this) = (slf.py(), slf.get());
                let parts = [$( $crate::record::Pickled::pickled(&this.$field, py)? ),*];
                Ok((slf.get_type().getattr("_restored")?, pyo3::types::PyTuple::new(py, parts)?))
            }

            #[staticmethod]
            #[allow(clippy::too_many_arguments, reason = "one for each field: this is what a pickle is read by")]
            fn _restored($( $field: $type ),*) -> Self {
                Self { $( $field ),* }
            }
        }
    };
}
pub(crate) use record;

/// A field's name in Python, where Rust has to write a keyword of its own as `r#type`.
pub(crate) fn attribute(field: &'static str) -> &'static str {
    field.strip_prefix("r#").unwrap_or(field)
}

/// A field as `to_dict` gives it: result classes inside become dicts too.
pub(crate) trait InDict {
    fn in_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

macro_rules! in_dict_as_read {
    ($($type:ty)*) => { $(
        impl InDict for $type {
            fn in_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.clone().into_bound_py_any(py)
            }
        }
    )* };
}
in_dict_as_read!(bool Option<bool> String Option<String> Vec<String> i64 Option<i64> usize Instant Option<Instant> Raw Option<Raw>);
