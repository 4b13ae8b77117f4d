//! How far a file has come on its way, and the `progress` callback, which is told of it at most ten times a second.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

use crate::transport::{Pieces, Source};

/// At most ten reports a second.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// How far a file has come on its way up or down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TransferProgress {
    /// The bytes that have moved. They are counted from 0 again where the transfer is begun again.
    pub bytes: u64,
    /// The bytes that there are in all, where that is known.
    pub total: Option<u64>,
}

/// Takes how far a transfer has come.
#[doc(hidden)]
pub type TransferReport = Box<dyn FnMut(TransferProgress) + Send>;

/// Tells of one transfer, if anybody wants to know.
#[derive(Clone, Default)]
pub struct Reporter(Option<Arc<Mutex<Told>>>);

struct Told {
    /// Absent once it has panicked.
    report: Option<TransferReport>,
    progress: TransferProgress,
    last: Option<Instant>,
}

impl Reporter {
    pub(crate) fn new(report: Option<TransferReport>) -> Self {
        let told = |report| Told { report: Some(report), progress: TransferProgress::default(), last: None };
        Self(report.map(|report| Arc::new(Mutex::new(told(report)))))
    }

    fn told(&self) -> Option<MutexGuard<'_, Told>> {
        Some(self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// It begins, perhaps once more.
    pub(crate) fn begin(&self, total: Option<u64>) {
        if let Some(mut told) = self.told() {
            told.progress = TransferProgress { bytes: 0, total };
        }
    }

    /// So many more have moved.
    pub(crate) fn moved(&self, bytes: usize) {
        let Some(mut told) = self.told() else { return };
        told.progress.bytes += bytes as u64;
        let now = Instant::now();
        // The last of them are told of at the end.
        let whole = told.progress.total.is_some_and(|total| told.progress.bytes >= total);
        if !whole && told.last.is_none_or(|last| now.duration_since(last) >= REPORT_EVERY) {
            told.last = Some(now);
            told.tell();
        }
    }

    /// All of it has moved: the last report.
    pub(crate) fn end(&self) {
        let Some(mut told) = self.told() else { return };
        told.progress.bytes = told.progress.total.unwrap_or(told.progress.bytes);
        told.tell();
    }

    /// A source whose content is counted as it leaves.
    pub(crate) fn watch(&self, source: Arc<dyn Source>) -> Arc<dyn Source> {
        match self.0 {
            Some(_) => Arc::new(Watched { source, reporter: self.clone() }),
            None => source,
        }
    }
}

impl fmt::Debug for Reporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reporter").field(&self.told().map(|told| told.progress)).finish()
    }
}

impl Told {
    /// The file matters, not who watches it: a report that panics is not called again, and stops nothing.
    fn tell(&mut self) {
        let Some(report) = &mut self.report else { return };
        if catch_unwind(AssertUnwindSafe(|| report(self.progress))).is_err() {
            self.report = None;
            tracing::warn!(
                "the progress callback of a transfer panicked and is not called again; the transfer goes on"
            );
        }
    }
}

#[derive(Debug)]
struct Watched {
    source: Arc<dyn Source>,
    reporter: Reporter,
}

impl Source for Watched {
    fn length(&self) -> u64 {
        self.source.length()
    }

    fn open(&self) -> Pieces {
        self.reporter.begin(Some(self.length()));
        Box::pin(Counted { pieces: self.source.open(), reporter: self.reporter.clone(), given: 0 })
    }
}

/// Counts a piece when the next one is asked for: then it has left.
struct Counted {
    pieces: Pieces,
    reporter: Reporter,
    given: usize,
}

impl Body for Counted {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let given = std::mem::take(&mut self.given);
        if given > 0 {
            self.reporter.moved(given);
        }
        let frame = ready!(self.pieces.as_mut().poll_frame(context));
        if let Some(Ok(piece)) = &frame {
            self.given = piece.data_ref().map_or(0, Bytes::len);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.pieces.size_hint()
    }
}
