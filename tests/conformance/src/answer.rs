//! The bytes of an HTTP answer.

use crate::case::Answer;

/// Whether the case itself has the connection closed after the answer.
pub(crate) fn says_close(answer: &Answer) -> bool {
    given(answer, "connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
}

fn given<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.iter().find(|(held, _)| held.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The bytes of an answer. What the case gives stands as given; the rest is added.
pub(crate) fn encode(answer: &Answer, no_body: bool, missing: usize, close: bool) -> Vec<u8> {
    let body = answer.body.as_slice();
    let bodiless = matches!(answer.status, 100..=199 | 204 | 304);
    let mut text = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        text += &format!("{name}: {value}\r\n");
    }
    if let Some(content_type) = answer.content_type.filter(|_| given(answer, "content-type").is_none()) {
        text += &format!("Content-Type: {content_type}\r\n");
    }
    let chunked = given(answer, "transfer-encoding").is_some();
    if !bodiless && !chunked && given(answer, "content-length").is_none() {
        text += &format!("Content-Length: {}\r\n", body.len() + missing);
    }
    if close && given(answer, "connection").is_none() {
        text += "Connection: close\r\n";
    }
    text += "\r\n";
    let mut bytes = text.into_bytes();
    match (no_body || bodiless, chunked) {
        (true, _) => {}
        (false, false) => bytes.extend_from_slice(body),
        (false, true) => {
            if !body.is_empty() || missing > 0 {
                bytes.extend_from_slice(format!("{:x}\r\n", body.len() + missing).as_bytes());
                bytes.extend_from_slice(body);
                bytes.extend_from_slice(if missing == 0 { b"\r\n" } else { b"" });
            }
            bytes.extend_from_slice(if missing == 0 { b"0\r\n\r\n" } else { b"" });
        }
    }
    bytes
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Answer",
    }
}
