//! Where events are posted, and how one attempt goes.

use std::fmt;
use std::time::Duration;

use wamid::{Error, PostTarget, Poster, sign_webhook};

/// Shortest secret, in characters: whoever guesses it can write events.
const MIN_SECRET: usize = 16;
/// How long an attempt may take: more than the 10 s after which a receiver of the SDK answers although its handler is not done.
pub(super) const ATTEMPT: Duration = Duration::from_secs(15);
/// Longest wait that a target may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);

/// Where events are posted, and the secret that they are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct ForwardTarget {
    url: PostTarget,
    secret: String,
}

impl fmt::Debug for ForwardTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ForwardTarget").field(&self.shown()).finish()
    }
}

impl ForwardTarget {
    /// `url` is `https://`, or `http://` of this machine, or with `allow_http` any `http://`. `secret` is a text of 16 or more
    /// characters of its own, not the app's: the receiver checks `X-Hub-Signature-256` with it.
    ///
    /// # Errors
    /// [`InvalidInput`](wamid::ErrorKind::InvalidInput) naming `forward` or `forward_secret` where they are none.
    pub fn new(url: &str, secret: &str, allow_http: bool) -> Result<Self, Error> {
        let url = PostTarget::new("forward", url, allow_http)?;
        let secret = secret.trim();
        if secret.chars().count() < MIN_SECRET {
            return Err(Error::argument(
                "forward_secret",
                "must be a text of 16 or more characters, which the receiver checks the signature with \
                 (such as what `openssl rand -hex 32` prints)",
            ));
        }
        Ok(Self { url, secret: secret.to_owned() })
    }

    /// Scheme, host and port: the rest of the URL may be secret.
    #[must_use]
    pub fn shown(&self) -> String {
        self.url.shown()
    }

    pub(crate) fn url(&self) -> &str {
        self.url.as_str()
    }

    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }

    /// Posts an event once. The id is the same each time, so that the receiver can know it again.
    pub(super) async fn post(&self, poster: &Poster, id: i64, body: String) -> Result<(), Refused> {
        let (signature, id) = (sign_webhook(body.as_bytes(), &self.secret), id.to_string());
        let headers = [("x-hub-signature-256", signature.as_str()), ("x-wamid-event-id", id.as_str())];
        let answer = poster.post(&self.url, &headers, body.into_bytes(), ATTEMPT).await;
        match answer {
            Ok(answer) if (200..300).contains(&answer.status) => Ok(()),
            Ok(answer) => Err(Refused {
                problem: format!("HTTP status {}", answer.status),
                retry_after: answer.retry_after.map(|wait| wait.min(LONGEST_ASKED)),
            }),
            Err(failure) => Err(Refused { problem: shortened(&failure.to_string()), retry_after: None }),
        }
    }
}

/// Why an attempt did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) problem: String,
    /// How long the target asks to be left alone.
    pub(super) retry_after: Option<Duration>,
}

fn shortened(problem: &str) -> String {
    super::super::schema::storable(&problem.chars().take(200).collect::<String>())
}
