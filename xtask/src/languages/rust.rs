//! Rust: the tests of all crates, the suites in Python that run beside `wamid serve`, and the sandbox's page in a browser.

use std::fs;
use std::path::{Path, PathBuf};

use wamid_conformance::{Runner, RunnerCommand};

use super::{Language, Reference, Runners};
use crate::package::{self, Artefact, ONE_PIECE};
use crate::report::Row;
use crate::{phone, postgres, pytest, release, shell, uniffi};

pub(super) const LANGUAGE: Language =
    Language { name: "rust", test, runners, package, reference: Reference::Tool(reference) };

fn test(require_all: bool) -> Result<Vec<Row>, String> {
    let mut rows = cargo_test(require_all)?;
    rows.extend(pytest::run(require_all)?);
    rows.push(phone::run(require_all)?);
    let bot = shell::target().join("debug/bot").display().to_string();
    rows.push(match shell::run("cargo build --quiet -p wamid-example --bin bot", &[])? {
        true => phone::bot(require_all, "Rust", &[&bot])?,
        false => Row::one("the bot of the examples", false),
    });
    Ok(rows)
}

fn runners() -> Result<Runners, String> {
    if !shell::run("cargo build --quiet -p wamid-conformance --bin conformance-runner-rust", &[])? {
        return Err("the Rust runner does not build".to_owned());
    }
    let program = shell::target().join("debug").join("conformance-runner-rust");
    Ok(vec![("rust", Runner::Command(RunnerCommand::new(program)))])
}

/// The binary `wamid`, gateway and command line. What it has to be passed on with stands beside it.
fn package(under: PathBuf) -> Result<Vec<Artefact>, String> {
    let built = package::build("release", "wamid-cli", "--bin wamid", ONE_PIECE)?;
    let binary = under.join("wamid");
    uniffi::copy(&built.join("wamid"), &binary)?;
    release::write_notices("wamid-cli", &under)?;
    try_alone(&binary)?;
    Ok(vec![Artefact::tried_here(binary)])
}

/// Sends messages of many kinds to its own sandbox, in a folder with nothing else in it and without an environment.
fn try_alone(binary: &Path) -> Result<(), String> {
    let folder = shell::target().join("rust/alone");
    uniffi::emptied(&folder)?;
    let alone = folder.join("wamid");
    uniffi::copy(binary, &alone)?;
    let failed = |error: std::io::Error| format!("{}: {error}", alone.display());
    let demo =
        shell::command(&alone.display().to_string()).arg("demo").env_clear().current_dir(&folder).status();
    fs::remove_dir_all(&folder).map_err(failed)?;
    match demo.map_err(failed)?.success() {
        true => Ok(()),
        false => Err(format!("{} does not send by itself", binary.display())),
    }
}

/// The tests of all crates, counted from the lines that the test programs close with.
fn cargo_test(require_all: bool) -> Result<Vec<Row>, String> {
    // Stopped at the end of this function, also when the tests fail.
    let server = if std::env::var_os(postgres::VARIABLE).is_some() { None } else { postgres::start()? };
    let mut env = Vec::new();
    if let Some(server) = &server {
        env.push((postgres::VARIABLE, server.url.as_str()));
        env.extend(server.certificate.iter().map(|file| (postgres::CERTIFICATE, file.as_str())));
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

/// What rustdoc makes of the two libraries, and nothing that it made of others before.
fn reference(into: &Path) -> Result<(), String> {
    let made = shell::target().join("doc");
    uniffi::emptied(&made)?;
    let rustdoc = "cargo doc --package wamid --package wamid-sandbox --all-features --no-deps --quiet";
    if !shell::run(rustdoc, &[])? {
        return Err("rustdoc failed".to_owned());
    }
    uniffi::copy_all(&made, into)
}
