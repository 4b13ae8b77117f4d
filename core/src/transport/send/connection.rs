//! One connection, one request at a time. The calling task polls it; there is no background task.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, response};
use http_body::Body;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::runtime;
use tokio::time::{Instant, Sleep};

use super::body::WatchedBody;
use super::connect::Opened;
use super::stream::Stream;

/// A connection at rest for longer than this is looked at before it is used again.
const RESTED: Duration = Duration::from_millis(20);

/// An HTTP/1.1 connection that no task of its own drives: the call that uses it does, so that an answer wakes that call and
/// nothing else. Dropped in the middle of a call, it closes.
pub(super) struct Connection {
    sender: http1::SendRequest<WatchedBody>,
    /// Gone once it has nothing left to do.
    driver: Option<http1::Connection<TokioIo<Stream>, WatchedBody>>,
    rested: Arc<AtomicBool>,
    /// The clock of the call under way. It stays set between calls: to put off a timer costs nothing, to set one wakes the
    /// runtime.
    timer: Pin<Box<Sleep>>,
    /// It can be used on this runtime only, which tells it when bytes come.
    pub(super) runtime: runtime::Id,
    /// Since when it is idle.
    pub(super) since: Instant,
}

/// Why there is no answer.
pub(super) enum Fault {
    /// Nothing of the request has left; it can go out on another connection.
    Unsent(Box<Request<WatchedBody>>),
    /// The connection failed.
    Lost(hyper::Error),
    /// The time was over.
    Late,
}

/// The head of an answer, and its body as it comes in.
pub(super) struct Incomplete<'a> {
    pub(super) head: response::Parts,
    body: Incoming,
    connection: &'a mut Connection,
}

impl Connection {
    pub(super) async fn new(opened: Opened) -> Result<Self, hyper::Error> {
        let (sender, driver) = http1::Builder::new().handshake(TokioIo::new(opened.stream)).await?;
        let now = Instant::now();
        Ok(Self {
            sender,
            driver: Some(driver),
            rested: opened.rested,
            timer: Box::pin(tokio::time::sleep_until(now)),
            runtime: runtime::Handle::current().id(),
            since: now,
        })
    }

    /// Whether it still stands, as far as can be told without asking the host.
    pub(super) fn is_open(&self) -> bool {
        self.driver.is_some() && self.sender.is_ready() && !self.sender.is_closed()
    }

    /// Sends the request and waits for the head of the answer, until `deadline`.
    pub(super) async fn send(
        &mut self,
        request: Request<WatchedBody>,
        deadline: Instant,
    ) -> Result<Incomplete<'_>, Fault> {
        if self.since.elapsed() > RESTED {
            self.rested.store(true, Ordering::Relaxed);
        }
        self.timer.as_mut().reset(deadline);
        let Self { sender, driver, timer, .. } = &mut *self;
        let mut answer = pin!(sender.try_send_request(request));
        let answered = poll_fn(|cx| {
            drive(driver, cx);
            // Only the driver can bring it on, and that was polled: there is no need to be woken.
            match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(answer) => Poll::Ready(Some(answer)),
                Poll::Pending => timer.as_mut().poll(cx).map(|()| None),
            }
        });
        match answered.await {
            Some(Ok(response)) => {
                let (head, body) = response.into_parts();
                Ok(Incomplete { head, body, connection: self })
            }
            Some(Err(mut error)) => Err(match error.take_message() {
                Some(request) => Fault::Unsent(Box::new(request)),
                None => Fault::Lost(error.into_error()),
            }),
            None => Err(Fault::Late),
        }
    }

    /// Says goodbye, as far as that goes without waiting. To be called on its own runtime.
    pub(super) fn close(self) {
        let Self { sender, mut driver, .. } = self;
        drop(sender);
        drive(&mut driver, &mut Context::from_waker(Waker::noop()));
    }
}

/// Reads and writes what can be. A driver that is done is dropped: with it goes its end of what others wait for, so that they
/// hear of it.
fn drive(driver: &mut Option<http1::Connection<TokioIo<Stream>, WatchedBody>>, cx: &mut Context<'_>) {
    if driver.as_mut().is_some_and(|driver| Pin::new(driver).poll(cx).is_ready()) {
        *driver = None;
    }
}

impl Incomplete<'_> {
    /// How long the body is, where that is known.
    pub(super) fn length(&self) -> Option<u64> {
        self.body.size_hint().exact()
    }

    /// The next piece of the body; `None` at its end.
    pub(super) async fn piece(&mut self) -> Result<Option<Bytes>, Fault> {
        loop {
            let Connection { driver, timer, .. } = &mut *self.connection;
            let body = &mut self.body;
            let frame = poll_fn(|cx| {
                // What was read with the head is there already.
                if let Poll::Ready(frame) = Pin::new(&mut *body).poll_frame(cx) {
                    return Poll::Ready(Some(frame));
                }
                drive(driver, cx);
                match Pin::new(&mut *body).poll_frame(cx) {
                    Poll::Ready(frame) => Poll::Ready(Some(frame)),
                    Poll::Pending => timer.as_mut().poll(cx).map(|()| None),
                }
            });
            match frame.await {
                Some(None) => return Ok(None),
                Some(Some(Ok(frame))) => {
                    // Trailers say nothing to us.
                    if let Ok(piece) = frame.into_data() {
                        return Ok(Some(piece));
                    }
                }
                Some(Some(Err(error))) => return Err(Fault::Lost(error)),
                None => return Err(Fault::Late),
            }
        }
    }
}
