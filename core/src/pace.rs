//! Paces a client's sends: a token bucket that holds a tenth of a second.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// A token bucket, kept as the moment at which it would be full again.
pub(crate) struct Pace {
    /// Between two sends.
    interval: Duration,
    /// How far ahead of the steady pace a burst may run.
    burst: Duration,
    full_at: Mutex<Option<Instant>>,
}

impl Pace {
    pub(crate) fn new(per_second: f64) -> Self {
        let interval = Duration::try_from_secs_f64(1.0 / per_second).unwrap_or(Duration::MAX);
        // A tenth of a second's worth, at least one send.
        let tokens = (per_second / 10.0).floor().max(1.0);
        let burst = Duration::try_from_secs_f64((tokens - 1.0) / per_second).unwrap_or_default();
        Self { interval, burst, full_at: Mutex::new(None) }
    }

    /// Waits until the next send may go out, in the order of asking.
    pub(crate) async fn wait(&self) {
        let turn = self.reserve(Instant::now());
        tokio::time::sleep_until(turn).await;
    }

    fn reserve(&self, now: Instant) -> Instant {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let start = full_at.filter(|at| *at > now).unwrap_or(now);
        // A pace too slow to count with is one that never comes again.
        let far = now + Duration::from_secs(86_400 * 365);
        *full_at = Some(start.checked_add(self.interval).unwrap_or(far));
        start.checked_sub(self.burst).map_or(now, |turn| turn.max(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(per_second: f64, sends: usize) -> Vec<u64> {
        let pace = Pace::new(per_second);
        let now = Instant::now();
        (0..sends).map(|_| pace.reserve(now).duration_since(now).as_millis().try_into().unwrap()).collect()
    }

    #[test]
    fn slow_paces_let_one_out_at_a_time() {
        assert_eq!(turns(2.0, 4), [0, 500, 1000, 1500]);
        assert_eq!(turns(10.0, 3), [0, 100, 200]);
    }

    #[test]
    fn fast_paces_hold_a_tenth_of_a_second() {
        assert_eq!(turns(50.0, 8), [0, 0, 0, 0, 0, 20, 40, 60]);
    }

    #[test]
    fn time_that_passed_unused_is_no_credit_beyond_the_bucket() {
        let pace = Pace::new(50.0);
        let now = Instant::now();
        for _ in 0..20 {
            pace.reserve(now);
        }
        let later = now + Duration::from_secs(10);
        let free = (0..8).filter(|_| pace.reserve(later) == later).count();
        assert_eq!(free, 5);
    }

    #[test]
    fn a_pace_beyond_counting_does_not_panic() {
        let pace = Pace::new(f64::MIN_POSITIVE);
        pace.reserve(Instant::now());
        pace.reserve(Instant::now());
    }
}
