//! Carries requests to a host, one attempt at a time. There are two ways, which share addresses, proxy, certificates and the
//! words for what went wrong: sends go over connections of our own (`send`), which know at every moment whether anything of a
//! request has left; whatever sends nothing goes through reqwest (`rest`).

mod answer;
mod apart;
mod content;
mod endpoint;
mod failure;
mod faults;
pub(crate) mod headers;
mod post;
mod proxies;
mod request;
mod rest;
mod send;
mod settings;
mod slots;
mod tls;
mod trust;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use http::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use tokio::time::Instant;

pub(crate) use self::answer::{Answer, HostKind};
pub(crate) use self::apart::apart;
pub(crate) use self::content::{Content, ContentSlot};
pub(crate) use self::endpoint::{Endpoint, is_loopback, join};
pub(crate) use self::failure::{FailedAttempt, Retry, unreadable};
use self::headers::header_value;
pub use self::post::{PostAnswer, PostFailure, PostTarget, Poster};
use self::proxies::Proxies;
pub(crate) use self::request::{Body, Effect, Part, Pieces, Request, Source, SourceFault};
use self::rest::Rest;
use self::send::Sends;
pub(crate) use self::settings::Settings;
pub(crate) use self::slots::ConnectionSlot;
use self::slots::ConnectionSlots;
use crate::error::Error;

/// How often a quiet connection is asked whether it still stands, and how often that may go unanswered.
const KEEPALIVE: Duration = Duration::from_secs(15);
const KEEPALIVE_RETRIES: u32 = 3;

/// How long an idle connection is kept where nothing else is said.
const IDLE: Duration = Duration::from_secs(90);
/// How many are kept as long as that, where nothing else is said. The others are what is left of a burst, and hold sockets that
/// the program may need for something else.
const LASTING: usize = 32;
/// The clock overflows for a time without end.
const LONGEST: Duration = Duration::from_secs(86_400 * 365);

/// The ways to one host, with its credentials.
pub(crate) struct Transport {
    sends: Sends,
    rest: Rest,
    /// ConnectionSlots for connections in use: a crowd of reads takes none from the sends.
    sending: ConnectionSlots,
    others: ConnectionSlots,
    host: String,
}

impl Transport {
    /// Connects to nothing yet.
    pub(crate) fn new(
        (endpoint, kind): (&Endpoint, HostKind),
        credentials: (HeaderName, HeaderValue),
        settings: &Settings,
    ) -> Result<Self, Error> {
        let user_agent = match &settings.user_agent {
            Some(text) => header_value("user_agent", text)?,
            None => HeaderValue::from_static(concat!("wamid/", env!("CARGO_PKG_VERSION"))),
        };
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(USER_AGENT, user_agent);
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        let mut with_credentials = headers.clone();
        with_credentials.insert(credentials.0.clone(), credentials.1.clone());
        let may_need_tls = endpoint.url().scheme() == "https" || !is_loopback(endpoint.url());
        let mut tls = tls::config(settings.ca_file.as_deref(), may_need_tls)?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let proxies = Proxies::new(endpoint, settings)?;
        Ok(Self {
            sends: Sends::new(endpoint, with_credentials, &proxies, &tls, settings)?,
            rest: Rest::new((endpoint, kind), credentials, headers, (proxies, tls), settings),
            sending: ConnectionSlots::new(settings.max_connections),
            others: ConnectionSlots::new(settings.max_connections),
            host: endpoint.host(),
        })
    }

    /// Waits for a free connection slot, in the order of asking, until `deadline`. It is to be held during an attempt.
    pub(crate) async fn slot(&self, effect: Effect, deadline: Instant) -> Result<ConnectionSlot<'_>, Error> {
        let slots = if effect.is_send() { &self.sending } else { &self.others };
        match slots.free() {
            Some(slot) => Ok(slot),
            // Waiting is rare and takes room, which every call would have to keep ready.
            None => apart(|| slots.wait(&self.host, deadline)).await,
        }
    }

    /// Makes one attempt, at most `timeout` long. `written` is set once the body of a send begins to leave.
    pub(crate) async fn attempt(
        &self,
        request: &Request<'_>,
        written: &Arc<AtomicBool>,
        timeout: Duration,
    ) -> Result<Answer, FailedAttempt> {
        if request.effect().is_send() {
            self.sends.attempt(request, written, timeout).await
        } else {
            // Sends are many, and would have to keep the room for it ready.
            apart(|| self.rest.attempt(request, timeout)).await
        }
    }
}
