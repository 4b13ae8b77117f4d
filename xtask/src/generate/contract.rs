//! The machine-readable contract, against which every binding tests itself.

use super::File;

pub(super) fn file() -> Result<File, String> {
    let text = serde_json::to_string_pretty(&wamid::contract()).map_err(|error| error.to_string())?;
    Ok(File::at("tests/conformance/contract.json", text + "\n"))
}
