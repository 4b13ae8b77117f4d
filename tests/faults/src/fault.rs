//! A fault: what the client meets, and what its calls are to end in.

use std::time::Duration;

use serde_json::{Value, json};

use crate::certificates::Certificate;
use crate::outcome::Expectation;
use crate::play::Play;

/// What stands where the client looks for its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A server.
    Plain,
    /// A server that speaks TLS.
    Tls(Certificate),
    /// A server that was to speak TLS and does not.
    NoTls,
    /// A proxy, before a host that is never reached.
    Proxy,
    /// A proxy that nobody runs.
    NoProxy,
    /// Nothing: connections are refused.
    Nothing,
    /// A listener whose backlog is full: connections are neither made nor refused.
    Full,
    /// A name that does not resolve.
    NoName,
}

/// How much time a client has. What is judged is the outcome: the times are long enough for a machine that has much else to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// So much that it plays no part.
    Long,
    /// As little as a fault needs that only a time-out ends.
    Short,
    /// The same, and less for an attempt than for connecting.
    ShortAttempt,
}

impl Clock {
    /// The client's options.
    pub(crate) fn options(self) -> Value {
        let (timeout, connect_timeout, total_timeout) = match self {
            Self::Long => (20.0, 10.0, 40.0),
            Self::Short => (1.5, 1.0, 10.0),
            Self::ShortAttempt => (1.0, 8.0, 10.0),
        };
        json!({"timeout": timeout, "connect_timeout": connect_timeout, "total_timeout": total_timeout})
    }

    /// After that long without an answer a call hangs.
    pub(crate) fn limit(self) -> Duration {
        Duration::from_secs(if self == Self::Long { 70 } else { 40 })
    }
}

/// What the runner's process finds around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Surroundings {
    Usual,
    /// The system has no CA bundle.
    NoCertificates,
}

/// One row of the matrix.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) play: Play,
    pub(crate) expected: Expectation,
    pub(crate) clock: Clock,
    pub(crate) surroundings: Surroundings,
    /// Whether the option `ca_file` names the authority of our own.
    pub(crate) trusts: bool,
    /// Only the first request meets it.
    pub(crate) once: bool,
    /// What a host that answers like this has surely not done.
    pub(crate) refuses: bool,
    /// The answer is not read to its end, so that the client has to close the connection.
    pub(crate) unread: bool,
    /// A call that succeeds comes before it, on the same client.
    pub(crate) after_success: bool,
    /// The connection of that call is gone before the next one begins.
    pub(crate) idle: bool,
    /// Fields that the error of a call has, where the call fails.
    pub(crate) told: Vec<(&'static str, Value)>,
    /// The least time between two tries.
    pub(crate) least_wait: Duration,
    /// A file of more than any system keeps in its buffers goes out.
    pub(crate) large_upload: bool,
    /// The play needs no request, so connections are what is counted.
    pub(crate) by_connection: bool,
}

impl Fault {
    pub(crate) fn new(name: impl Into<String>, place: Place, play: Play, expected: Expectation) -> Self {
        let by_connection = matches!(play, Play::OnAccept(_));
        Self {
            name: name.into(),
            place,
            play,
            expected,
            clock: Clock::Long,
            surroundings: Surroundings::Usual,
            trusts: true,
            once: false,
            refuses: false,
            unread: false,
            after_success: false,
            idle: false,
            told: Vec::new(),
            least_wait: Duration::ZERO,
            large_upload: false,
            by_connection,
        }
    }

    /// A fault of a plain server.
    pub(crate) fn plain(name: impl Into<String>, play: Play, expected: Expectation) -> Self {
        Self::new(name, Place::Plain, play, expected)
    }

    pub(crate) fn short(self) -> Self {
        Self { clock: Clock::Short, ..self }
    }

    pub(crate) fn short_attempt(self) -> Self {
        Self { clock: Clock::ShortAttempt, ..self }
    }

    pub(crate) fn without_certificates(self) -> Self {
        Self { surroundings: Surroundings::NoCertificates, ..self }
    }

    pub(crate) fn untrusting(self) -> Self {
        Self { trusts: false, ..self }
    }

    pub(crate) fn once(self) -> Self {
        Self { once: true, ..self }
    }

    pub(crate) fn refuses(self) -> Self {
        Self { refuses: true, ..self }
    }

    pub(crate) fn unread(self) -> Self {
        Self { unread: true, ..self }
    }

    pub(crate) fn after_success(self) -> Self {
        Self { after_success: true, ..self }
    }

    pub(crate) fn after_idle(self) -> Self {
        Self { after_success: true, idle: true, ..self }
    }

    pub(crate) fn with_large_upload(self) -> Self {
        Self { large_upload: true, ..self }
    }

    pub(crate) fn by_connection(self) -> Self {
        Self { by_connection: true, ..self }
    }

    pub(crate) fn least_wait(self, least_wait: Duration) -> Self {
        Self { least_wait, ..self }
    }

    pub(crate) fn told(mut self, field: &'static str, value: impl Into<Value>) -> Self {
        self.told.push((field, value.into()));
        self
    }

    /// Whether only a time-out, or a wait that was told, ends it.
    pub(crate) fn takes_long(&self) -> bool {
        self.clock != Clock::Long || self.place == Place::NoName || !self.least_wait.is_zero()
    }

    /// Whether the host can become well again, so that the client's next call must succeed.
    pub(crate) fn heals(&self) -> bool {
        match self.place {
            Place::Plain => true,
            Place::Tls(certificate) => certificate == Certificate::Right && self.trusts,
            _ => false,
        }
    }
}

/// Faults of one sort, which share a table in the documentation.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) title: &'static str,
    /// What a reader should know before the table.
    pub(crate) about: &'static str,
    pub(crate) faults: Vec<Fault>,
}
