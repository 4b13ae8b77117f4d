//! What stands for an argument: standard input in place of `-`, and a file in place of JSON.

use std::fs::File;
use std::io::Read;

/// More than a text may have, so that a stream without an end is refused before it fills the memory.
const MOST_TEXT: u64 = 1024 * 1024;
/// More than a message with a file in it may have.
pub(super) const MOST_JSON: u64 = 32 * 1024 * 1024;

/// All of standard input as a text, without the line end that `echo` and editors add. An error is a sentence.
pub(super) fn text() -> Result<String, String> {
    text_of("standard input", std::io::stdin().lock(), MOST_TEXT)
}

/// The JSON that an argument is, or that the file of that name holds, or standard input where it is `-`.
pub(super) fn json(argument: &str) -> Result<String, String> {
    if argument == "-" {
        return text_of("standard input", std::io::stdin().lock(), MOST_JSON);
    }
    let is_json = argument.trim_start().starts_with(['{', '[', '"']);
    if is_json || serde_json::from_str::<serde::de::IgnoredAny>(argument).is_ok() {
        return Ok(argument.to_owned());
    }
    let file = File::open(argument)
        .map_err(|error| format!("{argument} is no JSON, and no file that can be read ({error})"))?;
    text_of(argument, file, MOST_JSON)
}

fn text_of(name: &str, from: impl Read, most: u64) -> Result<String, String> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes).map_err(|error| format!("{name} cannot be read: {error}"))?;
    if bytes.len() as u64 > most {
        return Err(format!("{name} is over {most} bytes long"));
    }
    let mut text = String::from_utf8(bytes).map_err(|_| format!("{name} is not UTF-8; convert it first"))?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}
