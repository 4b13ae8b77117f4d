//! The clients by number: a number that has gone stale finds nothing, where a stale pointer would find anything.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard};

use wamid_bindings::lock;

static CLIENTS: Mutex<BTreeMap<i64, wamid::Client>> = Mutex::new(BTreeMap::new());

fn clients() -> MutexGuard<'static, BTreeMap<i64, wamid::Client>> {
    lock(&CLIENTS)
}

/// A client that is found by its number, as long as this lives.
#[derive(Debug)]
pub(crate) struct Registered(i64);

impl Registered {
    pub(crate) fn new(client: &wamid::Client) -> Self {
        static LAST: AtomicI64 = AtomicI64::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed) + 1;
        clients().insert(number, client.clone());
        Self(number)
    }

    pub(crate) fn number(&self) -> i64 {
        self.0
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        let gone = clients().remove(&self.0);
        // What ends with the last of its clients need not end under the lock.
        drop(gone);
    }
}

pub(super) fn find(number: i64) -> Option<wamid::Client> {
    clients().get(&number).cloned()
}
