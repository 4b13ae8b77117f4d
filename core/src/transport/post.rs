//! Posts bodies to addresses of the operator's own: for a gateway that passes events on.

use std::fmt;
use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER, USER_AGENT};
use reqwest::redirect::Policy;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::endpoint::is_loopback;
use super::faults::cause;
use super::tls;
use crate::error::Error;

/// So much of an answer is read: enough to keep the connection, and to show what it says.
const MAX_ANSWER: usize = 64 << 10;
/// Unused connections that are kept, to one address.
const KEPT: usize = 8;
/// For how long. Node's servers close theirs after 5 s, and what is posted on one that closes at that moment is lost.
const IDLE: Duration = Duration::from_secs(4);

/// Where bodies are posted to.
#[doc(hidden)]
#[derive(Clone, PartialEq, Eq)]
pub struct PostTarget(Url);

impl PostTarget {
    /// An `https://` URL, or an `http://` one of this machine; of any other with `allow_http`. It holds no user and no password.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `field` for any other text, without it: its query may be secret.
    pub fn new(field: &str, text: &str, allow_http: bool) -> Result<Self, Error> {
        let wrong = || Error::invalid(field, "must be a URL such as https://example.com/whatsapp/events");
        let url = Url::parse(text.trim()).map_err(|_| wrong())?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(wrong());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::invalid(
                field,
                "must not hold a user or a password: what is posted is signed",
            ));
        }
        if url.scheme() == "http" && !allow_http && !is_loopback(&url) {
            return Err(Error::invalid(
                field,
                "must be https://, since customers' messages go there; http:// is for this machine (127.0.0.1, localhost), \
                 unless plain HTTP is allowed explicitly",
            ));
        }
        Ok(Self(url))
    }

    /// The whole URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Scheme, host and port: the rest may be secret.
    #[must_use]
    pub fn shown(&self) -> String {
        self.0.origin().ascii_serialization()
    }
}

impl fmt::Debug for PostTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PostTarget").field(&self.shown()).finish()
    }
}

/// What a target answered.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct PostAnswer {
    /// The HTTP status.
    pub status: u16,
    /// How long to wait, where it says so in seconds.
    pub retry_after: Option<Duration>,
    /// The beginning of the answer.
    pub body: Vec<u8>,
}

/// Why there is no answer. The target is not named in it.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostFailure(pub String);

impl fmt::Display for PostFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Posts bodies. It follows no redirects and repeats nothing. Clones share their connections; they belong to one runtime.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Poster {
    /// For this machine, without a proxy.
    near: reqwest::Client,
    /// Through the proxy that the environment names, if it does.
    far: reqwest::Client,
}

impl Poster {
    /// Connects to nothing yet.
    ///
    /// # Errors
    /// [`Unsupported`](crate::ErrorKind::Unsupported) where TLS cannot be set up.
    pub fn new() -> Result<Self, Error> {
        let mut tls = tls::config(None, true)?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let builder = || {
            reqwest::Client::builder()
                .tls_backend_preconfigured(tls.clone())
                .http1_only()
                .redirect(Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .pool_idle_timeout(IDLE)
                .pool_max_idle_per_host(KEPT)
                .tcp_nodelay(true)
        };
        let made =
            |error| Error::unsupported(None, "no HTTP client could be set up".to_owned()).with_source(error);
        Ok(Self { near: builder().no_proxy().build().map_err(made)?, far: builder().build().map_err(made)? })
    }

    /// Posts JSON, at most `within` long from the beginning of connecting to the end of the answer.
    ///
    /// # Errors
    /// Where no answer came. Whether the target has taken the body is then not known.
    pub async fn post(
        &self,
        target: &PostTarget,
        headers: &[(&'static str, &str)],
        body: Vec<u8>,
        within: Duration,
    ) -> Result<PostAnswer, PostFailure> {
        let client = if is_loopback(&target.0) { &self.near } else { &self.far };
        let mut request = client
            .post(target.0.clone())
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, concat!("wamid/", env!("CARGO_PKG_VERSION")));
        for (name, value) in headers {
            request = request.header(HeaderName::from_static(name), *value);
        }
        let until = Instant::now() + within;
        let mut response = match timeout_at(until, request.body(body).send()).await {
            Ok(answered) => answered.map_err(|error| PostFailure(cause(&error)))?,
            Err(_) => return Err(PostFailure(format!("no answer within {} s", within.as_secs_f64()))),
        };
        let status = response.status().as_u16();
        let after = response.headers().get(RETRY_AFTER);
        let retry_after =
            after.and_then(|after| after.to_str().ok()?.trim().parse().ok()).map(Duration::from_secs);
        let mut body = Vec::new();
        // Its status is the answer. What it says beyond that may break off, or never end.
        while let Ok(Ok(Some(piece))) = timeout_at(until, response.chunk()).await {
            let room = MAX_ANSWER.saturating_sub(body.len());
            body.extend(piece.iter().take(room));
            if piece.len() > room {
                break;
            }
        }
        Ok(PostAnswer { status, retry_after, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_messages_go_over_tls_or_stay_on_this_machine() {
        for (url, http, fine) in [
            ("https://example.com/events?key=1", false, true),
            ("http://127.0.0.1:9000/", false, true),
            ("http://localhost:9000", false, true),
            ("http://[::1]/x", false, true),
            ("http://example.com/", false, false),
            ("http://127.0.0.1.example.com/", false, false),
            ("http://10.0.0.1/", false, false),
            ("http://10.0.0.1/", true, true),
            ("https://user@example.com/", true, false),
            ("https://user:word@example.com/", false, false),
            ("ftp://example.com/", true, false),
            ("example.com", false, false),
            ("", false, false),
        ] {
            assert_eq!(PostTarget::new("forward", url, http).is_ok(), fine, "{url}");
        }
    }

    #[test]
    fn no_error_and_no_debug_shows_a_query() {
        for url in ["http://example.com/?key=hunter2", "https://hunter2@example.com", "hunter2"] {
            let error = PostTarget::new("forward", url, false).unwrap_err();
            assert!(!format!("{error:?}{error}").contains("hunter2"), "{error}");
        }
        let target = PostTarget::new("forward", "https://example.com/hunter2?key=hunter2", false).unwrap();
        assert_eq!(format!("{target:?}"), r#"PostTarget("https://example.com")"#);
    }
}
