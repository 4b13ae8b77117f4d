//! The rates of single API keys, beside the one of the gateway that holds for each of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::limits::{KeyPace, Overloaded};
use super::rights::Rate;

/// A pace for each rate that some key has. Clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnPaces(Arc<Mutex<HashMap<Rate, KeyPace>>>);

impl OwnPaces {
    /// Takes one request of that key, now.
    pub(super) fn take(&self, key: i64, rate: Rate) -> Result<(), Overloaded> {
        let pace = {
            let mut paces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            paces.entry(rate).or_insert_with(|| KeyPace::every(rate.each(), rate.burst())).clone()
        };
        pace.take(key)
    }

    /// Forgets the keys that may make their whole burst again.
    pub(super) fn forget_rested(&self) {
        let paces: Vec<_> = self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        paces.iter().for_each(KeyPace::forget_rested);
    }
}
