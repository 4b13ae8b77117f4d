//! The phone page of the sandbox, walked through in Chromium.

use crate::report::Row;
use crate::{npm, shell, tools};

const SUITE: &str = "phone page";
const FOLDER: &str = "tests/phone";

/// Runs the tests of the page. Without Node or Chromium they are skipped, which `require_all` makes a failure.
pub(crate) fn run(require_all: bool) -> Result<Row, String> {
    if let Some(why) = missing(FOLDER)? {
        let note = format!("skipped: {why}");
        return Ok(Row { suite: SUITE.to_owned(), passed: 0, failed: require_all.into(), note });
    }
    match sandbox()? {
        Some(binary) => npm::test(SUITE, FOLDER, "test", &[("WAMID_BIN", &binary)]),
        None => Ok(Row::one(SUITE, false)),
    }
}

/// Has someone who uses the page talk to the bot of a language, which is started by this program with these arguments.
pub(crate) fn bot(require_all: bool, language: &str, program: &[&str]) -> Result<Row, String> {
    let suite = format!("{SUITE}, {language} bot");
    if let Some(why) = missing(FOLDER)? {
        let note = format!("skipped: {why}");
        return Ok(Row { suite, passed: 0, failed: require_all.into(), note });
    }
    let Some(binary) = sandbox()? else { return Ok(Row::one(&suite, false)) };
    let line = serde_json::Value::from_iter(program.iter().copied()).to_string();
    let env = [("WAMID_BIN", binary.as_str()), ("WAMID_BOT", &line), ("WAMID_BOT_LANGUAGE", language)];
    npm::test(&suite, FOLDER, "bots", &env)
}

/// The binary that brings the sandbox; nothing where it does not build.
fn sandbox() -> Result<Option<String>, String> {
    let is_built = shell::run("cargo build --quiet --package wamid-cli --bin wamid", &[])?;
    Ok(is_built.then(|| shell::target().join("debug/wamid").display().to_string()))
}

/// What has to be here and is not, for tests in Chromium that stand in this folder.
pub(crate) fn missing(folder: &str) -> Result<Option<String>, String> {
    if let Some(why) = tools::NODE.missing().or_else(|| tools::CHROMIUM.missing()) {
        return Ok(Some(why));
    }
    Ok((!npm::install(folder)?).then(|| "needs npm's registry".to_owned()))
}
