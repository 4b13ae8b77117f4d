//! `cargo xtask fuzz`: the targets of `tests/fuzz`, under libFuzzer.

mod build;
mod corpus;
mod target;

use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use self::target::{Found, Run};
use crate::report::Row;
use crate::shell::say;

/// So many targets run at once, at least: they take turns where there are fewer processors.
const AT_ONCE: usize = 4;

#[derive(Args)]
pub(crate) struct Fuzz {
    /// How long each target runs
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
    /// Targets; all where none is named
    targets: Vec<String>,
}

/// Where a run begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// From the inputs that the project has, and always with the same seed.
    Fresh,
    /// The same, but only the first executions.
    Same,
    /// From what earlier runs found too, with a new seed. What is worth to keep goes into the project's inputs.
    GoOn,
}

/// `cargo xtask fuzz`
pub(crate) fn run(asked: &Fuzz) -> Result<bool, String> {
    all(&asked.targets, Duration::from_secs(asked.seconds.into()), Start::Fresh)
}

/// Runs targets, prints the table, and says whether none found anything.
pub(crate) fn all(asked: &[String], time: Duration, start: Start) -> Result<bool, String> {
    let done = found(asked, time, start)?;
    say("");
    say(&format!("{:<18} {:>12} {:>7} {:>7}  result", "target", "executions", "edges", "inputs"));
    for (name, found) in &done {
        let Found { executions, edges, inputs, result } = found;
        let result = result.as_ref().map_or_else(String::as_str, |()| "nothing found");
        say(&format!("{name:<18} {executions:>12} {edges:>7} {inputs:>7}  {result}"));
    }
    Ok(done.iter().all(|(_, found)| found.result.is_ok()))
}

/// A row for each target: for `cargo xtask test`. They are the first executions of a longer run with the same seed, so that a change is not
/// refused for an input that nobody could have known.
pub(crate) fn rows() -> Result<Vec<Row>, String> {
    let done = found(&[], Duration::from_secs(60), Start::Same)?;
    let row = |(name, found): (String, Found)| {
        let mut row = Row::one(&format!("fuzz {name}"), found.result.is_ok());
        row.note = found.result.err().unwrap_or_else(|| format!("{} executions", found.executions));
        row
    };
    Ok(done.into_iter().map(row).collect())
}

fn found(asked: &[String], time: Duration, start: Start) -> Result<Vec<(String, Found)>, String> {
    let program = build::program()?;
    let known = corpus::targets()?;
    if let Some(unknown) = asked.iter().find(|name| !known.contains(name)) {
        return Err(format!("no target {unknown}; there is {}", known.join(", ")));
    }
    let chosen = if asked.is_empty() { known } else { asked.to_vec() };
    let at_once = thread::available_parallelism().map_or(AT_ONCE, |count| count.get().max(AT_ONCE));
    let (left, done) = (Mutex::new(chosen.iter().rev().collect::<Vec<_>>()), Mutex::new(Vec::new()));
    let began = Instant::now();
    thread::scope(|scope| {
        for _ in 0..at_once.min(chosen.len()) {
            scope.spawn(|| {
                loop {
                    let Some(name) = left.lock().ok().and_then(|mut left| left.pop()) else { return };
                    let run = Run { program: &program, name, time, start };
                    let found = run.found().unwrap_or_else(Found::failed);
                    say(&format!(
                        "{name}: {}",
                        found.result.as_ref().map_or_else(String::as_str, |()| "nothing found")
                    ));
                    if let Ok(mut done) = done.lock() {
                        done.push((name.clone(), found));
                    }
                }
            });
        }
    });
    say(&format!("{} s", began.elapsed().as_secs()));
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(name, _)| chosen.iter().position(|chosen| chosen == name));
    if done.len() < chosen.len() {
        return Err("a target's run was cut off".to_owned());
    }
    Ok(done)
}
