//! What was looked up a moment ago, so that not every request asks the store for the same.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long an answer is believed. A key that is revoked by another process must be refused within a second.
const BELIEVED: Duration = Duration::from_millis(500);
/// Beyond so many answers those that are no longer believed are thrown away.
const MANY: usize = 1_000;

/// Answers with the moment at which the question was put. Clones share them.
pub(super) struct ShortCache<K, V>(Arc<Mutex<HashMap<K, (Instant, V)>>>);

impl<K: Hash + Eq, V: Clone> ShortCache<K, V> {
    /// The answer to a question that was put less than half a second ago.
    pub(super) fn get(&self, question: &K) -> Option<V> {
        self.all()
            .get(question)
            .filter(|(asked, _)| asked.elapsed() < BELIEVED)
            .map(|(_, answer)| answer.clone())
    }

    /// Remembers an answer, from the moment on at which its question was put.
    pub(super) fn put(&self, question: K, asked: Instant, answer: V) {
        let mut all = self.all();
        if all.len() >= MANY {
            all.retain(|_, (asked, _)| asked.elapsed() < BELIEVED);
        }
        all.insert(question, (asked, answer));
    }

    /// Forgets everything: this process has changed it.
    pub(super) fn clear(&self) {
        self.all().clear();
    }

    fn all(&self) -> MutexGuard<'_, HashMap<K, (Instant, V)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> Default for ShortCache<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K, V> Clone for ShortCache<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K, V> fmt::Debug for ShortCache<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShortCache").finish_non_exhaustive()
    }
}
