//! Routes and the state that handlers share.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};
use jiff::Timestamp;
use wamid::{Error, Store};

use super::accounts::Accounts;
use super::bodies::BodyMemory;
use super::forward::Forwarding;
use super::guard::{self, Guard};
use super::health::{self, Health};
use super::idempotency::Idempotency;
use super::keys::Keys;
use super::limits::{KeyPace, SendSlots};
use super::metrics::{self, Metrics};
use super::options::GatewayOptions;
use super::own_pace::OwnPaces;
use super::upload_slots::UploadSlots;
use super::{answer, business, config, docs, endpoints, head, listen, sends, trace, webhook};

/// Most of a send's body that is read: 64 KiB. The longest text with every argument takes less than a third.
const MAX_SEND: usize = 64 << 10;
/// Meta's webhooks have up to 3 MB.
const MAX_WEBHOOK: usize = 3 << 20;
/// What is held of all sends' bodies, and how many may be on their way. Only who has a key gets here, so that no flood of
/// webhooks, which anybody can begin, takes their memory.
const SENDS_TOGETHER: usize = 32 << 20;
const SENDS_AT_ONCE: usize = 2048;
/// The same of webhooks.
const WEBHOOKS_TOGETHER: usize = 48 << 20;
const WEBHOOKS_AT_ONCE: usize = 256;
/// A file of the largest size that Meta takes, and what stands around it in a form.
const MAX_UPLOAD: usize = 101 << 20;
/// How long a send may wait for its turn before it is turned away.
const SEND_PATIENCE: Duration = Duration::from_secs(2);

/// What the handlers share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) accounts: Accounts,
    pub(super) keys: Keys,
    pub(super) idempotency: Idempotency,
    pub(super) adds_country_code: bool,
    pub(super) allow_query_key: bool,
    pub(super) allow_unsigned_webhooks: bool,
    pub(super) metrics: Metrics,
    pub(super) sending: SendSlots,
    pub(super) sends: BodyMemory,
    pub(super) webhooks: BodyMemory,
    pub(super) pace: KeyPace,
    /// The rates that single keys have of their own.
    pub(super) own_pace: OwnPaces,
    pub(super) forwarding: Arc<Forwarding>,
    /// What it was started with, for whoever asks from this machine.
    pub(super) settings: serde_json::Value,
    pub(super) uploads: UploadSlots,
}

/// Every address of the gateway.
pub(super) async fn router(
    options: GatewayOptions,
    prefix: &str,
    health: &Health,
    metrics: &Metrics,
    (pace, own_pace): (KeyPace, OwnPaces),
    forwarding: Arc<Forwarding>,
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
        settings,
        ..
    } = options;
    let idempotency = Idempotency::new(store.clone());
    idempotency.forget_old().await?;
    let guard = Guard::new(open_docs, {
        let keys = keys.clone();
        move |key| {
            let keys = keys.clone();
            async move {
                let known = keys.find(&key).await.ok().flatten();
                known.is_some_and(|key| key.limits.is_operators() && !key.limits.expired(Timestamp::now()))
            }
        }
    });
    let shared = Arc::new(Shared {
        metrics: metrics.clone(),
        sending: SendSlots::new(max_in_flight.max(1), max_in_flight.saturating_mul(4), SEND_PATIENCE),
        sends: BodyMemory::new(MAX_SEND, SENDS_TOGETHER, SENDS_AT_ONCE),
        webhooks: BodyMemory::new(MAX_WEBHOOK, WEBHOOKS_TOGETHER, WEBHOOKS_AT_ONCE),
        pace,
        own_pace,
        forwarding,
        settings,
        uploads: UploadSlots::new(),
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
            .route(&at("api/read"), post(business::read).options(answer::allow_post))
            .route(&at("api/templates"), get(business::templates).options(answer::allow_get))
            .route(&at("api/sends"), get(sends::list).options(answer::allow_get))
            .route(
                &at("api/media"),
                post(business::upload_media)
                    .layer(DefaultBodyLimit::max(MAX_UPLOAD))
                    .options(answer::allow_post),
            )
            .route(
                &at("api/media/{id}"),
                get(business::media_info).delete(business::delete_media).options(answer::allow_delete),
            )
            .route(&at("api/media/{id}/content"), get(business::media_content).options(answer::allow_get))
            .route(&at("api/chats"), get(endpoints::chats).options(answer::allow_get))
            .route(
                &at("webhook"),
                get(webhook::subscribe).post(webhook::receive).options(answer::allow_both),
            );
    }
    let inside = docs::router(prefix)
        .route("/metrics", get(metrics::show).with_state(metrics.clone()))
        .layer(middleware::from_fn_with_state(guard, guard::check));
    // No key and no flag opens it: it is for whoever may log on to this machine.
    let local = Guard::new(false, |_| async { false });
    let config = Router::new()
        .route("/config", get(config::show).with_state(shared.clone()))
        .layer(middleware::from_fn_with_state(local, guard::check));
    let router = router
        .with_state(shared)
        .merge(inside)
        .merge(config)
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready).with_state(health.clone()))
        .fallback(answer::not_found)
        .method_not_allowed_fallback(answer::wrong_method);
    Ok(router
        .layer(middleware::from_fn_with_state(listen::Limits::default().head_size, head::check))
        .layer(middleware::from_fn_with_state(metrics.clone(), metrics::record))
        .layer(middleware::from_fn(trace::log)))
}
