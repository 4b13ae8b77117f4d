//! Chooses the rows to send: those that the ledger does not list as finished.

use std::collections::HashSet;

use super::cells::Problem;
use super::ledger::{Entry, LedgerIndex, Outcome, State};
use super::rows::{Digest, Row, Sends, tail};

/// A row and what the rest of the command needs to know of it.
#[derive(Clone)]
pub(super) struct RowInfo {
    pub(super) line: u64,
    /// The recipient as written.
    pub(super) phone: String,
    pub(super) reference: Option<String>,
    /// What it goes out under in this run, where it has no reference of its own.
    pub(super) made: Option<String>,
    /// What it went out under in earlier runs, the last one last.
    pub(super) earlier: Vec<String>,
    pub(super) digest: Digest,
    /// Its number among equal rows in the ledger.
    pub(super) n: usize,
    /// An earlier try of it may have gone out.
    pub(super) in_doubt: bool,
}

impl RowInfo {
    /// The last four characters of the recipient, as far as anything but the request shows it.
    pub(super) fn tail(&self) -> String {
        tail(&self.phone)
    }

    /// What a row that is sent now, and may have gone out before, goes and went out under.
    pub(super) fn now(&self) -> Vec<String> {
        let before = self.earlier.iter().filter(|_| self.in_doubt);
        before.chain(&self.made).cloned().collect()
    }

    /// The row's own reference, or else those that were made for it.
    pub(super) fn references(&self, made: &[String]) -> Vec<String> {
        self.reference.clone().map_or_else(|| made.to_vec(), |own| vec![own])
    }
}

/// A row that is to be sent.
pub(super) struct Job {
    pub(super) label: RowInfo,
    pub(super) sends: Sends,
}

/// A row that is left as it is.
pub(super) enum SkippedRow {
    Sent(Outcome),
    /// Surely not sent, and not worth another try as it is.
    Failed(Outcome),
    Unknown(Outcome),
    Invalid(Problem),
}

/// What to do with all rows.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) jobs: Vec<Job>,
    pub(super) left: Vec<(RowInfo, SkippedRow)>,
    /// What a person should know before anything goes out, a sentence each.
    pub(super) remarks: Vec<String>,
}

/// Which rows of the ledger are sent again although they need not be.
#[derive(Clone, Copy)]
pub(super) struct Resend {
    pub(super) unknown: bool,
    pub(super) failed: bool,
}

/// Chooses, without any harm from rows that were inserted, moved or deleted.
pub(super) fn plan(rows: Vec<Row>, known: &LedgerIndex, again: Resend) -> Plan {
    let mut plan = Plan::default();
    let mut found = HashSet::new();
    let mut new = Vec::new();
    let equal = rows.iter().filter(|row| row.sends.is_ok() && row.occurrence > 1).count();
    for row in rows {
        let Row { line, phone, reference, digest, occurrence, sends } = row;
        let hex = digest.hex();
        let entry = known.of(&hex, occurrence);
        let n = entry.map_or_else(|| known.free(&hex, occurrence), |entry| entry.n);
        let in_doubt = entry.is_some_and(|entry| matches!(entry.state, State::Sending | State::Unknown));
        let earlier = entry.map(Entry::references).unwrap_or_default();
        let label = RowInfo { line, phone, reference, made: None, earlier, digest, n, in_doubt };
        match entry {
            Some(entry) => _ = found.insert((entry.row.clone(), entry.n)),
            None if !known.is_empty() => new.push((label.line, label.tail())),
            None => {}
        }
        match (entry, sends) {
            // What the ledger knows counts for more than rules that may have changed since.
            (Some(entry), sends) => match (stays(entry, again), sends) {
                (Some(left), _) => plan.left.push((label, left)),
                (None, Ok(sends)) => plan.jobs.push(Job { label, sends }),
                (None, Err(problem)) => plan.left.push((label, SkippedRow::Invalid(problem))),
            },
            (None, Ok(sends)) => plan.jobs.push(Job { label, sends }),
            (None, Err(problem)) => plan.left.push((label, SkippedRow::Invalid(problem))),
        }
    }
    if equal > 0 {
        plan.remarks.push(format!(
            "{equal} rows are equal to an earlier one; each of them counts as a message of its own"
        ));
    }
    if !known.is_empty() {
        let gone: Vec<&Entry> =
            known.entries().filter(|entry| !found.contains(&(entry.row.clone(), entry.n))).collect();
        plan.remarks.extend(changes(&new, &gone));
    }
    plan
}

/// Why a row that the ledger knows is not sent now; `None` where it is.
fn stays(entry: &Entry, again: Resend) -> Option<SkippedRow> {
    let outcome = entry.outcome.clone();
    match entry.state {
        State::Sent => Some(SkippedRow::Sent(outcome)),
        State::Sending | State::Unknown => (!again.unknown).then_some(SkippedRow::Unknown(outcome)),
        State::Failed => (!outcome.retryable && !again.failed).then_some(SkippedRow::Failed(outcome)),
        State::Withdrawn => None,
    }
}

/// Says what changed in the file since the ledger was written.
fn changes(new: &[(u64, String)], gone: &[&Entry]) -> Vec<String> {
    const SHOWN: usize = 20;
    let mut remarks = Vec::new();
    let places: HashSet<(u64, &str)> = gone.iter().map(|entry| (entry.line, entry.phone.as_str())).collect();
    let changed: Vec<_> =
        new.iter().filter(|(line, tail)| places.contains(&(*line, tail.as_str()))).collect();
    for (line, tail) in changed.iter().take(SHOWN) {
        remarks
            .push(format!("line {line} ({tail}) has changed since the last run; a changed row is a new row"));
    }
    if changed.len() > SHOWN {
        remarks.push(format!("so have {} further rows", changed.len() - SHOWN));
    }
    let others = new.len() - changed.len();
    if others > 0 {
        remarks.push(format!("{others} rows are new, or were not tried in the last run"));
    }
    if gone.len() > changed.len() {
        let count = gone.len() - changed.len();
        remarks.push(format!("{count} rows that the ledger knows are no longer in the file"));
    }
    remarks
}
