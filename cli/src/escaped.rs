//! Escapes control characters in log lines, so that one event is one line.

use std::fmt::Write as _;
use std::io::{Result, Write};

use super::plain::{acts, plain};

/// How the lines that come through are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// With colours, which stay; those within a field are no longer such when they come here.
    Colored,
    Json,
}

/// Writes lines to `to`, each a whole call of `write`, without anything in them that acts on a terminal. A line that
/// cannot be written is lost, and nobody is told: what a program does must not depend on whether its log is read.
pub(super) struct Escaped<W> {
    pub(super) to: W,
    pub(super) style: Style,
}

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let (line, end) = text.strip_suffix('\n').map_or((&*text, ""), |line| (line, "\n"));
        let mut shown = match self.style {
            Style::Plain => plain(line).into_owned(),
            Style::Colored => colored(line),
            Style::Json => json(line),
        };
        shown.push_str(end);
        let _ = self.to.write_all(shown.as_bytes());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        let _ = self.to.flush();
        Ok(())
    }
}

/// Keeps sequences such as `ESC [1;31m`.
fn colored(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        shown.push_str(&plain(before));
        let length = after.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
        match after.split_at_checked(length) {
            Some((digits, after)) if after.starts_with('m') => {
                shown.extend(["\u{1b}[", digits, "m"]);
                rest = &after[1..];
            }
            _ => {
                shown.push_str(&plain("\u{1b}["));
                rest = after;
            }
        }
    }
    shown.push_str(&plain(rest));
    shown
}

/// JSON has its own escapes; outside of texts no such character stands in it.
fn json(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for c in line.chars() {
        if acts(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(style: Style, line: &str) -> String {
        let mut lines = Escaped { to: Vec::new(), style };
        lines.write_all(line.as_bytes()).unwrap();
        String::from_utf8(lines.to).unwrap()
    }

    #[test]
    fn one_event_is_one_line_in_every_style() {
        assert_eq!(written(Style::Plain, "a\nb\u{1b}[31m\u{202e}\n"), "a\\nb\\u{1b}[31m\\u{202e}\n");
        assert_eq!(
            written(
                Style::Colored,
                "\u{1b}[2m12:00\u{1b}[0m \u{1b}[1;32m INFO\u{1b}[0m a\nb \u{1b}[2J\u{1b}]0;x\u{7}\n"
            ),
            "\u{1b}[2m12:00\u{1b}[0m \u{1b}[1;32m INFO\u{1b}[0m a\\nb \\u{1b}[2J\\u{1b}]0;x\\u{7}\n"
        );
        let shown = written(Style::Json, "{\"text\":\"a\\nb\u{9b}\u{202e}\u{e0041}\"}\n");
        assert_eq!(shown, "{\"text\":\"a\\nb\\u009b\\u202e\\udb40\\udc41\"}\n");
        let parsed: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(parsed["text"], "a\nb\u{9b}\u{202e}\u{e0041}");
    }

    #[test]
    fn a_log_that_cannot_be_written_fails_nobody() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> Result<usize> {
                Err(std::io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> Result<()> {
                Err(std::io::ErrorKind::StorageFull.into())
            }
        }
        let mut lines = Escaped { to: Full, style: Style::Plain };
        assert!(lines.write_all(b"a\n").is_ok() && lines.flush().is_ok());
    }
}
