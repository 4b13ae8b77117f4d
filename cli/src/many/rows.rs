//! Validates the rows, and identifies each by a digest of its content.

use std::collections::HashMap;
use std::fmt::Write as _;

use wamid::{Client, Message};

use super::cells::{Problem, message};
use super::sheet::Record;

/// A row of the file.
pub(super) struct Row {
    /// Where it begins in the file.
    pub(super) line: u64,
    /// The last four characters of the recipient, as far as anything but the request shows it.
    pub(super) tail: String,
    /// The recipient as written.
    pub(super) phone: String,
    pub(super) reference: Option<String>,
    /// What it goes out under in this run, where it has no reference of its own.
    pub(super) made: Option<String>,
    /// SHA-256 of its cells, as hexadecimal digits.
    pub(super) digest: String,
    /// Its number among equal rows, from 1.
    pub(super) occurrence: usize,
    pub(super) message: Result<Message, Problem>,
}

/// All rows of a file.
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Whom they go out from: the host and the business number, as far as requests name it.
    pub(super) sender: Option<String>,
}

/// Holds every row to the SDK's rules; nothing is sent.
pub(super) fn check(
    records: Vec<Record>,
    client: &Client,
    new_reference: impl Fn() -> Option<String>,
) -> Rows {
    let mut seen = HashMap::<String, usize>::new();
    let mut from = None;
    let mut checked = |record: &Record, reference: Option<String>| {
        let message = message(record, reference)?;
        let preview = client.preview(&message)?;
        from.get_or_insert_with(|| sender(&preview.url));
        Ok(message)
    };
    let rows = records
        .into_iter()
        .map(|record| {
            let reference = record.get("reference").map(str::to_owned);
            let made = if reference.is_none() { new_reference() } else { None };
            let message = checked(&record, reference.clone().or_else(|| made.clone()));
            let digest = digest(&record);
            let occurrence = seen.entry(digest.clone()).or_default();
            *occurrence += 1;
            Row {
                line: record.line,
                tail: tail(record.get("phone").unwrap_or_default()),
                phone: record.get("phone").unwrap_or_default().to_owned(),
                reference,
                made,
                occurrence: *occurrence,
                digest,
                message,
            }
        })
        .collect();
    Rows { rows, sender: from }
}

/// Names and cells with their lengths, so that no two rows that differ look alike.
fn digest(record: &Record) -> String {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    for (name, cell) in &record.cells {
        context.update(format!("{name}:{}:", cell.len()).as_bytes());
        context.update(cell.as_bytes());
    }
    context.finish().as_ref().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// `…3210`. A shorter text than a phone number is shown in no part.
pub(super) fn tail(phone: &str) -> String {
    let known: Vec<char> = phone.chars().filter(|c| c.is_alphanumeric()).collect();
    match known.len().checked_sub(4).filter(|skip| *skip >= 3) {
        Some(skip) => format!("…{}", known.into_iter().skip(skip).collect::<String>()),
        None => "…".to_owned(),
    }
}

/// `text` without the recipient's number, should a host repeat it.
pub(super) fn masked(text: &str, phone: &str, tail: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_alphanumeric).collect();
    let digits = digits.trim_start_matches('0');
    if digits.len() < 7 { text.to_owned() } else { text.replace(phone, tail).replace(digits, tail) }
}

/// The host and number of a request's address, without the Graph API's version: a newer one is the same sender.
fn sender(url: &str) -> String {
    if let Some((gateway, _)) = url.rsplit_once("/api/") {
        return gateway.to_owned();
    }
    let path = url.strip_suffix("/messages").unwrap_or(url);
    match path.rsplit_once('/') {
        Some((versioned, number)) => {
            let host = versioned.rsplit_once('/').map_or(versioned, |(host, _)| host);
            format!("{host}/{number}")
        }
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_its_host_and_number() {
        assert_eq!(
            sender("https://graph.facebook.com/v26.0/1066/messages"),
            "https://graph.facebook.com/1066"
        );
        assert_eq!(sender("https://example.com/whatsapp/api/send-message/"), "https://example.com/whatsapp");
    }

    #[test]
    fn numbers_are_not_shown() {
        assert_eq!(tail("+91 98765-43210"), "…3210");
        assert_eq!(tail("12345"), "…");
        assert_eq!(masked("no 919876543210 here", "+91 98765-43210", "…3210"), "no …3210 here");
    }

    #[test]
    fn rows_that_differ_have_other_digests() {
        let of = |cells: &[(&'static str, &str)]| {
            let cells = cells.iter().map(|(name, cell)| (*name, (*cell).to_owned())).collect();
            digest(&Record { line: 2, cells, broken: None })
        };
        assert_ne!(of(&[("phone", "1"), ("message", "2")]), of(&[("phone", "12"), ("message", "")]));
        assert_ne!(of(&[("phone", "1"), ("name", "2")]), of(&[("phone", "1"), ("address", "2")]));
        assert_eq!(of(&[("phone", "1")]).len(), 64);
    }
}
