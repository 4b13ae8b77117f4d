//! The running calls, by number.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use crate::lock;
use crate::process::{OfProcess, Process};
use crate::stop::Stop;
use crate::task::Job;

/// The running calls of one event loop, thread or class loader, by number, each with what the language keeps for it.
pub struct Calls<K = ()>(Mutex<HashMap<u64, Call<K>>>);

struct Call<K> {
    kept: K,
    /// A child that inherits it leaves it to its parent.
    running: OfProcess<Running>,
}

struct Running {
    job: Arc<dyn Job>,
    stop: Option<Stop>,
}

impl<K> Default for Calls<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K> fmt::Debug for Calls<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").field("running", &lock(&self.0).len()).finish()
    }
}

impl<K> Calls<K> {
    /// Adds a call of this process, to be done before it is polled. One with a `stop` can be told to end with what it knows.
    pub fn add(&self, this: Process, number: u64, kept: K, job: Arc<dyn Job>, stop: Option<Stop>) {
        let running = OfProcess::new(this, Running { job, stop });
        let _ = lock(&self.0).insert(number, Call { kept, running });
    }

    /// Takes out a call that has ended, with what was kept for it. None where it was cancelled, or is another process's.
    pub fn remove(&self, this: Process, number: u64) -> Option<K> {
        self.take(this, number).map(|(kept, _)| kept)
    }

    /// Takes out a call with its job, to cancel it.
    pub fn take(&self, this: Process, number: u64) -> Option<(K, Arc<dyn Job>)> {
        let mut call = lock(&self.0).remove(&number)?;
        let running = call.running.take(this)?;
        Some((call.kept, running.job))
    }

    /// Cancels a call: it is dropped, and has no answer. To be called inside its runtime.
    pub fn cancel(&self, this: Process, number: u64) {
        if let Some((_, job)) = self.take(this, number) {
            job.cancel();
        }
    }

    /// Tells a call to end with what it knows; cancels one that cannot.
    pub fn stop(&self, this: Process, number: u64) {
        {
            let calls = lock(&self.0);
            let running = calls.get(&number).and_then(|call| call.running.get(this));
            if let Some(Running { stop: Some(stop), .. }) = running {
                stop.stop();
                return;
            }
        }
        self.cancel(this, number);
    }

    /// Cancels all calls: nobody waits for them any more. To be called inside their runtime.
    pub fn cancel_all(&self, this: Process) {
        let calls = std::mem::take(&mut *lock(&self.0));
        for running in calls.into_values().filter_map(|mut call| call.running.take(this)) {
            running.job.cancel();
        }
    }

    /// Whether no call is running.
    pub fn is_empty(&self) -> bool {
        lock(&self.0).is_empty()
    }

    /// What is kept for a call.
    pub fn kept<T>(&self, number: u64, look: impl FnOnce(&K) -> T) -> Option<T> {
        lock(&self.0).get(&number).map(|call| look(&call.kept))
    }

    /// Looks at all that is kept; false, without having looked, where the table is in use at this moment.
    ///
    /// # Errors
    ///
    /// The first that `look` has.
    pub fn try_for_each<E>(&self, mut look: impl FnMut(&K) -> Result<(), E>) -> Result<bool, E> {
        let Ok(calls) = self.0.try_lock() else { return Ok(false) };
        calls.values().try_for_each(|call| look(&call.kept)).map(|()| true)
    }

    /// Drops all handles of calls without cancelling them.
    pub fn clear(&self) {
        // What is dropped may ask for the lock.
        let calls = std::mem::take(&mut *lock(&self.0));
        drop(calls);
    }
}
