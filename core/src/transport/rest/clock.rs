//! Inactivity time-out of an attempt: restarts whenever a piece is sent or received.

use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, timeout_at};

use crate::transport::request::{Pieces, Source};

/// The clock of an attempt: it begins anew whenever a piece of what is carried leaves, since a large one may take long.
pub(super) struct Clock {
    moved: Arc<Mutex<Instant>>,
    limit: Duration,
    /// What goes out under it. Connections keep it beyond the attempt where a host reads no more, so it is taken from them.
    contents: Mutex<Vec<Outgoing>>,
}

/// The content of a source while its attempt lasts. It may hold a file open, and a callback of the caller's.
type Outgoing = Arc<Mutex<Option<Pieces>>>;

/// Nothing has moved for as long as it may.
pub(super) struct Stalled;

impl Clock {
    pub(super) fn new(limit: Duration) -> Self {
        Self { moved: Arc::new(Mutex::new(Instant::now())), limit, contents: Mutex::default() }
    }

    fn deadline(&self) -> Instant {
        *lock(&self.moved) + self.limit
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

    /// The content of a source, which moves this clock and is let go of with it.
    pub(super) fn watched(&self, source: &dyn Source) -> reqwest::Body {
        let pieces = Arc::new(Mutex::new(Some(source.open())));
        lock(&self.contents).push(Arc::clone(&pieces));
        reqwest::Body::wrap(ClockedBody { pieces, length: source.length(), moved: Arc::clone(&self.moved) })
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        for content in lock(&self.contents).drain(..) {
            let left = lock(&content).take();
            drop(left);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct ClockedBody {
    pieces: Outgoing,
    length: u64,
    moved: Arc<Mutex<Instant>>,
}

impl Body for ClockedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        // It is asked for the next piece when the last one has left.
        *lock(&self.moved) = Instant::now();
        match lock(&self.pieces).as_mut() {
            Some(pieces) => pieces.as_mut().poll_frame(cx),
            None => Poll::Ready(Some(Err(io::Error::other("the call has ended")))),
        }
    }

    fn is_end_stream(&self) -> bool {
        lock(&self.pieces).as_ref().is_some_and(|pieces| pieces.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
