//! The response of a host: status, headers and body.

use std::time::Duration;

use http::header::{HeaderMap, LOCATION};

use super::headers::{TRACE_ID, retry_after, text};
use crate::error::{Error, ErrorKind};

/// Which of the two hosts answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HostKind {
    Cloud,
    Gateway,
}

impl HostKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Cloud => "cloud",
            Self::Gateway => "gateway",
        }
    }
}

/// An answer, read to its end.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// How long to wait, by `Retry-After` or by Meta's usage header.
    pub(crate) retry_after: Option<Duration>,
    pub(crate) trace_id: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) body: bytes::Bytes,
}

impl Answer {
    /// What stands before the body, which is still to come.
    pub(crate) fn head(status: u16, headers: &HeaderMap) -> Self {
        Self {
            status,
            retry_after: retry_after(headers),
            trace_id: text(headers, &TRACE_ID),
            location: text(headers, &LOCATION),
            body: bytes::Bytes::new(),
        }
    }

    /// An error that this answer is the reason of.
    pub(crate) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        Error::new(kind, message)
            .with_status(Some(self.status))
            .with_retry_after(self.retry_after)
            .with_texts(None, None, self.trace_id.clone())
    }
}
