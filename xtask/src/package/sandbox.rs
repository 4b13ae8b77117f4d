//! The sandbox that a package sends to when it is tried.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use crate::shell;

/// What stops it, however the trial ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts `wamid sandbox` and gives the variables that a client reads.
pub(crate) fn with_sandbox<T>(trial: impl FnOnce(&[(&str, &str)]) -> Result<T, String>) -> Result<T, String> {
    let build = "cargo build --quiet --package wamid-cli --bin wamid";
    if !shell::run(build, &[])? {
        return Err(format!("{build} failed"));
    }
    let line = format!("{} sandbox --listen 127.0.0.1:0", shell::target().join("debug/wamid").display());
    let failed = |error: std::io::Error| format!("{line}: {error}");
    let mut running = Running(shell::command(&line).stdout(Stdio::piped()).spawn().map_err(failed)?);
    let out = running.0.stdout.take().ok_or_else(|| format!("{line}: it says nothing"))?;
    let mut variables = Vec::new();
    // The output stays open: the sandbox goes on writing to it.
    let mut lines = BufReader::new(out).lines();
    for line in lines.by_ref().map_while(Result::ok) {
        match line.trim().strip_prefix("export ").and_then(|variable| variable.split_once('=')) {
            Some((name, value)) => variables.push((name.to_owned(), value.to_owned())),
            None if variables.is_empty() => {}
            None => break,
        }
    }
    if variables.is_empty() {
        return Err(format!("{line}: it says no variables"));
    }
    let variables: Vec<_> = variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    trial(&variables)
}
