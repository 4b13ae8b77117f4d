//! Counts of a bulk (sent, failed, unknown, left) and the `progress` callback, which gets them at most ten times a second.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use tokio::time::Instant;

use crate::delivery::Receipt;
use crate::error::Error;

/// At most ten reports a second.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// How far a [`Client::send_many`](crate::Client::send_many) has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Taken by the host.
    pub sent: usize,
    /// Surely not sent.
    pub failed: usize,
    /// Failed, but perhaps sent.
    pub unknown: usize,
    /// Not finished yet; once the bulk was stopped, not begun and so surely not sent. A bulk whose length nobody knows
    /// counts what it has taken from its source.
    pub left: usize,
}

pub(super) type Report = Box<dyn FnMut(Progress) + Send>;

pub(super) struct Reporter {
    report: Option<Report>,
    pub(super) progress: Progress,
    last: Option<Instant>,
}

impl Reporter {
    pub(super) fn new(report: Option<Report>, left: usize) -> Self {
        Self { report, progress: Progress { left, ..Progress::default() }, last: None }
    }

    pub(super) fn count(&mut self, result: &Result<Receipt, Error>) {
        let Progress { sent, failed, unknown, left } = &mut self.progress;
        match result {
            Ok(_) => *sent += 1,
            Err(error) if error.maybe_sent() => *unknown += 1,
            Err(_) => *failed += 1,
        }
        *left = left.saturating_sub(1);
        let now = Instant::now();
        if self.progress.left > 0 && self.last.is_none_or(|last| now.duration_since(last) >= REPORT_EVERY) {
            self.last = Some(now);
            self.tell();
        }
    }

    /// The last report, also where there was nothing to send.
    pub(super) fn end(&mut self) {
        self.tell();
    }

    /// The sends matter, not who watches them: a report that panics is not called again, and stops nothing.
    fn tell(&mut self) {
        let Some(report) = &mut self.report else { return };
        if catch_unwind(AssertUnwindSafe(|| report(self.progress))).is_err() {
            self.report = None;
            tracing::warn!(
                "the progress callback of a bulk panicked and is not called again; the bulk goes on"
            );
        }
    }
}
