//! Writes the Kotlin and Swift sources for the library that it is given, as `uniffi-bindgen generate` does; and then makes
//! Kotlin's classes such as can grow, and internal what UniFFI makes for itself.

mod classes;
mod kotlin;
mod swift;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Ends the process where it fails.
    uniffi::uniffi_bindgen_main();
    match argument("--out-dir").map_or(Ok(()), |folder| refine_all(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn refine_all(folder: &Path) -> Result<(), String> {
    refine(&folder.join("dev/wamid/wamid.kt"), kotlin::refine)?;
    refine(&folder.join("Wamid.swift"), swift::refine)
}

/// What stands after `name` on the command line.
fn argument(name: &str) -> Option<PathBuf> {
    std::env::args_os().skip_while(|argument| argument != name).nth(1).map(PathBuf::from)
}

/// Rewrites a file, where it was made.
fn refine(file: &Path, how: impl Fn(&str) -> Result<String, String>) -> Result<(), String> {
    if !file.exists() {
        return Ok(());
    }
    let failed = |error: std::io::Error| format!("{}: {error}", file.display());
    let source = std::fs::read_to_string(file).map_err(failed)?;
    let refined = how(&source).map_err(|error| format!("{}: {error}", file.display()))?;
    std::fs::write(file, refined).map_err(failed)
}
