//! The client: one host, its options, and the operations.

mod builder;
mod bulk;
mod chats;
mod definitions;
mod each;
mod env;
mod many;
#[cfg(not(feature = "store"))]
mod no_store;
mod options;
pub(crate) mod pages;
mod preview;
mod probe;
mod progress;
pub(crate) mod runtime;
mod send;
mod sending;
#[cfg(feature = "store")]
mod store;
mod uploads;
mod webhook;

use std::fmt;
use std::sync::Arc;

pub use self::builder::ClientBuilder;
#[doc(hidden)]
pub use self::bulk::{Bulk, ReadyMessage};
use self::definitions::Definitions;
pub use self::each::SendEach;
pub use self::many::{SendMany, SendManyOutcomes};
#[cfg(not(feature = "store"))]
use self::no_store as store;
pub use self::options::Options;
pub use self::preview::RequestPreview;
pub use self::probe::HostInfo;
pub use self::progress::Progress;
pub use self::sending::Sending;
use crate::delivery::Delivery;
use crate::error::Secret;
use crate::message::phone::{self, Recipient};

/// A client of one host: Meta's Cloud API, or a messaging gateway.
///
/// It is cheap to clone, and its clones share connections, pace and store. Make one for each host and keep it: a new
/// client opens new connections. Its calls need a tokio runtime with time and I/O enabled.
///
/// ```no_run
/// # async fn run() -> Result<(), wamid::Error> {
/// use wamid::Client;
/// let client = Client::cloud("ACCESS-TOKEN", "106540352242922").build()?;
/// let receipt = client.send_message("919876543210", "Hello").await?;
/// println!("{}", receipt.id);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    delivery: Delivery,
    default_country_code: Option<String>,
    app_secret: Option<Secret>,
    /// The id of the WhatsApp Business Account.
    business_account_id: Option<String>,
    /// The id of the app.
    app_id: Option<String>,
    records: Option<store::ClientRecords>,
    /// What sends of templates are held to, where they are.
    definitions: Option<Box<Definitions>>,
}

impl Client {
    /// A client of Meta's Cloud API, to be completed with [`ClientBuilder::build`].
    ///
    /// `access_token` is a token with the `whatsapp_business_messaging` permission; `phone_number_id` is Meta's id of
    /// the business number (not the number itself).
    ///
    /// ```
    /// let client = wamid::Client::cloud("ACCESS-TOKEN", "106540352242922").max_retries(1).build()?;
    /// # Ok::<(), wamid::Error>(())
    /// ```
    pub fn cloud(access_token: impl Into<String>, phone_number_id: impl Into<String>) -> ClientBuilder {
        ClientBuilder::cloud(access_token.into(), phone_number_id.into())
    }

    /// A client of a messaging gateway (`wamid serve`, or a Django project with django-meta-whatsapp), to be
    /// completed with [`ClientBuilder::build`].
    ///
    /// `base_url` is where the messaging API is mounted, such as `https://example.com/whatsapp`; `api_key` is a key
    /// that the gateway has given out.
    ///
    /// ```
    /// let client = wamid::Client::gateway("https://example.com/whatsapp", "API-KEY").build()?;
    /// # Ok::<(), wamid::Error>(())
    /// ```
    pub fn gateway(base_url: impl Into<String>, api_key: impl Into<String>) -> ClientBuilder {
        ClientBuilder::gateway(base_url.into(), api_key.into())
    }

    /// The client that the environment describes, with default options; see [`ClientBuilder::from_env`].
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where variables are missing, wrong, or name both hosts.
    pub fn from_env() -> Result<Self, crate::Error> {
        ClientBuilder::from_env()?.build()
    }
}

impl Client {
    pub(crate) fn delivery(&self) -> &Delivery {
        &self.0.delivery
    }

    pub(crate) fn business_account_id(&self) -> Option<&str> {
        self.0.business_account_id.as_deref()
    }

    pub(crate) fn app_id(&self) -> Option<&str> {
        self.0.app_id.as_deref()
    }

    /// Whom an address means.
    pub(crate) fn recipient(&self, address: &str) -> Result<Recipient, crate::Error> {
        phone::normalize(address, self.0.default_country_code.as_deref())
    }

    /// Its host and address, without any secret: for the `repr` of other languages.
    #[doc(hidden)]
    #[must_use]
    pub fn shown(&self) -> (&str, &str) {
        (self.0.delivery.host.kind().as_str(), self.0.delivery.host.address().url().as_str())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("host", &self.0.delivery.host.kind().as_str())
            .field("address", &self.0.delivery.host.address().url().as_str())
            .finish_non_exhaustive()
    }
}
