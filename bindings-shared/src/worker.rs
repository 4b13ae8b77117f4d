//! Who polls the running calls: a list of those that were woken, worked off by one thread.
//!
//! A whole list is worked off at once. So whoever waits for answers is woken once for all calls that ended in it.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt;
use std::future::{Future, poll_fn};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use tokio::task::unconstrained;

use crate::lock;
use crate::mailbox::Due;
use crate::task::Job;

/// After so many calls those who wait for answers are woken, though there are more.
const WAKE_AFTER: usize = 32;

thread_local! {
    /// The mailboxes with answers that came while a worker's list is worked off on this thread; none at any other time.
    static DUE: RefCell<Option<Vec<Arc<dyn Due>>>> = const { RefCell::new(None) };
}

/// Polls the calls that were woken.
#[derive(Default)]
pub struct Worker(Mutex<List>);

#[derive(Default)]
struct List {
    jobs: Vec<Arc<dyn Job>>,
    /// Set while the worker sleeps.
    sleeping: Option<Waker>,
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").field("queued", &lock(&self.0).jobs.len()).finish_non_exhaustive()
    }
}

impl Worker {
    /// Takes a call that was woken.
    pub(crate) fn push(&self, job: Arc<dyn Job>) {
        let sleeping = {
            let mut list = lock(&self.0);
            list.jobs.push(job);
            list.sleeping.take()
        };
        if let Some(waker) = sleeping {
            waker.wake();
        }
    }

    /// Works, for ever or as long as it is polled.
    pub fn run(&self) -> impl Future<Output = Infallible> + '_ {
        let mut jobs = Vec::new();
        // tokio would hold back what one task reads and writes; these are many.
        unconstrained(poll_fn(move |context| self.work(&mut jobs, context)))
    }

    fn work(&self, jobs: &mut Vec<Arc<dyn Job>>, context: &Context<'_>) -> Poll<Infallible> {
        mem::swap(jobs, &mut lock(&self.0).jobs);
        DUE.set(Some(Vec::new()));
        for (at, job) in jobs.drain(..).enumerate() {
            // The panic of a call is its error; this is one of what takes its result, and ends nothing else.
            drop(catch_unwind(AssertUnwindSafe(|| job.poll_here())));
            if at % WAKE_AFTER == WAKE_AFTER - 1 {
                wake_due(Some(Vec::new()));
            }
        }
        wake_due(None);
        let mut list = lock(&self.0);
        if list.jobs.is_empty() {
            list.sleeping = Some(context.waker().clone());
        } else {
            // What was woken meanwhile takes its turn after the sockets have been looked at.
            context.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

/// Wakes whoever waits for what is due, and begins a new list of those, or none.
fn wake_due(next: Option<Vec<Arc<dyn Due>>>) {
    let due = DUE.replace(next);
    for mailbox in due.into_iter().flatten() {
        // One that cannot be woken must not end the worker of all others.
        drop(catch_unwind(AssertUnwindSafe(|| mailbox.wake_now())));
    }
}

/// Lets a mailbox be woken when the list is worked off. It is handed back where none is worked off on this thread.
pub(crate) fn wake_later(mailbox: Arc<dyn Due>) -> Option<Arc<dyn Due>> {
    DUE.with_borrow_mut(|due| match due {
        Some(due) => {
            due.push(mailbox);
            None
        }
        None => Some(mailbox),
    })
}
