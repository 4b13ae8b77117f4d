//! Counts the requests that calls make again, for whoever runs many of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

tokio::task_local! {
    static RETRIES: Arc<AtomicU64>;
}

/// Runs `call`, and adds 1 to `retries` at each request that it makes again. A call that is dropped
/// would not say how many there were, and a read says nothing of them.
#[doc(hidden)]
pub async fn counting_retries<F: Future>(retries: Arc<AtomicU64>, call: F) -> F::Output {
    RETRIES.scope(retries, call).await
}

/// A request is about to be made again. Where nobody counts, nothing happens.
pub(crate) fn note_retry() {
    let _ = RETRIES.try_with(|retries| retries.fetch_add(1, Ordering::Relaxed));
}
