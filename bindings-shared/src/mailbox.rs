//! Answers that wait to be fetched, many at a time.

use std::fmt;
use std::mem;
use std::sync::{Arc, Mutex};

use crate::lock;
use crate::worker::wake_later;

/// Wakes whoever fetches from a mailbox.
pub trait Wake: Send + Sync {
    /// There is something to fetch. It is called once until it has been fetched.
    fn wake(&self);
}

/// A mailbox of any type, that has something to fetch.
pub(crate) trait Due: Send + Sync {
    fn wake_now(&self);
}

/// What has come since it was last fetched, in a batch of the language's own type.
pub struct Mailbox<B, W> {
    batch: Mutex<Batch<B>>,
    fetcher: W,
}

#[derive(Default)]
struct Batch<B> {
    batch: B,
    /// The fetcher has been woken for this, or will be.
    told: bool,
}

impl<B, W> fmt::Debug for Mailbox<B, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox").finish_non_exhaustive()
    }
}

impl<B, W> Mailbox<B, W>
where
    B: Default + Send + 'static,
    W: Wake + 'static,
{
    /// One that is empty, and its fetcher.
    pub fn new(fetcher: W) -> Self {
        Self { batch: Mutex::default(), fetcher }
    }

    /// Adds to the batch. The fetcher is woken at once, or, where a worker's list is worked off on this thread, with that list's end.
    pub fn put(self: &Arc<Self>, add: impl FnOnce(&mut B)) {
        let told = {
            let mut batch = lock(&self.batch);
            add(&mut batch.batch);
            mem::replace(&mut batch.told, true)
        };
        if !told && let Some(mailbox) = wake_later(self.clone()) {
            mailbox.wake_now();
        }
    }

    /// Takes the batch. What comes from now on wakes the fetcher again.
    pub fn take(&self) -> B {
        let mut batch = lock(&self.batch);
        batch.told = false;
        mem::take(&mut batch.batch)
    }

    /// Looks into the batch without fetching it.
    pub fn look<T>(&self, look: impl FnOnce(&mut B) -> T) -> T {
        look(&mut lock(&self.batch).batch)
    }

    /// Who fetches.
    pub fn fetcher(&self) -> &W {
        &self.fetcher
    }
}

impl<B, W> Due for Mailbox<B, W>
where
    B: Send,
    W: Wake,
{
    fn wake_now(&self) {
        self.fetcher.wake();
    }
}
