//! Memory that Kotlin writes arguments into.
//!
//! It is made of atomics because those may change while Rust holds them: so it is the address alone that leaves Rust, and no
//! unsafe code is needed to read what stands there.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// By their addresses.
static ROOMS: Mutex<BTreeMap<i64, Vec<AtomicU64>>> = Mutex::new(BTreeMap::new());

pub(super) fn make(bytes: i64) -> i64 {
    let words = usize::try_from(bytes).unwrap_or_default().div_ceil(8).max(1);
    let room: Vec<_> = std::iter::repeat_with(AtomicU64::default).take(words).collect();
    let address = room.as_ptr().expose_provenance() as i64;
    ROOMS.lock().unwrap_or_else(PoisonError::into_inner).insert(address, room);
    address
}

/// What was written there; nothing, where there is no such room. It is gone afterwards.
pub(super) fn leave(address: i64) -> Vec<u8> {
    let room = ROOMS.lock().unwrap_or_else(PoisonError::into_inner).remove(&address);
    let words = room.unwrap_or_default();
    let mut bytes = Vec::with_capacity(words.len() * 8);
    for word in &words {
        // Written by this thread just now.
        bytes.extend_from_slice(&word.load(Ordering::Relaxed).to_ne_bytes());
    }
    bytes
}
