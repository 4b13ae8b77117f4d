//! The driver drives a scripted runner: whatever breaks here would let a broken SDK pass, or a good one fail.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests too")]

mod bodies;
mod compare;
mod complete;
mod format;
mod report;
mod runners;
mod server;
mod unordered;
mod wildcards;

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use wamid_conformance::{Error, Language, Options, Registry, Runner, RunnerCommand, Summary, run};

/// The scripted runner under the name of one language.
fn scripted(name: &str) -> Registry {
    let command = RunnerCommand::new(env!("CARGO_BIN_EXE_conformance-runner-scripted"));
    Registry::new().with(name, Runner::Command(command))
}

fn languages(name: &str) -> Vec<Language> {
    scripted(name).select(&[name]).unwrap()
}

/// A folder with one file of cases.
fn folder(cases: &Value) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "cases.json", &cases.to_string());
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

/// A case with one call that takes these steps.
fn case(steps: Value, server: Value, expect: Value) -> Value {
    json!({
        "name": "a case",
        "client": {"host": "cloud"},
        "calls": [{"op": "send_message", "args": {"steps": steps}}],
        "server": server,
        "expect": expect,
    })
}

/// A case whose call is answered like this, and expected so.
fn answered(answer: Value, expected: Value) -> Value {
    json!({
        "name": "a case",
        "calls": [{"op": "chats", "args": {"answer": answer}}],
        "expect": {"results": [expected]},
    })
}

async fn drive_with(cases: &Value, change: impl FnOnce(&mut Options)) -> (Result<Summary, Error>, String) {
    let folder = folder(cases);
    let mut options = Options::new(folder.path(), languages("rust"));
    change(&mut options);
    let mut out = Vec::new();
    let summary = run(&options, &mut out).await;
    (summary, String::from_utf8(out).unwrap())
}

async fn drive(cases: &Value) -> (Summary, String) {
    let (summary, text) = drive_with(cases, |_| {}).await;
    (summary.unwrap(), text)
}

async fn passes(case: Value) {
    let (summary, text) = drive(&case).await;
    assert!(summary.exit_ok && summary.passed == 1, "{text}\nfor {case}");
}

/// The case fails, and its line has all of these texts.
async fn fails(case: Value, texts: &[&str]) {
    let (summary, text) = drive(&case).await;
    assert!(!summary.exit_ok && summary.failed > 0, "it passed: {case}");
    for part in texts {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
}
