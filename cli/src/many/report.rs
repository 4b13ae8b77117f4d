//! What a person or a script is told: of each row, on the way, and at the end.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{IsTerminal, Result};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::cells::Problem;
use super::ledger::Outcome;
use super::plan::{RowInfo, SkippedRow};
use super::rows::masked;
use super::work::RowEnd;
use crate::logs;
use crate::output::{complain, say_json};

/// How often a line tells of the progress where there is no terminal.
const EVERY: Duration = Duration::from_secs(5);

/// Counts and tells.
pub(super) struct Report {
    json: bool,
    bar: Option<ProgressBar>,
    told: Instant,
    begun: Instant,
    to_send: usize,
    /// Nothing more goes out, so what is left takes no time.
    stopping: bool,
    pub(super) tally: Tally,
    /// A line each, for the end.
    pub(super) failures: Vec<String>,
    pub(super) unknowns: Vec<String>,
}

/// The rows of the file by what became of them.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) sent: usize,
    pub(super) already_sent: usize,
    /// In this run, by kind.
    pub(super) failed: BTreeMap<String, usize>,
    /// In an earlier run, and not tried again.
    pub(super) failed_before: usize,
    pub(super) unknown: usize,
    pub(super) unknown_before: usize,
    pub(super) invalid: usize,
    pub(super) not_tried: usize,
    pub(super) would_send: usize,
}

impl Tally {
    pub(super) fn failed(&self) -> usize {
        self.failed.values().sum()
    }

    fn ended(&self) -> usize {
        self.sent + self.failed() + self.unknown
    }
}

impl Report {
    pub(super) fn new(json: bool, to_send: usize) -> Self {
        let bar = (std::io::stderr().is_terminal() && to_send > 0).then(|| {
            // The message is cut off at the edge; a line that wraps could not be drawn over.
            let style = ProgressStyle::with_template("{bar:20} {wide_msg}");
            let bar = ProgressBar::new(to_send as u64);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(format!("0 of {to_send}"));
            bar.tick();
            bar
        });
        let now = Instant::now();
        Self {
            json,
            bar,
            told: now,
            begun: now,
            to_send,
            stopping: false,
            tally: Tally::default(),
            failures: Vec::new(),
            unknowns: Vec::new(),
        }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// A row that is not sent in this run.
    pub(super) fn left(&mut self, label: &RowInfo, left: &SkippedRow) -> Result<()> {
        let place = place(label);
        let (name, more) = match left {
            SkippedRow::Sent(outcome) => {
                self.tally.already_sent += 1;
                ("sent", earlier(outcome))
            }
            SkippedRow::Failed(outcome) => {
                self.tally.failed_before += 1;
                self.failures.push(format!("{place} not sent in an earlier run: {}", short(outcome)));
                ("failed", earlier(outcome))
            }
            SkippedRow::Unknown(outcome) => {
                self.tally.unknown_before += 1;
                let under = under(&label.references(&label.earlier));
                self.unknowns.push(format!("{place} unknown from an earlier run: {}{under}", short(outcome)));
                ("unknown", earlier(outcome))
            }
            SkippedRow::Invalid(problem) => {
                self.tally.invalid += 1;
                let mask = |text: &str| masked(text, &label.phone, &label.tail());
                self.failures.push(format!("{place} {}", mask(&broken(problem))));
                ("invalid", json!({"field": problem.field, "why": mask(&problem.why)}))
            }
        };
        let earlier: &[String] = if name == "invalid" { &[] } else { &label.earlier };
        self.row(label, name, more, earlier)
    }

    /// A row that a dry run would send.
    pub(super) fn would_send(&mut self, label: &RowInfo) -> Result<()> {
        self.tally.would_send += 1;
        self.row(label, "would_send", json!({}), &[])
    }

    /// A row that the run did not come to.
    pub(super) fn not_tried(&mut self, label: &RowInfo) -> Result<()> {
        if label.in_doubt {
            self.tally.unknown_before += 1;
            let under = under(&label.references(&label.earlier));
            self.unknowns.push(format!("{} unknown from an earlier run{under}", place(label)));
            return self.row(label, "unknown", json!({"earlier": true}), &label.earlier);
        }
        self.tally.not_tried += 1;
        self.row(label, "not_tried", json!({}), &[])
    }

    /// A row's outcome in this run.
    pub(super) fn ended(&mut self, label: &RowInfo, end: &RowEnd) -> Result<()> {
        let written = match end {
            RowEnd::Withdrawn { .. } | RowEnd::Unreadable(_) => self.not_tried(label),
            RowEnd::Ended { sent: Ok(receipt), .. } => {
                self.tally.sent += 1;
                self.row(label, "sent", json!({"id": receipt.id, "status": receipt.status}), &label.now())
            }
            RowEnd::Ended { sent: Err(error), .. } => {
                let why = masked(error.message(), &label.phone, &label.tail());
                // That this try surely failed tells nothing of the one before.
                let unknown = error.maybe_sent() || label.in_doubt;
                let line = format!("{} {}: {why}", place(label), error.kind());
                if unknown {
                    self.tally.unknown += 1;
                    self.unknowns.push(line + &under(&label.references(&label.now())));
                } else {
                    *self.tally.failed.entry(error.kind().to_string()).or_default() += 1;
                    self.failures.push(line);
                }
                let details = error.details().map(|text| masked(text, &label.phone, &label.tail()));
                let error = json!({
                    "kind": error.kind().as_str(), "message": why, "field": error.field(), "status": error.status(),
                    "code": error.code(), "details": details, "trace_id": error.trace_id(),
                    "retryable": error.retryable() && !unknown, "maybe_sent": unknown,
                    "attempts": error.attempts(),
                });
                let outcome = if unknown { "unknown" } else { "failed" };
                self.row(label, outcome, json!({"error": error}), &label.now())
            }
        };
        self.tick();
        written
    }

    /// `under`: what it went out under, as far as that is no reference of its own.
    fn row(&self, label: &RowInfo, outcome: &str, more: Value, under: &[String]) -> Result<()> {
        if !self.json {
            return Ok(());
        }
        let mut object = json!({"line": label.line, "phone": label.tail(), "outcome": outcome});
        if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
            let references = label.references(under);
            object.extend(references.last().map(|text| ("reference".to_owned(), json!(text))));
            if references.len() > 1 {
                object.insert("references".to_owned(), json!(references));
            }
            object.extend(more);
        }
        say_json(&object)
    }

    /// A row that was left under way: whether it went out, nobody knows.
    pub(super) fn lost(&mut self, label: &RowInfo) -> Result<()> {
        self.tally.unknown += 1;
        let under = under(&label.references(&label.now()));
        self.unknowns.push(format!("{} was left under way{under}", place(label)));
        self.row(label, "unknown", json!({}), &label.now())
    }

    /// Shows how far it has come.
    pub(super) fn tick(&mut self) {
        if let Some(bar) = &self.bar {
            bar.set_position(self.tally.ended() as u64);
            bar.set_message(self.so_far());
        } else if self.told.elapsed() >= EVERY {
            complain(&self.so_far());
            self.told = Instant::now();
        }
    }

    /// The more important, the further in front: a narrow terminal shows the beginning.
    fn so_far(&self) -> String {
        let (ended, tally) = (self.tally.ended(), &self.tally);
        let mut line = format!("{ended} of {}: {} sent", self.to_send, tally.sent);
        for (count, what) in [(tally.failed(), "not sent"), (tally.unknown, "unknown")] {
            if count > 0 {
                let _ = write!(line, ", {count} {what}");
            }
        }
        let rate = ended as f64 / self.begun.elapsed().as_secs_f64().max(0.001);
        if ended > 0 && !self.stopping {
            let left = self.to_send.saturating_sub(ended) as f64 / rate;
            let _ = write!(line, ", {} left, {rate:.0} a second", span(left));
        }
        line
    }

    pub(super) fn interrupted(&mut self, under_way: usize) {
        self.stopping = true;
        self.aside(&format!(
            "interrupted: nothing more goes out; waiting for {under_way} under way. Again to leave them unknown"
        ));
    }

    /// Nobody waits any longer for what is under way.
    pub(super) fn abandoned(&self, under_way: usize) {
        if under_way == 0 {
            return;
        }
        self.aside(&format!("{under_way} rows were left under way; the ledger has them as unknown"));
    }

    fn aside(&self, line: &str) {
        match &self.bar {
            // It must be written before the bar is drawn again.
            Some(bar) => bar.suspend(|| {
                complain(line);
                logs::finish();
            }),
            None => complain(line),
        }
    }

    /// Takes the bar away.
    pub(super) fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// `45 s`, `12 min`, `3.5 h`
fn span(seconds: f64) -> String {
    match seconds {
        ..90.0 => format!("{seconds:.0} s"),
        ..5400.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.1} h", seconds / 3600.0),
    }
}

fn place(label: &RowInfo) -> String {
    format!("line {} ({})", label.line, label.tail())
}

/// What to look for.
fn under(references: &[String]) -> String {
    match references {
        [] => String::new(),
        references => format!("; reference {}", references.join(", ")),
    }
}

/// What is wrong with a row; the SDK's sentences begin with the field already.
fn broken(problem: &Problem) -> String {
    match &problem.field {
        Some(field) if !problem.why.starts_with(field) => format!("{field}: {}", problem.why),
        _ => problem.why.clone(),
    }
}

fn earlier(outcome: &Outcome) -> Value {
    let mut known = json!(outcome);
    if let Some(known) = known.as_object_mut() {
        known.insert("earlier".to_owned(), json!(true));
    }
    known
}

fn short(outcome: &Outcome) -> String {
    match (&outcome.kind, outcome.code) {
        (Some(kind), Some(code)) => format!("{kind} ({code})"),
        (Some(kind), None) => kind.clone(),
        (None, _) => "the run ended while it was under way".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::many::rows::Digest;

    #[test]
    fn an_invalid_row_shows_no_phone_number() {
        let label = RowInfo {
            line: 2,
            phone: "+91 98765-43210".to_owned(),
            reference: None,
            made: None,
            earlier: Vec::new(),
            digest: Digest::of([]),
            n: 1,
            in_doubt: false,
        };
        let why = "phone +91 98765-43210 (919876543210) is none".to_owned();
        let mut report = Report::new(false, 0);
        report.left(&label, &SkippedRow::Invalid(Problem { field: Some("phone".to_owned()), why })).unwrap();
        assert_eq!(report.failures, ["line 2 (…3210) phone …3210 (…3210) is none"]);
    }
}
