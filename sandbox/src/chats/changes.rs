//! What changed, numbered, so that a page can ask for what it missed.

use std::collections::VecDeque;

use jiff::Timestamp;
use tokio::sync::watch;

/// The most changes kept. Whoever missed more begins anew.
const MOST: usize = 16_384;
/// The most given at once.
const AT_ONCE: usize = 256;

/// One change. It says what changed and not how: whoever asks gets the newest.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Change {
    /// A message of that number in the log is new, or not as before.
    Entry(u64),
    /// The chat of that phone.
    Chat(String),
    /// What is known of the exchange of the message of that number.
    Wire(u64),
    /// Where webhooks go.
    Webhook,
    /// All is forgotten.
    Reset,
}

/// Some changes that follow one another.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct News {
    /// Each with its number.
    pub(crate) changes: Vec<(u64, Change)>,
    /// The number of the last of them, also where that one was told before.
    pub(crate) last: u64,
}

#[derive(Debug)]
pub(super) struct Changes {
    recent: VecDeque<Change>,
    /// The number that the next change gets.
    next: u64,
    told: watch::Sender<u64>,
}

impl Default for Changes {
    fn default() -> Self {
        // Microseconds since 1970: a page that was open before the sandbox was started again names a number of the past,
        // and is told to begin anew.
        let next = u64::try_from(Timestamp::now().as_microsecond()).unwrap_or(1).max(1);
        Self { recent: VecDeque::new(), next, told: watch::Sender::new(next) }
    }
}

impl Changes {
    pub(super) fn push(&mut self, change: Change) {
        self.recent.push_back(change);
        if self.recent.len() > MOST {
            self.recent.pop_front();
        }
        self.next += 1;
        self.told.send_replace(self.next);
    }

    /// The number of the newest change.
    pub(super) fn newest(&self) -> u64 {
        self.next - 1
    }

    /// Wakes whoever waits for a change.
    pub(super) fn watch(&self) -> watch::Receiver<u64> {
        self.told.subscribe()
    }

    /// The changes after that one; none where some of them are gone, or that one never was. What changed again among them is told
    /// once, at its first place: a message that is new stays before those that came after it.
    pub(super) fn since(&self, after: u64) -> Option<News> {
        let oldest = self.next - self.recent.len() as u64;
        if after >= self.next || after + 1 < oldest {
            return None;
        }
        let from = usize::try_from(after + 1 - oldest).ok()?;
        let mut seen = std::collections::HashSet::new();
        let mut news = News { changes: Vec::new(), last: after };
        for (number, change) in (after + 1..).zip(self.recent.iter().skip(from).take(AT_ONCE)) {
            news.last = number;
            if seen.insert(change) {
                news.changes.push((number, change.clone()));
            }
        }
        Some(news)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_missed_is_told_once_and_in_order() {
        let mut changes = Changes::default();
        let before = changes.newest();
        assert_eq!(changes.since(before), Some(News { changes: Vec::new(), last: before }));
        for change in [Change::Entry(1), Change::Entry(2), Change::Webhook, Change::Entry(1)] {
            changes.push(change);
        }
        let News { changes: missed, last } = changes.since(before).unwrap();
        let missed: Vec<_> = missed.into_iter().map(|(number, change)| (number - before, change)).collect();
        assert_eq!(missed, [(1, Change::Entry(1)), (2, Change::Entry(2)), (3, Change::Webhook)]);
        assert_eq!(last - before, 4, "what was told at its first place is not told again");
    }

    #[test]
    fn what_is_too_old_or_of_another_run_is_not_told() {
        let mut changes = Changes::default();
        let before = changes.newest();
        for number in 0..=MOST as u64 {
            changes.push(Change::Entry(number));
        }
        assert_eq!(changes.since(before), None);
        assert_eq!(changes.since(before + 1).map(|news| news.changes.len()), Some(AT_ONCE));
        assert_eq!(changes.since(changes.newest() + 1), None);
        assert_eq!(changes.since(0), None);
    }
}
