//! Memory that Kotlin writes arguments into.
//!
//! It is made of atomics because those may change while Rust holds them: so it is the address alone that leaves Rust, and no
//! unsafe code is needed to read what stands there.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use wamid_bindings::lock;

/// By their addresses.
static BUFFERS: Mutex<BTreeMap<i64, Vec<AtomicU64>>> = Mutex::new(BTreeMap::new());

pub(super) fn make(bytes: i64) -> i64 {
    let words = usize::try_from(bytes).unwrap_or_default().div_ceil(8).max(1);
    let buffer: Vec<_> = std::iter::repeat_with(AtomicU64::default).take(words).collect();
    let address = buffer.as_ptr().expose_provenance() as i64;
    lock(&BUFFERS).insert(address, buffer);
    address
}

/// What was written there; nothing, where there is no such buffer. It is gone afterwards.
pub(super) fn take(address: i64) -> Vec<u8> {
    let words = lock(&BUFFERS).remove(&address).unwrap_or_default();
    let mut bytes = Vec::with_capacity(words.len() * 8);
    for word in &words {
        // Written by this thread just now.
        bytes.extend_from_slice(&word.load(Ordering::Relaxed).to_ne_bytes());
    }
    bytes
}
