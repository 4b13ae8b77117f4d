//! The gateway: the messaging API's endpoints over one cloud client and its store.
//!
//! The success answers are those of django-meta-whatsapp, so that its callers need not change; every error keeps its
//! `{"error": text}` and adds what the SDK knows.

mod answer;
mod arguments;
mod endpoints;
mod keys;
mod webhook;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use wamid::{Client, Error, Store};

pub use self::keys::Keys;

/// Most of a send's body that is read: 64 KiB. The longest text with every argument takes less than a third.
const MAX_SEND: usize = 64 << 10;
/// Meta's webhooks have up to 3 MB.
const MAX_WEBHOOK: usize = 3 << 20;

/// What a gateway is made of.
#[derive(Debug, Clone)]
pub struct GatewayOptions {
    /// Sends for the default account; it should record in `store`.
    pub client: Client,
    /// Holds the API keys, and what the client records.
    pub store: Store,
    /// Where the endpoints are mounted, such as `/whatsapp`; empty for the root.
    pub prefix: String,
    /// Answers Meta's subscription check where present.
    pub verify_token: Option<String>,
    /// Whether the client puts a country code before numbers of 10 digits. A client that asks must know: such a gateway
    /// does what the original does, so it does not claim to take 10 digits as they are.
    pub adds_country_code: bool,
}

/// A gateway that is serving. Dropping it stops it.
///
/// ```no_run
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use wamid::{Client, Store};
/// use wamid_gateway::server::{Gateway, GatewayOptions, Keys};
///
/// let store = Store::open("sqlite:wamid.db").await?;
/// let client = Client::cloud("ACCESS-TOKEN", "1066").open_store(store.clone()).build()?;
/// let key = Keys::open(&store).await?.create("my app").await?;
/// let options = GatewayOptions {
///     client, store, prefix: "/whatsapp".to_owned(), verify_token: None, adds_country_code: false,
/// };
/// let gateway = Gateway::start(options, "127.0.0.1:8080".parse()?).await?;
/// println!("{} takes {key}", gateway.url());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Gateway {
    address: SocketAddr,
    prefix: String,
    serving: JoinHandle<()>,
}

impl Gateway {
    /// Listens on `listen` (port 0: any free one) and serves.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where the store cannot be used, [`InvalidInput`](wamid::ErrorKind::InvalidInput)
    /// where the address cannot be listened on.
    pub async fn start(options: GatewayOptions, listen: SocketAddr) -> Result<Self, StartError> {
        let prefix = options.prefix.trim_end_matches('/').to_owned();
        if !prefix.is_empty() && !prefix.starts_with('/') {
            return Err(StartError::Prefix(prefix));
        }
        let router = router(options, &prefix).await.map_err(StartError::Store)?;
        let listener = TcpListener::bind(listen).await.map_err(|error| StartError::Listen(listen, error))?;
        let address = listener.local_addr().map_err(|error| StartError::Listen(listen, error))?;
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the gateway stopped");
            }
        });
        Ok(Self { address, prefix, serving })
    }

    /// Where the messaging API is mounted: what a client takes as `base_url`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.prefix)
    }

    /// Serves until the process ends.
    pub async fn wait(mut self) {
        let _ = (&mut self.serving).await;
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Why a gateway could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The store cannot be used.
    Store(Error),
    /// The address cannot be listened on.
    Listen(SocketAddr, std::io::Error),
    /// The prefix does not start with a slash.
    Prefix(String),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Prefix(prefix) => write!(f, "the prefix must start with a slash: {prefix}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            Self::Listen(_, error) => Some(error),
            Self::Prefix(_) => None,
        }
    }
}

/// What the handlers share.
#[derive(Debug)]
struct Shared {
    client: Client,
    keys: Keys,
    verify_token: Option<String>,
    adds_country_code: bool,
}

async fn router(options: GatewayOptions, prefix: &str) -> Result<Router, Error> {
    let keys = Keys::open(&options.store).await?;
    let GatewayOptions { client, verify_token, adds_country_code, .. } = options;
    let shared = Arc::new(Shared { client, keys, verify_token, adds_country_code });
    let mut router = Router::new();
    // With and without the trailing slash: the original redirects, and a redirected POST loses its body.
    for slash in ["", "/"] {
        let at = |path: &str| format!("{prefix}/{path}{slash}");
        router = router
            .route(&at("api"), get(endpoints::root))
            .route(&at("api/send-message"), post(endpoints::send_message))
            .route(&at("api/send-location"), post(endpoints::send_location))
            .route(&at("api/send-template"), post(endpoints::send_template))
            .route(&at("api/chats"), get(endpoints::chats))
            .route(
                &at("webhook"),
                get(webhook::subscribe).post(webhook::receive).layer(DefaultBodyLimit::max(MAX_WEBHOOK)),
            );
    }
    let router = router.fallback(answer::not_found).method_not_allowed_fallback(answer::wrong_method);
    Ok(router.layer(DefaultBodyLimit::max(MAX_SEND)).with_state(shared))
}
