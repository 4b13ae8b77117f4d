//! Takes connections and serves a router on them, with limits that `axum::serve` does not have.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{BoxError, Json};
use http_body_util::BodyExt;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;
use tokio::time::Sleep;
use tower_service::Service;

use super::metrics::KindOf;

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
) {
    let room = Arc::new(Semaphore::new(limits.connections.clamp(1, Semaphore::MAX_PERMITS)));
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener, &room) => accepted,
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
        let router = router.clone();
        connections.spawn(async move {
            let _permit = permit;
            let started = Arc::new(Notify::new());
            let connection = connection(stream, peer, router, started.clone(), limits);
            let mut watched = std::pin::pin!(watcher.watch(connection));
            let ended = tokio::select! {
                ended = &mut watched => ended,
                () = started.notified() => watched.await,
                () = tokio::time::sleep(limits.first_head) => return,
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    drop(listener);
    let drained = tokio::time::timeout(limits.drain, graceful.shutdown()).await;
    if drained.is_err() {
        tracing::warn!("requests were still under way when the time to finish was over");
    }
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let permit = room.clone().acquire_owned().await.map_err(io::Error::other)?;
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
    limits: Limits,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    let service = service_fn(move |request: Request<Incoming>| {
        started.notify_one();
        let mut router = router.clone();
        async move {
            let late = Arc::new(AtomicBool::new(false));
            let mut request = request.map(|body| timed(body, limits.body, late.clone()));
            request.extensions_mut().insert(ConnectInfo(peer));
            let Ok(response) = router.call(request).await;
            let late = late.load(Ordering::Acquire);
            Ok::<_, Infallible>(if late { too_slow() } else { response })
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.next_head)
        .max_headers(limits.headers)
        .max_buf_size(limits.head_size.max(8 << 10))
        .serve_connection(TokioIo::new(stream), service)
}

/// The answer to a body that did not come in time, whatever the handler made of it.
fn too_slow() -> Response {
    let body = json!({
        "error": "The request's body did not come in time; nothing was sent.",
        "kind": "timeout",
        "retryable": true,
        "maybe_sent": false,
        "attempts": 0,
    });
    let close = [(header::CONNECTION, HeaderValue::from_static("close"))];
    let mut response = (StatusCode::REQUEST_TIMEOUT, close, Json(body)).into_response();
    response.extensions_mut().insert(KindOf("timeout"));
    response
}

fn timed(body: Incoming, within: Duration, late: Arc<AtomicBool>) -> Body {
    if body.is_end_stream() {
        return Body::empty();
    }
    Body::new(Timed { body: body.map_err(BoxError::from).boxed_unsync(), within, sleep: None, late })
}

/// A body that fails when its end has not come in time. Its clock runs from the first read.
struct Timed {
    body: http_body_util::combinators::UnsyncBoxBody<Bytes, BoxError>,
    within: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
    late: Arc<AtomicBool>,
}

impl HttpBody for Timed {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            return Poll::Ready(frame);
        }
        let sleep = this.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(this.within)));
        match sleep.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => {
                this.late.store(true, Ordering::Release);
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
