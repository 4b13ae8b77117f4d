//! Rate limit (`max_per_second`): a token bucket with room for 0.1 s.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// A token bucket.
pub(crate) struct Pace {
    /// Between two sends.
    interval: Duration,
    /// How far ahead of the steady pace a burst may run.
    burst: Duration,
    turns: Mutex<Turns>,
}

#[derive(Default)]
struct Turns {
    /// When the bucket would be full again.
    full_at: Option<Instant>,
    /// Turns to come whose senders have stopped waiting.
    free: BTreeSet<Instant>,
}

/// A turn that is given back unless it was taken.
struct Waiting<'a> {
    pace: &'a Pace,
    turn: Instant,
    taken: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if !self.taken {
            self.pace.lock().free.insert(self.turn);
        }
    }
}

impl Pace {
    pub(crate) fn new(per_second: f64) -> Self {
        let interval = Duration::try_from_secs_f64(1.0 / per_second).unwrap_or(Duration::MAX);
        // A tenth of a second's worth, at least one send.
        let tokens = (per_second / 10.0).floor().max(1.0);
        let burst = Duration::try_from_secs_f64((tokens - 1.0) / per_second).unwrap_or_default();
        Self { interval, burst, turns: Mutex::default() }
    }

    /// Waits until the next send may go out, in the order of asking.
    pub(crate) async fn wait(&self) {
        let now = Instant::now();
        let turn = self.reserve(now);
        // The timer would round even a turn of this moment up to the next millisecond.
        if turn > now {
            let mut waiting = Waiting { pace: self, turn, taken: false };
            tokio::time::sleep_until(turn).await;
            waiting.taken = true;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Turns> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reserve(&self, now: Instant) -> Instant {
        let mut turns = self.lock();
        turns.free = turns.free.split_off(&now);
        if let Some(turn) = turns.free.pop_first() {
            return turn;
        }
        let start = turns.full_at.filter(|at| *at > now).unwrap_or(now);
        // A pace too slow to count with is one that never comes again.
        let far = now + Duration::from_secs(86_400 * 365);
        turns.full_at = Some(start.checked_add(self.interval).unwrap_or(far));
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

    /// A cancelled bulk send must not make the next one wait for turns that nobody takes.
    #[tokio::test(start_paused = true)]
    async fn who_stops_waiting_gives_the_turn_back() {
        let pace = Pace::new(1.0);
        pace.wait().await;
        let begun = Instant::now();
        let crowd = futures_util::future::join_all((0..20).map(|_| pace.wait()));
        tokio::time::timeout(Duration::from_millis(2500), crowd).await.unwrap_err();
        let mut turns = Vec::new();
        for _ in 0..2 {
            pace.wait().await;
            turns.push((Instant::now() - begun).as_secs());
        }
        assert_eq!(turns, [3, 4], "two of the crowd had gone out, at 1 and 2 s");
    }

    #[test]
    fn a_pace_beyond_counting_does_not_panic() {
        let pace = Pace::new(f64::MIN_POSITIVE);
        pace.reserve(Instant::now());
        pace.reserve(Instant::now());
    }
}
