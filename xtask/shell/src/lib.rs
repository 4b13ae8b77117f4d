//! Runs other programs from the project's root, for `cargo xtask` and for the bench.

mod environment;

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

pub use environment::Environment;

/// The project's root, wherever the command was called.
///
/// Cargo tells a running program where its package is. Where the program was compiled does not count: several clones may share
/// one target folder.
pub fn root() -> PathBuf {
    // Not set where the program was started by itself.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = package.ancestors().find(|folder| folder.join("xtask/shell/Cargo.toml").is_file());
    root.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../.."), PathBuf::from)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |dir| root().join(PathBuf::from(dir)))
}

/// Writes a line for the person at the terminal. A closed pipe is no reason to stop.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// A program with its arguments, split at spaces, in the project's root. Several spaces count as one.
pub fn command(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(root());
    // `cargo xtask` runs with variables that tell of xtask itself. ring's build script asks cargo to watch them, so a cargo that is started
    // from here would build ring, and all that uses it, again; and so would the next one that is not.
    for (name, _) in std::env::vars_os() {
        let told_of_xtask = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|begin| name.starts_with(begin))
        });
        if told_of_xtask {
            command.env_remove(name);
        }
    }
    command
}

/// Whether a program can be started.
pub fn exists(line: &str) -> bool {
    command(line).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Runs a program, showing what it says. Answers whether it ended well.
///
/// # Errors
/// It could not be started.
pub fn run(line: &str, env: &[(&str, &str)]) -> Result<bool, String> {
    say(&format!("$ {line}"));
    let status = command(line).envs(env.iter().copied()).status();
    status.map(|status| status.success()).map_err(|error| format!("{line}: {error}"))
}

/// Runs a program, showing what it says line by line, and gives each line to `look` too. Answers whether it ended well.
///
/// # Errors
/// It could not be started.
pub fn watch(line: &str, env: &[(&str, &str)], mut look: impl FnMut(&str)) -> Result<bool, String> {
    say(&format!("$ {line}"));
    let failed = |error: std::io::Error| format!("{line}: {error}");
    let mut child = command(line).envs(env.iter().copied()).stdout(Stdio::piped()).spawn().map_err(failed)?;
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            say(&line);
            look(&line);
        }
    }
    child.wait().map(|status| status.success()).map_err(failed)
}
