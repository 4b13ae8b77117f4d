//! The description of a request, the same for both ways of carrying it.

use bytes::Bytes;
use http::Method;
use http::header::HeaderValue;

use super::endpoint::Endpoint;
use crate::judge::Judged;

/// What goes out, and what is to come back.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) method: Method,
    /// Host, path and query, parsed once.
    pub(crate) address: &'a Endpoint,
    pub(crate) body: Body,
    pub(crate) effect: Effect,
    /// Names the request, so that a gateway that knows such keys does it once.
    pub(crate) idempotency_key: Option<HeaderValue>,
}

impl<'a> Request<'a> {
    /// Asks for something, and changes nothing.
    pub(crate) fn read(address: &'a Endpoint) -> Self {
        Self { method: Method::GET, address, body: Body::Empty, effect: Effect::Read, idempotency_key: None }
    }

    /// Sends a message, as JSON.
    pub(crate) fn send(address: &'a Endpoint, body: Bytes, idempotency_key: Option<HeaderValue>) -> Self {
        Self { method: Method::POST, address, body: Body::Json(body), effect: Effect::Send, idempotency_key }
    }
}

/// What a request carries. It can be made again for each attempt.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    Empty,
    Json(Bytes),
}

/// What a request does at the host: whether it may be made again after an attempt whose outcome nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It may send a message, so it is made again only where it surely sent nothing.
    Send,
    /// It changes something, and twice is the same as once: a message marked as read, something deleted.
    #[cfg_attr(not(test), expect(dead_code, reason = "marking as read is the first operation of this kind"))]
    SafeToRepeat,
    /// It changes nothing.
    Read,
}

impl Effect {
    pub(crate) fn is_send(self) -> bool {
        self == Self::Send
    }

    /// What a failed attempt means for a request of this effect. What sends nothing leaves no doubt whether a message went
    /// out, and may be tried again wherever the outcome of a send would be unknown.
    pub(crate) fn settle(self, judged: Judged) -> Judged {
        match self {
            Self::Send => judged,
            Self::SafeToRepeat | Self::Read => judged.of_read(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, ErrorKind};
    use crate::judge::Again;

    fn failed(kind: ErrorKind) -> Error {
        Error::new(kind, "it failed")
    }

    #[test]
    fn what_sends_nothing_is_made_again_where_the_outcome_is_unknown_and_never_leaves_a_doubt() {
        for kind in [ErrorKind::Timeout, ErrorKind::Connection, ErrorKind::Server] {
            let send = Effect::Send.settle(Judged::unknown(failed(kind)));
            assert_eq!((send.error.maybe_sent(), send.again), (true, Again::IfHarmless), "{kind:?}");
            for effect in [Effect::SafeToRepeat, Effect::Read] {
                let settled = effect.settle(Judged::unknown(failed(kind)));
                assert!(!settled.error.maybe_sent() && settled.error.retryable(), "{effect:?} {kind:?}");
                assert_eq!(settled.again, Again::Backoff, "{effect:?} {kind:?}");
            }
        }
    }

    #[test]
    fn a_refusal_is_final_and_a_wait_is_kept_whatever_the_effect() {
        for effect in [Effect::Send, Effect::SafeToRepeat, Effect::Read] {
            let refused = effect.settle(Judged::not_sent(failed(ErrorKind::Rejected), false, Again::No));
            assert!(!refused.error.retryable() && !refused.error.maybe_sent(), "{effect:?}");
            assert_eq!(refused.again, Again::No, "{effect:?}");
            let paired =
                effect.settle(Judged::not_sent(failed(ErrorKind::RateLimited), true, Again::PairRate));
            assert_eq!((paired.error.retryable(), paired.again), (true, Again::PairRate), "{effect:?}");
        }
    }
}
