//! Failures that a test has set, and how often a magic recipient has failed already.

use std::collections::{HashMap, VecDeque};

use super::failure::Failure;

#[derive(Debug, Default)]
pub(super) struct Armed {
    failures: VecDeque<(Failure, u32)>,
    /// Requests seen by each magic number that fails a few times first.
    tries: HashMap<String, u32>,
}

impl Armed {
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn arm(&mut self, failure: Failure, times: u32) {
        if times > 0 {
            self.failures.push_back((failure, times));
        }
    }

    /// The failure armed for this request, if any; uses it up.
    pub(super) fn take(&mut self) -> Option<Failure> {
        let (failure, left) = self.failures.front_mut()?;
        let failure = *failure;
        *left -= 1;
        if *left == 0 {
            self.failures.pop_front();
        }
        Some(failure)
    }

    /// Whether this request is one of the first `times` of its round. After a success the round begins anew, so
    /// that every test sees the same story.
    pub(super) fn fails_first(&mut self, recipient: &str, times: u32) -> bool {
        let seen = self.tries.entry(recipient.to_owned()).or_default();
        if *seen < times {
            *seen += 1;
            true
        } else {
            *seen = 0;
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn armed_failures_are_used_up_in_order() {
        let mut armed = Armed::default();
        armed.arm(Failure::code(2), 2);
        armed.arm(Failure::code(190), 1);
        armed.arm(Failure::code(1), 0);
        let taken: Vec<_> = std::iter::from_fn(|| armed.take()).collect();
        assert_eq!(taken, [Failure::code(2), Failure::code(2), Failure::code(190)]);
    }

    #[test]
    fn a_round_of_failures_begins_anew_after_a_success() {
        let mut armed = Armed::default();
        let round: Vec<_> = (0..6).map(|_| armed.fails_first("1", 2)).collect();
        assert_eq!(round, [true, true, false, true, true, false]);
    }
}
