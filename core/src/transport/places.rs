//! How many connections to the host may be in use at once.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::error::Error;

/// Less than this is left of a call that waited: an answer would hardly come in time, and its outcome would be unknown for nothing.
const SHORTEST: Duration = Duration::from_millis(100);

/// Places for connections in use. Who waits is served in the order of asking; a place is given back as it is dropped, and so is
/// one's turn.
pub(super) struct Places {
    most: usize,
    free: Semaphore,
}

/// One connection may be in use.
pub(crate) type Place<'a> = SemaphorePermit<'a>;

impl Places {
    pub(super) fn new(most: usize) -> Self {
        let most = most.min(Semaphore::MAX_PERMITS);
        Self { most, free: Semaphore::new(most) }
    }

    /// A place that is free now. While somebody waits there is none.
    pub(super) fn free(&self) -> Option<Place<'_>> {
        self.free.try_acquire().ok()
    }

    pub(super) async fn wait(&self, host: &str, deadline: Instant) -> Result<Place<'_>, Error> {
        let begun = Instant::now();
        match tokio::time::timeout_at(deadline, self.free.acquire()).await {
            Ok(Ok(place)) if deadline.saturating_duration_since(Instant::now()) >= SHORTEST => Ok(place),
            // The time is over, or as good as over. The places are never closed.
            _ => Err(Error::out_of_time(&format!(
                "Waited {:.1} s for a connection to {host}, and the total time-out was over: all {} that max_connections \
                 allows were in use. Make fewer calls at once, or raise max_connections or total_timeout.",
                begun.elapsed().as_secs_f64(),
                self.most
            ))),
        }
    }
}
