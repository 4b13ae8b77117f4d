//! The signal that stops a bulk; a send that is stopped reports what is known of it.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use tokio::sync::watch;

use crate::error::{Error, ErrorKind};

/// Says to many sends at once that they are to end. Clones are the same stop.
#[derive(Debug, Clone)]
pub(crate) struct Stop(Arc<watch::Sender<bool>>);

impl Stop {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    pub(crate) fn stop(&self) {
        self.0.send_replace(true);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        *self.0.borrow()
    }

    async fn stopped(self) {
        // The sender lives as long as this, so it cannot fail.
        let _ = self.0.subscribe().wait_for(|stopped| *stopped).await;
    }
}

/// Runs `work` until it ends or `stop` comes: then `None`, and `work` is not polled any more.
pub(crate) async fn unless_stopped<F: Future>(
    stop: Option<&Stop>,
    mut work: Pin<&mut F>,
) -> Option<F::Output> {
    // Few calls can be stopped; the others should not carry the room for it.
    let mut stopped = stop.map(|stop| Box::pin(stop.clone().stopped()));
    poll_fn(|cx| {
        if stopped.as_mut().is_some_and(|stopped| stopped.as_mut().poll(cx).is_ready()) {
            return Poll::Ready(None);
        }
        work.as_mut().poll(cx).map(Some)
    })
    .await
}

/// The source of [`not_begun`], by which it is known again.
#[derive(Debug)]
struct NotBegun;

impl fmt::Display for NotBegun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped before anything of the request was written")
    }
}

impl std::error::Error for NotBegun {}

/// Nothing of the send had been written when the stop came. It never reaches a caller: a bulk leaves the message out.
pub(crate) fn not_begun() -> Error {
    Error::out_of_time("The bulk was stopped before this message was sent.").with_source(NotBegun)
}

pub(crate) fn is_not_begun(error: &Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<NotBegun>())
}

/// The stop came when the request of the last of `attempts`, or of an earlier one, was perhaps written.
pub(crate) fn stopped(attempts: u32) -> Error {
    Error::new(ErrorKind::Timeout, "The bulk was stopped while this message was being sent.")
        .unknown()
        .with_attempts(attempts)
}

/// The bulk's runtime ended before the send did.
pub(crate) fn abandoned() -> Error {
    Error::new(ErrorKind::Timeout, "The runtime ended while this message was being sent.").unknown()
}
