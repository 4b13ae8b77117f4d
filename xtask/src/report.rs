//! The table at the end of a run.

use std::time::Instant;

use crate::shell::say;

/// A row: one suite, counted.
pub(crate) struct Row {
    pub(crate) suite: String,
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    /// Why it did not run, or what else is worth a word.
    pub(crate) note: String,
}

impl Row {
    /// A suite of one: it is sound, or it is not.
    pub(crate) fn one(suite: &str, passed: bool) -> Self {
        Self { suite: suite.to_owned(), passed: passed.into(), failed: (!passed).into(), note: String::new() }
    }
}

/// How long each part of a run took.
pub(crate) struct Times {
    last: Instant,
    parts: Vec<(String, u64)>,
}

impl Times {
    /// The first part begins.
    pub(crate) fn begin() -> Self {
        Self { last: Instant::now(), parts: Vec::new() }
    }

    /// A part ends, and the next begins.
    pub(crate) fn end(&mut self, part: &str) {
        self.parts.push((part.to_owned(), self.last.elapsed().as_secs()));
        self.last = Instant::now();
    }

    pub(crate) fn print(&self) {
        let parts: Vec<String> =
            self.parts.iter().map(|(part, seconds)| format!("{part} {seconds} s")).collect();
        say(&format!("\n{}", parts.join(", ")));
    }
}

/// Prints the rows and the closing line; says whether nothing failed and something passed.
pub(crate) fn print(rows: &[Row]) -> bool {
    let (passed, failed) =
        rows.iter().fold((0, 0), |(passed, failed), row| (passed + row.passed, failed + row.failed));
    say("");
    say(&format!("{:<24} {:>7} {:>7}  note", "suite", "passed", "failed"));
    for Row { suite, passed, failed, note } in rows {
        say(format!("{suite:<24} {passed:>7} {failed:>7}  {note}").trim_end());
    }
    say("");
    say(&format!("{passed} passed, {failed} failed"));
    failed == 0 && passed > 0
}
