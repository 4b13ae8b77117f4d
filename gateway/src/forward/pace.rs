//! How many attempts a number's target gets at once, and how long a failed one waits.

use std::time::Duration;

use tokio::time::Instant;

/// Attempts at once for one number.
const AT_ONCE: usize = 8;
/// After so many failures in a row there is one attempt at a time.
const FAILING: u32 = 3;
/// Longest pause between those.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Longest wait of a sender whose event failed.
const LONGEST_WAIT: Duration = Duration::from_secs(900);

/// How a number's target is doing.
#[derive(Debug, Default)]
pub(super) struct Pace {
    pub(super) under_way: usize,
    failures: u32,
    pause_until: Option<Instant>,
}

impl Pace {
    /// Whether it gets one attempt at a time.
    pub(super) fn is_failing(&self) -> bool {
        self.failures >= FAILING
    }

    /// How many more attempts may begin.
    pub(super) fn room(&self, now: Instant) -> usize {
        if self.pause_until.is_some_and(|until| until > now) {
            return 0;
        }
        let most = if self.is_failing() { 1 } else { AT_ONCE };
        most.saturating_sub(self.under_way)
    }

    pub(super) fn succeeded(&mut self) {
        (self.failures, self.pause_until) = (0, None);
    }

    /// An attempt failed; the target may have asked for a pause.
    pub(super) fn failed(&mut self, now: Instant, asked: Option<Duration>) {
        self.failures = self.failures.saturating_add(1);
        let own = match self.failures.checked_sub(FAILING) {
            Some(beyond) => Duration::from_secs(1 << beyond.min(3)).min(LONGEST_PAUSE),
            None => Duration::ZERO,
        };
        self.pause_until = Some(now + own.max(asked.unwrap_or_default()));
    }
}

/// How long a sender waits after so many failed attempts at its oldest event: from a second on twice as long each time, up to 15
/// minutes, and a quarter more or less, so that not all come at once.
pub(super) fn wait(failures: u32) -> Duration {
    let whole = Duration::from_secs(1 << failures.saturating_sub(1).min(12)).min(LONGEST_WAIT);
    whole.mul_f64(0.75 + fastrand::f64() / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_quarter_of_an_hour_and_differ() {
        for (failures, seconds) in
            [(1, 1.0), (2, 2.0), (5, 16.0), (10, 512.0), (11, 900.0), (4_000_000, 900.0)]
        {
            for _ in 0..100 {
                let wait = wait(failures).as_secs_f64();
                assert!((seconds * 0.75..=seconds * 1.25).contains(&wait), "{failures}: {wait}");
            }
        }
        assert_ne!(wait(11), wait(11));
    }

    #[test]
    fn a_target_that_fails_gets_one_attempt_at_a_time_until_one_succeeds() {
        let (mut pace, now) = (Pace::default(), Instant::now());
        assert_eq!(pace.room(now), 8);
        pace.failed(now, None);
        pace.failed(now, None);
        assert_eq!(pace.room(now), 8);
        pace.failed(now, None);
        assert_eq!((pace.room(now), pace.room(now + Duration::from_secs(1))), (0, 1));
        for _ in 0..40 {
            pace.failed(now, None);
        }
        assert_eq!((pace.room(now), pace.room(now + LONGEST_PAUSE)), (0, 1));
        pace.succeeded();
        assert_eq!(pace.room(now), 8);
        pace.failed(now, Some(Duration::from_secs(60)));
        assert_eq!((pace.room(now), pace.room(now + Duration::from_secs(60))), (0, 8));
    }
}
