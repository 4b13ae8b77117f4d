//! What the JVM's `Client` is made of.

use crate::client::ClientHandle;
use crate::error::WamidError;
use crate::jvm::clients::Registered;
use crate::options::ClientOptions;
use crate::text::Text;

/// What a `Client` is made of: it has the same constructors.
#[derive(Debug, uniffi::Object)]
pub struct NativeClient(Registered);

impl From<ClientHandle> for NativeClient {
    fn from(client: ClientHandle) -> Self {
        Self(Registered::new(&client.0))
    }
}

#[uniffi::export]
impl NativeClient {
    /// As `Client.cloud`.
    #[uniffi::constructor]
    pub fn cloud(
        access_token: Text,
        phone_number_id: Text,
        options: Option<ClientOptions>,
    ) -> Result<Self, WamidError> {
        ClientHandle::cloud(access_token, phone_number_id, options).map(Into::into)
    }

    /// As `Client.gateway`.
    #[uniffi::constructor]
    pub fn gateway(
        base_url: Text,
        api_key: Text,
        options: Option<ClientOptions>,
    ) -> Result<Self, WamidError> {
        ClientHandle::gateway(base_url, api_key, options).map(Into::into)
    }

    /// As `Client.fromEnv`.
    #[uniffi::constructor]
    pub fn from_env() -> Result<Self, WamidError> {
        ClientHandle::from_env().map(Into::into)
    }

    /// Its number: what the calls know it by, until it is closed.
    pub fn number(&self) -> i64 {
        self.0.number()
    }
}
