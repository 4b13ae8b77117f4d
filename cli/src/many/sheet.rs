//! Reads a CSV file.

use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::Path;

/// The columns that mean something, in the order in which a row's digest takes them.
pub(super) const COLUMNS: [&str; 18] = [
    "phone",
    "message",
    "preview_url",
    "latitude",
    "longitude",
    "name",
    "address",
    "template_name",
    "language",
    "header_params",
    "body_params",
    "buttons",
    "components",
    "content",
    "reply_to",
    "reference",
    "account_id",
    "extra",
];

/// The columns, for `--help`.
pub(super) const HELP: &str = "\
Columns of a CSV file, by the names in its first line; an empty cell counts as absent:
  phone          the recipient, country code first; needed in every row
 a text
  message        the text, at most 4096 characters
  preview_url    true or false: shows the first link with a preview
 a location
  latitude       degrees north
  longitude      degrees east
  name           the pin's title
  address        the line below the title
 a template
  template_name  its name
  language       the language it was approved in [default: en]
  header_params  what fills its header: a text, or a JSON list
  body_params    what fills its body: a text, or a JSON list: [\"Asha\",5]
  buttons        a JSON list: [{\"sub_type\":\"url\",\"text\":\"A-1042\"}]
  components     Meta's own components, a JSON list, in place of these
 any other kind
  content        its JSON: {\"type\":\"image\",\"link\":\"https://example.com/menu.jpg\"}
 any of them
  reply_to       the id of the message that this one answers
  reference      a text that comes back in the status webhooks
  account_id     the gateway's account to send from
  extra          a JSON object whose members stand beside the content in Meta's body
A row is of the kind whose first column (message, latitude, template_name or content) is filled in.

  phone,template_name,body_params
  +91 98765-43210,order_update,\"[\"\"Asha\"\",\"\"A-1042\"\"]\"

A line of a file with JSON is a message of any kind, with phone, content, and the options reply_to,
reference, account_id and extra; docs/messages.md lists the kinds:

  {\"phone\":\"+91 98765-43210\",\"content\":{\"type\":\"image\",\"file\":\"menu.jpg\",\"caption\":\"Our menu\"}}

A file that several rows send is uploaded once.

The ledger notes each row before it goes out and how it ended, so the same command can be run again
after anything: a row that was sent, or may have been, is not sent again by itself. It knows rows by
their content: they may be moved, and a changed one is a new one.";

/// A row of the file.
pub(super) struct Record {
    /// Where it begins; the first line of the file is 1.
    pub(super) line: u64,
    /// Its cells that are not empty, in the order of [`COLUMNS`].
    pub(super) cells: Vec<(&'static str, String)>,
    /// Why its cells cannot be told apart.
    pub(super) broken: Option<String>,
}

impl Record {
    /// What stands in that column, if anything does.
    pub(super) fn get(&self, column: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| cell.as_str())
    }
}

/// The rows of the file at `path`, or of standard input where it is `-`. An error is one of the whole file, as a sentence.
pub(super) fn read(path: &Path, delimiter: u8, ignore_columns: bool) -> Result<Vec<Record>, String> {
    let is_stdin = path.as_os_str() == "-";
    let shown = if is_stdin { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if is_stdin { all(std::io::stdin().lock()) } else { all_of(path) };
    let bytes = bytes.map_err(|error| format!("{shown} cannot be read: {error}"))?;
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(format!("{shown} is UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("{shown} is not UTF-8 (line {line}); save it as UTF-8 (in Excel: CSV UTF-8)")
    })?;
    records(text.strip_prefix('\u{feff}').unwrap_or(text), delimiter, ignore_columns)
        .map_err(|why| format!("{shown}: {why}"))
}

/// A file or a pipe. A device such as /dev/zero has no end.
fn all_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if is_device(&file)? && !file.is_terminal() {
        return Err(std::io::Error::other("it is a device, not a file"));
    }
    all(&file)
}

fn all(mut from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
pub(super) fn is_device(file: &File) -> std::io::Result<bool> {
    use std::os::unix::fs::FileTypeExt;
    let kind = file.metadata()?.file_type();
    Ok(kind.is_char_device() || kind.is_block_device())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
pub(super) fn is_device(_: &File) -> std::io::Result<bool> {
    Ok(false)
}

fn records(text: &str, delimiter: u8, ignore_columns: bool) -> Result<Vec<Record>, String> {
    check_quotes(text.as_bytes(), delimiter)?;
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let columns = columns(&header, ignore_columns)?;
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = record.position().map_or(0, |at| at.line() + breaks(text, at.byte()));
        let broken = (record.len() != header.len())
            .then(|| format!("has {} cells; the first line has {}", record.len(), header.len()));
        let cell = |(name, at): (&'static str, Option<usize>)| {
            at.and_then(|at| record.get(at))
                .filter(|cell| !cell.is_empty())
                .map(|cell| (name, cell.to_owned()))
        };
        let cells = COLUMNS.into_iter().zip(columns).filter_map(cell).collect();
        records.push(Record { line, cells, broken });
    }
    Ok(records)
}

/// How many lines end before a record that is said to begin at `byte`: the reader counts the line feed of CRLF, and empty
/// lines, to the record that follows.
fn breaks(text: &str, byte: u64) -> u64 {
    let rest = usize::try_from(byte).ok().and_then(|at| text.as_bytes().get(at..)).unwrap_or_default();
    let before = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    before.map(|byte| u64::from(*byte == b'\n')).sum()
}

/// Where each of [`COLUMNS`] is.
fn columns(header: &csv::StringRecord, ignore: bool) -> Result<[Option<usize>; COLUMNS.len()], String> {
    let mut columns = [None; COLUMNS.len()];
    let mut unknown = Vec::new();
    for (at, name) in header.iter().enumerate() {
        let name = name.trim();
        match COLUMNS.iter().position(|known| *known == name).and_then(|known| columns.get_mut(known)) {
            Some(Some(_)) => return Err(format!("the column {name} is there twice")),
            Some(place) => *place = Some(at),
            None if name.is_empty() => unknown.push(format!("number {}, which has no name", at + 1)),
            None => unknown.push(name.to_owned()),
        }
    }
    if !unknown.is_empty() && !ignore {
        let hint = if header.len() == 1 && unknown.iter().any(|name| name.contains([';', '\t'])) {
            "is the file separated by something else than commas? See --delimiter"
        } else {
            "--ignore-columns leaves them out"
        };
        return Err(format!(
            "unknown columns: {}. Known are {}; {hint}",
            unknown.join(", "),
            COLUMNS.join(", ")
        ));
    }
    if columns.first().is_none_or(Option::is_none) {
        return Err("there is no column phone in the first line".to_owned());
    }
    Ok(columns)
}

/// Refuses quotes that do not pair: a reader would take what follows, other people's rows, as a part of the cell.
fn check_quotes(text: &[u8], delimiter: u8) -> Result<(), String> {
    let mut line = 1;
    let mut cell_starts = true;
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'"' && cell_starts {
            let opened = line;
            loop {
                match bytes.next() {
                    None => return Err(format!("line {opened}: a quote is opened and never closed")),
                    Some(b'\n') => line += 1,
                    Some(b'"') if bytes.next_if_eq(&b'"').is_none() => break,
                    Some(_) => {}
                }
            }
            match bytes.peek() {
                None | Some(b'\r' | b'\n') => {}
                Some(next) if *next == delimiter => {}
                Some(_) => {
                    return Err(format!(
                        "line {line}: text follows a closing quote; a quote within a cell is written twice"
                    ));
                }
            }
            cell_starts = false;
            continue;
        }
        line += u64::from(byte == b'\n');
        cell_starts = byte == delimiter || byte == b'\n' || byte == b'\r';
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excel_is_read() {
        let rows =
            records("phone,message\r\n1,\"a \"\"b\"\"\r\nc\"\r\n,\r\n\r\n2,d\r\n", b',', false).unwrap();
        let seen: Vec<_> = rows.iter().map(|row| (row.line, row.get("message").unwrap())).collect();
        assert_eq!(seen, [(2, "a \"b\"\r\nc"), (6, "d")]);
    }

    #[test]
    fn quotes_that_swallow_other_rows_are_refused() {
        for (text, line) in [
            ("phone,message\n1,\"Hello\n2,there\n", "line 2"),
            ("phone,message\n1,\"Hello\n2,\"there\"\n", "line 3"),
        ] {
            let error = records(text, b',', false).err().unwrap();
            assert!(error.contains(line), "{error}");
        }
        assert!(records("phone,message\n1,5\" pipe\n2,\"\"\"x\"\"\"\n", b',', false).is_ok());
    }

    #[test]
    fn columns_are_not_dropped_in_silence() {
        for text in
            ["phone,mesage\n1,x\n", "phone,phone\n", "message\nx\n", "phone;message\n1;x\n", "phone,\n"]
        {
            assert!(records(text, b',', false).is_err(), "{text}");
        }
        assert!(records("phone,message,note\n1,x,y\n", b',', true).is_ok());
        assert!(records("phone;message\n1;x\n", b';', false).is_ok());
        assert!(records("phone,message\n1\n", b',', false).unwrap()[0].broken.is_some());
    }
}
