//! Who may see how the gateway is doing: this machine, whoever has a key, or everybody where a flag says so.

use std::fmt;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::metrics::KindOf;

type Check = dyn Fn(String) -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync;

/// The rule for `/metrics`, `/openapi.json` and `/docs`.
#[derive(Clone)]
pub(super) struct Guard {
    open: bool,
    accepts: Arc<Check>,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("open", &self.open).finish_non_exhaustive()
    }
}

impl Guard {
    /// `open` lets everybody in; otherwise a key that `accepts` says yes to does.
    pub(super) fn new<F>(open: bool, accepts: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = bool> + Send + 'static,
    {
        Self { open, accepts: Arc::new(move |key| Box::pin(accepts(key))) }
    }

    async fn lets(&self, peer: Option<SocketAddr>, headers: &HeaderMap) -> bool {
        // Behind a proxy on this machine all the world comes from loopback.
        let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
        let local = peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback())
            && !forwarded.iter().any(|name| headers.contains_key(*name));
        if self.open || local {
            return true;
        }
        match headers.get("x-api-key").and_then(|key| key.to_str().ok()) {
            Some(key) => (self.accepts)(key.to_owned()).await,
            None => false,
        }
    }
}

/// Middleware that turns everybody else away.
pub(super) async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    if guard.lets(peer, request.headers()).await {
        return next.run(request).await;
    }
    let body = json!({
        "error": "Unauthorized",
        "kind": "authentication",
        "retryable": false,
        "maybe_sent": false,
        "attempts": 0,
    });
    let mut response = (StatusCode::UNAUTHORIZED, Json(body)).into_response();
    response.extensions_mut().insert(KindOf("authentication"));
    response
}
