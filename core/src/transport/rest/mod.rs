//! One attempt of whatever sends nothing, through reqwest.

mod clients;

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use rustls::ClientConfig;
use tokio::time::{Instant, timeout_at};

use self::clients::Clients;
use super::endpoint::Endpoint;
use super::faults::{self, MAX_ANSWER, cause, chain};
use super::proxies::Proxies;
use super::request::{Body, Request};
use crate::config::{Limits, Options};
use crate::error::{Error, ErrorKind};
use crate::headers::IDEMPOTENCY_KEY;
use crate::judge::{Again, Answer, Judged};

/// Where both clocks run out together, it is the connecting that failed: the attempt's runs on for so long.
const GRACE: Duration = Duration::from_millis(20);

/// The way to one host for reads, and for changes that are safe to repeat.
pub(super) struct Rest {
    clients: Clients,
    host: String,
    connect_timeout: Duration,
}

impl Rest {
    pub(super) fn new(
        endpoint: &Endpoint,
        headers: HeaderMap,
        proxies: Proxies,
        tls: ClientConfig,
        options: &Options,
        limits: &Limits,
    ) -> Self {
        Self {
            clients: Clients::new(headers, proxies, tls, options, limits),
            host: endpoint.host(),
            connect_timeout: limits.connect_timeout,
        }
    }

    /// Makes one attempt, at most `timeout` long.
    pub(super) async fn attempt(&self, request: &Request<'_>, timeout: Duration) -> Result<Answer, Judged> {
        let begun = Instant::now();
        let client = self.clients.here().map_err(|error| {
            let error = Error::unsupported(None, format!("HTTP cannot be set up: {}", cause(&error)))
                .with_source(error);
            Judged::not_sent(error, false, Again::No)
        })?;
        // A runtime that has stood still hears here of connections that were closed meanwhile: the first round hears of it,
        // the second lets the tasks of those connections act on it.
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        let limit =
            if timeout >= self.connect_timeout { timeout.max(self.connect_timeout + GRACE) } else { timeout };
        let deadline = begun + limit;
        match timeout_at(deadline, client.execute(outgoing(request))).await {
            Ok(Ok(response)) => self.read(response, deadline, timeout).await,
            Ok(Err(error)) => Err(self.failed(error)),
            Err(_) => Err(faults::no_answer_within(&self.host, timeout)),
        }
    }

    async fn read(
        &self,
        mut response: reqwest::Response,
        deadline: Instant,
        timeout: Duration,
    ) -> Result<Answer, Judged> {
        let status = response.status().as_u16();
        let mut answer = Answer::head(status, response.headers());
        if response.content_length().is_some_and(|length| length > MAX_ANSWER as u64) {
            return Err(faults::too_long(&answer));
        }
        let mut body = Vec::new();
        loop {
            match timeout_at(deadline, response.chunk()).await {
                Ok(Ok(None)) => break,
                Ok(Ok(Some(piece))) => body.extend_from_slice(&piece),
                Ok(Err(error)) => return Err(faults::broke_off(&self.host, status, error.without_url())),
                Err(_) => return Err(faults::no_answer_within(&self.host, timeout)),
            }
            if body.len() > MAX_ANSWER {
                return Err(faults::too_long(&answer));
            }
        }
        answer.body = Bytes::from(body);
        Ok(answer)
    }

    fn failed(&self, error: reqwest::Error) -> Judged {
        // The address stands in our own words; its query may hold what is nobody's business.
        let error = error.without_url();
        if !error.is_connect() {
            return Judged::unknown(faults::lost(&self.host, &cause(&error)).with_source(error));
        }
        // The system has a clock of its own, and says so itself.
        let by_system = chain(&error).any(|error| {
            error.downcast_ref().is_some_and(|error: &std::io::Error| error.raw_os_error().is_some())
        });
        if error.is_timeout() && !by_system {
            return faults::no_connection_within(&self.host, ErrorKind::Connection, self.connect_timeout);
        }
        faults::no_connection(&self.host, Box::new(error))
    }
}

fn outgoing(request: &Request<'_>) -> reqwest::Request {
    let mut outgoing = reqwest::Request::new(request.method.clone(), request.address.url().clone());
    match &request.body {
        Body::Empty => {}
        Body::Json(json) => {
            outgoing.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            *outgoing.body_mut() = Some(json.clone().into());
        }
    }
    if let Some(key) = &request.idempotency_key {
        outgoing.headers_mut().insert(IDEMPOTENCY_KEY, key.clone());
    }
    outgoing
}
