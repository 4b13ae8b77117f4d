//! Standard input in place of an argument: `-`.

use std::io::Read;

/// More than any message may have, so that a stream without an end is refused before it fills the memory.
const MOST: u64 = 1024 * 1024;

/// All of standard input as a text, without the line end that `echo` and editors add. An error is a sentence.
pub(super) fn text() -> Result<String, String> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(MOST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("standard input cannot be read: {error}"))?;
    if bytes.len() as u64 > MOST {
        return Err(format!("standard input is over {MOST} bytes long"));
    }
    let mut text =
        String::from_utf8(bytes).map_err(|_| "standard input is not UTF-8; convert it first".to_owned())?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}
