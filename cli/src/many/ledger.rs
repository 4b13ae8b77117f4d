//! The ledger: what has become of each row, in a file that outlives a crash.
//!
//! Append-only lines of JSON. A row is `sending` on the disk after its file was uploaded and before its request goes out, and has its
//! outcome there before anybody is told of it.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use wamid::Timestamp;

const VERSION: u32 = 1;

/// The first line.
#[derive(Serialize, Deserialize)]
struct Header {
    wamid_ledger: u32,
    /// Whom its rows went out from: sent through a sandbox is not sent through Meta.
    sender: String,
}

/// What has become of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Its request is about to go out. Left so by a crash, nobody knows.
    Sending,
    Sent,
    /// Surely not sent.
    Failed,
    Unknown,
    /// It was about to go out, and did not.
    Withdrawn,
}

/// A line of the ledger. No content, and no more of the recipient than four digits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The digest of the row's content.
    pub(super) row: String,
    /// Its number among equal rows.
    pub(super) n: usize,
    /// Where it was in the file then.
    pub(super) line: u64,
    pub(super) phone: String,
    pub(super) state: State,
    pub(super) at: Timestamp,
    /// What it went out under, where the row has no reference of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reference: Option<String>,
    /// The same of earlier tries of which nobody knows.
    #[serde(skip)]
    pub(super) doubted: Vec<String>,
    #[serde(flatten)]
    pub(super) outcome: Outcome,
}

impl Entry {
    /// What to look for to learn what became of it, the last try last.
    pub(super) fn references(&self) -> Vec<String> {
        self.doubted.iter().chain(&self.reference).cloned().collect()
    }
}

/// How a row ended, as far as that can be told without content.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Outcome {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) trace_id: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) retryable: bool,
}

/// What the ledger knows: for each digest the last word on each of the equal rows.
#[derive(Default)]
pub(super) struct LedgerIndex(HashMap<String, Vec<Entry>>);

impl LedgerIndex {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries, one for each row.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.0.values().flatten()
    }

    /// The entry for the `occurrence`th (from 1) of equal rows. Equal rows are one as good as the other, so those that
    /// went out come first: where one of them was deleted from the file, none of the rest is sent twice.
    pub(super) fn of(&self, digest: &str, occurrence: usize) -> Option<&Entry> {
        self.0.get(digest)?.get(occurrence.checked_sub(1)?)
    }

    /// The number in the ledger of a row that it does not know yet.
    pub(super) fn free(&self, digest: &str, occurrence: usize) -> usize {
        let equal = self.0.get(digest).map(Vec::as_slice).unwrap_or_default();
        let most = equal.iter().map(|entry| entry.n).max().unwrap_or_default();
        // A crash may have left the second of two equal rows there and not the first.
        most + occurrence.saturating_sub(equal.len())
    }

    /// Takes the next line of the ledger. A row once unknown stays so unless it is sent: that a later try failed tells
    /// nothing of the first.
    fn take(&mut self, mut entry: Entry) {
        let equal = self.0.entry(entry.row.clone()).or_default();
        match equal.iter_mut().find(|known| known.n == entry.n) {
            Some(known) => {
                let in_doubt = matches!(known.state, State::Unknown);
                if in_doubt || (known.state, entry.state) == (State::Sending, State::Sending) {
                    entry.doubted.append(&mut known.doubted);
                    entry
                        .doubted
                        .extend(known.reference.take().filter(|old| entry.reference.as_ref() != Some(old)));
                }
                entry.state = match entry.state {
                    // A second `sending`: the first one never ended, or ended unknown.
                    State::Sending if in_doubt || known.state == State::Sending => State::Unknown,
                    State::Failed | State::Withdrawn if in_doubt => State::Unknown,
                    state => state,
                };
                *known = entry;
            }
            None => equal.push(entry),
        }
    }

    fn sort(&mut self) {
        for equal in self.0.values_mut() {
            equal.sort_by_key(|entry| match entry.state {
                State::Sent => 0,
                State::Sending | State::Unknown => 1,
                State::Failed | State::Withdrawn => 2,
            });
        }
    }
}

/// Opens the ledger for this run alone, makes it where there is none, and mends what a crash tore off.
pub(super) fn open(path: &Path, sender: &str) -> Result<(File, LedgerIndex), String> {
    let shown = path.display();
    let wrong = |what: &str, error: std::io::Error| {
        format!(
            "the ledger {shown} cannot be {what}: {error}. Nothing was sent; another place is --ledger PATH"
        )
    };
    check_kind(path)?;
    let mut file = private().open(path).map_err(|error| wrong("opened", error))?;
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => {
            format!("another run is using the ledger {shown}; nothing was sent. Wait for it to end")
        }
        TryLockError::Error(error) => wrong("locked", error),
    })?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| wrong("read", error))?;
    let whole = whole_lines(&bytes);
    let known =
        parse(bytes.get(..whole).unwrap_or_default(), sender).map_err(|why| format!("{shown}: {why}"))?;
    let mend = || -> std::io::Result<()> {
        if whole < bytes.len() {
            file.set_len(whole as u64)?;
        }
        let mut file = &file;
        if whole == 0 {
            let header = Header { wamid_ledger: VERSION, sender: sender.to_owned() };
            file.write_all(line_of(&header)?.as_slice())?;
        } else if bytes.get(whole - 1) != Some(&b'\n') {
            file.write_all(b"\n")?;
        }
        file.sync_all()?;
        sync_folder(path)
    };
    mend().map_err(|error| wrong("written", error))?;
    Ok((file, known))
}

/// Refuses what is no file before anything is read of it: a device has no end, and a pipe keeps nothing.
fn check_kind(path: &Path) -> Result<(), String> {
    match std::fs::metadata(path) {
        Ok(found) if !found.is_file() => Err(format!(
            "the ledger {} is no file, so it would keep nothing; nothing was sent. Name another with --ledger",
            path.display()
        )),
        // Where there is none, or no right to look, opening it says so.
        _ => Ok(()),
    }
}

/// How a ledger is opened: it tells who was written to, if only by four digits, so a new one is its owner's alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// What the ledger at `path` knows, for a dry run; nothing where there is none.
pub(super) fn look(path: &Path, sender: &str) -> Result<LedgerIndex, String> {
    check_kind(path)?;
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(LedgerIndex::default()),
        Err(error) => return Err(format!("the ledger {} cannot be read: {error}", path.display())),
    };
    let whole = bytes.get(..whole_lines(&bytes)).unwrap_or_default();
    parse(whole, sender).map_err(|why| format!("{}: {why}", path.display()))
}

/// A line as it is written.
pub(super) fn line_of(line: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// How much of the file is whole lines. A last line that a crash cut off was of no effect: nobody had been told that it
/// is written. One that lacks its line break only, as editors leave it, counts.
fn whole_lines(bytes: &[u8]) -> usize {
    let ended = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let last = bytes.get(ended..).unwrap_or_default();
    let whole = serde_json::from_slice::<serde::de::IgnoredAny>(last).is_ok();
    // The beginning of something that is no ledger must not be cut off as the torn beginning of one.
    if whole || (ended == 0 && !br#"{"wamid_ledger":"#.starts_with(last.get(..16).unwrap_or(last))) {
        bytes.len()
    } else {
        ended
    }
}

fn parse(bytes: &[u8], sender: &str) -> Result<LedgerIndex, String> {
    let mut known = LedgerIndex::default();
    let mut lines = bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
    let Some((_, first)) = lines.next() else { return Ok(known) };
    let header: Header =
        serde_json::from_slice(first).map_err(|_| "this is no ledger of wamid".to_owned())?;
    if header.wamid_ledger != VERSION {
        return Err("this ledger was written by another version of wamid".to_owned());
    }
    if header.sender != sender {
        return Err(format!(
            "this ledger is of rows that went out through {}; these would go out through {sender}. Name another with \
             --ledger",
            header.sender
        ));
    }
    for (at, line) in lines {
        let entry = serde_json::from_slice(line).map_err(|_| {
            format!("line {} of the ledger is damaged; what it told is lost, so nothing was sent", at + 1)
        })?;
        known.take(entry);
    }
    known.sort();
    Ok(known)
}

/// A new file is there after a power failure only if its folder was written too.
#[cfg(unix)]
fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
