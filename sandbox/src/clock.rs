//! What time it is for messages.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// The machine's clock, or one that begins at an instant and goes on by a second with each message and act.
#[derive(Debug)]
pub(super) struct Clock(Option<Mutex<Timestamp>>);

impl Clock {
    pub(super) fn new(begin: Option<Timestamp>) -> Self {
        Self(begin.map(Mutex::new))
    }

    /// The time of a message or an act.
    pub(super) fn tick(&self) -> Timestamp {
        let Some(next) = &self.0 else { return Timestamp::now() };
        let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
        let later = next.checked_add(SignedDuration::from_secs(1)).unwrap_or(*next);
        std::mem::replace(&mut *next, later)
    }

    /// The time in between.
    pub(super) fn now(&self) -> Timestamp {
        let next = self.0.as_ref().map(|next| *next.lock().unwrap_or_else(PoisonError::into_inner));
        next.unwrap_or_else(Timestamp::now)
    }
}
