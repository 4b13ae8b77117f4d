//! One attempt of a request that sends no message, with reqwest.

mod clients;
mod clock;
#[cfg(test)]
mod tests;

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::multipart::{Form, Part as FormPart};
use reqwest::{Client, Response};
use rustls::ClientConfig;
use url::Url;

use self::clients::Clients;
use self::clock::{Clock, Stalled};
use super::content::Content;
use super::endpoint::Endpoint;
use super::faults::{self, MAX_ANSWER, cause, chain};
use super::proxies::Proxies;
use super::request::{Body, Expect, Part, Request};
use super::trust::Trust;
use crate::error::{Error, ErrorKind};
use crate::transport::headers::{IDEMPOTENCY_KEY, oauth};
use crate::transport::settings::Settings;
use crate::transport::{Answer, FailedAttempt, HostKind, Retry};

/// Where both clocks run out together, it is the connecting that failed: the attempt's runs on for so long.
const GRACE: Duration = Duration::from_millis(50);

/// So many redirects of content are followed, among the hosts that may have the credentials.
const REDIRECTS: usize = 5;

/// The way to one host, and to Meta's media hosts, for reads and for changes that are safe to repeat.
pub(super) struct Rest {
    clients: Clients,
    credentials: (HeaderName, HeaderValue),
    trust: Trust,
    host: String,
    connect_timeout: Duration,
}

impl Rest {
    pub(super) fn new(
        (endpoint, kind): (&Endpoint, HostKind),
        credentials: (HeaderName, HeaderValue),
        headers: HeaderMap,
        (proxies, tls): (Proxies, ClientConfig),
        settings: &Settings,
    ) -> Self {
        Self {
            clients: Clients::new(headers, proxies, tls, settings),
            credentials,
            trust: Trust::new(endpoint, kind),
            host: endpoint.host(),
            connect_timeout: settings.connect_timeout,
        }
    }

    /// Makes one attempt, at most `timeout` long; with content on the way, `timeout` after the last byte that moved.
    pub(super) async fn attempt(
        &self,
        request: &Request<'_>,
        timeout: Duration,
    ) -> Result<Answer, FailedAttempt> {
        let answer = self.answer(request, timeout).await;
        if answer.is_err() {
            // What was dropped with the attempt is heard of by the task of its connection, which closes it: now, since a runtime that
            // runs only during calls may stand still from here on.
            rounds().await;
        }
        answer
    }

    async fn answer(&self, request: &Request<'_>, timeout: Duration) -> Result<Answer, FailedAttempt> {
        let client = self.clients.here().map_err(|error| unusable(&error))?;
        // A runtime that has stood still hears here of connections that were closed meanwhile: the first round hears of it,
        // the second lets the tasks of those connections act on it.
        rounds().await;
        // From here on, not before: the first client is slow to make, and on a busy machine the two clocks would be far apart.
        let clock = Clock::new(if timeout >= self.connect_timeout {
            timeout.max(self.connect_timeout + GRACE)
        } else {
            timeout
        });
        let mut url = request.address.url().clone();
        let mut redirects = 0;
        loop {
            let outgoing = self.outgoing(&client, request, url.clone(), &clock)?;
            let response = match clock.wait(client.execute(outgoing)).await {
                Ok(Ok(response)) => response,
                Ok(Err(error)) => return Err(self.failed(error)),
                Err(Stalled) => return Err(faults::no_answer_within(&self.host, timeout)),
            };
            match self.next(request, &url, &response) {
                Some(next) if redirects < REDIRECTS => (url, redirects) = (next, redirects + 1),
                _ => return self.read(response, request.expect, &clock, timeout).await,
            }
        }
    }

    fn outgoing(
        &self,
        client: &Client,
        request: &Request<'_>,
        url: Url,
        clock: &Clock,
    ) -> Result<reqwest::Request, FailedAttempt> {
        if !self.trust.covers(&url) {
            let message = format!(
                "The host names an address on {}, which must not get this client's credentials, so nothing was asked \
                 there. Check that the host is the one that you mean.",
                url.host_str().unwrap_or("no host")
            );
            return Err(FailedAttempt::not_sent(
                Error::new(ErrorKind::UnexpectedResponse, message),
                false,
                Retry::No,
            ));
        }
        let (name, value) = &self.credentials;
        let builder = client.request(request.method.clone(), url);
        let builder = if request.is_upload_session() {
            builder.header(name, oauth(value)).header("file_offset", HeaderValue::from_static("0"))
        } else {
            builder.header(name, value)
        };
        let builder = match request.idempotency_key() {
            Some(key) => builder.header(IDEMPOTENCY_KEY, key),
            None => builder,
        };
        let builder = match &request.body {
            Body::Empty => builder,
            Body::Json(json) => {
                builder.header(CONTENT_TYPE, HeaderValue::from_static("application/json")).body(json.clone())
            }
            Body::Held { mime_type, content } => {
                builder.header(CONTENT_TYPE, mime_type).body(content.clone())
            }
            Body::Form(parts) => builder.multipart(form(parts, clock).map_err(|error| unusable(&error))?),
            Body::Stream { mime_type, source } => builder
                .header(CONTENT_TYPE, mime_type)
                .header(CONTENT_LENGTH, source.length())
                .body(clock.watched(&**source)),
        };
        builder.build().map_err(|error| unusable(&error))
    }

    /// Where content is really to be had. Nothing else follows a redirect.
    fn next(&self, request: &Request<'_>, url: &Url, response: &Response) -> Option<Url> {
        if !matches!(request.expect, Expect::Stream(_)) || request.method != Method::GET {
            return None;
        }
        let location = response.headers().get(LOCATION).filter(|_| response.status().is_redirection())?;
        url.join(location.to_str().ok()?).ok().filter(|next| self.trust.covers(next))
    }

    async fn read(
        &self,
        mut response: Response,
        expect: Expect<'_>,
        clock: &Clock,
        timeout: Duration,
    ) -> Result<Answer, FailedAttempt> {
        let status = response.status().as_u16();
        let mut answer = Answer::head(status, response.headers());
        if let Expect::Stream(slot) = expect {
            slot.put(None);
            if response.status().is_success() {
                slot.put(Some(Content::new(response, &self.host, timeout)));
                return Ok(answer);
            }
        }
        if response.content_length().is_some_and(|length| length > MAX_ANSWER as u64) {
            return Err(faults::too_long(&answer));
        }
        let mut body = Vec::new();
        loop {
            match clock.wait(response.chunk()).await {
                Ok(Ok(None)) => break,
                Ok(Ok(Some(piece))) => body.extend_from_slice(&piece),
                Ok(Err(error)) => return Err(faults::broke_off(&self.host, status, error.without_url())),
                Err(Stalled) => return Err(faults::no_answer_within(&self.host, timeout)),
            }
            if body.len() > MAX_ANSWER {
                return Err(faults::too_long(&answer));
            }
        }
        answer.body = Bytes::from(body);
        Ok(answer)
    }

    fn failed(&self, error: reqwest::Error) -> FailedAttempt {
        // The address stands in our own words; its query may hold what is nobody's business.
        let error = error.without_url();
        if let Some(failed) = faults::source_fault(&error) {
            return failed;
        }
        if !error.is_connect() {
            return FailedAttempt::unknown(faults::lost(&self.host, &cause(&error)).with_source(error));
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

/// Lets the other tasks of this runtime hear of what has happened, and act on it.
pub(super) async fn rounds() {
    for _ in 0..2 {
        tokio::task::yield_now().await;
    }
}

/// Nothing can be asked like that.
fn unusable(error: &reqwest::Error) -> FailedAttempt {
    let error = Error::unsupported(None, format!("The request cannot be made: {}.", cause(error)));
    FailedAttempt::not_sent(error, false, Retry::No)
}

fn form(parts: &[Part], clock: &Clock) -> Result<Form, reqwest::Error> {
    parts.iter().try_fold(Form::new(), |form, part| {
        Ok(match part {
            Part::Text { name, value } => form.text(*name, value.clone()),
            Part::File { name, filename, mime_type, source } => {
                let part = FormPart::stream_with_length(clock.watched(&**source), source.length());
                form.part(*name, part.file_name(filename.clone()).mime_str(mime_type)?)
            }
        })
    })
}
