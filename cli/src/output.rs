//! What goes to the terminal. Whatever is printed goes through here, and so does every text of others in it: only JSON
//! is written as it is, which programs read.

use std::io::{IsTerminal, Result, Write};
use std::sync::OnceLock;

use clap::ValueEnum;
use serde_json::Value;

use super::logs;
use super::plain::plain;

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

static COLOR: OnceLock<Color> = OnceLock::new();

impl Color {
    /// Makes it the choice for this run.
    pub(super) fn choose(self) {
        // Chosen once, at the beginning.
        let _ = COLOR.set(self);
    }
}

/// Whether what goes to standard error is coloured.
pub(super) fn colored() -> bool {
    chosen(std::io::stderr().is_terminal())
}

fn chosen(terminal: bool) -> bool {
    match COLOR.get().copied().unwrap_or_default() {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            !unwanted && terminal
        }
    }
}

/// Whether what goes to standard output is coloured.
pub(super) fn colored_output() -> bool {
    chosen(std::io::stdout().is_terminal())
}

/// A line on standard output whose texts of others are escaped already.
pub(super) fn say_styled(line: &str) -> Result<()> {
    write_line(line)
}

/// A line on standard output.
pub(super) fn say(line: &str) -> Result<()> {
    write_line(&plain(line))
}

/// A value on standard output, as a line of JSON.
pub(super) fn say_json(value: &Value) -> Result<()> {
    write_line(&value.to_string())
}

/// A value on standard output, as JSON over several lines.
pub(super) fn say_pretty(value: &Value) -> Result<()> {
    write_line(&serde_json::to_string_pretty(value)?)
}

/// Any other text that is meant for programs, on standard output, as it is.
pub(super) fn hand_over(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

fn write_line(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// A line on standard error, in order with the log. If nobody reads it, there is nobody to tell, and nobody waits.
pub(super) fn complain(line: &str) {
    logs::tell(line);
}

/// What went wrong, on standard error.
pub(super) fn complain_of(error: &str) {
    let name = if colored() { "\u{1b}[1;31merror:\u{1b}[0m" } else { "error:" };
    logs::tell_styled(&format!("{name} {}", plain(error)));
}

/// `json` over several lines, indented.
pub(super) fn pretty(json: &str) -> String {
    serde_json::from_str::<Value>(json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| json.to_owned())
}
