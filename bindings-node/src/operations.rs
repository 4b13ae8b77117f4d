//! The arguments of an operation as JavaScript writes them: in camelCase.

use std::sync::LazyLock;

use serde_json::Value;
use serde_json::value::RawValue;
use wamid::{Client, Error, OperationInfo};

use crate::{content, reader};

/// The operations, which are the same for every client.
static OPERATIONS: LazyLock<Vec<OperationInfo>> = LazyLock::new(Client::operations);

/// The arguments as the core reads them. What is JSON of the caller's own stays as it is.
pub(crate) fn arguments(operation: &str, given: &str) -> Result<String, Error> {
    let raw: &RawValue = serde_json::from_str(given)
        .map_err(|error| Error::argument("arguments", format!("cannot be read: {error}")))?;
    let Value::Object(given) = reader::members("arguments", raw)? else {
        return Err(Error::argument("arguments", "must be one object with names"));
    };
    let fields = OPERATIONS.iter().find(|info| info.name == operation).map(|info| info.fields.as_slice());
    let members = content::renamed(given, fields.unwrap_or_default(), "")?;
    Ok(Value::Object(members).to_string())
}
