//! Which events a handler has taken: in the client's store, else in memory.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use crate::webhook::EventId;

/// How many events are remembered.
const MOST: usize = 10_000;

/// The events that a handler has taken last.
#[derive(Default)]
pub(super) struct Recent(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    known: HashSet<EventId>,
    oldest_first: VecDeque<EventId>,
}

impl Recent {
    pub(super) fn has(&self, event: &EventId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).known.contains(event)
    }

    pub(super) fn add(&self, event: EventId) {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !remembered.known.insert(event.clone()) {
            return;
        }
        remembered.oldest_first.push_back(event);
        if remembered.oldest_first.len() > MOST
            && let Some(oldest) = remembered.oldest_first.pop_front()
        {
            remembered.known.remove(&oldest);
        }
    }
}
