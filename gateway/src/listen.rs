//! Takes connections and serves a router on them, with limits that `axum::serve` does not have.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::{BoxError, Router};
use http_body_util::BodyExt;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::Sleep;
use tower_service::Service;

use super::metrics::Metrics;
use super::socket::{ConnectionState, SLOWEST, Socket, WriteRefusal};
use super::{refusal, trace};

/// How long clients may take, and how many there may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// From a connection's start to the end of its first request's head.
    pub(super) first_head: Duration,
    /// From the end of an answer to the end of the next request's head. Longer than clients keep unused connections
    /// (the SDK's keep them for 90 s), since a request on a connection that closes at that moment is lost.
    pub(super) next_head: Duration,
    /// From the end of a request's head to the end of its body.
    pub(super) body: Duration,
    /// From the moment when the gateway stops to the end of a head that has begun.
    pub(super) last_head: Duration,
    /// How long a client may take to take an answer; a large one a second more for each 64 KiB.
    pub(super) answer: Duration,
    /// How long requests under way may go on after the shutdown was asked for.
    pub(super) drain: Duration,
    /// Connections at once. Further ones wait in the system's queue.
    pub(super) connections: usize,
    /// Headers of one request.
    pub(super) headers: usize,
    /// The size of a request's head, in bytes; 8 KiB at least.
    pub(super) head_size: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            first_head: Duration::from_secs(10),
            next_head: Duration::from_secs(100),
            body: Duration::from_secs(10),
            last_head: Duration::from_secs(2),
            answer: Duration::from_secs(10),
            drain: Duration::from_secs(30),
            connections: 4096,
            headers: 64,
            head_size: 32 << 10,
        }
    }
}

/// Serves `router` until `shutdown` is done; then takes no more connections and waits for the requests under way.
/// Handlers find the peer as `ConnectInfo<SocketAddr>`.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()>,
    limits: Limits,
    metrics: Metrics,
) {
    let refuse: WriteRefusal = Arc::new(move |status| refused(status, &metrics));
    let (stop, stopping) = watch::channel(false);
    let slots = Arc::new(Semaphore::new(limits.connections.clamp(1, Semaphore::MAX_PERMITS)));
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener, &slots) => accepted,
            // Takes those that are over out of the set.
            Some(_) = connections.join_next() => continue,
        };
        let (stream, peer, permit) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                // Such as too many open files: asking again at once would only burn the processor.
                if !is_of_the_peer(&error) {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                continue;
            }
        };
        let watcher = graceful.watcher();
        let (router, refuse, mut stopping) = (router.clone(), refuse.clone(), stopping.clone());
        connections.spawn(async move {
            let _permit = permit;
            let (started, state) = (Arc::new(Notify::new()), Arc::new(ConnectionState::default()));
            let connection = connection(stream, peer, router, started.clone(), state.clone(), refuse, limits);
            let mut watched = std::pin::pin!(watcher.watch(connection));
            let begun = async {
                tokio::select! {
                    ended = &mut watched => ended,
                    () = started.notified() => watched.await,
                    () = tokio::time::sleep(limits.first_head) => Ok(()),
                }
            };
            // Half a head is no request under way.
            let stopped = async {
                let _ = stopping.wait_for(|stopping| *stopping).await;
                tokio::time::sleep(limits.last_head).await;
                if !state.is_idle() {
                    std::future::pending().await
                }
            };
            let ended = tokio::select! {
                ended = begun => ended,
                () = stopped => return,
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    drop(listener);
    stop.send_replace(true);
    let drained = tokio::time::timeout(limits.drain, graceful.shutdown()).await;
    if drained.is_err() {
        tracing::warn!("requests were still under way when the time to finish was over");
    }
}

/// The answer to what is no HTTP request: told, counted and logged as every other.
fn refused(status: StatusCode, metrics: &Metrics) -> Vec<u8> {
    let sentence = match status {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "The request's head is too large.",
        StatusCode::URI_TOO_LONG => "The request's path is too long.",
        _ => "This is no HTTP/1.1 request.",
    };
    let body = refusal::body("rejected", sentence, false).to_string();
    let id = trace::refused(status);
    metrics.refused("rejected");
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nx-content-type-options: nosniff\r\n\
         x-request-id: {id}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let permit = slots.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // Answers are small and awaited.
    let _ = stream.set_nodelay(true);
    Ok((stream, peer, permit))
}

fn is_of_the_peer(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    started: Arc<Notify>,
    state: Arc<ConnectionState>,
    refuse: WriteRefusal,
    limits: Limits,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    let socket = Socket::new(stream, state.clone(), refuse, limits.answer);
    let service = service_fn(move |request: Request<Incoming>| {
        started.notify_one();
        state.begin(!request.body().is_end_stream());
        let (mut router, state, late) = (router.clone(), state.clone(), BodyTimedOut::default());
        async move {
            let mut request = request.map(|body| timed(body, limits.body, late.clone(), state.clone()));
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(late);
            let Ok(response) = router.call(request).await;
            state.answered();
            Ok::<_, Infallible>(response)
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.next_head)
        .max_headers(limits.headers)
        // Heads are measured when they are read; this is for those that never end.
        .max_buf_size(limits.head_size.max(8 << 10) + (4 << 10))
        .serve_connection(TokioIo::new(socket), service)
}

/// Whether a request's body did not come in time. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct BodyTimedOut(Arc<AtomicBool>);

impl BodyTimedOut {
    pub(super) fn is_late(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

fn timed(body: Incoming, within: Duration, late: BodyTimedOut, state: Arc<ConnectionState>) -> Body {
    if body.is_end_stream() {
        return Body::empty();
    }
    Body::new(TimedBody {
        body: body.map_err(BoxError::from).boxed_unsync(),
        within,
        sleep: None,
        late,
        state,
    })
}

/// A body that fails when its end has not come in time. Its clock runs from the first read, and what comes makes it longer: a file may
/// take as long as it moves at the slowest rate that there is for answers.
struct TimedBody {
    body: http_body_util::combinators::UnsyncBoxBody<Bytes, BoxError>,
    within: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
    late: BodyTimedOut,
    state: Arc<ConnectionState>,
}

impl HttpBody for TimedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            let came = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref()).map_or(0, Bytes::len);
            let longer = Duration::from_secs_f64(came as f64 / SLOWEST);
            match &mut this.sleep {
                Some(sleep) => {
                    let until = sleep.deadline() + longer;
                    sleep.as_mut().reset(until);
                }
                None => this.within += longer,
            }
            if frame.is_none() || this.body.is_end_stream() {
                this.state.body_read();
            }
            return Poll::Ready(frame);
        }
        if this.state.has_ended() {
            return Poll::Ready(Some(Err("the connection ended before the body".into())));
        }
        let sleep = this.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(this.within)));
        match sleep.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => {
                this.late.0.store(true, Ordering::Release);
                Poll::Ready(Some(Err("the body did not come in time".into())))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
