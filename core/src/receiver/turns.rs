//! Events wait for each other: those of one sender are handed over one after the other, whichever requests brought them.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// The queues, each by what its events have in common.
#[derive(Default)]
pub(super) struct Turns(Mutex<Queues>);

#[derive(Default)]
struct Queues {
    last: u64,
    by_name: HashMap<String, Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<u64>,
    changed: Arc<Notify>,
}

/// A place in a queue, given up when it is dropped.
pub(super) struct Turn {
    turns: Arc<Turns>,
    queue: String,
    number: u64,
    /// Whether others were before it when the place was taken.
    follows: bool,
    changed: Arc<Notify>,
}

impl Turns {
    /// A place in each of these queues. All are taken at once, so that two requests never wait for each other.
    pub(super) fn reserve(self: &Arc<Self>, queues: impl IntoIterator<Item = String>) -> Vec<Turn> {
        let mut open = self.lock();
        let places = queues.into_iter().map(|name| {
            open.last += 1;
            let number = open.last;
            let queue = open.by_name.entry(name.clone()).or_default();
            let follows = !queue.waiting.is_empty();
            queue.waiting.push_back(number);
            Turn {
                turns: Arc::clone(self),
                queue: name,
                number,
                follows,
                changed: Arc::clone(&queue.changed),
            }
        });
        places.collect()
    }

    fn lock(&self) -> MutexGuard<'_, Queues> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Waits until all before it have given up their places. Whether there were any, also if they had done so already.
    pub(super) async fn come(&self) -> bool {
        loop {
            // Made before the look at the queue: it is told of every change from here on.
            let changed = self.changed.notified();
            if self.is_first() {
                return self.follows;
            }
            changed.await;
        }
    }

    fn is_first(&self) -> bool {
        let open = self.turns.lock();
        open.by_name.get(&self.queue).is_none_or(|queue| queue.waiting.front() == Some(&self.number))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut open = self.turns.lock();
        if let Some(queue) = open.by_name.get_mut(&self.queue) {
            // Nearly always it is the first.
            if queue.waiting.front() == Some(&self.number) {
                queue.waiting.pop_front();
            } else {
                queue.waiting.retain(|number| *number != self.number);
            }
            if queue.waiting.is_empty() {
                open.by_name.remove(&self.queue);
            }
        }
        drop(open);
        self.changed.notify_waiters();
    }
}
