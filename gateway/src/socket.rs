//! A connection's bytes, with what hyper leaves to its caller: how long an answer may take to be taken, clients that close
//! their own half after the request, and answers to what is no HTTP.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

/// A client whose request was refused unread goes on sending it for a while; closing at once would reset the connection,
/// and the answer with it. So much is read, and no longer than this.
const UNREAD: usize = 4 << 20;
const UNREAD_WITHIN: Duration = Duration::from_secs(2);
/// The slowest that a large answer may be taken, in bytes a second, once the time for a small one is over.
pub(super) const SLOWEST: f64 = 65_536.0;

/// Writes the answer to what is no HTTP request; hyper's own has no body.
pub(super) type WriteRefusal = Arc<dyn Fn(StatusCode) -> Vec<u8> + Send + Sync>;

const IDLE: u8 = 0;
const ANSWERING: u8 = 1;
const ANSWERED: u8 = 2;

/// Where a connection is with its request.
#[derive(Debug, Default)]
pub(super) struct ConnectionState {
    phase: AtomicU8,
    ended: AtomicBool,
    unread: AtomicBool,
}

impl ConnectionState {
    /// A request has come, with or without a body.
    pub(super) fn begin(&self, has_body: bool) {
        self.unread.store(has_body, Ordering::Release);
        self.phase.store(ANSWERING, Ordering::Release);
    }

    /// Its body was read to the end.
    pub(super) fn body_read(&self) {
        self.unread.store(false, Ordering::Release);
    }

    /// Its answer is made. It counts as under way until the last byte is taken.
    pub(super) fn answered(&self) {
        self.phase.store(ANSWERED, Ordering::Release);
    }

    /// Whether no request is under way.
    pub(super) fn is_idle(&self) -> bool {
        self.phase.load(Ordering::Acquire) == IDLE
    }

    /// Whether the client will send nothing more.
    pub(super) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }
}

/// A connection.
pub(super) struct Socket {
    stream: TcpStream,
    state: Arc<ConnectionState>,
    refuse: WriteRefusal,
    /// How long an answer may take to be taken.
    within: Duration,
    stuck: Option<Pin<Box<Sleep>>>,
    /// Waits for the end of the answer to be told of the client's end.
    reader: Option<Waker>,
    /// What is written in place of hyper's answer, and how much of it is.
    instead: Option<(Vec<u8>, usize)>,
    refused: bool,
    closed: bool,
    unread: Option<(Pin<Box<Sleep>>, usize)>,
}

impl Socket {
    pub(super) fn new(
        stream: TcpStream,
        state: Arc<ConnectionState>,
        refuse: WriteRefusal,
        within: Duration,
    ) -> Self {
        Self {
            stream,
            state,
            refuse,
            within,
            stuck: None,
            reader: None,
            instead: None,
            refused: false,
            closed: false,
            unread: None,
        }
    }

    /// Writes, and fails when an answer is not taken in time.
    fn write(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        match (&written, &mut self.stuck) {
            (Poll::Ready(Ok(taken)), Some(stuck)) => {
                let longer = Duration::from_secs_f64(*taken as f64 / SLOWEST);
                let until = stuck.deadline() + longer;
                stuck.as_mut().reset(until);
            }
            (Poll::Pending, _) => {
                let within = self.within;
                let stuck = self
                    .stuck
                    .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + within)));
                if stuck.as_mut().poll(context).is_ready() {
                    // What it has not taken by now must not stay with the system either.
                    let _ = self.stream.set_zero_linger();
                    return Poll::Ready(Err(io::Error::new(
                        io::ErrorKind::TimedOut,
                        "the answer was not taken in time",
                    )));
                }
            }
            _ => {}
        }
        written
    }

    /// Whether hyper writes an answer of its own: nobody has seen a request that it could be for.
    fn starts_own(&self, bytes: &[u8]) -> Option<StatusCode> {
        let is_own = self.state.is_idle() && !self.refused;
        let status = bytes.strip_prefix(b"HTTP/1.").and_then(|rest| rest.get(2..5)).filter(|_| is_own)?;
        StatusCode::from_bytes(status).ok()
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        if !this.state.has_ended() {
            std::task::ready!(Pin::new(&mut this.stream).poll_read(context, buffer))?;
            if buffer.filled().len() > before || buffer.remaining() == 0 {
                return Poll::Ready(Ok(()));
            }
            this.state.ended.store(true, Ordering::Release);
            // A body that waits for more has to hear of it.
            context.waker().wake_by_ref();
        }
        if this.state.is_idle() {
            return Poll::Ready(Ok(()));
        }
        // Having sent its request, a client may close its half and wait. hyper would take that for a client that left.
        this.reader = Some(context.waker().clone());
        Poll::Pending
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if let Some(status) = this.starts_own(bytes) {
            this.refused = true;
            this.instead = Some(((this.refuse)(status), 0));
        }
        let Some((answer, mut at)) = this.instead.take() else {
            // The rest of what was replaced.
            return if this.refused { Poll::Ready(Ok(bytes.len())) } else { this.write(context, bytes) };
        };
        while let Some(rest) = answer.get(at..).filter(|rest| !rest.is_empty()) {
            match this.write(context, rest) {
                Poll::Ready(Ok(taken)) if taken > 0 => at += taken,
                Poll::Ready(Ok(_)) => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {
                    this.instead = Some((answer, at));
                    return Poll::Pending;
                }
            }
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        std::task::ready!(Pin::new(&mut this.stream).poll_flush(context))?;
        this.stuck = None;
        let phase = &this.state.phase;
        if phase.compare_exchange(ANSWERED, IDLE, Ordering::AcqRel, Ordering::Acquire).is_ok()
            && let Some(reader) = this.reader.take()
        {
            reader.wake();
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.closed {
            std::task::ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            this.closed = true;
        }
        if !this.refused && !this.state.unread.load(Ordering::Acquire) {
            return Poll::Ready(Ok(()));
        }
        let (over, read) =
            this.unread.get_or_insert_with(|| (Box::pin(tokio::time::sleep(UNREAD_WITHIN)), 0));
        let mut scrap = [0; 8 << 10];
        loop {
            let mut buffer = ReadBuf::new(&mut scrap);
            match Pin::new(&mut this.stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() && *read < UNREAD => {
                    *read += buffer.filled().len();
                }
                Poll::Ready(_) => return Poll::Ready(Ok(())),
                Poll::Pending => return over.as_mut().poll(context).map(Ok),
            }
        }
    }
}
