//! What a call ended in, as JSON.

use std::io::Write as _;

use serde::Serialize;
use wamid::{Error, Progress, Receipt, TransferProgress};

use crate::receipt;

/// What stands before each answer of a call, as `lib/answers.ts` has it. A value follows; after [`SENT`] there are five.
const OK: &str = "0,";
const REFUSED: &str = "1,";
const PROGRESS: &str = "2,";
const RECEIPT: &str = "3,";
const SENT: &str = "4,";
const NOT_BEGUN: &str = "5,";
const INDEX: &str = "6,";

/// `{"ok": …}` or `{"error": …}`: the answer of what is no call.
pub(crate) fn answer<T: Serialize>(result: &Result<T, Error>) -> String {
    let mut text = Vec::new();
    match result {
        Ok(value) => {
            text.extend_from_slice(b"{\"ok\":");
            json(&mut text, value);
            text.push(b'}');
        }
        Err(error) => failure(&mut text, error),
    }
    String::from_utf8(text).unwrap_or_default()
}

/// What a call ended in.
pub(crate) fn ended<T: Serialize>(text: &mut Vec<u8>, result: &Result<T, Error>) {
    match result {
        Ok(value) => {
            text.extend_from_slice(OK.as_bytes());
            json(text, value);
        }
        Err(error) => refused(text, error),
    }
}

/// What an operation ended in, whose answer is JSON already.
pub(crate) fn asked(text: &mut Vec<u8>, result: &Result<String, Error>) {
    match result {
        Ok(json) => {
            text.extend_from_slice(OK.as_bytes());
            text.extend_from_slice(json.as_bytes());
        }
        Err(error) => refused(text, error),
    }
}

/// What a send ended in.
pub(crate) fn sent(text: &mut Vec<u8>, result: &Result<Receipt, Error>) {
    match result {
        Ok(receipt) if receipt::is_usual(receipt) => {
            text.extend_from_slice(SENT.as_bytes());
            receipt::write_usual(text, receipt);
        }
        Ok(receipt) => {
            text.extend_from_slice(RECEIPT.as_bytes());
            json(text, receipt);
        }
        Err(error) => refused(text, error),
    }
}

/// What a send of a stopped bulk ended in: it may not have begun.
pub(crate) fn sent_or_not_begun(text: &mut Vec<u8>, outcome: Option<&Result<Receipt, Error>>) {
    match outcome {
        Some(result) => sent(text, result),
        None => {
            text.extend_from_slice(NOT_BEGUN.as_bytes());
            text.extend_from_slice(b"null");
        }
    }
}

/// The index of the message whose outcome is the next answer of the same call.
pub(crate) fn index(text: &mut Vec<u8>, index: usize) {
    // Writing to memory cannot fail.
    let _ = write!(text, "{INDEX}{index}");
}

/// Begins another answer of the same call.
pub(crate) fn also_for(text: &mut Vec<u8>, id: u32) {
    let _ = write!(text, ",{id},");
}

/// A call has ended, and that is all.
pub(crate) fn nothing(text: &mut Vec<u8>) {
    text.extend_from_slice(OK.as_bytes());
    text.extend_from_slice(b"null");
}

/// Why a call was refused.
pub(crate) fn refused(text: &mut Vec<u8>, error: &Error) {
    text.extend_from_slice(REFUSED.as_bytes());
    failure(text, error);
}

/// How far a call has come.
pub(crate) fn progress(text: &mut Vec<u8>, Progress { sent, failed, unknown, left, .. }: Progress) {
    let _ =
        write!(text, r#"{PROGRESS}{{"sent":{sent},"failed":{failed},"unknown":{unknown},"left":{left}}}"#);
}

/// How far a transfer has come.
pub(crate) fn transferred(text: &mut Vec<u8>, TransferProgress { bytes, total, .. }: TransferProgress) {
    let _ = match total {
        Some(total) => write!(text, r#"{PROGRESS}{{"bytes":{bytes},"total":{total}}}"#),
        None => write!(text, r#"{PROGRESS}{{"bytes":{bytes}}}"#),
    };
}

fn failure(text: &mut Vec<u8>, error: &Error) {
    text.extend_from_slice(b"{\"error\":");
    json(text, error);
    let mut source = std::error::Error::source(error);
    let mut causes = Vec::new();
    while let Some(cause) = source {
        causes.push(cause.to_string());
        source = cause.source();
    }
    if !causes.is_empty() {
        text.extend_from_slice(b",\"causes\":");
        json(text, &causes);
    }
    text.push(b'}');
}

/// What the core answers is JSON always: texts, numbers, times, and Meta's own JSON.
pub(crate) fn json<T: Serialize + ?Sized>(text: &mut Vec<u8>, value: &T) {
    let before = text.len();
    if serde_json::to_writer(&mut *text, value).is_err() {
        text.truncate(before);
        text.extend_from_slice(b"null");
    }
}
