//! `cargo xtask doctor`: what is missing on this machine, and what installs it.

use crate::shell::say;
use crate::tools::{self, Tool};
use crate::{check, languages, package};

/// Says of each tool whether it is here. Fails where one is missing that these languages need.
pub(crate) fn run(asked: &[String]) -> Result<bool, String> {
    let known = [&languages::names()[..], &[check::NAME, package::NAME]].concat();
    if let Some(unknown) = asked.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(format!("nothing is called {unknown} here; there is {}", known.join(", ")));
    }
    let chosen =
        |tool: &&Tool| asked.is_empty() || asked.iter().any(|name| tool.used_by.contains(&name.as_str()));
    let width = tools::ALL.iter().map(|tool| tool.name.len()).max().unwrap_or_default() + 2;
    let mut missing = Vec::new();
    for tool in tools::ALL.iter().filter(chosen) {
        let is_there = tool.is_there();
        let mark = if is_there { "ok" } else { "MISSING" };
        say(&format!("{mark:<9}{:<width$}{}", tool.name, tool.used_by.join(", ")));
        if !is_there {
            missing.push(tool);
        }
    }
    if missing.is_empty() {
        say("\nNothing is missing.");
        return Ok(true);
    }
    for (system, command) in systems() {
        say(&format!("\nOn {system}:\n"));
        missing.iter().for_each(|tool| say(&format!("    {}", command(tool))));
    }
    say(&format!("\n{} of the tools are missing.", missing.len()));
    Ok(false)
}

type Command = fn(&Tool) -> &'static str;

/// The systems whose commands are of use here: this one, or both where it is neither.
fn systems() -> Vec<(&'static str, Command)> {
    let debian: (&str, Command) = ("Debian (as root)", |tool| tool.debian);
    let macos: (&str, Command) = ("macOS", |tool| tool.macos);
    match std::env::consts::OS {
        "linux" => vec![debian],
        "macos" => vec![macos],
        _ => vec![debian, macos],
    }
}
