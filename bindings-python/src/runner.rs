//! Who polls the calls that event loops wait for: a list of those that can go on, worked off by the thread in the background.
//!
//! A call is its own waker, so it needs no task of the runtime's; and since a whole list is worked off at once, a loop is woken
//! once for all that have ended in it.

use std::convert::Infallible;
use std::future::poll_fn;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::task::coop::unconstrained;

use crate::completions::Queue;

/// After so many calls a loop that waits is woken, though there are more.
const RING_AFTER: usize = 32;

/// A call that is polled here.
pub(crate) trait Job: Send + Sync {
    /// Goes on as far as it can. If it has ended by that, and its loop has to be woken for it, the loop's queue.
    fn go_on(self: Arc<Self>) -> Option<Arc<Queue>>;
}

#[derive(Default)]
pub(crate) struct Runner(Mutex<Ready>);

#[derive(Default)]
struct Ready {
    jobs: Vec<Arc<dyn Job>>,
    /// Set while the runner sleeps.
    sleeping: Option<Waker>,
}

impl Runner {
    /// A call that can go on.
    pub(crate) fn push(&self, job: Arc<dyn Job>) {
        let sleeping = {
            let mut ready = self.ready();
            ready.jobs.push(job);
            ready.sleeping.take()
        };
        if let Some(waker) = sleeping {
            waker.wake();
        }
    }

    /// Works for ever.
    pub(crate) async fn run(&self) -> Infallible {
        let mut jobs = Vec::new();
        // tokio would hold back what one task reads and writes; these are many.
        unconstrained(poll_fn(|context| self.work(&mut jobs, context))).await
    }

    fn work(&self, jobs: &mut Vec<Arc<dyn Job>>, context: &Context<'_>) -> Poll<Infallible> {
        mem::swap(jobs, &mut self.ready().jobs);
        let mut rings: Vec<Arc<Queue>> = Vec::new();
        for (at, job) in jobs.drain(..).enumerate() {
            // A panic is one call's, which never ends then, as it would be in a task of its own.
            if let Ok(Some(queue)) = catch_unwind(AssertUnwindSafe(|| job.go_on())) {
                rings.push(queue);
            }
            if at % RING_AFTER == RING_AFTER - 1 {
                rings.drain(..).for_each(|queue| queue.ring());
            }
        }
        rings.drain(..).for_each(|queue| queue.ring());
        let mut ready = self.ready();
        if ready.jobs.is_empty() {
            ready.sleeping = Some(context.waker().clone());
        } else {
            // What can go on by now takes its turn after the sockets have been looked at.
            context.waker().wake_by_ref();
        }
        Poll::Pending
    }

    fn ready(&self) -> MutexGuard<'_, Ready> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
