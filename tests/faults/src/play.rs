//! What a server does with the requests that a fault is for.

use std::fmt;

use crate::operation::Operation;
use crate::reply::{End, Reply};

/// A request that is to be answered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) operation: Operation,
    /// The server's own address, as the client knows it.
    pub(crate) base: &'a str,
}

type Answer = dyn Fn(Asked<'_>) -> Reply + Send + Sync;

/// When a server does something, and what.
pub(crate) enum Play {
    /// As soon as there is a connection. Nothing is read.
    OnAccept(End),
    /// When a part of the request has come.
    AfterPart(End),
    /// When the whole request has come. There is no answer.
    AfterRequest(End),
    /// It answers.
    Answer(Box<Answer>),
}

impl Play {
    pub(crate) fn answer(answer: impl Fn(Asked<'_>) -> Reply + Send + Sync + 'static) -> Self {
        Self::Answer(Box::new(answer))
    }

    /// The host is well.
    pub(crate) fn right() -> Self {
        Self::answer(|asked| Reply::right(asked.operation))
    }

    /// Whether it breaks connections off, which a socket is told as it is accepted.
    pub(crate) fn resets(&self, asked: Asked<'_>) -> bool {
        match self {
            Self::OnAccept(end) | Self::AfterPart(end) | Self::AfterRequest(end) => *end == End::Reset,
            Self::Answer(answer) => answer(asked).end == End::Reset,
        }
    }

    /// Whether it leaves an exchange without an end, so that the client has to close the connection.
    pub(crate) fn hangs(&self, asked: Asked<'_>) -> bool {
        match self {
            Self::OnAccept(end) | Self::AfterPart(end) | Self::AfterRequest(end) => *end == End::Hang,
            Self::Answer(answer) => answer(asked).end == End::Hang,
        }
    }
}

impl fmt::Debug for Play {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnAccept(end) => f.debug_tuple("OnAccept").field(end).finish(),
            Self::AfterPart(end) => f.debug_tuple("AfterPart").field(end).finish(),
            Self::AfterRequest(end) => f.debug_tuple("AfterRequest").field(end).finish(),
            Self::Answer(_) => f.write_str("Answer"),
        }
    }
}
