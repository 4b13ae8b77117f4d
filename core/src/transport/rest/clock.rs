//! Inactivity time-out of an attempt: restarts whenever a piece is sent or received.

use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, timeout_at};

use crate::transport::request::{Pieces, Source};

/// The clock of an attempt: it begins anew whenever a piece of what is carried leaves, since a large one may take long.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    moved: Arc<Mutex<Instant>>,
    limit: Duration,
}

/// Nothing has moved for as long as it may.
pub(super) struct Stalled;

impl Clock {
    pub(super) fn new(limit: Duration) -> Self {
        Self { moved: Arc::new(Mutex::new(Instant::now())), limit }
    }

    fn deadline(&self) -> Instant {
        *self.moved.lock().unwrap_or_else(PoisonError::into_inner) + self.limit
    }

    fn start_anew(&self) {
        *self.moved.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Waits for the work as long as something moves.
    pub(super) async fn wait<T>(&self, work: impl Future<Output = T>) -> Result<T, Stalled> {
        let mut work = pin!(work);
        loop {
            let deadline = self.deadline();
            match timeout_at(deadline, work.as_mut()).await {
                Ok(done) => return Ok(done),
                Err(_) if self.deadline() > deadline => {}
                Err(_) => return Err(Stalled),
            }
        }
    }

    /// The content of a source, which moves this clock.
    pub(super) fn watched(&self, source: &dyn Source) -> reqwest::Body {
        reqwest::Body::wrap(ClockedBody {
            pieces: source.open(),
            length: source.length(),
            clock: self.clone(),
        })
    }
}

struct ClockedBody {
    pieces: Pieces,
    length: u64,
    clock: Clock,
}

impl Body for ClockedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        // It is asked for the next piece when the last one has left.
        self.clock.start_anew();
        self.pieces.as_mut().poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
