//! The bytes that a server answers with, right or wrong.

use std::time::Duration;

use crate::operation::Operation;

/// What becomes of a connection after a server has done its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// It takes the next request.
    Keep,
    /// It is closed, with a goodbye.
    Close,
    /// It is closed without one, as by a process that was killed. In plain HTTP that is the same.
    Cut,
    /// It is broken off: the client's system hears that there is no such connection any more.
    Reset,
    /// Nothing more comes, until the client goes.
    Hang,
}

/// An answer, as it goes over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) bytes: Vec<u8>,
    /// From which byte on they come one by one, with this pause before each.
    pub(crate) drip: Option<(usize, Duration)>,
    pub(crate) end: End,
}

impl Reply {
    /// These bytes.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), drip: None, end: End::Keep }
    }

    /// A sound answer of HTTP. `headers` are lines.
    pub(crate) fn http(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let length = format!("Content-Length: {}", body.len());
        let mut all = vec![length.as_str()];
        all.extend(headers);
        Self::sized(status, &all, body)
    }

    /// An answer whose length is what `headers` say, or nothing at all.
    pub(crate) fn sized(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        let mut bytes = format!("HTTP/1.1 {status} {}\r\n", reason(status)).into_bytes();
        for header in headers {
            bytes.extend_from_slice(header.as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(body.as_ref());
        Self::raw(bytes)
    }

    /// An answer in JSON.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::http(status, &["Content-Type: application/json"], body)
    }

    /// The answer of a host that is well.
    pub(crate) fn right(operation: Operation) -> Self {
        let (body, mime_type) = operation.answer();
        Self::http(200, &[&format!("Content-Type: {mime_type}")], body)
    }

    pub(crate) fn then(self, end: End) -> Self {
        Self { end, ..self }
    }

    /// The first part of it, and no more.
    pub(crate) fn without_last(mut self, bytes: usize) -> Self {
        self.bytes.truncate(self.bytes.len().saturating_sub(bytes));
        self
    }

    /// Byte by byte behind the head.
    pub(crate) fn dripping(self, pause: Duration) -> Self {
        let head = self.bytes.windows(4).position(|part| part == b"\r\n\r\n").map_or(0, |at| at + 4);
        Self { drip: Some((head, pause)), ..self }
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200..=299 => "OK",
        300..=399 => "Elsewhere",
        400..=499 => "Refused",
        _ => "Failed",
    }
}
