//! How a send reaches its host: its turn, the attempts and the waits between them, what each answer means, and what is on record of it.

mod exchange;
mod extensions;
mod host;
pub(crate) mod judge;
mod limits;
mod open_record;
mod pace;
pub(crate) mod panics;
mod receipt;
mod records;
mod retry;
mod retry_count;
mod send;
pub(crate) mod stop;
mod written;

use std::sync::OnceLock;
use std::time::Duration;

use tokio::time::Instant;

pub(crate) use self::exchange::Call;
use self::extensions::Extensions;
pub(crate) use self::host::{GatewayUrls, Host};
pub(crate) use self::limits::Limits;
use self::pace::Pace;
pub use self::receipt::Receipt;
#[doc(hidden)]
pub use self::receipt::log_unheard;
pub(crate) use self::records::{RecordId, RecordedSend, Records, SendsAsked};
#[doc(hidden)]
pub use self::retry_count::counting_retries;
pub(crate) use self::send::{Prepared, SendContext};
pub(crate) use self::written::Written;
use crate::error::{Error, Secrets};
use crate::transport::{Retry, Transport};

/// The way to one host, and what steers it.
pub(crate) struct Delivery {
    pub(crate) host: Host,
    transport: Transport,
    limits: Limits,
    pace: Option<Pace>,
    secrets: Secrets,
    /// What the gateway said it knows, once it has said it.
    extensions: OnceLock<Extensions>,
    /// Held while asking, so that many calls at once ask once; holds when the last ask failed, and why.
    asking: tokio::sync::Mutex<Option<(Instant, Error)>>,
}

impl Delivery {
    /// `max_per_second` is above 0.
    pub(crate) fn new(
        host: Host,
        transport: Transport,
        limits: Limits,
        max_per_second: Option<f64>,
        secrets: Secrets,
    ) -> Self {
        Self {
            host,
            transport,
            limits,
            pace: max_per_second.map(Pace::new),
            secrets,
            extensions: OnceLock::new(),
            asking: tokio::sync::Mutex::default(),
        }
    }

    /// How long to wait before a read that broke off after so many attempts is begun again; none where it may not be.
    pub(crate) fn wait_before_reading_again(&self, error: &Error, attempts: u32) -> Option<Duration> {
        (error.retryable() && attempts <= self.limits.max_retries)
            .then(|| retry::wait(Retry::Backoff, None, attempts.saturating_sub(1), fastrand::f64()))
    }

    /// What every error gets on its way out.
    pub(crate) fn finished(&self, error: Error, reference: Option<&str>) -> Error {
        error.with_reference(reference).advised().redacted(&self.secrets)
    }
}
