//! How a call ends, as it is expected and as a face says it.

use std::fmt;

use serde_json::{Map, Value};

use crate::operation::Class;

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// With a result.
    Done,
    /// With the SDK's error.
    Failed { kind: String, maybe_sent: bool, retryable: bool, attempts: u64 },
    /// With something that no user should ever see, or not at all.
    Broken(String),
}

impl Outcome {
    /// What a runner's answer says.
    pub(crate) fn of(answer: &Map<String, Value>) -> Self {
        let Some(error) = answer.get("error") else { return Self::Done };
        let flag = |name| error.get(name).and_then(Value::as_bool);
        let kind = error.get("kind").and_then(Value::as_str);
        match (kind, flag("maybe_sent"), flag("retryable"), error.get("attempts").and_then(Value::as_u64)) {
            (Some(kind), Some(maybe_sent), Some(retryable), Some(attempts)) if kind != "UNTYPED" => {
                Self::Failed { kind: kind.to_owned(), maybe_sent, retryable, attempts }
            }
            _ => Self::Broken(format!("no typed error: {error}")),
        }
    }
}

/// In a cell of the table: `?` is unknown, `+` surely not sent and worth another try, `-` surely not sent and final.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done => f.write_str("ok"),
            Self::Failed { kind, maybe_sent, retryable, attempts } => {
                let sign = match (maybe_sent, retryable) {
                    (true, false) => "?",
                    (false, true) => "+",
                    (false, false) => "-",
                    (true, true) => "?+",
                };
                write!(f, "{kind} {sign} {attempts}")
            }
            Self::Broken(_) => f.write_str("BROKEN"),
        }
    }
}

/// How a call is to end, and after how many tries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) outcome: Outcome,
    pub(crate) tries: u64,
}

/// It succeeds, with the try of that number.
pub(crate) fn done(tries: u64) -> Expected {
    Expected { outcome: Outcome::Done, tries }
}

fn failed(kind: &str, maybe_sent: bool, retryable: bool, tries: u64) -> Expected {
    let outcome = Outcome::Failed { kind: kind.to_owned(), maybe_sent, retryable, attempts: tries };
    Expected { outcome, tries }
}

/// It surely did nothing, and the same call may succeed later.
pub(crate) fn not_sent(kind: &str, tries: u64) -> Expected {
    failed(kind, false, true, tries)
}

/// It surely did nothing, and the same call will fail again.
pub(crate) fn refused(kind: &str) -> Expected {
    failed(kind, false, false, 1)
}

/// Nobody knows whether it did something, so it was not tried again.
pub(crate) fn unknown(kind: &str) -> Expected {
    failed(kind, true, false, 1)
}

/// How the calls of each class are to end.
#[derive(Debug, Clone)]
pub(crate) struct Expectation {
    send: Expected,
    read: Expected,
    upload: Expected,
    download: Expected,
}

impl Expectation {
    /// All in the same way.
    pub(crate) fn all(expected: Expected) -> Self {
        let [send, read, upload] = [(); 3].map(|()| expected.clone());
        Self { send, read, upload, download: expected }
    }

    /// A send in one way, and what sends nothing in another.
    pub(crate) fn send(send: Expected, rest: Expected) -> Self {
        Self { send, ..Self::all(rest) }
    }

    /// The outcome of a send is unknown. What sends nothing is tried again.
    pub(crate) fn unknown(kind: &str) -> Self {
        Self::send(unknown(kind), not_sent(kind, 2))
    }

    /// The same, with downloads ending in another way.
    pub(crate) fn download(self, download: Expected) -> Self {
        Self { download, ..self }
    }

    pub(crate) fn of(&self, class: Class) -> &Expected {
        match class {
            Class::Send => &self.send,
            Class::Read => &self.read,
            Class::Upload => &self.upload,
            Class::Download => &self.download,
        }
    }
}
