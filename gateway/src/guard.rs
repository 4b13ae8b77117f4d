//! Who may see how the gateway is doing: this machine, whoever has a key, or everybody where a flag says so.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{HOST, HeaderMap, HeaderName};
use axum::http::uri::Authority;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;

use super::refusal::refusal;

type Check = dyn Fn(String) -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync;

/// The rule for `/metrics`, `/openapi.json` and `/docs`, and a stricter one for `/config`.
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

    async fn lets(&self, peer: Option<SocketAddr>, uri: &Uri, headers: &HeaderMap) -> bool {
        let host = headers.get(HOST).map_or("", |host| host.to_str().unwrap_or_default());
        let names = [Some(host), uri.authority().map(Authority::as_str)].into_iter().flatten();
        // Behind a proxy on this machine all the world comes from loopback, and a page in this machine's browser asks under
        // the name of its own site, wherever that leads.
        let local = peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback())
            && names.into_iter().all(is_loopback)
            && !headers.keys().any(is_forwarding);
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
    if guard.lets(peer, request.uri(), request.headers()).await {
        return next.run(request).await;
    }
    refusal(StatusCode::UNAUTHORIZED, "authentication", "Unauthorized", false)
}

/// Whether a host, with or without a port, is this machine and nothing else. `localhost` is the only such name.
fn is_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host();
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    !host.contains('@')
        && (name.eq_ignore_ascii_case("localhost")
            || address.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback()))
}

/// Headers by which proxies and networks in front say for whom they ask.
fn is_forwarding(name: &HeaderName) -> bool {
    const NAMES: [&str; 22] = [
        "forwarded",
        "via",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-originating-ip",
        "x-remote-ip",
        "x-remote-addr",
        "x-proxyuser-ip",
        "x-original-host",
        "x-original-url",
        "x-rewrite-url",
        "x-host",
        "client-ip",
        "proxy-client-ip",
        "wl-proxy-client-ip",
        "true-client-ip",
        "fastly-client-ip",
        "fly-client-ip",
        "cdn-loop",
        "x-amzn-trace-id",
        "x-appengine-user-ip",
    ];
    const STARTS: [&str; 6] =
        ["x-forwarded", "x-original-forwarded", "x-envoy-", "x-azure-", "cf-", "cloudfront-"];
    let name = name.as_str();
    NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start))
}
