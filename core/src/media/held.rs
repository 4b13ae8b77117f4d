//! Content that is held in memory.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::argument::Path;
use crate::error::Error;
use crate::json::Writer;
use crate::message::field::Field;
use crate::message::{Limits, Shape};

/// Content that is held in memory. In JSON it is base64.
///
/// ```
/// let data = wamid::Bytes::from(vec![0xFF, 0xD8, 0xFF]);
/// assert_eq!(data.as_ref().len(), 3);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Bytes(pub(crate) bytes::Bytes);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.0.len())
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec().into())
    }
}

impl From<Bytes> for Vec<u8> {
    fn from(bytes: Bytes) -> Self {
        bytes.0.into()
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl Field for Bytes {
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error> {
        let text: String =
            serde_json::from_str(raw.get()).map_err(|_| Error::invalid(path, "must be a text of base64"))?;
        match STANDARD.decode(text) {
            Ok(bytes) => Ok(bytes.into()),
            Err(_) => Err(Error::invalid(path, "must be base64 with padding")),
        }
    }

    fn check(&self, _: Path<'_>, _: Limits) -> Result<(), Error> {
        Ok(())
    }

    fn write(&self, out: &mut Writer) {
        out.text(&STANDARD.encode(&self.0));
    }

    fn shape() -> Shape {
        Shape::Bytes
    }
}
