//! The gateway: the messaging API's endpoints over one cloud client and its store.
//!
//! The success answers are those of django-meta-whatsapp, so that its callers need not change; every error keeps its
//! `{"error": text}` and adds what the SDK knows.

mod accounts;
mod answer;
mod arguments;
mod bodies;
mod clock;
mod docs;
mod endpoints;
mod fault;
mod fresh;
mod guard;
mod head;
mod health;
mod idempotency;
mod keys;
mod limits;
mod listen;
mod metrics;
mod openapi;
mod refusal;
mod schema;
mod send;
mod socket;
mod trace;
mod vault;
mod webhook;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::routing::{get, post};
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use wamid::{Error, Store};

pub use self::accounts::{AccountRecord, Accounts, NewAccount};
use self::bodies::Bodies;
use self::guard::Guard;
use self::health::Health;
use self::idempotency::Idempotency;
pub use self::keys::{KeyRecord, Keys};
use self::limits::{KeyPace, Sending};
use self::metrics::Metrics;
pub use self::vault::Vault;

/// Most of a send's body that is read: 64 KiB. The longest text with every argument takes less than a third.
const MAX_SEND: usize = 64 << 10;
/// Meta's webhooks have up to 3 MB.
const MAX_WEBHOOK: usize = 3 << 20;
/// What is held of all sends' bodies, and how many may be on their way. Only who has a key gets here, so that no flood of
/// webhooks, which anybody can begin, takes their room.
const SENDS_TOGETHER: usize = 32 << 20;
const SENDS_AT_ONCE: usize = 2048;
/// The same of webhooks.
const WEBHOOKS_TOGETHER: usize = 48 << 20;
const WEBHOOKS_AT_ONCE: usize = 256;
/// Within this a gateway answers, before its clients' own 30 s are over.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(25);

/// How often idempotency keys are forgotten that are older than a day, and API keys that rest.
const FORGET_EVERY: Duration = Duration::from_secs(3600);

/// How long a send may wait for its turn before it is turned away.
const SEND_PATIENCE: Duration = Duration::from_secs(2);
/// So many seconds' worth of a key's requests may come at once.
const KEY_BURST: f64 = 2.0;

/// What a gateway is made of.
#[derive(Debug, Clone)]
pub struct GatewayOptions {
    /// Holds keys, accounts, and what was sent.
    pub store: Store,
    /// Whom it sends for. Their clients' `total_timeout` should be under [`ANSWER_WITHIN`].
    pub accounts: Accounts,
    /// Where the endpoints are mounted, such as `/whatsapp`; empty for the root.
    pub prefix: String,
    /// Whether the accounts' clients put a country code before numbers of 10 digits. A client that asks must know: such a
    /// gateway does what the original does, so it does not claim to take 10 digits as they are.
    pub adds_country_code: bool,
    /// Takes keys in the query too (`?api_key=`), as the original does. They end up in every log on the way.
    pub allow_query_key: bool,
    /// Takes webhooks for accounts without an app secret, which anybody could have written.
    pub allow_unsigned_webhooks: bool,
    /// Shows `/metrics`, `/openapi.json` and `/docs` to everybody, not only to loopback and to those with a key.
    pub open_docs: bool,
    /// How many sends are under way to Meta at once, at least 1; the rest wait for a moment, and are then turned away
    /// (503, surely not sent).
    pub max_in_flight: usize,
    /// How many requests a second each API key may make, above 0.
    pub key_rate: f64,
    /// How long, once it is told to stop, it goes on taking requests while `/readyz` says that it stops: the time that a load
    /// balancer takes to notice.
    pub stop_delay: Duration,
    /// Counts the log lines that could not be written, for `/metrics`. Whoever writes the log adds to it.
    pub lost_log_lines: Arc<AtomicU64>,
}

impl GatewayOptions {
    /// A gateway at the root, with every caution on.
    #[must_use]
    pub fn new(store: Store, accounts: Accounts) -> Self {
        Self {
            store,
            accounts,
            prefix: String::new(),
            adds_country_code: false,
            allow_query_key: false,
            allow_unsigned_webhooks: false,
            open_docs: false,
            max_in_flight: 256,
            key_rate: 100.0,
            stop_delay: Duration::ZERO,
            lost_log_lines: Arc::default(),
        }
    }
}

/// A gateway that is serving. Dropping it stops it.
///
/// ```no_run
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use wamid::{Options, Store};
/// use wamid_gateway::{Accounts, Gateway, GatewayOptions, Keys, NewAccount};
///
/// let url = "sqlite:wamid.db";
/// let store = Store::open(url).await?;
/// let accounts = Accounts::open(&store, url, None, Options::default()).await?;
/// let account = NewAccount {
///     name: "shop".to_owned(),
///     phone_number_id: "106540352242922".to_owned(),
///     access_token: "ACCESS-TOKEN".to_owned(),
///     app_secret: None,
///     verify_token: None,
/// };
/// accounts.add(&account).await?;
/// let key = Keys::open(&store).await?.create("my app").await?;
/// let options = GatewayOptions { prefix: "/whatsapp".to_owned(), ..GatewayOptions::new(store, accounts) };
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
    stop: Option<oneshot::Sender<()>>,
}

impl Gateway {
    /// Listens on `listen` (port 0: any free one) and serves.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where the store cannot be used, [`InvalidInput`](wamid::ErrorKind::InvalidInput)
    /// where the address cannot be listened on.
    pub async fn start(options: GatewayOptions, listen: SocketAddr) -> Result<Self, StartError> {
        let prefix = options.prefix.strip_suffix('/').unwrap_or(&options.prefix).to_owned();
        if !is_prefix(&prefix) {
            return Err(StartError::Prefix(prefix));
        }
        let health = Health::new(options.store.clone());
        let stop_delay = options.stop_delay;
        let pace = KeyPace::new(options.key_rate, (options.key_rate * KEY_BURST).ceil() as u32);
        let forgetting = forget_regularly(Idempotency::new(options.store.clone()), pace.clone());
        let metrics = Metrics::with_log(options.lost_log_lines.clone());
        let router = router(options, &prefix, &health, &metrics, pace).await.map_err(StartError::Store)?;
        let listener = TcpListener::bind(listen).await.map_err(|error| StartError::Listen(listen, error))?;
        let address = listener.local_addr().map_err(|error| StartError::Listen(listen, error))?;
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(async move {
            let stopped = async {
                // Dropped without a word, it is aborted instead.
                if stopped.await.is_err() {
                    std::future::pending().await
                }
                health.stop();
                tokio::time::sleep(stop_delay).await;
            };
            tokio::select! {
                () = listen::serve(listener, router, stopped, listen::Limits::default(), metrics) => {}
                () = forgetting => {}
            }
        });
        Ok(Self { address, prefix, serving, stop: Some(stop) })
    }

    /// Where the messaging API is mounted: what a client takes as `base_url`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.prefix)
    }

    /// Takes no further request, and returns when those under way are answered.
    pub async fn shutdown(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
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
    /// The prefix is no path such as `/whatsapp`.
    Prefix(String),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Prefix(prefix) => {
                write!(
                    f,
                    "the prefix must be a path of plain letters and digits such as /whatsapp, without //, . or .. as a part; it is {prefix:?}"
                )
            }
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

/// Nothing, or parts of letters, digits, `-`, `_`, `.` and `~`, each after a slash: whatever else there is means something to
/// a URL, or to the router.
fn is_prefix(prefix: &str) -> bool {
    // Clients and proxies resolve the parts `.` and `..` before they ask: nobody would ever come here.
    let is_plain = |part: &str| {
        !["", ".", ".."].contains(&part)
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
    };
    prefix.is_empty() || prefix.strip_prefix('/').is_some_and(|parts| parts.split('/').all(is_plain))
}

/// Forgets idempotency keys that have had their day, and API keys that rest, for as long as the gateway runs.
async fn forget_regularly(idempotency: Idempotency, pace: KeyPace) {
    loop {
        tokio::time::sleep(FORGET_EVERY).await;
        pace.forget_rested();
        if let Err(error) = idempotency.forget_old().await {
            tracing::warn!(error = error.message(), "old idempotency keys could not be forgotten");
        }
    }
}

/// What the handlers share.
#[derive(Debug)]
struct Shared {
    store: Store,
    accounts: Accounts,
    keys: Keys,
    idempotency: Idempotency,
    adds_country_code: bool,
    allow_query_key: bool,
    allow_unsigned_webhooks: bool,
    metrics: Metrics,
    sending: Sending,
    sends: Bodies,
    webhooks: Bodies,
    pace: KeyPace,
}

async fn router(
    options: GatewayOptions,
    prefix: &str,
    health: &Health,
    metrics: &Metrics,
    pace: KeyPace,
) -> Result<Router, Error> {
    let keys = Keys::open(&options.store).await?;
    let GatewayOptions {
        store,
        accounts,
        adds_country_code,
        allow_query_key,
        allow_unsigned_webhooks,
        open_docs,
        max_in_flight,
        ..
    } = options;
    let idempotency = Idempotency::new(store.clone());
    idempotency.forget_old().await?;
    let guard = Guard::new(open_docs, {
        let keys = keys.clone();
        move |key| {
            let keys = keys.clone();
            async move { keys.accepts(&key).await.is_ok_and(|id| id.is_some()) }
        }
    });
    let shared = Arc::new(Shared {
        metrics: metrics.clone(),
        sending: Sending::new(max_in_flight.max(1), max_in_flight.saturating_mul(4), SEND_PATIENCE),
        sends: Bodies::new(MAX_SEND, SENDS_TOGETHER, SENDS_AT_ONCE),
        webhooks: Bodies::new(MAX_WEBHOOK, WEBHOOKS_TOGETHER, WEBHOOKS_AT_ONCE),
        pace,
        store,
        accounts,
        keys,
        idempotency,
        adds_country_code,
        allow_query_key,
        allow_unsigned_webhooks,
    });
    let mut router = Router::new();
    // With and without the trailing slash: the original redirects, and a redirected POST loses its body.
    for slash in ["", "/"] {
        let at = |path: &str| format!("{prefix}/{path}{slash}");
        router = router
            .route(&at("api"), get(endpoints::root).options(answer::allow_get))
            .route(&at("api/send"), post(endpoints::send).options(answer::allow_post))
            .route(&at("api/send-message"), post(endpoints::send_message).options(answer::allow_post))
            .route(&at("api/send-location"), post(endpoints::send_location).options(answer::allow_post))
            .route(&at("api/send-template"), post(endpoints::send_template).options(answer::allow_post))
            .route(&at("api/chats"), get(endpoints::chats).options(answer::allow_get))
            .route(
                &at("webhook"),
                get(webhook::subscribe).post(webhook::receive).options(answer::allow_both),
            );
    }
    let inside = docs::router(prefix)
        .route("/metrics", get(metrics::show).with_state(metrics.clone()))
        .layer(middleware::from_fn_with_state(guard, guard::check));
    let router = router
        .with_state(shared)
        .merge(inside)
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready).with_state(health.clone()))
        .fallback(answer::not_found)
        .method_not_allowed_fallback(answer::wrong_method);
    Ok(router
        .layer(middleware::from_fn_with_state(listen::Limits::default().head_size, head::check))
        .layer(middleware::from_fn_with_state(metrics.clone(), metrics::record))
        .layer(middleware::from_fn(trace::log)))
}
