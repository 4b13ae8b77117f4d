//! How many connections to the host may be in use at once.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::error::Error;

/// Less than this is left of a call that waited: an answer would hardly come in time, and its outcome would be unknown for nothing.
const SHORTEST: Duration = Duration::from_millis(100);

/// The connections that may be in use at once. Who waits is served in the order of asking; a slot is given back as it is dropped, and so is
/// one's turn.
pub(super) struct ConnectionSlots {
    most: usize,
    free: Semaphore,
}

/// One connection may be in use.
pub(crate) type ConnectionSlot<'a> = SemaphorePermit<'a>;

impl ConnectionSlots {
    pub(super) fn new(most: usize) -> Self {
        let most = most.min(Semaphore::MAX_PERMITS);
        Self { most, free: Semaphore::new(most) }
    }

    /// A slot that is free now. While somebody waits there is none.
    pub(super) fn free(&self) -> Option<ConnectionSlot<'_>> {
        self.free.try_acquire().ok()
    }

    pub(super) async fn wait(&self, host: &str, deadline: Instant) -> Result<ConnectionSlot<'_>, Error> {
        let begun = Instant::now();
        match tokio::time::timeout_at(deadline, self.free.acquire()).await {
            Ok(Ok(slot)) if deadline.saturating_duration_since(Instant::now()) >= SHORTEST => Ok(slot),
            // The time is over, or as good as over. The semaphore is never closed.
            _ => Err(Error::out_of_time(&format!(
                "Waited {:.1} s for a connection to {host}, and the total time-out was over: all {} that max_connections \
                 allows were in use. Make fewer calls at once, or raise max_connections or total_timeout.",
                begun.elapsed().as_secs_f64(),
                self.most
            ))),
        }
    }
}
