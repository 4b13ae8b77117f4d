//! `cargo xtask faults`: the fault matrix, and the page that says what each fault leads to.

use std::fs;
use std::path::PathBuf;

use wamid_faults::{FaceReport, Matrix, Options};

use crate::report::Row;
use crate::{languages, shell};

const PAGE: &str = "docs/faults.md";

/// Plays the matrix, and prints it.
pub(crate) fn run(filter: Option<String>, jobs: Option<usize>, asked: &[String]) -> Result<bool, String> {
    let mut options = options(asked)?;
    options.filter = filter;
    if let Some(jobs) = jobs {
        options.jobs = jobs;
    }
    let matrix = play(&options)?;
    Ok(is_current() && matrix.is_right())
}

/// A row for each language's face: for `cargo xtask test`.
pub(crate) fn rows(asked: &[String]) -> Result<Vec<Row>, String> {
    let matrix = play(&options(asked)?)?;
    let row = |face: FaceReport| {
        let (suite, failed) =
            (format!("{} faults", face.face), face.wrong + usize::from(face.skipped.is_some()));
        Row {
            suite,
            passed: face.cells.saturating_sub(face.wrong),
            failed,
            note: face.skipped.unwrap_or_default(),
        }
    };
    Ok(matrix.faces.into_iter().map(row).collect())
}

fn options(asked: &[String]) -> Result<Options, String> {
    let (registry, names) = languages::runners(&languages::chosen(asked)?)?;
    Ok(Options::new(registry.select(&names).map_err(|error| error.to_string())?))
}

fn play(options: &Options) -> Result<Matrix, String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let matrix = runtime.block_on(wamid_faults::run(options))?;
    shell::say(&matrix.text);
    Ok(matrix)
}

/// Writes the page.
pub(crate) fn write() -> Result<(), String> {
    shell::say(&format!("writing {PAGE}"));
    fs::write(path(), wamid_faults::page()).map_err(|error| format!("{PAGE}: {error}"))
}

/// Whether the page is as it should be.
pub(crate) fn is_current() -> bool {
    let current = fs::read_to_string(path()).is_ok_and(|written| written == wamid_faults::page());
    if !current {
        shell::say(&format!("{PAGE} is not what the matrix says: run `cargo xtask faults --write`"));
    }
    current
}

fn path() -> PathBuf {
    shell::root().join(PAGE)
}
