//! `docs/security.md` names the test of each promise: it is there, and it is a test.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The tests that a line names: what stands in backquotes as the text of a link, and the link's path.
fn named(line: &str) -> Vec<(String, String)> {
    let links = line.split("[`").skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once("`](")?;
        let (path, _) = rest.split_once(')')?;
        Some((name.to_owned(), path.strip_prefix("../")?.to_owned()))
    });
    links.collect()
}

/// Whether that source has a test of that name.
fn is_test(source: &str, path: &str, name: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap();
    match ending {
        "rs" => {
            let lines: Vec<&str> = source.lines().collect();
            let at = lines.iter().position(|line| {
                let line = line.trim_start().trim_start_matches("async ");
                line.strip_prefix("fn ").is_some_and(|rest| rest.starts_with(&format!("{name}(")))
            });
            at.is_some_and(|at| {
                lines[at.saturating_sub(3)..at].iter().any(|line| {
                    line.trim_start().starts_with("#[test]") || line.trim_start().starts_with("#[tokio::test")
                })
            })
        }
        "py" => name.starts_with("test_") && source.contains(&format!("def {name}(")),
        "mjs" => source.contains(&format!("test('{name}'")),
        "kt" => source.contains(&format!("fun `{name}`(")),
        "swift" => source.contains(&format!("func {name}(")),
        _ => false,
    }
}

#[test]
fn every_promise_names_tests_that_exist() {
    let page = fs::read_to_string(root().join("docs/security.md")).unwrap();
    let (mut tests, mut promises, mut in_promises) = (BTreeSet::new(), 0, false);
    for line in page.lines() {
        if line.starts_with("| ") {
            if line == "| promise | held by | shown by |" {
                in_promises = true;
            } else if in_promises && !line.starts_with("| ---") {
                promises += 1;
                assert!(!named(line).is_empty(), "a promise without a test: {line}");
            }
        } else {
            in_promises = false;
        }
        tests.extend(named(line));
    }
    for (name, path) in &tests {
        let source = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(is_test(&source, path, name), "{path} has no test {name}");
    }
    assert!(promises > 40 && tests.len() > 60, "{promises} promises, {} tests", tests.len());
}

#[test]
fn the_modules_that_keep_a_promise_are_there() {
    let page = fs::read_to_string(root().join("docs/security.md")).unwrap();
    for line in page.lines().filter(|line| line.starts_with("| ") && line.contains("[`")) {
        let held_by = line.split(" | ").nth(1).unwrap();
        let mut folder = PathBuf::new();
        for name in held_by.split('`').skip(1).step_by(2) {
            // A name alone stands in the folder of the one before.
            let path = if name.contains('/') && root().join(name).exists() {
                PathBuf::from(name)
            } else {
                folder.join(name)
            };
            assert!(root().join(&path).exists(), "{name} of {line}");
            folder = path.parent().unwrap().to_owned();
        }
    }
}
