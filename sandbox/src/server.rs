//! Connections: hyper's HTTP/1 server around the routes, so that a connection can be dropped in place of an answer.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::middleware;
use axum::response::Response;
use axum::routing::{any, get, post};
use http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower_service::Service;

use super::answers::ConnectionFault;
use super::state::Shared;
use super::{account, control, graph, page};

pub(super) fn router(shared: Arc<Shared>) -> Router {
    let own = Router::new()
        .route("/_sandbox/messages", get(control::messages).delete(control::clear))
        .route("/_sandbox/magic", get(control::magic))
        .route("/_sandbox/fail", post(control::fail))
        .route("/_sandbox/webhook", post(control::webhook))
        .route_layer(middleware::from_fn(page::guarded));
    Router::new()
        .route("/", get(control::about))
        .merge(own)
        .merge(page::routes())
        .route("/{version}/{number}/messages", post(graph::send).fallback(graph::unknown_object))
        .route(
            "/{version}/{number}",
            get(graph::number).post(graph::number).delete(graph::number).fallback(graph::unknown_object),
        )
        .route("/{version}/{number}/{what}", any(account::below))
        .route("/_media/{key}", get(account::content))
        .route("/{version}/{number}/{what}/{*rest}", any(graph::unknown_object))
        .fallback(graph::unknown_path)
        .with_state(shared)
}

/// Serves until told to stop; then closes the port and every connection.
pub(super) async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => { connections.spawn(connection(stream, router.clone())); }
                // Out of file handles, most likely: a moment later there may be some.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn connection(stream: TcpStream, router: Router) {
    // Without it, small answers on a kept connection may wait 40 ms for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let reset = Arc::new(AtomicBool::new(false));
    let socket = Socket { stream, reset: Arc::clone(&reset) };
    let service = service_fn(move |request: Request<Incoming>| {
        let mut router = router.clone();
        let reset = Arc::clone(&reset);
        async move {
            let Ok(response): Result<Response, Infallible> = router.call(request.map(Body::new)).await;
            match response.extensions().get::<ConnectionFault>() {
                None => Ok(response),
                // hyper drops a connection whose service fails, without a byte.
                Some(ConnectionFault::Close) => Err(Dropped),
                Some(ConnectionFault::Reset) => {
                    reset.store(true, Ordering::Relaxed);
                    Err(Dropped)
                }
            }
        }
    });
    // Ends in an error for every connection dropped on purpose, and for callers who leave early: all is well.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(socket), service).await;
}

/// The service's way to say: no answer.
#[derive(Debug)]
struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("connection dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

/// A connection that can end in a reset instead of an orderly close.
struct Socket {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.reset.load(Ordering::Relaxed) {
            // Closing with a linger time of zero sends RST in place of FIN.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.reset.load(Ordering::Relaxed) {
            // An orderly end first would let the caller see that instead of the reset.
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
