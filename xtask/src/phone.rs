//! The phone page of the sandbox, walked through in Chromium.

use crate::report::Row;
use crate::{npm, shell};

const SUITE: &str = "phone page";
const FOLDER: &str = "tests/phone";
/// Where the browser is, if not where Debian has it.
const CHROMIUM: &str = "WAMID_CHROMIUM";

/// Runs the tests of the page. Without Node or Chromium they are skipped, which `require_all` makes a failure.
pub(crate) fn run(require_all: bool) -> Result<Row, String> {
    if let Some(why) = missing()? {
        let note = format!("skipped: {why}");
        return Ok(Row { suite: SUITE.to_owned(), passed: 0, failed: require_all.into(), note });
    }
    if !shell::run("cargo build --quiet --package wamid-cli --bin wamid", &[])? {
        return Ok(Row::one(SUITE, false));
    }
    let binary = shell::target().join("debug/wamid").display().to_string();
    npm::test(SUITE, FOLDER, &[("WAMID_BIN", &binary)])
}

fn missing() -> Result<Option<String>, String> {
    if let Some(why) = npm::missing() {
        return Ok(Some(why));
    }
    let chromium = std::env::var(CHROMIUM).unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !shell::exists(&format!("{chromium} --version")) {
        return Ok(Some(format!("needs Chromium (Debian: chromium), or its path in {CHROMIUM}")));
    }
    Ok((!npm::install(FOLDER)?).then(|| "needs npm's registry".to_owned()))
}
