//! The sandbox's state: received messages and failures that a test has set.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::failure::Failure;

/// The most messages kept; the oldest go first.
const MOST_MESSAGES: usize = 10_000;
/// The most bytes of bodies kept, so that 10,000 messages of 1 MiB do not fill the machine.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A message that arrived with the right token at a number that there is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// The message id: what the answer named, or would have named.
    pub id: String,
    /// When it arrived.
    pub time: Timestamp,
    /// The id of the number that it was sent from.
    pub phone_number_id: String,
    /// The recipient as the request wrote it: `to`, or the user id in `recipient`; empty where neither is a text.
    pub to: String,
    /// `text`, `location`, `template` … as the request wrote it; empty where it wrote none.
    #[serde(rename = "type")]
    pub kind: String,
    /// The whole request body.
    pub body: Value,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// Taken, and the answer says so.
    Accepted,
    /// Taken, but the caller got no answer it could learn that from.
    AcceptedUnanswered,
    /// Not taken.
    Refused {
        /// The HTTP status of the answer.
        status: u16,
        /// Graph's code, where the answer has one.
        code: Option<u32>,
    },
}

impl Outcome {
    /// Whether the message would have reached the recipient.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted | Self::AcceptedUnanswered)
    }
}

/// Everything that changes while a sandbox runs, apart from the webhook target.
#[derive(Debug, Default)]
pub(super) struct Memory {
    messages: VecDeque<(Message, usize)>,
    bytes: usize,
    armed: VecDeque<(Failure, u32)>,
    /// Requests seen by each magic number that fails a few times first.
    tries: HashMap<String, u32>,
}

impl Memory {
    pub(super) fn keep(&mut self, message: Message, size: usize) {
        self.bytes += size;
        self.messages.push_back((message, size));
        while self.messages.len() > MOST_MESSAGES || (self.bytes > MOST_BYTES && self.messages.len() > 1) {
            let Some((_, dropped)) = self.messages.pop_front() else {
                break;
            };
            self.bytes -= dropped;
        }
    }

    pub(super) fn messages(&self) -> Vec<Message> {
        self.messages.iter().map(|(message, _)| message.clone()).collect()
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn arm(&mut self, failure: Failure, times: u32) {
        if times > 0 {
            self.armed.push_back((failure, times));
        }
    }

    /// The failure armed for this request, if any; uses it up.
    pub(super) fn take_armed(&mut self) -> Option<Failure> {
        let (failure, left) = self.armed.front_mut()?;
        let failure = *failure;
        *left -= 1;
        if *left == 0 {
            self.armed.pop_front();
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

    fn message(id: usize) -> Message {
        Message {
            id: id.to_string(),
            time: Timestamp::UNIX_EPOCH,
            phone_number_id: String::new(),
            to: String::new(),
            kind: String::new(),
            body: Value::Null,
            outcome: Outcome::Accepted,
        }
    }

    #[test]
    fn a_long_run_does_not_fill_the_memory() {
        let mut memory = Memory::default();
        for id in 0..MOST_MESSAGES + 5 {
            memory.keep(message(id), 10);
        }
        assert_eq!(memory.messages().len(), MOST_MESSAGES);
        assert_eq!(memory.messages()[0].id, "5");
        for id in 0..100 {
            memory.keep(message(id), 1024 * 1024);
        }
        assert!(memory.bytes <= MOST_BYTES && memory.messages().len() <= 64, "{}", memory.bytes);
    }

    #[test]
    fn armed_failures_are_used_up_in_order() {
        let mut memory = Memory::default();
        memory.arm(Failure::code(2), 2);
        memory.arm(Failure::code(190), 1);
        memory.arm(Failure::code(1), 0);
        let taken: Vec<_> = std::iter::from_fn(|| memory.take_armed()).collect();
        assert_eq!(taken, [Failure::code(2), Failure::code(2), Failure::code(190)]);
    }

    #[test]
    fn a_round_of_failures_begins_anew_after_a_success() {
        let mut memory = Memory::default();
        let round: Vec<_> = (0..6).map(|_| memory.fails_first("1", 2)).collect();
        assert_eq!(round, [true, true, false, true, true, false]);
    }
}
