//! One attempt of a send, over hyper: a request goes out, an answer is read to its end, or it is known how far it came.

mod body;
mod connect;
mod connection;
mod pool;
mod stream;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use http::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderValue, PROXY_AUTHORIZATION};
use rustls::ClientConfig;
use tokio::time::Instant;

use self::body::WatchedBody;
use self::connect::Connector;
use self::connection::{Connection, Fault, Incomplete};
use self::pool::Pool;
use super::apart;
use super::endpoint::Endpoint;
use super::faults::{self, MAX_ANSWER, cause};
use super::proxies::Proxies;
use super::request::{Body, Request};
use crate::error::{Error, ErrorKind};
use crate::transport::headers::{IDEMPOTENCY_KEY, header_value};
use crate::transport::settings::Settings;
use crate::transport::{Answer, FailedAttempt};

/// A pool of connections to one host, with its credentials.
pub(super) struct Sends {
    connector: Connector,
    pool: Arc<Pool>,
    /// What every request carries.
    headers: HeaderMap,
    /// A proxy reads the requests, which name the whole address.
    by_proxy: bool,
    host: String,
    connect_timeout: Duration,
}

impl Sends {
    pub(super) fn new(
        endpoint: &Endpoint,
        mut headers: HeaderMap,
        proxies: &Proxies,
        tls: &ClientConfig,
        settings: &Settings,
    ) -> Result<Self, Error> {
        let host = endpoint.host();
        let connector = Connector::new(endpoint, proxies, tls)?;
        headers.insert(HOST, header_value("host", &host)?);
        let reader = connector.reader();
        if let Some(Some(auth)) = reader {
            headers.insert(PROXY_AUTHORIZATION, auth.clone());
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(Self {
            by_proxy: reader.is_some(),
            connector,
            pool: Pool::new(settings.pool_max_idle, settings.max_connections, settings.pool_idle_timeout),
            headers,
            host,
            connect_timeout: settings.connect_timeout,
        })
    }

    /// Makes one attempt, at most `timeout` long. `written` is set once the connection takes the body: until then nothing of
    /// it has left.
    pub(super) async fn attempt(
        &self,
        request: &Request<'_>,
        written: &Arc<AtomicBool>,
        timeout: Duration,
    ) -> Result<Answer, FailedAttempt> {
        let deadline = Instant::now() + timeout;
        let mut outgoing = self.outgoing(request, written.clone());
        loop {
            let (mut connection, is_new) = match self.pool.take() {
                Some(connection) => (connection, false),
                None => (apart(|| self.open(timeout, deadline)).await?, true),
            };
            let fault = match connection.send(outgoing, deadline).await {
                Ok(incomplete) => {
                    let answer = self.read(incomplete, timeout).await;
                    if answer.is_ok() {
                        self.pool.put(connection);
                    }
                    return answer;
                }
                // It had been closed while it was idle.
                Err(Fault::Unsent(unsent)) if !is_new => {
                    outgoing = *unsent;
                    continue;
                }
                Err(fault) => fault,
            };
            return Err(self.failed(fault, timeout));
        }
    }

    fn outgoing(&self, request: &Request<'_>, written: Arc<AtomicBool>) -> http::Request<WatchedBody> {
        // What is streamed goes the other way.
        let (body, mime_type) = match &request.body {
            Body::Json(json) => (Some(json.clone()), None),
            Body::Held { mime_type, content } => (Some(content.clone()), Some(mime_type)),
            Body::Empty | Body::Form(_) | Body::Stream { .. } => (None, None),
        };
        let mut outgoing = http::Request::new(WatchedBody { body, written });
        *outgoing.method_mut() = request.method.clone();
        *outgoing.uri_mut() = request.address.uri(self.by_proxy).clone();
        *outgoing.headers_mut() = self.headers.clone();
        if let Some(mime_type) = mime_type {
            outgoing.headers_mut().insert(CONTENT_TYPE, mime_type.clone());
        }
        if let Some(key) = request.idempotency_key() {
            outgoing.headers_mut().insert(IDEMPOTENCY_KEY, key.clone());
        }
        outgoing
    }

    /// A new connection, within the time for connecting and that of the attempt.
    async fn open(&self, timeout: Duration, deadline: Instant) -> Result<Box<Connection>, FailedAttempt> {
        let limit = self.connect_timeout.min(deadline.saturating_duration_since(Instant::now()));
        let opened = match tokio::time::timeout(limit, self.connector.connect()).await {
            Ok(Ok(opened)) => Connection::new(opened).await.map(Box::new).map_err(Box::from),
            // Only a connection that came about can be reset; nothing is there that TLS would have to confirm.
            Ok(Err(error)) if !self.connector.is_encrypted() && faults::was_reset(&*error) => {
                return Err(FailedAttempt::unknown(faults::lost(&self.host, &cause(&*error))));
            }
            Ok(Err(error)) => Err(error),
            // Where both clocks run out together, it is the connecting that failed.
            Err(_) if timeout >= self.connect_timeout => {
                return Err(faults::no_connection_within(
                    &self.host,
                    ErrorKind::Connection,
                    self.connect_timeout,
                ));
            }
            Err(_) => return Err(faults::no_connection_within(&self.host, ErrorKind::Timeout, timeout)),
        };
        opened.map_err(|error| faults::no_connection(&self.host, error))
    }

    async fn read(&self, mut incomplete: Incomplete<'_>, timeout: Duration) -> Result<Answer, FailedAttempt> {
        let status = incomplete.head.status.as_u16();
        let mut answer = Answer::head(status, &incomplete.head.headers);
        if incomplete.length().is_some_and(|length| length > MAX_ANSWER as u64) {
            return Err(faults::too_long(&answer));
        }
        let mut rest: Option<Vec<u8>> = None;
        loop {
            match incomplete.piece().await {
                Ok(None) => break,
                // Most answers come in one piece, which needs no copy.
                Ok(Some(piece)) if rest.is_none() && answer.body.is_empty() => answer.body = piece,
                Ok(Some(piece)) => {
                    let all = rest.get_or_insert_with(|| answer.body.to_vec());
                    all.extend_from_slice(&piece);
                }
                Err(Fault::Lost(error)) => return Err(faults::broke_off(&self.host, status, error)),
                Err(fault) => return Err(self.failed(fault, timeout)),
            }
            if rest.as_ref().map_or(answer.body.len(), Vec::len) > MAX_ANSWER {
                return Err(faults::too_long(&answer));
            }
        }
        if let Some(rest) = rest {
            answer.body = rest.into();
        }
        Ok(answer)
    }

    /// Something of the request may have left: the outcome is unknown.
    ///
    /// Also where the host hung up on a new connection: whether it or the request was faster is luck, and luck must not
    /// decide what a caller is told.
    fn failed(&self, fault: Fault, timeout: Duration) -> FailedAttempt {
        let host = &self.host;
        match fault {
            Fault::Late => faults::no_answer_within(host, timeout),
            Fault::Lost(error) => {
                FailedAttempt::unknown(faults::lost(host, &cause(&error)).with_source(error))
            }
            Fault::Unsent(_) => FailedAttempt::unknown(faults::lost(host, "the host closed it")),
        }
    }
}
