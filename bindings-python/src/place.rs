//! What a value of a dict or list stands for. Only a template's parameter can hold a file; elsewhere JSON is the caller's own.

use std::fmt::Display;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyMemoryView, PyString};

use crate::text::{text, wrong_type};

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In JSON that is passed on as it is.
    Json,
    /// It is the arguments of an operation.
    Arguments,
    /// It is a content, or a card of one.
    Content,
    /// It is a list of cards.
    Cards,
    /// It is a list of a template's parameters.
    Parameters,
    /// It is a parameter of a template.
    Parameter,
}

impl Place {
    /// Where a member of a dict here stands.
    pub(crate) fn member(self, name: &str) -> Self {
        match (self, name) {
            (Self::Arguments, "content") => Self::Content,
            (Self::Content, "carousel") => Self::Cards,
            (Self::Content, "header_params" | "body_params") => Self::Parameters,
            _ => Self::Json,
        }
    }

    /// Where an element of a list here stands.
    pub(crate) fn element(self) -> Self {
        match self {
            Self::Cards => Self::Content,
            Self::Parameters => Self::Parameter,
            _ => Self::Json,
        }
    }

    /// Whether a dict here may hold a file.
    pub(crate) fn may_hold_file(self, dict: &Bound<'_, PyDict>) -> PyResult<bool> {
        if self != Self::Parameter {
            return Ok(false);
        }
        let Some(kind) = dict.get_item("type")? else { return Ok(false) };
        let Ok(kind) = kind.cast::<PyString>() else { return Ok(false) };
        Ok(matches!(&*kind.to_cow()?, "image" | "video" | "document"))
    }
}

/// The path or the content that a file is given by, as JSON has it; none for what is JSON already.
pub(crate) fn local(path: &dyn Display, key: &str, given: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if given.is_none() || given.cast::<PyString>().is_ok() {
        return Ok(None);
    }
    match key {
        "file" => {
            if given.extract::<PathBuf>().is_err() {
                return Err(wrong_type(path, "a str or a path", given));
            }
            // As `str`: a path that is no Unicode is refused, as JSON could only hold another one.
            text(path, &given.call_method0("__fspath__")?).map(Some)
        }
        "data" => {
            // A file that was opened to read bytes.
            let read = if given.hasattr("read")? { Some(given.call_method0("read")?) } else { None };
            let given = read.as_ref().unwrap_or(given);
            let is_bytes = given.is_instance_of::<PyBytes>()
                || given.is_instance_of::<PyByteArray>()
                || given.is_instance_of::<PyMemoryView>();
            if !is_bytes {
                return Err(wrong_type(path, "bytes", given));
            }
            let bytes = given.py().get_type::<PyBytes>().call1((given,))?;
            let content = wamid::Bytes::from(bytes.cast::<PyBytes>()?.as_bytes());
            Ok(serde_json::to_value(content).ok().and_then(|text| text.as_str().map(str::to_owned)))
        }
        _ => Ok(None),
    }
}
