//! What the gateway takes on at once, and from one key: beyond it, a request is turned away before anything is sent.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::metrics::OutcomeKind;

/// A request that was turned away. Nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overloaded {
    /// The gateway has as much to do as it takes on; its answer is 503.
    Full,
    /// The key's requests come too fast; after this wait there is room again. Its answer is 429.
    TooFast(Duration),
}

impl IntoResponse for Overloaded {
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
        response.extensions_mut().insert(OutcomeKind(kind));
        response
    }
}

/// How many calls go to Meta at once, and how many wait for their turn. Clones share both.
#[derive(Debug, Clone)]
pub(super) struct SendSlots {
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    max_waiting: usize,
    patience: Duration,
}

/// A turn. It belongs into the task that calls Meta, so that a caller who hangs up frees nothing too early.
#[derive(Debug)]
pub(super) struct Permit(#[expect(dead_code, reason = "held for its drop")] OwnedSemaphorePermit);

impl SendSlots {
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
    pub(super) async fn permit(&self) -> Result<Permit, Overloaded> {
        if let Some(permit) = self.at_once() {
            return Ok(permit);
        }
        let _place = WaitingPlace::take(&self.waiting, self.max_waiting).ok_or(Overloaded::Full)?;
        match tokio::time::timeout(self.patience, self.turns.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Permit(permit)),
            _ => Err(Overloaded::Full),
        }
    }
}

/// A place in the queue, free again when it is dropped.
struct WaitingPlace<'a>(&'a AtomicUsize);

impl<'a> WaitingPlace<'a> {
    fn take(waiting: &'a AtomicUsize, most: usize) -> Option<Self> {
        waiting
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |now| (now < most).then_some(now + 1))
            .ok()
            .map(|_| Self(waiting))
    }
}

impl Drop for WaitingPlace<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// How fast each key's requests may come. Clones share what they remember.
#[derive(Clone)]
pub(super) struct KeyPace<C: Clock = DefaultClock>(Arc<Limiter<C>>);

type Limiter<C> = RateLimiter<i64, HashMapStateStore<i64>, C, NoOpMiddleware<<C as Clock>::Instant>>;

impl<C: Clock> fmt::Debug for KeyPace<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPace").finish_non_exhaustive()
    }
}

impl KeyPace {
    /// Lets `per_second` requests of each key through, and `burst` at once after a pause.
    pub(super) fn new(per_second: f64, burst: u32) -> Self {
        Self::every(period(per_second), burst)
    }

    /// Lets a request of each key through in every period, and `burst` at once after a pause.
    pub(super) fn every(period: Duration, burst: u32) -> Self {
        Self::by(DefaultClock::default(), period, burst)
    }
}

/// The time from one request to the next. A pace of nothing would make waits without end.
fn period(per_second: f64) -> Duration {
    Duration::from_secs_f64(1.0 / per_second.max(0.001))
}

impl<C: Clock> KeyPace<C> {
    fn by(clock: C, period: Duration, burst: u32) -> Self {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        // More than a request a nanosecond cannot be told apart.
        let quota = Quota::with_period(period.max(Duration::from_nanos(1)))
            .unwrap_or(Quota::per_second(burst))
            .allow_burst(burst);
        Self(Arc::new(RateLimiter::hashmap_with_clock(quota, clock)))
    }

    /// Takes one request of that key, now.
    pub(super) fn take(&self, key: i64) -> Result<(), Overloaded> {
        let now = self.0.clock().now();
        self.0.check_key(&key).map_err(|until| Overloaded::TooFast(until.wait_time_from(now)))
    }

    /// Forgets the keys that may make their whole burst again. Only keys that the store knows are remembered at all.
    pub(super) fn forget_rested(&self) {
        self.0.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    #[test]
    fn a_key_s_burst_comes_back_and_no_more_than_that() {
        let clock = FakeRelativeClock::default();
        let pace = KeyPace::by(clock.clone(), period(2.0), 3);
        for _ in 0..3 {
            pace.take(1).unwrap();
        }
        assert_eq!(pace.take(1), Err(Overloaded::TooFast(Duration::from_millis(500))));
        pace.take(2).unwrap();
        clock.advance(Duration::from_millis(500));
        pace.take(1).unwrap();
        clock.advance(Duration::from_secs(3600));
        assert_eq!((0..10).filter(|_| pace.take(1).is_ok()).count(), 3);
    }

    #[test]
    fn a_pace_of_nothing_and_one_beyond_measure_are_paces_too() {
        for (per_second, burst, at_once) in [(0.0, 0, 1), (1e12, 5, 5), (f64::INFINITY, u32::MAX, 10)] {
            let pace = KeyPace::by(FakeRelativeClock::default(), period(per_second), burst);
            assert_eq!((0..10).filter(|_| pace.take(1).is_ok()).count(), at_once, "{per_second}");
        }
    }

    #[test]
    fn keys_that_rest_are_forgotten_and_those_at_work_are_not() {
        let clock = FakeRelativeClock::default();
        let pace = KeyPace::by(clock.clone(), period(0.001), 2);
        (0..1000).for_each(|key| pace.take(key).unwrap());
        clock.advance(Duration::from_secs(3600));
        pace.take(7).unwrap();
        pace.take(7).unwrap();
        pace.forget_rested();
        assert_eq!(pace.0.len(), 1);
        assert!(pace.take(7).is_err(), "its burst is taken");
    }
}
