//! Lints the workflows and the Containerfile, which nothing runs on the way to main.

use crate::report::Row;
use crate::{npm, shell, tools};

const SUITE: &str = "workflows";
const FOLDER: &str = ".github/lint";

/// A row of the check. Without Node they are not looked at, and the row says so.
pub(crate) fn check() -> Result<Row, String> {
    if let Some(why) = tools::NODE.missing() {
        let note = format!("skipped: {why}");
        return Ok(Row { suite: SUITE.to_owned(), passed: 0, failed: 0, note });
    }
    let sound = npm::install(FOLDER)? && shell::run(&npm::line(FOLDER, "run --silent lint"), &[])?;
    Ok(Row::one(SUITE, sound))
}
