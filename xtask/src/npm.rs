//! npm: packages as their lock file pins them, and tests of Node's own runner.

use std::fs;

use crate::report::Row;
use crate::shell;

/// A command of npm's in a folder, which is given from the project's root.
pub(crate) fn line(folder: &str, command: &str) -> String {
    format!("npm --prefix {folder} {command}")
}

/// `npm ci`, where what is installed is not what the lock file says.
pub(crate) fn install(folder: &str) -> Result<bool, String> {
    let path = shell::root().join(folder);
    let lock = path.join("package-lock.json");
    let pinned = fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    let installed = path.join("node_modules/.wamid-installed");
    if fs::read_to_string(&installed).is_ok_and(|text| text == pinned) {
        return Ok(true);
    }
    if !shell::run(&line(folder, "ci --no-audit --no-fund --loglevel=error"), &[])? {
        return Ok(false);
    }
    fs::write(&installed, pinned).map_err(|error| format!("{}: {error}", installed.display()))?;
    Ok(true)
}

/// Runs a script of a folder that is tests of Node's own runner, and counts what passed and failed.
pub(crate) fn test(suite: &str, folder: &str, script: &str, env: &[(&str, &str)]) -> Result<Row, String> {
    let (mut passed, mut failed) = (0, 0);
    let succeeded = shell::watch(&line(folder, &format!("run --silent {script}")), env, |line| {
        let count = |what: &str| line.strip_prefix(what).and_then(|count| count.trim().parse().ok());
        passed = count("ℹ pass ").unwrap_or(passed);
        failed = count("ℹ fail ").unwrap_or(failed);
    })?;
    // It died before its counts, or a test was cancelled or skipped.
    if !succeeded && failed == 0 {
        failed = 1;
    }
    Ok(Row { suite: suite.to_owned(), passed, failed, note: String::new() })
}
