//! One attempt over HTTP: a request goes out, an answer is read to its end, or it is known how far it came.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Method, Url};

use crate::config::{Limits, Options, is_loopback};
use crate::error::{Error, ErrorKind};
use crate::headers::{IDEMPOTENCY_KEY, TRACE_ID, header_value, retry_after, text};
use crate::judge::{Again, Answer, Judged, unreadable};

/// Most of an answer that is read.
const MAX_ANSWER: usize = 1 << 20;

/// A pool of connections to one host, with its credentials.
pub(crate) struct Http {
    client: reqwest::Client,
    credentials: (HeaderName, HeaderValue),
    host: String,
    connect_timeout: Duration,
}

/// What goes out.
pub(crate) struct Request<'a> {
    pub(crate) url: &'a Url,
    /// A body makes it a POST.
    pub(crate) body: Option<Bytes>,
    pub(crate) idempotency_key: Option<&'a HeaderValue>,
    /// Set once the connection takes the body: until then nothing of it has left.
    pub(crate) written: Arc<AtomicBool>,
}

impl Http {
    pub(crate) fn new(
        url: &Url,
        credentials: (HeaderName, HeaderValue),
        options: &Options,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let loopback = is_loopback(url);
        let may_need_tls = url.scheme() == "https" || !loopback;
        let tls = crate::tls::config(options.ca_file.as_deref(), may_need_tls)?;
        let user_agent = match &options.user_agent {
            Some(text) => header_value("user_agent", text)?,
            None => HeaderValue::from_static(concat!("wamid/", env!("CARGO_PKG_VERSION"))),
        };
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent(user_agent)
            .redirect(reqwest::redirect::Policy::none())
            // Its own retries would not be counted, and would not know which failures are safe.
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(limits.connect_timeout);
        if let Some(idle) = options.pool_idle_timeout {
            // The pool adds it to the clock, which overflows for a time without end.
            builder = builder.pool_idle_timeout(idle.min(Duration::from_secs(86_400 * 365)));
        }
        if let Some(idle) = options.pool_max_idle {
            builder = builder.pool_max_idle_per_host(idle);
        }
        if let Some(proxy) = &options.proxy {
            let proxy = proxy_of(proxy)?;
            builder = if loopback { builder } else { builder.proxy(proxy) };
        }
        if loopback {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| {
            Error::unsupported(None, format!("the HTTP client cannot be built: {}", cause(&error)))
        })?;
        let host = match (url.host_str(), url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (host, _) => host.unwrap_or_default().to_owned(),
        };
        Ok(Self { client, credentials, host, connect_timeout: limits.connect_timeout })
    }

    /// Makes one attempt, at most `timeout` long.
    pub(crate) async fn attempt(&self, request: Request<'_>, timeout: Duration) -> Result<Answer, Judged> {
        let written = request.written.clone();
        // A read cannot tell, and need not: for it both ends are the same.
        written.store(request.body.is_none(), Ordering::Release);
        tokio::time::timeout(timeout, self.exchange(request)).await.unwrap_or_else(|_| {
            let seconds = timeout.as_secs_f64();
            if written.load(Ordering::Acquire) {
                Err(Judged::unknown(Error::new(
                    ErrorKind::Timeout,
                    format!("{} did not answer within {seconds} s.", self.host),
                )))
            } else {
                // Where both clocks run out together, it is the connecting that failed.
                let connecting = timeout >= self.connect_timeout;
                Err(Judged::not_sent(
                    Error::new(
                        if connecting { ErrorKind::Connection } else { ErrorKind::Timeout },
                        format!(
                            "No connection to {} within {seconds} s. Check the network; then try again.",
                            self.host
                        ),
                    ),
                    true,
                    Again::Backoff,
                ))
            }
        })
    }

    async fn exchange(&self, request: Request<'_>) -> Result<Answer, Judged> {
        let method = if request.body.is_some() { Method::POST } else { Method::GET };
        let mut outgoing = reqwest::Request::new(method, request.url.clone());
        let headers = outgoing.headers_mut();
        headers.insert(self.credentials.0.clone(), self.credentials.1.clone());
        if let Some(key) = request.idempotency_key {
            headers.insert(IDEMPOTENCY_KEY, key.clone());
        }
        if let Some(body) = request.body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            let body = WatchedBody { body: Some(body), written: request.written };
            *outgoing.body_mut() = Some(reqwest::Body::wrap(body));
        }
        let mut response = self.client.execute(outgoing).await.map_err(|error| self.failed(error))?;

        let status = response.status().as_u16();
        let headers = response.headers();
        let mut answer = Answer {
            status,
            retry_after: retry_after(headers),
            trace_id: text(headers, &TRACE_ID),
            location: text(headers, &http::header::LOCATION),
            body: Bytes::new(),
        };
        if response.content_length().is_some_and(|length| length > MAX_ANSWER as u64) {
            return Err(by_status(status, unreadable(&answer, "it is over 1 MiB")));
        }
        let mut rest: Option<Vec<u8>> = None;
        loop {
            match response.chunk().await {
                Ok(None) => break,
                // Most answers come in one piece, which needs no copy.
                Ok(Some(chunk)) if rest.is_none() && answer.body.is_empty() => answer.body = chunk,
                Ok(Some(chunk)) => {
                    let all = rest.get_or_insert_with(|| answer.body.to_vec());
                    all.extend_from_slice(&chunk);
                }
                Err(error) => {
                    let message = format!(
                        "The answer of {} (HTTP status {status}) broke off: {}.",
                        self.host,
                        cause(&error)
                    );
                    let error = Error::new(ErrorKind::Connection, message)
                        .with_status(Some(status))
                        .with_source(error.without_url());
                    return Err(by_status(status, Judged::unknown(error)));
                }
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

    fn failed(&self, error: reqwest::Error) -> Judged {
        let host = &self.host;
        let why = cause(&error);
        if error.is_connect() {
            let what = if error.is_timeout() { "in time".to_owned() } else { format!("({why})") };
            let message = format!(
                "No connection to {host} {what}. Check the network, the host's address and certificate, and the proxy."
            );
            let error = Error::new(ErrorKind::Connection, message).with_source(error.without_url());
            return Judged::not_sent(error, true, Again::Backoff);
        }
        let message = format!("The connection to {host} was lost before an answer came ({why}).");
        Judged::unknown(Error::new(ErrorKind::Connection, message).with_source(error.without_url()))
    }
}

/// A 3xx or 4xx was surely not sent, also where its body could not be read.
fn by_status(status: u16, judged: Judged) -> Judged {
    if (300..500).contains(&status) { Judged::not_sent(judged.error, false, Again::No) } else { judged }
}

fn proxy_of(text: &str) -> Result<reqwest::Proxy, Error> {
    let rule = "must be an http:// or https:// URL";
    let url = Url::parse(text).map_err(|_| Error::invalid("proxy", rule))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(Error::invalid("proxy", rule));
    }
    reqwest::Proxy::all(url).map_err(|_| Error::invalid("proxy", rule))
}

/// The innermost cause, which says the most.
fn cause(error: &dyn StdError) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

/// A body that tells when the connection takes it: until then nothing of the request has left.
struct WatchedBody {
    body: Option<Bytes>,
    written: Arc<AtomicBool>,
}

impl http_body::Body for WatchedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        self.written.store(true, Ordering::Release);
        Poll::Ready(self.body.take().map(|body| Ok(http_body::Frame::data(body))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_none()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(self.body.as_ref().map_or(0, |body| body.len() as u64))
    }
}
