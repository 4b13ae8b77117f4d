//! One reqwest client for each tokio runtime, because a connection is driven by the runtime that opened it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::header::HeaderMap;
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use tokio::runtime::{self, Handle};

use crate::transport::proxies::Proxies;
use crate::transport::settings::Settings;
use crate::transport::{IDLE, KEEPALIVE, KEEPALIVE_RETRIES, LASTING, LONGEST};

/// More runtimes than this hardly ask at once; of one that is gone nothing is heard.
const MOST: usize = 8;

/// Makes a client of reqwest at the first request on a runtime, so that a program that only sends pays nothing for it.
///
/// Tasks of a runtime drive its connections. A client shared by two runtimes would hand connections of the one, which may
/// stand still, to calls on the other.
pub(super) struct Clients {
    headers: HeaderMap,
    proxies: Proxies,
    tls: ClientConfig,
    /// How long a connection whose bytes nobody confirms is kept.
    #[cfg_attr(
        not(any(target_os = "android", target_os = "linux")),
        expect(dead_code, reason = "no option of sockets there")
    )]
    unconfirmed: Duration,
    connect_timeout: Duration,
    idle_timeout: Duration,
    max_idle: usize,
    /// The one used last stands last.
    made: Mutex<Vec<(runtime::Id, reqwest::Client)>>,
}

impl Clients {
    pub(super) fn new(headers: HeaderMap, proxies: Proxies, tls: ClientConfig, settings: &Settings) -> Self {
        Self {
            headers,
            proxies,
            tls,
            unconfirmed: settings.timeout.saturating_mul(2).min(KEEPALIVE * 2),
            connect_timeout: settings.connect_timeout,
            idle_timeout: settings.pool_idle_timeout.unwrap_or(IDLE).min(LONGEST),
            max_idle: settings.pool_max_idle.unwrap_or(LASTING),
            made: Mutex::default(),
        }
    }

    /// The client of the runtime that this runs on.
    pub(super) fn here(&self) -> Result<reqwest::Client, reqwest::Error> {
        let runtime = Handle::current().id();
        if let Some(client) = self.used(runtime) {
            return Ok(client);
        }
        let client = self.make()?;
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let replaced = (made.len() >= MOST).then(|| made.remove(0));
        made.push((runtime, client.clone()));
        drop(made);
        drop(replaced);
        Ok(client)
    }

    fn used(&self, runtime: runtime::Id) -> Option<reqwest::Client> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let at = made.iter().position(|(of, _)| *of == runtime)?;
        let found = made.remove(at);
        let client = found.1.clone();
        made.push(found);
        Some(client)
    }

    fn make(&self) -> Result<reqwest::Client, reqwest::Error> {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls.clone())
            .http1_only()
            // The credentials would travel along.
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .default_headers(self.headers.clone())
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(self.idle_timeout)
            .pool_max_idle_per_host(self.max_idle)
            .tcp_nodelay(true)
            .tcp_keepalive(KEEPALIVE)
            .tcp_keepalive_interval(KEEPALIVE)
            .tcp_keepalive_retries(KEEPALIVE_RETRIES);
        #[cfg(any(target_os = "android", target_os = "linux"))]
        // The task of a connection whose call has ended waits until what it has begun to write has left: for ever, if the host reads no
        // more.
        let builder = builder.tcp_user_timeout(self.unconfirmed);
        match &self.proxies {
            Proxies::Never => builder.no_proxy(),
            Proxies::Given(proxy) => builder.proxy(reqwest::Proxy::all(proxy.as_str())?),
            Proxies::System => builder,
        }
        .build()
    }
}
