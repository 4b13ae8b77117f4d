//! How many files are taken at once, and how many of one key: a key whose uploads come slowly holds up its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// How many files are on their way to the disk and to Meta at once; others wait.
const AT_ONCE: usize = 16;
/// How many of them are one key's.
const OF_ONE_KEY: usize = 8;

/// The places for uploads.
#[derive(Debug)]
pub(super) struct UploadSlots {
    all: Arc<Semaphore>,
    /// Of each key with an upload under way.
    keys: Mutex<HashMap<i64, Weak<Semaphore>>>,
}

/// A place, free again when it is dropped.
#[derive(Debug)]
pub(super) struct UploadSlot {
    _of_key: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

impl UploadSlots {
    pub(super) fn new() -> Self {
        Self { all: Arc::new(Semaphore::new(AT_ONCE)), keys: Mutex::default() }
    }

    /// A place for an upload of that key, first come, first served.
    pub(super) async fn slot(&self, key: i64) -> Result<UploadSlot, AcquireError> {
        // The key's own comes first, so that its crowd waits among itself.
        let of_key = self.of_key(key).acquire_owned().await?;
        let of_all = self.all.clone().acquire_owned().await?;
        Ok(UploadSlot { _of_key: of_key, _of_all: of_all })
    }

    fn of_key(&self, key: i64) -> Arc<Semaphore> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = keys.get(&key).and_then(Weak::upgrade) {
            return known;
        }
        keys.retain(|_, slots| slots.strong_count() > 0);
        let slots = Arc::new(Semaphore::new(OF_ONE_KEY));
        keys.insert(key, Arc::downgrade(&slots));
        slots
    }
}
