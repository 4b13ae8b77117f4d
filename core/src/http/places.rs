//! How many connections to the host may be in use at once, and why one could not be opened for want of room.

use std::error::Error as StdError;
use std::io;
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

/// Whether the process or the system has no room for another file or socket: the network is not at fault.
pub(super) fn no_descriptor_left(error: &(dyn StdError + 'static)) -> bool {
    // EMFILE and ENFILE; Windows has WSAEMFILE.
    let codes: &[i32] = if cfg!(windows) { &[10024] } else { &[24, 23] };
    let mut next = Some(error);
    while let Some(error) = next {
        let code = error.downcast_ref::<io::Error>().and_then(io::Error::raw_os_error);
        if code.is_some_and(|code| codes.contains(&code)) {
            return true;
        }
        next = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Outer(io::Error);

    impl std::fmt::Display for Outer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("tcp open error")
        }
    }

    impl StdError for Outer {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn a_want_of_descriptors_is_told_from_a_fault_of_the_network() {
        let (none_left, refused) = if cfg!(windows) { (10024, 10061) } else { (24, 111) };
        assert!(no_descriptor_left(&Outer(io::Error::from_raw_os_error(none_left))));
        assert!(!no_descriptor_left(&Outer(io::Error::from_raw_os_error(refused))));
        assert!(!no_descriptor_left(&Outer(io::Error::other("closed"))));
    }
}
