//! Classes of events. Each holds the core's own struct: an attribute is made where it is read, so what nobody reads costs nothing.

use std::hash::{Hash, Hasher};

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use wamid::{Json, Timestamp};

use crate::record::{Instant, Raw};

/// A field of an event.
pub(crate) trait EventField {
    /// As an attribute has it.
    fn shown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;

    /// As `to_dict` has it.
    fn in_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.shown(py)
    }

    fn hashed<H: Hasher>(&self, state: &mut H);
}

macro_rules! plain {
    ($($type:ty)*) => {$(
        impl EventField for $type {
            fn shown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.into_bound_py_any(py)
            }

            fn hashed<H: Hasher>(&self, state: &mut H) {
                self.hash(state);
            }
        }
    )*};
}
plain!(String bool i64);

impl EventField for f64 {
    fn shown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.into_bound_py_any(py)
    }

    fn hashed<H: Hasher>(&self, state: &mut H) {
        // Both zeros are equal.
        (self + 0.0).to_bits().hash(state);
    }
}

impl EventField for Timestamp {
    fn shown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Instant::from(*self).into_bound_py_any(py)
    }

    fn hashed<H: Hasher>(&self, state: &mut H) {
        self.hash(state);
    }
}

impl EventField for Json {
    fn shown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Raw::from(self.clone()).into_bound_py_any(py)
    }

    fn hashed<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl<T: EventField> EventField for Option<T> {
    fn shown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.as_ref().map_or_else(|| Ok(py.None().into_bound(py)), |value| value.shown(py))
    }

    fn in_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.as_ref().map_or_else(|| Ok(py.None().into_bound(py)), |value| value.in_dict(py))
    }

    fn hashed<H: Hasher>(&self, state: &mut H) {
        self.is_some().hash(state);
        self.iter().for_each(|value| value.hashed(state));
    }
}

impl<T: EventField> EventField for Box<T> {
    fn shown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        (**self).shown(py)
    }

    fn in_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        (**self).in_dict(py)
    }

    fn hashed<H: Hasher>(&self, state: &mut H) {
        (**self).hashed(state);
    }
}

impl<T: EventField> EventField for Vec<T> {
    fn shown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let items = self.iter().map(|item| item.shown(py)).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, items).map(Bound::into_any)
    }

    fn in_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let items = self.iter().map(|item| item.in_dict(py)).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, items).map(Bound::into_any)
    }

    fn hashed<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        self.iter().for_each(|item| item.hashed(state));
    }
}

/// Defines a class over the core's struct of the same name: each field by its name in Python, its common name, and its place in the struct.
macro_rules! event_class {
    (
        $(#[doc = $doc:literal])*
        $class:ident $(event $event:literal $(answered at $address:ident quoting $id:ident)?)? {
            $( $(#[doc = $field_doc:literal])* $field:ident $key:literal $($place:ident).+, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[pyclass(frozen, eq, hash, module = "wamid")]
        #[derive(PartialEq)]
        pub(crate) struct $class(pub(crate) wamid::$class);

        impl std::hash::Hash for $class {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                $( $crate::event_class::EventField::hashed(&self.0.$($place).+, state); )*
            }
        }

        #[pymethods]
        impl $class {
            $(
                $(#[doc = $field_doc])*
                #[getter]
                fn $field<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    $crate::event_class::EventField::shown(&self.0.$($place).+, py)
                }
            )*

            $(
                /// Which kind of event it is.
                #[classattr]
                fn event() -> &'static str {
                    $event
                }
            )?

            #[classattr]
            fn __match_args__<'py>(py: Python<'py>) -> PyResult<Bound<'py, pyo3::types::PyTuple>> {
                pyo3::types::PyTuple::new(py, [$( $crate::record::attribute(stringify!($field)) ),*])
            }

            $($(
                /// Answers it: sends the content to its `address`, whether that is a number or a user id, and quotes it.
                ///
                /// With an `AsyncClient` the answer is awaited. The options are those of `Client.send`. A group's message has no address: that is an
                /// `InvalidInputError` whose `field` is `phone`.
                #[pyo3(signature = (client, content, **options))]
                fn answer<'py>(
                    &self,
                    client: &Bound<'py, PyAny>,
                    content: &Bound<'py, PyAny>,
                    options: Option<&Bound<'py, pyo3::types::PyDict>>,
                ) -> PyResult<Bound<'py, PyAny>> {
                    $crate::event_class::answer((client, content), self.0.$address.as_deref(), &self.0.$id, options)
                }

                /// Marks it as read, and with `typing` shows that an answer is being written. With an `AsyncClient` it is awaited.
                #[pyo3(signature = (client, *, typing = None))]
                fn mark_read<'py>(
                    &self,
                    client: &Bound<'py, PyAny>,
                    typing: Option<&Bound<'py, PyAny>>,
                ) -> PyResult<Bound<'py, PyAny>> {
                    $crate::event_class::mark_read(client, &self.0.$id, typing)
                }
            )?)?

            /// All fields by their common names, `raw` and instants as Python has them.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                let dict = pyo3::types::PyDict::new(py);
                $( dict.set_item("event", $event)?; )?
                $( dict.set_item($key, $crate::event_class::EventField::in_dict(&self.0.$($place).+, py)?)?; )*
                Ok(dict.into_any())
            }

            /// What is there. `raw` says the same again, and more than fits a line.
            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                let mut fields = Vec::new();
                $(
                    if $key != "raw" {
                        let value = $crate::event_class::EventField::shown(&self.0.$($place).+, py)?;
                        if !value.is_none() {
                            let name = $crate::record::attribute(stringify!($field));
                            fields.push(format!("{name}={}", value.repr()?));
                        }
                    }
                )*
                Ok(format!("{}({})", stringify!($class), fields.join(", ")))
            }

            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
                let json = serde_json::to_string(&slf.get().0);
                let json = json.map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?;
                Ok((slf.get_type().getattr("_restored")?, (json,)))
            }

            #[staticmethod]
            fn _restored(json: &str) -> PyResult<Self> {
                let restored = wamid::$class::from_json(json).map(Self);
                restored.ok_or_else(|| pyo3::exceptions::PyValueError::new_err("of another version of wamid"))
            }
        }

        impl $crate::event_class::EventField for wamid::$class {
            fn shown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                pyo3::IntoPyObjectExt::into_bound_py_any($class(self.clone()), py)
            }

            fn in_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                let dict = pyo3::types::PyDict::new(py);
                $( dict.set_item($key, $crate::event_class::EventField::in_dict(&self.$($place).+, py)?)?; )*
                Ok(dict.into_any())
            }

            fn hashed<H: std::hash::Hasher>(&self, state: &mut H) {
                $( $crate::event_class::EventField::hashed(&self.$($place).+, state); )*
            }
        }
    };
}
pub(crate) use event_class;

/// Defines what makes objects of events, and the list of all classes.
macro_rules! events {
    (events { $($variant:ident($event:ident)),* } classes { $($class:ident),* }) => {
        /// The events as a Python list.
        pub(crate) fn events(py: Python<'_>, events: Vec<wamid::Event>) -> PyResult<Bound<'_, PyAny>> {
            let object = |event| match event {
                $( wamid::Event::$variant(event) => pyo3::IntoPyObjectExt::into_bound_py_any($event(event), py), )*
                event => pyo3::IntoPyObjectExt::into_bound_py_any(OtherEvent($crate::event_class::as_other(&event)), py),
            };
            let objects = events.into_iter().map(object).collect::<PyResult<Vec<_>>>()?;
            pyo3::types::PyList::new(py, objects).map(Bound::into_any)
        }

        /// Adds all classes to the module.
        pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
            $( module.add_class::<$class>()?; )*
            Ok(())
        }
    };
}
pub(crate) use events;

/// Sends an answer with the client's own method: one of `AsyncClient` answers with what is awaited.
pub(crate) fn answer<'py>(
    (client, content): (&Bound<'py, PyAny>, &Bound<'py, PyAny>),
    address: Option<&str>,
    id: &str,
    options: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let options = options.map_or_else(|| Ok(PyDict::new(client.py())), |options| options.copy())?;
    if !options.contains("reply_to")? {
        options.set_item("reply_to", id)?;
    }
    client.call_method("send", (address.unwrap_or_default(), content), Some(&options))
}

/// Marks a message as read in the same way.
pub(crate) fn mark_read<'py>(
    client: &Bound<'py, PyAny>,
    id: &str,
    typing: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let options = PyDict::new(client.py());
    options.set_item("typing", typing)?;
    client.call_method("mark_read", (id,), Some(&options))
}

/// An event of a kind that has no class here yet is told whole.
pub(crate) fn as_other(event: &wamid::Event) -> wamid::OtherEvent {
    let mut other = wamid::OtherEvent::default();
    let json = serde_json::to_string(event).unwrap_or_default();
    other.raw = Json::parse("event", &json).unwrap_or_default();
    other
}
