//! Receives webhooks over any server: Meta's handshake, and a delivery whose events are handed to a handler one by one.

mod answer;
mod delivery;
mod handled;
mod handshake;
#[cfg(feature = "tower")]
mod service;
mod turns;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use self::answer::WebhookAnswer;
pub use self::delivery::WebhookDelivery;
use self::handled::Recent;
pub use self::handshake::handshake;
#[cfg(feature = "tower")]
pub use self::service::WebhookService;
use self::turns::Turns;
use crate::client::Client;
use crate::error::{Error, Secret};

const VERIFY_TOKEN: &str = "WAMID_VERIFY_TOKEN";

/// What a server needs to receive Meta's webhooks, whichever framework it is built with.
///
/// A request is first shown to [`answer_to`](Self::answer_to). What is not answered by that has a body, which
/// [`delivery`](Self::delivery) takes; its events are handed over until a handler has succeeded once. With the feature `tower` the
/// method `service` makes a service of it that does all this, for axum and other servers.
///
/// Keep one, and clone it: clones share what they remember.
///
/// ```no_run
/// # async fn handle(event: &wamid::Event) -> Result<(), wamid::Error> { Ok(()) }
/// # async fn run(method: &str, query: &str, body: Vec<u8>, signature: &str) -> Result<(), wamid::Error> {
/// use wamid::{Client, WebhookReceiver};
/// let client = Client::cloud("ACCESS-TOKEN", "1066").app_secret("APP-SECRET").build()?;
/// let receiver = WebhookReceiver::new(client)?.verify_token("VERIFY-TOKEN");
///
/// let answer = match receiver.answer_to(method, query) {
///     Some(answer) => answer,
///     None => {
///         let delivery = receiver.delivery(body, signature);
///         while let Some(event) = delivery.next().await {
///             match handle(&event).await {
///                 Ok(()) => delivery.handled().await,
///                 Err(_) => delivery.failed().await,
///             }
///         }
///         delivery.answer()
///     }
/// };
/// println!("{} {}", answer.status, answer.body);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct WebhookReceiver {
    client: Client,
    app_secret: Secret,
    verify_token: Option<Secret>,
    answer_within: Duration,
    shared: Arc<Shared>,
}

/// What the deliveries of a receiver share.
#[derive(Default)]
struct Shared {
    turns: Arc<Turns>,
    recent: Recent,
}

impl fmt::Debug for WebhookReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whose events wait is nobody's business.
        f.debug_struct("WebhookReceiver").field("client", &self.client).finish_non_exhaustive()
    }
}

impl WebhookReceiver {
    /// The largest body that is read: 3 MiB, which is what Meta sends at most.
    pub const LARGEST_BODY: usize = 3 * 1024 * 1024;

    /// A receiver with the client's app secret. Events are recorded in the client's store, and so is which of them were handled;
    /// without a store the last 10,000 are remembered in memory.
    ///
    /// The token of Meta's handshake is the environment's `WAMID_VERIFY_TOKEN`, unless [`verify_token`](Self::verify_token)
    /// says otherwise.
    ///
    /// # Errors
    /// [`Unsupported`](crate::ErrorKind::Unsupported) for a client without an `app_secret`.
    pub fn new(client: Client) -> Result<Self, Error> {
        let secret = client.app_secret().cloned().ok_or_else(|| {
            Error::unsupported(
                Some("app_secret"),
                "Without an app secret a webhook cannot be told from a forgery: give a cloud client its app_secret, or the \
                 receiver the secret that a gateway signs with.",
            )
        })?;
        Ok(Self::signed_with(client, secret))
    }

    /// The same with a secret that is not the client's: that of a gateway which passes events on, or of another app. The client may
    /// be one of a gateway.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `app_secret` where it is empty.
    pub fn with_app_secret(client: Client, app_secret: impl Into<String>) -> Result<Self, Error> {
        let secret = app_secret.into();
        if secret.is_empty() {
            return Err(Error::invalid("app_secret", "must not be empty: anybody could sign with it"));
        }
        Ok(Self::signed_with(client, Secret::new(secret)))
    }

    fn signed_with(client: Client, app_secret: Secret) -> Self {
        let verify_token = std::env::var(VERIFY_TOKEN).unwrap_or_default();
        let receiver = Self {
            client,
            app_secret,
            verify_token: None,
            answer_within: Duration::from_secs(10),
            shared: Arc::default(),
        };
        receiver.verify_token(verify_token)
    }

    /// The token of Meta's handshake: the one that was typed into the webhook's form in Meta's dashboard. With an empty one
    /// every handshake is refused.
    #[must_use]
    pub fn verify_token(mut self, token: impl Into<String>) -> Self {
        self.verify_token = Some(token.into()).filter(|token| !token.is_empty()).map(Secret::new);
        self
    }

    /// When Meta is answered although a handler is not done yet. Default 10 seconds.
    #[must_use]
    pub fn answer_within(mut self, within: Duration) -> Self {
        self.answer_within = within;
        self
    }

    /// How long Meta waits for its answer at most; see [`answer_within`](Self::answer_within).
    #[must_use]
    pub fn get_answer_within(&self) -> Duration {
        self.answer_within
    }

    /// The answer to a request by its method and query alone: to Meta's handshake (`GET`), and to every method but `POST`. `None`
    /// means that the body is needed.
    #[must_use]
    pub fn answer_to(&self, method: &str, query: &str) -> Option<WebhookAnswer> {
        match method {
            "POST" => None,
            "GET" => Some(self.handshake(query)),
            _ => Some(WebhookAnswer::new(405, "a webhook is a POST, and its handshake a GET")),
        }
    }

    fn handshake(&self, query: &str) -> WebhookAnswer {
        let Some(token) = &self.verify_token else {
            return WebhookAnswer::new(403, "the receiver was given no verify token");
        };
        match handshake(query, [token.expose()]) {
            Some(challenge) => WebhookAnswer::new(200, challenge),
            None => WebhookAnswer::new(403, "not the verify token"),
        }
    }

    /// A webhook that came: its body to the byte, and its `X-Hub-Signature-256` header, empty where there is none. Neither is
    /// looked at before the first [`next`](WebhookDelivery::next).
    #[must_use]
    pub fn delivery(&self, body: impl Into<Vec<u8>>, signature: impl Into<String>) -> WebhookDelivery {
        WebhookDelivery::new(self.clone(), body.into(), signature.into())
    }
}
