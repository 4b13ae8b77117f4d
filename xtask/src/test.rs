//! `cargo xtask test`

use crate::report::{self, Row};
use crate::{check, conformance, languages, postgres, python, shell};

pub(crate) fn run(asked: &[String], require_all: bool) -> Result<bool, String> {
    let names = languages::chosen(asked)?;
    let mut rows = Vec::new();
    if require_all {
        rows.extend(check::run()?);
    }
    for name in &names {
        if *name == "rust" {
            rows.extend(cargo_test(require_all)?);
            rows.extend(python::run(require_all)?);
        }
    }
    let asked: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let cases = std::path::Path::new("tests/conformance/cases");
    let summary = conformance::run(cases, None, None, require_all, &asked)?;
    for language in &summary.languages {
        rows.push(Row {
            suite: format!("{} conformance", language.language),
            passed: language.passed,
            failed: language.failed + usize::from(require_all && language.skipped.is_some()),
            note: language.skipped.clone().unwrap_or_default(),
        });
    }
    Ok(report::print(&rows))
}

/// The tests of all crates, counted from the lines that the test programs close with.
fn cargo_test(require_all: bool) -> Result<Vec<Row>, String> {
    // Stopped at the end of this function, also when the tests fail.
    let server = if std::env::var_os(postgres::VARIABLE).is_some() { None } else { postgres::start()? };
    let mut env = Vec::new();
    if let Some(server) = &server {
        env.push((postgres::VARIABLE, server.url.as_str()));
    }
    let mut notes = Vec::new();
    let mut rows = Vec::new();
    if server.is_none() && std::env::var_os(postgres::VARIABLE).is_none() {
        let note =
            "PostgreSQL skipped: install the package postgresql, or set WAMID_TEST_POSTGRES".to_owned();
        if require_all {
            rows.push(Row { suite: "rust on PostgreSQL".to_owned(), passed: 0, failed: 1, note });
        } else {
            notes.push(note);
        }
    }
    let (mut passed, mut failed, mut ignored) = (0, 0, 0);
    let succeeded = shell::watch("cargo test --workspace --all-features --no-fail-fast", &env, |line| {
        if let Some(counts) = line.strip_prefix("test result: ") {
            passed += count(counts, "passed");
            failed += count(counts, "failed");
            ignored += count(counts, "ignored");
        }
    })?;
    // A test program that does not build, or dies, closes with no line of its own.
    if !succeeded && failed == 0 {
        failed = 1;
    }
    if ignored > 0 {
        notes.insert(0, format!("{ignored} ignored"));
    }
    rows.insert(0, Row { suite: "rust".to_owned(), passed, failed, note: notes.join("; ") });
    Ok(rows)
}

/// The number before `word` in "ok. 12 passed; 0 failed; 1 ignored; …".
fn count(counts: &str, word: &str) -> usize {
    let mut words = counts.split([' ', ';', '.']).filter(|word| !word.is_empty());
    let mut before = "";
    words
        .find_map(|this| {
            let found = (this == word).then(|| before.parse().ok()).flatten();
            before = this;
            found
        })
        .unwrap_or(0)
}
