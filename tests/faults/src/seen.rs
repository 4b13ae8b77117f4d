//! What a server counted: the truth that every face is held against.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

/// Counted so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// How many connections were accepted.
    pub(crate) connections: u64,
    /// How many of them neither side has closed.
    pub(crate) open: u64,
    /// How many of these have met the fault. The others may be idle ones that the client keeps for its next call.
    pub(crate) faulty: u64,
    /// When requests that the fault is for began.
    pub(crate) begun: Vec<Instant>,
    /// How many of them came whole, head and body.
    pub(crate) whole: u64,
    /// How many requests came after the host was well again.
    pub(crate) after: u64,
    /// Requests that went where a redirect pointed.
    pub(crate) caught: u64,
    /// What came that is no request.
    pub(crate) strange: Vec<String>,
}

/// Where a server's tasks count.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counter(Arc<(Mutex<Seen>, Notify)>);

/// A connection that is open as long as this is held.
#[derive(Debug)]
pub(crate) struct Open {
    counter: Counter,
    faulty: bool,
}

impl Counter {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was counted so far.
    pub(crate) fn seen(&self) -> Seen {
        self.lock().clone()
    }

    pub(crate) fn count(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.lock());
        self.0.1.notify_waiters();
    }

    /// Begins to count anew. What is open stays open.
    pub(crate) fn restart(&self) {
        self.count(|seen| *seen = Seen { open: seen.open, faulty: seen.faulty, ..Seen::default() });
    }

    pub(crate) fn accepted(&self) -> Open {
        self.count(|seen| {
            seen.connections += 1;
            seen.open += 1;
        });
        Open { counter: self.clone(), faulty: false }
    }

    /// Waits until it holds, at most so long; what was counted then.
    pub(crate) async fn until(&self, limit: Duration, holds: impl Fn(&Seen) -> bool) -> Seen {
        let wait = async {
            loop {
                let changed = self.0.1.notified();
                let mut changed = std::pin::pin!(changed);
                changed.as_mut().enable();
                if holds(&self.lock()) {
                    return;
                }
                changed.await;
            }
        };
        // Where it does not come to hold, the caller sees that.
        let _ = timeout(limit, wait).await;
        self.seen()
    }
}

impl Open {
    /// It meets the fault.
    pub(crate) fn meets_the_fault(&mut self) {
        if !self.faulty {
            self.faulty = true;
            self.counter.count(|seen| seen.faulty += 1);
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.counter.count(|seen| {
            seen.open -= 1;
            seen.faulty -= u64::from(self.faulty);
        });
    }
}
