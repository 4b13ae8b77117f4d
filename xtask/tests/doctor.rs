//! `cargo xtask doctor`, on a machine with nothing, and on one with what Node's tests need.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn doctor(path: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("doctor")
        .args(arguments)
        .env("PATH", path)
        .env("WAMID_CHROMIUM", path.join("chromium"))
        .env_remove("WAMID_TEST_POSTGRES")
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder for this test alone.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A program that does what the script says. Another process writes it: a file that this one has open could not be started while
/// another test begins a process.
fn program(folder: &Path, name: &str, script: &str) {
    let write = "printf '#!/bin/sh\\n%s\\n' \"$2\" >\"$1\" && chmod +x \"$1\"";
    let path = folder.join(name);
    let status = Command::new("/bin/sh").args(["-c", write, "sh"]).arg(path).arg(script).status().unwrap();
    assert!(status.success());
}

#[test]
fn on_an_empty_machine_it_names_what_is_missing_and_what_installs_it() {
    let nothing = folder("doctor-nothing");
    let output = doctor(&nothing, &[]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = told(&output);
    for (tool, install) in [
        ("a C compiler", "gcc"),
        ("cargo-deny", "cargo install --locked cargo-deny"),
        ("Python 3.11 or later, with venv", "python3-venv"),
        ("Node 20 or later, with npm", "npm"),
        ("a JDK (17 or later) and Maven", "maven"),
        ("Swift, in a chroot", "toolchain.sh install"),
        ("Rust for other targets", "foreign.sh install"),
        ("debootstrap", "apt-get install debootstrap"),
    ] {
        assert!(
            told.lines().any(|line| line.starts_with("MISSING") && line.contains(tool)),
            "{tool}: {told}"
        );
        if cfg!(target_os = "linux") {
            assert!(told.contains(install), "{install}: {told}");
        }
    }
    assert!(!told.contains("Nothing is missing"), "{told}");
}

#[test]
fn only_what_the_named_language_needs_counts() {
    let some = folder("doctor-node");
    for name in ["cc", "node", "npm", "chromium"] {
        program(&some, name, "exit 0");
    }
    let output = doctor(&some, &["node"]);
    let told_of_node = told(&output);
    assert_eq!(output.status.code(), Some(0), "{told_of_node}");
    assert!(told_of_node.contains("Nothing is missing"), "{told_of_node}");
    assert!(!told_of_node.contains("Maven"), "{told_of_node}");
    let output = doctor(&some, &["node", "kotlin"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(told(&output).contains("maven"), "{output:?}");
}

#[test]
fn a_program_that_is_too_old_is_missing() {
    let old = folder("doctor-old");
    for (name, script) in [("javac", "echo javac 11.0.2"), ("mvn", "exit 0"), ("cc", "exit 0")] {
        program(&old, name, script);
    }
    assert_eq!(doctor(&old, &["kotlin"]).status.code(), Some(1));
    program(&old, "javac", "echo javac 21.0.4");
    assert_eq!(doctor(&old, &["kotlin"]).status.code(), Some(0));
}

#[test]
fn an_unknown_language_is_an_error_that_lists_the_known_ones() {
    let output = doctor(&folder("doctor-unknown"), &["cobol"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("rust, python, node, kotlin, swift, check, package"), "{output:?}");
}
