//! Validates the rows, and identifies each by a digest of its content.

use std::collections::HashMap;
use std::fmt::Write as _;

use wamid::{Client, Message};

use super::cells::Problem;

/// A row as the file has it.
pub(super) struct GivenRow {
    /// Where it begins in the file; the first line is 1.
    pub(super) line: u64,
    /// The recipient as written.
    pub(super) phone: String,
    /// A reference of its own.
    pub(super) reference: Option<String>,
    pub(super) digest: Digest,
    pub(super) message: Result<Message, Problem>,
    /// Where it can be read again.
    pub(super) place: Option<Place>,
}

/// Where a line is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: u64,
    pub(super) length: usize,
}

/// What a row sends.
pub(super) enum Sends {
    Message(Box<Message>),
    /// The message of that line, which is read again when its turn comes: a long file need not fit into memory.
    Line(Place),
}

/// A row that has been held to the rules.
pub(super) struct Row {
    /// Where it begins in the file.
    pub(super) line: u64,
    /// The recipient as written.
    pub(super) phone: String,
    pub(super) reference: Option<String>,
    pub(super) digest: Digest,
    /// Its number among equal rows, from 1.
    pub(super) occurrence: usize,
    pub(super) sends: Result<Sends, Problem>,
}

/// All rows of a file.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Whom they go out from: the host and the business number, as far as requests name it.
    pub(super) sender: Option<String>,
}

/// Holds every row to the SDK's rules; nothing is sent. The error is one of the whole file, as a sentence.
pub(super) fn check(
    given: impl Iterator<Item = Result<GivenRow, String>>,
    client: &Client,
) -> Result<Rows, String> {
    let mut seen = HashMap::<Digest, usize>::new();
    let mut rows = Rows::default();
    for given in given {
        let GivenRow { line, phone, reference, digest, message, place } = given?;
        let sends = message.and_then(|message| {
            let preview = client.preview(&message)?;
            rows.sender.get_or_insert_with(|| sender(&preview.url));
            Ok(place.map_or_else(|| Sends::Message(Box::new(message)), Sends::Line))
        });
        let occurrence = seen.entry(digest).or_default();
        *occurrence += 1;
        let occurrence = *occurrence;
        rows.rows.push(Row { line, phone, reference, digest, occurrence, sends });
    }
    Ok(rows)
}

/// The message under the reference that was made for it, if one was.
pub(super) fn under(message: Message, made: Option<&String>) -> Message {
    match made {
        Some(made) => message.reference(made),
        None => message,
    }
}

/// What a row is known by: SHA-256 of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Digest([u8; 32]);

impl Digest {
    pub(super) fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut context = ring::digest::Context::new(&ring::digest::SHA256);
        parts.into_iter().for_each(|part| context.update(part));
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
        Self(bytes)
    }

    /// As hexadecimal digits.
    pub(super) fn hex(&self) -> String {
        self.0.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
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
}
