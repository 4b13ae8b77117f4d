//! How the host is reached: name, TCP, proxy, TLS.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::task::{Context, Poll};

use http::Uri;
use http::header::HeaderValue;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::stream::{Socket, Stream};
use crate::error::Error;
use crate::transport::endpoint::Endpoint;
use crate::transport::proxies::Proxies;
use crate::transport::{KEEPALIVE, KEEPALIVE_RETRIES};

pub(super) type BoxError = Box<dyn StdError + Send + Sync>;

/// The way to one host.
pub(super) struct Connector {
    tcp: HttpConnector,
    /// Where the host is.
    host: Uri,
    /// How to speak TLS with the host, and with a proxy.
    tls: Arc<ClientConfig>,
    proxy_tls: Arc<ClientConfig>,
    /// The proxy on the way.
    proxy: Option<Intercept>,
}

/// A connection that was just made.
pub(super) struct Opened {
    pub(super) stream: Stream,
    /// See [`Socket::rested`].
    pub(super) rested: Arc<AtomicBool>,
}

impl Connector {
    pub(super) fn new(endpoint: &Endpoint, proxies: &Proxies, tls: &ClientConfig) -> Result<Self, Error> {
        let host = endpoint.whole().clone();
        let proxy = proxies.before(&host)?;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // A connection that died without a word, as behind a NAT, is noticed before a send is entrusted to it.
        tcp.set_keepalive(Some(KEEPALIVE));
        tcp.set_keepalive_interval(Some(KEEPALIVE));
        tcp.set_keepalive_retries(Some(KEEPALIVE_RETRIES));
        #[cfg(any(target_os = "android", target_os = "linux"))]
        tcp.set_tcp_user_timeout(Some(KEEPALIVE * 2));
        let mut proxy_tls = tls.clone();
        proxy_tls.alpn_protocols.clear();
        Ok(Self { tcp, host, tls: Arc::new(tls.clone()), proxy_tls: Arc::new(proxy_tls), proxy })
    }

    /// Whether a proxy reads the requests itself, so that each names the whole address; and what it wants to see.
    pub(super) fn reader(&self) -> Option<Option<&HeaderValue>> {
        let proxy = self.proxy.as_ref().filter(|_| !is_https(&self.host))?;
        Some(proxy.basic_auth())
    }

    /// Whether a connection takes a TLS handshake with the host.
    pub(super) fn is_encrypted(&self) -> bool {
        is_https(&self.host)
    }

    pub(super) async fn connect(&self) -> Result<Opened, BoxError> {
        let rested = Arc::new(AtomicBool::new(false));
        let tls = if self.proxy.is_some() { &self.proxy_tls } else { &self.tls };
        let near = NextHop { tcp: self.tcp.clone(), tls: tls.clone(), rested: rested.clone() };
        let stream = match &self.proxy {
            None => near.open(self.host.clone()).await?,
            Some(proxy) if is_https(&self.host) => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), near);
                if let Some(auth) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(auth.clone());
                }
                let stream = tunnel.call(self.host.clone()).await?.into_inner();
                encrypted(&self.tls, &self.host, stream).await?
            }
            Some(proxy) => near.open(proxy.uri().clone()).await?,
        };
        Ok(Opened { stream, rested })
    }
}

/// Reaches what is next on the way: the host, or the proxy before it.
#[derive(Clone)]
struct NextHop {
    tcp: HttpConnector,
    tls: Arc<ClientConfig>,
    rested: Arc<AtomicBool>,
}

impl NextHop {
    async fn open(mut self, uri: Uri) -> Result<Stream, BoxError> {
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err("the system's proxy speaks neither http nor https".into());
        }
        poll_fn(|cx| self.tcp.poll_ready(cx)).await?;
        let tcp = self.tcp.call(uri.clone()).await?.into_inner();
        let stream = Stream::Plain(Socket { tcp, rested: self.rested });
        if is_https(&uri) { encrypted(&self.tls, &uri, stream).await } else { Ok(stream) }
    }
}

/// As the tunnel wants it.
impl Service<Uri> for NextHop {
    type Response = TokioIo<Stream>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<TokioIo<Stream>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let near = self.clone();
        Box::pin(async move { Ok(TokioIo::new(near.open(uri).await?)) })
    }
}

async fn encrypted(tls: &Arc<ClientConfig>, uri: &Uri, stream: Stream) -> Result<Stream, BoxError> {
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(host.to_owned())?;
    let stream = TlsConnector::from(tls.clone()).connect(name, stream).await?;
    Ok(Stream::Tls(Box::new(stream)))
}

fn is_https(uri: &Uri) -> bool {
    uri.scheme() == Some(&Scheme::HTTPS)
}
