//! One attempt over HTTP: a request goes out, an answer is read to its end, or it is known how far it came.

mod body;
mod connect;
mod connection;
mod endpoint;
mod places;
mod pool;
mod stream;

use std::error::Error as StdError;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::header::{
    ACCEPT, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, PROXY_AUTHORIZATION, USER_AGENT,
};
use tokio::time::Instant;

use self::body::WatchedBody;
use self::connect::Connector;
use self::connection::{Connection, Fault, Incomplete};
pub(crate) use self::endpoint::Endpoint;
pub(crate) use self::places::Place;
use self::places::{Places, no_descriptor_left};
use self::pool::Pool;
use crate::config::{Limits, Options};
use crate::error::{Error, ErrorKind};
use crate::headers::{IDEMPOTENCY_KEY, TRACE_ID, header_value, retry_after, text};
use crate::judge::{Again, Answer, Judged, unreadable};

/// Most of an answer that is read.
const MAX_ANSWER: usize = 1 << 20;

/// A pool of connections to one host, with its credentials.
pub(crate) struct Http {
    connector: Connector,
    pool: Arc<Pool>,
    places: Places,
    /// What every request carries, and what every one with a body.
    headers: HeaderMap,
    with_body: HeaderMap,
    /// A proxy reads the requests, which name the whole address.
    by_proxy: bool,
    host: String,
    connect_timeout: Duration,
}

/// What goes out.
pub(crate) struct Request<'a> {
    pub(crate) endpoint: &'a Endpoint,
    /// A body makes it a POST.
    pub(crate) body: Option<Bytes>,
    pub(crate) idempotency_key: Option<&'a HeaderValue>,
    /// Set once the connection takes the body: until then nothing of it has left.
    pub(crate) written: Arc<AtomicBool>,
}

impl Http {
    pub(crate) fn new(
        endpoint: &Endpoint,
        credentials: (HeaderName, HeaderValue),
        options: &Options,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let user_agent = match &options.user_agent {
            Some(text) => header_value("user_agent", text)?,
            None => HeaderValue::from_static(concat!("wamid/", env!("CARGO_PKG_VERSION"))),
        };
        let host = endpoint.host();
        let connector = Connector::new(endpoint, options)?;
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(HOST, header_value("host", &host)?);
        headers.insert(USER_AGENT, user_agent);
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        headers.insert(credentials.0, credentials.1);
        let reader = connector.reader();
        if let Some(Some(auth)) = reader {
            headers.insert(PROXY_AUTHORIZATION, auth.clone());
        }
        let mut with_body = headers.clone();
        with_body.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(Self {
            by_proxy: reader.is_some(),
            connector,
            pool: Pool::new(options.pool_max_idle, limits.max_connections, options.pool_idle_timeout),
            places: Places::new(limits.max_connections),
            headers,
            with_body,
            host,
            connect_timeout: limits.connect_timeout,
        })
    }

    /// Waits for a place among the connections, in the order of asking, until `deadline`. It is to be held during an attempt.
    pub(crate) async fn place(&self, deadline: Instant) -> Result<Place<'_>, Error> {
        match self.places.free() {
            Some(place) => Ok(place),
            // Waiting is rare and takes room, which every call would have to keep ready.
            None => Box::pin(self.places.wait(&self.host, deadline)).await,
        }
    }

    /// Makes one attempt, at most `timeout` long.
    pub(crate) async fn attempt(&self, request: Request<'_>, timeout: Duration) -> Result<Answer, Judged> {
        let deadline = Instant::now() + timeout;
        let mut outgoing = self.outgoing(request);
        loop {
            let (mut connection, is_new) = match self.pool.take() {
                Some(connection) => (connection, false),
                // Opening is rare and takes much room, which every call would have to keep ready.
                None => (Box::pin(self.open(timeout, deadline)).await?, true),
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

    fn outgoing(&self, request: Request<'_>) -> http::Request<WatchedBody> {
        let is_read = request.body.is_none();
        let mut outgoing = http::Request::new(WatchedBody { body: request.body, written: request.written });
        *outgoing.method_mut() = if is_read { Method::GET } else { Method::POST };
        *outgoing.uri_mut() = request.endpoint.uri(self.by_proxy).clone();
        *outgoing.headers_mut() = if is_read { self.headers.clone() } else { self.with_body.clone() };
        if let Some(key) = request.idempotency_key {
            outgoing.headers_mut().insert(IDEMPOTENCY_KEY, key.clone());
        }
        outgoing
    }

    /// A new connection, within the time for connecting and that of the attempt.
    async fn open(&self, timeout: Duration, deadline: Instant) -> Result<Box<Connection>, Judged> {
        let not_sent = |error: Error| Judged::not_sent(error, true, Again::Backoff);
        let limit = self.connect_timeout.min(deadline.saturating_duration_since(Instant::now()));
        let opened = match tokio::time::timeout(limit, self.connector.connect()).await {
            Ok(Ok(opened)) => Connection::new(opened).await.map(Box::new).map_err(Box::from),
            Ok(Err(error)) => Err(error),
            Err(_) => {
                // Where both clocks run out together, it is the connecting that failed.
                let (kind, limit) = if timeout >= self.connect_timeout {
                    (ErrorKind::Connection, self.connect_timeout)
                } else {
                    (ErrorKind::Timeout, timeout)
                };
                return Err(not_sent(Error::new(
                    kind,
                    format!(
                        "No connection to {} within {} s. Check the network, the host's address, and the proxy.",
                        self.host,
                        limit.as_secs_f64()
                    ),
                )));
            }
        };
        opened.map_err(|error| {
            if no_descriptor_left(&*error) {
                let message = format!(
                    "No connection to {}: this process may not open any more files or sockets ({}). Give a lower \
                     max_connections, close what is no longer needed, or raise the limit (ulimit -n).",
                    self.host,
                    cause(&*error)
                );
                return not_sent(Error::new(ErrorKind::Connection, message).with_boxed_source(error));
            }
            let message = format!(
                "No connection to {} ({}). Check the network, the host's address and certificate, and the proxy.",
                self.host,
                cause(&*error)
            );
            not_sent(Error::new(ErrorKind::Connection, message).with_boxed_source(error))
        })
    }

    async fn read(&self, mut incomplete: Incomplete<'_>, timeout: Duration) -> Result<Answer, Judged> {
        let status = incomplete.head.status.as_u16();
        let headers = &incomplete.head.headers;
        let mut answer = Answer {
            status,
            retry_after: retry_after(headers),
            trace_id: text(headers, &TRACE_ID),
            location: text(headers, &http::header::LOCATION),
            body: Bytes::new(),
        };
        if incomplete.length().is_some_and(|length| length > MAX_ANSWER as u64) {
            return Err(by_status(status, unreadable(&answer, "it is over 1 MiB")));
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
                Err(Fault::Lost(error)) => {
                    let message = format!(
                        "The answer of {} (HTTP status {status}) broke off: {}.",
                        self.host,
                        cause(&error)
                    );
                    let error = Error::new(ErrorKind::Connection, message)
                        .with_status(Some(status))
                        .with_source(error);
                    return Err(by_status(status, Judged::unknown(error)));
                }
                Err(fault) => return Err(self.failed(fault, timeout)),
            }
            if rest.as_ref().map_or(answer.body.len(), Vec::len) > MAX_ANSWER {
                return Err(by_status(status, unreadable(&answer, "it is over 1 MiB")));
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
    fn failed(&self, fault: Fault, timeout: Duration) -> Judged {
        let host = &self.host;
        let lost = |why: &str| {
            let message = format!("The connection to {host} was lost before an answer came ({why}).");
            Error::new(ErrorKind::Connection, message)
        };
        Judged::unknown(match fault {
            Fault::Late => Error::new(
                ErrorKind::Timeout,
                format!("{host} did not answer within {} s.", timeout.as_secs_f64()),
            ),
            Fault::Lost(error) => lost(&cause(&error)).with_source(error),
            Fault::Unsent(_) => lost("the host closed it"),
        })
    }
}

/// A 3xx or 4xx was surely not sent, also where its body could not be read.
fn by_status(status: u16, judged: Judged) -> Judged {
    if (300..500).contains(&status) { Judged::not_sent(judged.error, false, Again::No) } else { judged }
}

/// The innermost cause, which says the most.
fn cause(error: &(dyn StdError + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
