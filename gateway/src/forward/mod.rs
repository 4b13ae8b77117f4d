//! Passes on what comes in: each event once it is verified, seen for the first time and on disk.
//!
//! Events wait in the store, those of one sender in their order. Whoever takes a sender's turn has a lease on it, so that several
//! gateways share the work and none of them posts an event that another one is posting. A process that ends at any moment leaves
//! its leases, which run out.

mod dispatch;
mod events;
mod incoming;
mod pace;
mod queue;
mod target;
mod turn;
mod upkeep;

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

pub(super) use self::dispatch::Dispatcher;
pub use self::events::{AccountEvents, DroppedEvents, EventQueue, QueuedEvent};
pub(super) use self::incoming::Incoming;
pub use self::target::ForwardTarget;

/// What the webhook's handler and the dispatcher share.
#[derive(Debug, Default)]
pub(super) struct Forwarding {
    /// Where events of accounts without a setting of their own go.
    pub(super) target: Option<ForwardTarget>,
    /// Most events that wait, over all accounts.
    pub(super) limit: u64,
    /// So many wait already.
    full: AtomicBool,
    /// The numbers for which events came in since the dispatcher last looked.
    came_in: Mutex<HashSet<String>>,
    wake: Notify,
}

impl Forwarding {
    pub(super) fn new(target: Option<ForwardTarget>, limit: u64) -> Self {
        Self { target, limit, ..Self::default() }
    }

    /// Whether the table of events is as large as it may be. Meta keeps what is not taken, and sends it again.
    pub(super) fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    /// Events of these numbers are on disk.
    pub(super) fn tell(&self, numbers: impl IntoIterator<Item = String>) {
        self.came_in.lock().unwrap_or_else(PoisonError::into_inner).extend(numbers);
        self.wake.notify_one();
    }

    fn take(&self) -> HashSet<String> {
        std::mem::take(&mut self.came_in.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
