//! A streamed response body, for downloads.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
#[cfg(test)]
use http::header::CONTENT_TYPE;

use super::faults;
use super::rest::rounds;
use crate::transport::FailedAttempt;
#[cfg(test)]
use crate::transport::headers::text;

/// Where the content of an answer is put; empty where none came.
#[derive(Debug, Default)]
pub(crate) struct ContentSlot(Mutex<Option<Content>>);

impl ContentSlot {
    pub(super) fn put(&self, content: Option<Content>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = content;
    }
    pub(crate) fn take(&self) -> Option<Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The content of an answer, still to be read. Dropped before its end, it closes its connection.
pub(crate) struct Content {
    /// Gone once it has failed.
    response: Option<reqwest::Response>,
    host: String,
    /// How long the next piece may take.
    timeout: Duration,
}

impl Content {
    pub(super) fn new(response: reqwest::Response, host: &str, timeout: Duration) -> Self {
        Self { response: Some(response), host: host.to_owned(), timeout }
    }

    /// In bytes, where the host says it.
    pub(crate) fn length(&self) -> Option<u64> {
        self.response.as_ref()?.content_length()
    }

    /// Its MIME type, where the host says it.
    #[cfg(test)]
    pub(crate) fn mime_type(&self) -> Option<String> {
        text(self.response.as_ref()?.headers(), &CONTENT_TYPE)
    }

    /// The next piece; `None` at the end.
    pub(crate) async fn piece(&mut self) -> Result<Option<Bytes>, FailedAttempt> {
        let Some(response) = &mut self.response else { return Ok(None) };
        let failed = match tokio::time::timeout(self.timeout, response.chunk()).await {
            Ok(Ok(piece)) => return Ok(piece),
            Ok(Err(error)) => faults::broke_off(&self.host, response.status().as_u16(), error.without_url()),
            Err(_) => faults::no_answer_within(&self.host, self.timeout),
        };
        // Closes its connection, as a failed attempt does.
        self.response = None;
        rounds().await;
        Err(failed)
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content").field("host", &self.host).finish_non_exhaustive()
    }
}
