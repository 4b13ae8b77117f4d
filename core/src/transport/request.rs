//! The description of a request, the same for both ways of carrying it.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use http::header::HeaderValue;

use super::content::ContentSlot;
use super::endpoint::Endpoint;
use crate::transport::FailedAttempt;

/// What goes out, and what is to come back.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(super) method: Method,
    /// Host, path and query, parsed once.
    pub(super) address: &'a Endpoint,
    pub(super) body: Body,
    pub(super) expect: Expect<'a>,
    effect: Effect,
    idempotency_key: Option<HeaderValue>,
    /// It is the content of an upload session: Meta wants another form of the token and an offset, and it is not made again.
    is_upload_session: bool,
}

impl<'a> Request<'a> {
    /// Sends a message, as JSON. `idempotency_key` names it, so that a gateway that knows such keys sends it once.
    pub(crate) fn send(address: &'a Endpoint, body: Bytes, idempotency_key: Option<HeaderValue>) -> Self {
        Self { idempotency_key, ..Self::once(address, Body::Json(body)) }
    }

    /// Does something that twice may not be the same as once. It is made again only where it surely did nothing.
    pub(crate) fn once(address: &'a Endpoint, body: Body) -> Self {
        Self::of(Method::POST, address, body, Effect::Send)
    }

    /// Asks for something, and changes nothing.
    pub(crate) fn read(address: &'a Endpoint) -> Self {
        Self::of(Method::GET, address, Body::Empty, Effect::Read)
    }

    /// Changes something that twice is the same as once: marks a message as read, deletes, uploads.
    pub(crate) fn change(method: Method, address: &'a Endpoint, body: Body) -> Self {
        Self::of(method, address, body, Effect::SafeToRepeat)
    }

    /// The same, with an answer of any length that is read as it comes in.
    pub(crate) fn streamed(self, into: &'a ContentSlot) -> Self {
        Self { expect: Expect::Stream(into), ..self }
    }

    /// The content of a session of Meta's resumable upload, all of it. A session of which a part has come goes on behind that part, so this is
    /// made once.
    pub(crate) fn upload_session(self) -> Self {
        Self { is_upload_session: true, ..self }
    }

    fn of(method: Method, address: &'a Endpoint, body: Body, effect: Effect) -> Self {
        Self {
            method,
            address,
            body,
            expect: Expect::Json,
            effect,
            idempotency_key: None,
            is_upload_session: false,
        }
    }

    pub(crate) fn is_upload_session(&self) -> bool {
        self.is_upload_session
    }

    pub(crate) fn effect(&self) -> Effect {
        self.effect
    }

    pub(crate) fn idempotency_key(&self) -> Option<&HeaderValue> {
        self.idempotency_key.as_ref()
    }
}

/// What a request carries. It can be made again for each attempt.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    Empty,
    Json(Bytes),
    /// Content that is held in memory, under its MIME type.
    Held {
        mime_type: HeaderValue,
        content: Bytes,
    },
    /// `multipart/form-data`.
    Form(Vec<Part>),
    /// Content alone, under its MIME type.
    Stream {
        mime_type: HeaderValue,
        source: Arc<dyn Source>,
    },
}

/// A field of a form.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Text { name: &'static str, value: String },
    File { name: &'static str, filename: String, mime_type: String, source: Arc<dyn Source> },
}

/// Content of known length that can be had anew for each attempt.
pub(crate) trait Source: fmt::Debug + Send + Sync {
    /// In bytes.
    fn length(&self) -> u64;

    /// The content from its beginning. What cannot be opened fails at the first piece.
    fn open(&self) -> Pieces;
}

/// Why a source ended before its length: the caller's file is at fault, and no connection. It travels inside of an `io::Error`.
#[derive(Debug)]
pub(crate) struct SourceFault(String);

impl SourceFault {
    pub(crate) fn error(why: impl fmt::Display) -> std::io::Error {
        std::io::Error::other(Self(why.to_string()))
    }
}

impl fmt::Display for SourceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SourceFault {}

/// Content, piece by piece.
pub(crate) type Pieces = Pin<Box<dyn http_body::Body<Data = Bytes, Error = std::io::Error> + Send + Sync>>;

/// What the answer is to be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expect<'a> {
    /// JSON, up to 1 MiB.
    Json,
    /// Content of any length, which is put there unread. What is no success is read as JSON.
    Stream(&'a ContentSlot),
}

/// What a request does at the host: whether it may be made again after an attempt whose outcome nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It may send a message, so it is made again only where it surely sent nothing.
    Send,
    /// It changes something, and twice is the same as once: a message marked as read, something deleted.
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
    pub(crate) fn settle(self, judged: FailedAttempt) -> FailedAttempt {
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
    use crate::transport::Retry;

    fn failed(kind: ErrorKind) -> Error {
        Error::new(kind, "it failed")
    }

    #[test]
    fn what_sends_nothing_is_made_again_where_the_outcome_is_unknown_and_never_leaves_a_doubt() {
        for kind in [ErrorKind::Timeout, ErrorKind::Connection, ErrorKind::Server] {
            let send = Effect::Send.settle(FailedAttempt::unknown(failed(kind)));
            assert_eq!((send.error.maybe_sent(), send.again), (true, Retry::IfHarmless), "{kind:?}");
            for effect in [Effect::SafeToRepeat, Effect::Read] {
                let settled = effect.settle(FailedAttempt::unknown(failed(kind)));
                assert!(!settled.error.maybe_sent() && settled.error.retryable(), "{effect:?} {kind:?}");
                assert_eq!(settled.again, Retry::Backoff, "{effect:?} {kind:?}");
            }
        }
    }

    #[test]
    fn a_refusal_is_final_and_a_wait_is_kept_whatever_the_effect() {
        for effect in [Effect::Send, Effect::SafeToRepeat, Effect::Read] {
            let refused =
                effect.settle(FailedAttempt::not_sent(failed(ErrorKind::Rejected), false, Retry::No));
            assert!(!refused.error.retryable() && !refused.error.maybe_sent(), "{effect:?}");
            assert_eq!(refused.again, Retry::No, "{effect:?}");
            let paired =
                effect.settle(FailedAttempt::not_sent(failed(ErrorKind::RateLimited), true, Retry::PairRate));
            assert_eq!((paired.error.retryable(), paired.again), (true, Retry::PairRate), "{effect:?}");
        }
    }
}
