//! What is known of the requests of a send, at every moment: also when the send is dropped or panics.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a message may have gone out.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// An attempt that is over left it open.
    earlier: AtomicBool,
    /// The attempt under way has perhaps been written.
    under_way: Arc<AtomicBool>,
}

impl Written {
    pub(crate) fn maybe_sent(&self) -> bool {
        self.earlier.load(Ordering::Acquire) || self.under_way.load(Ordering::Acquire)
    }

    /// Set by an attempt that is about to be written.
    pub(crate) fn under_way(&self) -> &Arc<AtomicBool> {
        &self.under_way
    }

    /// An attempt is over; `maybe_sent` is what it and all before it left open.
    pub(crate) fn over(&self, maybe_sent: bool) {
        self.earlier.store(maybe_sent, Ordering::Release);
        self.under_way.store(false, Ordering::Release);
    }
}
