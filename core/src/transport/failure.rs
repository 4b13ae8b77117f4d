//! What a failed attempt means: for the message, and for the next attempt.

use super::answer::Answer;
use crate::error::{Error, ErrorKind};

/// Whether the SDK itself makes the same request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retry {
    /// Never.
    No,
    /// After a growing, random wait: surely not sent.
    Backoff,
    /// After the waits that Meta wants for one recipient (131056): surely not sent.
    PairRate,
    /// Only where it cannot send twice: a read, or a gateway that knows idempotency keys.
    IfHarmless,
}

/// A failed attempt: its error, and what follows from it.
#[derive(Debug)]
pub(crate) struct FailedAttempt {
    pub(crate) error: Error,
    pub(crate) again: Retry,
    /// Our gateway said so itself, for this request's idempotency key.
    pub(crate) by_gateway: bool,
}

impl FailedAttempt {
    pub(crate) fn not_sent(error: Error, retryable: bool, again: Retry) -> Self {
        Self { error: error.not_sent(retryable), again, by_gateway: false }
    }

    pub(crate) fn unknown(error: Error) -> Self {
        Self { error: error.unknown(), again: Retry::IfHarmless, by_gateway: false }
    }

    /// The same failure of a read: nothing can have been sent, so whatever would be unknown may be tried again.
    pub(crate) fn of_read(mut self) -> Self {
        if self.again == Retry::IfHarmless || self.error.maybe_sent() {
            self.error = self.error.not_sent(true);
            self.again = Retry::Backoff;
        } else if self.error.retryable()
            && self.error.code().is_none()
            && matches!(self.error.kind(), ErrorKind::Server | ErrorKind::Timeout | ErrorKind::Connection)
        {
            self.again = Retry::Backoff;
        }
        self
    }
}

/// An answer that should tell of an accepted message and cannot be read: the message may have gone out.
pub(crate) fn unreadable(answer: &Answer, why: &str) -> FailedAttempt {
    FailedAttempt::unknown(answer.error(
        ErrorKind::UnexpectedResponse,
        format!(
            "The answer (HTTP status {}) cannot be read: {why}. Check that the URL leads to the host itself, not to a \
             proxy or a login page.",
            answer.status
        ),
    ))
}
