//! A send is on record while it is under way, whatever becomes of the call that makes it.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::Receipt;
use super::records::{RecordId, Records};
use super::written::Written;
use crate::error::{Error, ErrorKind, Secrets};

/// How long the second record may hold back Meta's answer.
const RECORD_WITHIN: Duration = Duration::from_millis(1500);

/// The record of a send that is under way. Dropped before it was ended, by a caller that gave up or by a panic, it is ended by
/// what is known then: what was surely not begun was not sent, and all else is unknown.
pub(super) struct OpenRecord<'a, R: Records> {
    /// Absent where no record is kept, and once it was ended.
    pub(super) at: Option<(&'a R, RecordId)>,
    pub(super) claim: Option<&'a R::Claim>,
    pub(super) written: &'a Written,
    pub(super) secrets: &'a Secrets,
}

impl<R: Records> OpenRecord<'_, R> {
    /// If this second record cannot be written, the caller still gets Meta's answer.
    pub(super) async fn end(mut self, sent: &Result<Receipt, Error>) {
        let Some(writing) = self.write(sent) else { return };
        match tokio::time::timeout_at(Instant::now() + RECORD_WITHIN, writing).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => self.failed(error.message()),
            Ok(Err(_)) => self.failed("the runtime that wrote it has ended"),
            Err(_) => tracing::warn!(
                "the outcome of a send is not recorded yet; it is tried until the store takes it"
            ),
        }
    }

    /// It goes on when nobody waits any more: what is known of a message is written when the store is back.
    fn write(&mut self, sent: &Result<Receipt, Error>) -> Option<JoinHandle<Result<(), Error>>> {
        let (records, id) = self.at.take()?;
        let writing = records.end(id, sent, self.claim);
        Some(Handle::try_current().ok()?.spawn(writing))
    }

    fn failed(&self, why: &str) {
        tracing::error!(error = self.secrets.redact(why), "the outcome of a send could not be recorded");
    }
}

impl<R: Records> Drop for OpenRecord<'_, R> {
    fn drop(&mut self) {
        if self.at.is_none() {
            return;
        }
        let given_up = if self.written.maybe_sent() {
            Error::new(ErrorKind::Timeout, "The send was given up while its request was under way.").unknown()
        } else {
            Error::out_of_time("The send was given up before its request was made.")
        };
        // Nobody waits for it. Without a runtime nothing is written any more, and the send becomes unknown.
        drop(self.write(&Err(given_up)));
    }
}
