//! Runs the server: start, shutdown, and periodic clean-up.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};

use super::forward::{Dispatcher, Forwarding};
use super::health::Health;
use super::idempotency::Idempotency;
use super::limits::KeyPace;
use super::metrics::Metrics;
use super::options::GatewayOptions;
use super::own_pace::OwnPaces;
use super::start_error::StartError;
use super::{listen, routes};

/// How often idempotency keys are forgotten that are older than a day, and API keys that rest.
const FORGET_EVERY: Duration = Duration::from_secs(3600);
/// So many seconds' worth of a key's requests may come at once.
const KEY_BURST: f64 = 2.0;

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
///     business_account_id: None,
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
        let own_pace = OwnPaces::default();
        let forgetting =
            forget_regularly(Idempotency::new(options.store.clone()), pace.clone(), own_pace.clone());
        let metrics = Metrics::with_log(options.lost_log_lines.clone());
        let forwarding = Arc::new(Forwarding::new(options.forward.clone(), options.forward_limit));
        let (stop_forwarding, forwarding_stopped) = watch::channel(false);
        let (store, accounts) = (options.store.clone(), options.accounts.clone());
        let dispatcher =
            Dispatcher::new(store, accounts, Arc::clone(&forwarding), metrics.clone(), forwarding_stopped);
        let dispatcher = dispatcher.map_err(StartError::Store)?;
        let router = routes::router(options, &prefix, &health, &metrics, (pace, own_pace), forwarding)
            .await
            .map_err(StartError::Store)?;
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
                // What comes in from now on is passed on by others, or after the next start.
                stop_forwarding.send_replace(true);
            };
            // Ends with this task, also where that is aborted.
            let mut dispatching = JoinSet::new();
            dispatching.spawn(dispatcher.run());
            tokio::select! {
                () = listen::serve(listener, router, stopped, listen::Limits::default(), metrics) => {}
                () = forgetting => {}
                () = report(&mut dispatching) => {}
            }
            let _ = dispatching.join_next().await;
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

/// Says so if passing events on ended by itself, and never returns: the rest of the gateway goes on.
async fn report(dispatching: &mut JoinSet<()>) {
    if let Some(Err(error)) = dispatching.join_next().await {
        tracing::error!(%error, "events are passed on no more; restart the gateway");
    }
    std::future::pending().await
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
async fn forget_regularly(idempotency: Idempotency, pace: KeyPace, own_pace: OwnPaces) {
    loop {
        tokio::time::sleep(FORGET_EVERY).await;
        pace.forget_rested();
        own_pace.forget_rested();
        if let Err(error) = idempotency.forget_old().await {
            tracing::warn!(error = error.message(), "old idempotency keys could not be forgotten");
        }
    }
}
