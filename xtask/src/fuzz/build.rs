//! Builds the fuzzer: with a stable compiler, and in a folder of its own beside the other builds.

use std::path::PathBuf;
use std::process::Command;

use crate::shell;

/// What `cargo fuzz` passes too, but for the sanitizer.
const FLAGS: [&str; 7] = [
    "--cfg wamid_fuzz",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
];

/// The fuzzer, built.
pub(super) fn program() -> Result<PathBuf, String> {
    let host = host()?;
    let folder = folder();
    // With a target named, the flags are not those of build scripts and macros.
    let line = format!(
        "cargo build --quiet -p wamid-fuzz --profile fuzz --target {host} --target-dir {}",
        folder.display()
    );
    match shell::run(&line, &[("RUSTFLAGS", &FLAGS.join(" "))])? {
        true => Ok(folder.join(host).join("fuzz/wamid-fuzz")),
        false => Err("the fuzzer could not be built".to_owned()),
    }
}

/// Where everything of the fuzzer's is.
pub(super) fn folder() -> PathBuf {
    shell::target().join("fuzz")
}

fn host() -> Result<String, String> {
    let told = Command::new("rustc").arg("-vV").output().map_err(|error| format!("rustc: {error}"))?;
    let told = String::from_utf8_lossy(&told.stdout);
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say what it builds for".to_owned())
}
