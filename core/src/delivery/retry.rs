//! How long to wait before the next attempt: a pure function, apart from the loop that waits.

use std::time::Duration;

use crate::transport::Retry;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

/// The wait before the retry number `retry` (from 0). `random` is in 0…1.
///
/// What the host told wins; 131056 waits 1, 4, 16 s, as Meta recommends for one recipient; everything else is full
/// jitter over a doubling range, so that many clients do not come back at once.
pub(crate) fn wait(again: Retry, told: Option<Duration>, retry: u32, random: f64) -> Duration {
    if let Some(told) = told {
        return told;
    }
    match again {
        Retry::PairRate => Duration::from_secs(4_u64.saturating_pow(retry)),
        _ => FIRST.saturating_mul(2_u32.saturating_pow(retry)).min(LONGEST).mul_f64(random.clamp(0.0, 1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_half_a_minute_and_spread() {
        for (retry, longest) in [(0, 500), (1, 1000), (2, 2000), (5, 16_000), (6, 30_000), (40, 30_000)] {
            assert_eq!(wait(Retry::Backoff, None, retry, 1.0), Duration::from_millis(longest), "{retry}");
            assert_eq!(wait(Retry::Backoff, None, retry, 0.0), Duration::ZERO);
        }
        assert_eq!(wait(Retry::IfHarmless, None, 1, 0.25), Duration::from_millis(250));
    }

    #[test]
    fn one_recipient_gets_meta_s_own_waits() {
        let waits: Vec<u64> = (0..3).map(|retry| wait(Retry::PairRate, None, retry, 0.5).as_secs()).collect();
        assert_eq!(waits, [1, 4, 16]);
    }

    #[test]
    fn what_the_host_told_wins() {
        let told = Some(Duration::from_secs(7));
        for again in [Retry::Backoff, Retry::PairRate, Retry::IfHarmless] {
            assert_eq!(wait(again, told, 3, 0.1), Duration::from_secs(7));
        }
        assert_eq!(wait(Retry::PairRate, Some(Duration::ZERO), 2, 0.5), Duration::ZERO);
    }
}
