//! The machine-readable contract, generated from the core.

use std::path::PathBuf;

use crate::shell;

fn path() -> PathBuf {
    shell::root().join("tests/conformance/contract.json")
}

fn text() -> Result<String, String> {
    serde_json::to_string_pretty(&wamid::contract())
        .map(|text| text + "\n")
        .map_err(|error| error.to_string())
}

pub(crate) fn write() -> Result<(), String> {
    std::fs::write(path(), text()?).map_err(|error| format!("{}: {error}", path().display()))
}

pub(crate) fn is_current() -> Result<bool, String> {
    let current =
        std::fs::read_to_string(path()).is_ok_and(|written| text().is_ok_and(|text| text == written));
    if !current {
        shell::say("tests/conformance/contract.json is not what the core says: run `cargo xtask contract`");
    }
    Ok(current)
}
