//! What the gateway takes on at once, and from one key: beyond it, a request is turned away before anything is sent.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::metrics::KindOf;

/// Most keys whose pace is remembered. Beyond it the one that has been quiet the longest is forgotten.
const MAX_KEYS: usize = 10_000;

/// A request that was turned away. Nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TurnedAway {
    /// The gateway has as much to do as it takes on; its answer is 503.
    Full,
    /// The key's requests come too fast; after this wait there is room again. Its answer is 429.
    TooFast(Duration),
}

impl IntoResponse for TurnedAway {
    fn into_response(self) -> Response {
        let (status, kind, error, wait) = match self {
            Self::Full => (
                StatusCode::SERVICE_UNAVAILABLE,
                "server",
                "The gateway is full; nothing was sent. Try again in a moment.",
                Duration::from_secs(1),
            ),
            Self::TooFast(wait) => (
                StatusCode::TOO_MANY_REQUESTS,
                "rate_limited",
                "This key's requests come too fast; nothing was sent. Wait before the next one.",
                wait,
            ),
        };
        let body = json!({
            "error": error,
            "kind": kind,
            "retry_after": wait.as_secs_f64(),
            "retryable": true,
            "maybe_sent": false,
            "attempts": 0,
        });
        let mut response = (status, Json(body)).into_response();
        // Whole seconds, and never too early.
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        response.extensions_mut().insert(KindOf(kind));
        response
    }
}

/// How many calls go to Meta at once, and how many wait for their turn. Clones share both.
#[derive(Debug, Clone)]
pub(super) struct Sending {
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    max_waiting: usize,
    patience: Duration,
}

/// A turn. It belongs into the task that calls Meta, so that a caller who hangs up frees nothing too early.
#[derive(Debug)]
pub(super) struct Permit(#[expect(dead_code, reason = "held for its drop")] OwnedSemaphorePermit);

impl Sending {
    /// Lets `at_once` calls through, `max_waiting` wait behind them, each for `patience` at most.
    pub(super) fn new(at_once: usize, max_waiting: usize, patience: Duration) -> Self {
        let turns = Arc::new(Semaphore::new(at_once.clamp(1, Semaphore::MAX_PERMITS)));
        Self { turns, waiting: Arc::default(), max_waiting, patience }
    }

    /// A turn, where nobody has to be waited for.
    pub(super) fn at_once(&self) -> Option<Permit> {
        self.turns.clone().try_acquire_owned().ok().map(Permit)
    }

    /// A turn, first come, first served.
    pub(super) async fn permit(&self) -> Result<Permit, TurnedAway> {
        if let Some(permit) = self.at_once() {
            return Ok(permit);
        }
        let _place = Place::take(&self.waiting, self.max_waiting).ok_or(TurnedAway::Full)?;
        match tokio::time::timeout(self.patience, self.turns.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Permit(permit)),
            _ => Err(TurnedAway::Full),
        }
    }
}

/// A place in the queue, free again when it is dropped.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize, most: usize) -> Option<Self> {
        waiting
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |now| (now < most).then_some(now + 1))
            .ok()
            .map(|_| Self(waiting))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// How fast each key's requests may come: a token bucket a key. Clones share the buckets.
#[derive(Clone)]
pub(super) struct KeyPace {
    buckets: Arc<Mutex<HashMap<i64, Bucket>>>,
    per_second: f64,
    burst: f64,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl fmt::Debug for KeyPace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPace")
            .field("per_second", &self.per_second)
            .field("burst", &self.burst)
            .finish_non_exhaustive()
    }
}

impl KeyPace {
    /// Lets `per_second` requests of each key through, and `burst` at once after a pause.
    pub(super) fn new(per_second: f64, burst: u32) -> Self {
        // A pace of nothing would make waits without end.
        Self { buckets: Arc::default(), per_second: per_second.max(0.001), burst: f64::from(burst.max(1)) }
    }

    /// Takes one request of that key, now.
    pub(super) fn take(&self, key: i64) -> Result<(), TurnedAway> {
        self.take_at(key, Instant::now())
    }

    fn take_at(&self, key: i64, now: Instant) -> Result<(), TurnedAway> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_KEYS && !buckets.contains_key(&key) {
            self.forget(&mut buckets, now);
        }
        let bucket = buckets.entry(key).or_insert(Bucket { tokens: self.burst, filled: now });
        bucket.tokens = self.tokens(bucket, now);
        bucket.filled = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        Err(TurnedAway::TooFast(Duration::from_secs_f64((1.0 - bucket.tokens) / self.per_second)))
    }

    fn tokens(&self, bucket: &Bucket, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(bucket.filled).as_secs_f64();
        seconds.mul_add(self.per_second, bucket.tokens).min(self.burst)
    }

    /// A full bucket is as good as none. Where none is full, the quietest key gets its burst anew.
    fn forget(&self, buckets: &mut HashMap<i64, Bucket>, now: Instant) {
        buckets.retain(|_, bucket| self.tokens(bucket, now) < self.burst);
        if buckets.len() >= MAX_KEYS
            && let Some(quietest) =
                buckets.iter().min_by_key(|(_, bucket)| bucket.filled).map(|(key, _)| *key)
        {
            buckets.remove(&quietest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_fills_again_and_no_further_than_its_burst() {
        let (pace, start) = (KeyPace::new(2.0, 3), Instant::now());
        for _ in 0..3 {
            pace.take_at(1, start).unwrap();
        }
        assert_eq!(pace.take_at(1, start), Err(TurnedAway::TooFast(Duration::from_millis(500))));
        pace.take_at(2, start).unwrap();
        pace.take_at(1, start + Duration::from_millis(500)).unwrap();
        let later = start + Duration::from_secs(3600);
        assert_eq!((0..10).filter(|_| pace.take_at(1, later).is_ok()).count(), 3);
    }

    #[test]
    fn however_many_keys_there_are_the_memory_is_bounded() {
        let (pace, start) = (KeyPace::new(0.001, 5), Instant::now());
        for key in 0..12_000_u32 {
            pace.take_at(key.into(), start + Duration::from_micros(key.into())).unwrap();
        }
        assert_eq!(pace.buckets.lock().unwrap().len(), MAX_KEYS);
    }
}
