//! Reads the parts of a `multipart/form-data` body.

use base64::Engine;
use serde_json::{Value, json};

/// The parts in the order in which they came: name, and `{"filename", "content_type", "base64", "text"}`, `text` only where
/// the content is UTF-8.
pub(crate) fn parts(content_type: &str, body: &[u8]) -> Result<Vec<(String, Value)>, String> {
    if !content_type.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Err(format!("its Content-Type is `{content_type}`"));
    }
    let boundary = parameter(content_type, "boundary").ok_or("it has no boundary")?;
    let delimiter = format!("\r\n--{boundary}").into_bytes();
    // The first delimiter may stand at the very beginning.
    let body = [b"\r\n", body].concat();
    let mut pieces = split(&body, &delimiter).into_iter().skip(1);
    let mut parts = Vec::new();
    loop {
        let piece = pieces.next().ok_or("it has no closing boundary")?;
        if piece.starts_with(b"--") {
            return Ok(parts);
        }
        let piece = piece.strip_prefix(b"\r\n").ok_or("a boundary does not end its line")?;
        // A part without headers would begin with the empty line.
        let end = find(piece, b"\r\n\r\n").ok_or("a part has no end of its headers")?;
        parts.push(part(&String::from_utf8_lossy(&piece[..end]), &piece[end + 4..])?);
    }
}

fn part(head: &str, content: &[u8]) -> Result<(String, Value), String> {
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let disposition = header("content-disposition").ok_or("a part has no Content-Disposition")?;
    let name = parameter(disposition, "name").ok_or("a part has no name")?;
    let part = json!({
        "filename": parameter(disposition, "filename"),
        "content_type": header("content-type"),
        "base64": base64::engine::general_purpose::STANDARD.encode(content),
        "text": str::from_utf8(content).ok(),
    });
    Ok((name, part))
}

/// A parameter of a header, in quotes or without.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (key, value) = rest.split_once('=')?;
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => value.split_once(';').map_or((value, ""), |(value, after)| (value, after)),
        };
        if key.trim().trim_start_matches(';').trim().eq_ignore_ascii_case(name) {
            return Some(value.trim().to_owned());
        }
        rest = after;
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn split<'a>(mut bytes: &'a [u8], delimiter: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    while let Some(at) = find(bytes, delimiter) {
        pieces.push(&bytes[..at]);
        bytes = &bytes[at + delimiter.len()..];
    }
    pieces.push(bytes);
    pieces
}
