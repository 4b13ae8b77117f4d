//! What a gateway is started with.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use wamid::Store;

use super::accounts::Accounts;
use super::forward::ForwardTarget;

/// What a gateway is made of.
#[derive(Debug, Clone)]
pub struct GatewayOptions {
    /// Holds keys, accounts, and what was sent.
    pub store: Store,
    /// Whom it sends for. Their clients' `total_timeout` should be under [`ANSWER_WITHIN`](super::ANSWER_WITHIN).
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
    /// Where the events of webhooks are passed on to, for accounts without a setting of their own
    /// ([`Accounts::set_forward`](super::Accounts::set_forward)).
    pub forward: Option<ForwardTarget>,
    /// Most events that wait to be passed on. Beyond it webhooks are refused (503), and Meta sends them again.
    pub forward_limit: u64,
    /// What `/config` shows of how it was started, to requests of the same machine. No secret must be in it.
    pub settings: serde_json::Value,
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
            forward: None,
            forward_limit: 1_000_000,
            settings: serde_json::Value::Null,
            lost_log_lines: Arc::default(),
        }
    }
}
