//! Reads a file with a message in JSON on each line.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use wamid::Message;

use super::cells::Problem;
use super::rows::{Digest, GivenRow, Place};
use super::sheet::is_device;
use crate::stdin::MOST_JSON;

/// A file with a message on each line. It is read twice, once to hold each line to the rules, and once line by line as they are sent.
pub(super) struct Lines {
    file: File,
    shown: String,
}

impl Lines {
    /// Opens the file at `path`. Standard input (`-`) and pipes are copied to a file that nobody else sees. The error is a sentence.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let is_stdin = path.as_os_str() == "-";
        let shown = if is_stdin { "standard input".to_owned() } else { path.display().to_string() };
        let file = if is_stdin { copy(std::io::stdin().lock()) } else { open(path) };
        let file = file.map_err(|error| format!("{shown} cannot be read: {error}"))?;
        Ok(Self { file, shown })
    }

    /// The rows, one by one. An error is one of the whole file.
    pub(super) fn rows(&self) -> impl Iterator<Item = Result<GivenRow, String>> {
        let mut lines = BufReader::new(&self.file);
        let (mut number, mut at) = (0, 0);
        std::iter::from_fn(move || {
            loop {
                let mut bytes = Vec::new();
                let read = lines.by_ref().take(MOST_JSON + 1).read_until(b'\n', &mut bytes);
                match read {
                    Err(error) => return Some(Err(format!("{} cannot be read: {error}", self.shown))),
                    Ok(0) => return None,
                    Ok(length) if length as u64 > MOST_JSON => {
                        return Some(Err(format!(
                            "{}: line {} is over {MOST_JSON} bytes long",
                            self.shown,
                            number + 1
                        )));
                    }
                    Ok(length) => {
                        number += 1;
                        let place = Place { at, length };
                        at += length as u64;
                        if let Some(row) = row(number, &bytes, place) {
                            return Some(Ok(row));
                        }
                    }
                }
            }
        })
    }

    /// The lines as they are sent.
    pub(super) fn again(self) -> LinesAgain {
        LinesAgain(Mutex::new(self.file))
    }
}

/// The file, to read lines of it again.
pub(super) struct LinesAgain(Mutex<File>);

impl LinesAgain {
    /// The message of a line that had this digest before. The error is a sentence.
    pub(super) fn message(&self, place: Place, digest: Digest) -> Result<Message, String> {
        let mut bytes = vec![0; place.length];
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let read = file.seek(SeekFrom::Start(place.at)).and_then(|_| file.read_exact(&mut bytes));
        drop(file);
        read.map_err(|error| format!("a line of the file cannot be read again: {error}"))?;
        let row = row(0, &bytes, place).filter(|row| row.digest == digest);
        let message = row.and_then(|row| row.message.ok());
        message.ok_or_else(|| "the file was changed while it was sent".to_owned())
    }
}

/// A line's row; none where nothing stands in it.
fn row(line: u64, bytes: &[u8], place: Place) -> Option<GivenRow> {
    let bytes = if line <= 1 { bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes) } else { bytes };
    let bytes = bytes.trim_ascii();
    if bytes.is_empty() {
        return None;
    }
    let message = match std::str::from_utf8(bytes) {
        Ok(text) => Message::from_json(text).map_err(Problem::from),
        Err(_) => Err(Problem { field: None, why: "is not UTF-8".to_owned() }),
    };
    let value: Option<Value> = serde_json::from_slice(bytes).ok();
    // Of a line that is no message too, as far as it has them.
    let text = |key: &str| value.as_ref()?.get(key)?.as_str().map(str::to_owned);
    let content = value.as_ref().map(|value| sorted(value).to_string());
    let digest = Digest::of([content.as_deref().map_or(bytes, str::as_bytes)]);
    Some(GivenRow {
        line,
        phone: text("phone").unwrap_or_default(),
        reference: text("reference"),
        digest,
        message,
        place: Some(place),
    })
}

/// The same with the members of each object in one order: a line that only looks different is the same message.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(list) => list.iter().map(sorted).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().filter(|(_, value)| !value.is_null()).collect();
            members.sort_by_key(|(name, _)| *name);
            members.into_iter().map(|(name, value)| (name.clone(), sorted(value))).collect()
        }
        other => other.clone(),
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    let file = File::open(path)?;
    if is_device(&file)? && !file.is_terminal() {
        return Err(std::io::Error::other("it is a device, not a file"));
    }
    if file.metadata()?.is_file() { Ok(file) } else { copy(file) }
}

fn copy(mut from: impl Read) -> std::io::Result<File> {
    let mut file = tempfile::tempfile()?;
    std::io::copy(&mut from, &mut file)?;
    file.flush()?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(line: &str) -> Digest {
        row(2, line.as_bytes(), Place { at: 0, length: line.len() }).unwrap().digest
    }

    #[test]
    fn a_line_is_known_by_what_it_says() {
        let line = r#"{"phone":"919876543210","content":{"type":"text","message":"Hello"}}"#;
        let moved =
            r#" { "content": {"message":"Hello", "type":"text"}, "reply_to": null, "phone":"919876543210"}"#;
        assert_eq!(digest(line), digest(moved));
        for other in [line.replace("Hello", "hello"), line.replace("text", "raw"), line.replace('{', "[")] {
            assert_ne!(digest(line), digest(&other), "{other}");
        }
        assert!(row(1, b" \r\n", Place { at: 0, length: 3 }).is_none());
        assert!(row(1, "\u{feff}{}".as_bytes(), Place { at: 0, length: 5 }).unwrap().message.is_err());
    }

    #[test]
    fn a_file_that_changes_under_the_run_is_noticed() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let line = r#"{"phone":"919876543210","content":{"type":"text","message":"Hello"}}"#;
        write!(file, "{line}\n{line}").unwrap();
        let lines = Lines::open(file.path()).unwrap();
        let rows: Vec<GivenRow> = lines.rows().map(Result::unwrap).collect();
        let second = rows.last().unwrap();
        assert_eq!((rows.len(), second.line, second.place.unwrap().at), (2, 2, line.len() as u64 + 1));
        let again = lines.again();
        assert!(again.message(second.place.unwrap(), second.digest).is_ok());
        std::fs::write(file.path(), format!("{line}\n{}", line.replace("Hello", "Hallo"))).unwrap();
        assert!(again.message(second.place.unwrap(), second.digest).is_err());
    }
}
