//! What Swift's `Client` is made of. Its operations are in `cancel`; the JVM has them, and a client of its own, in `jvm`.

use wamid::{ClientBuilder, Options};
use wamid_bindings::log_to_stderr;

use crate::broken_pipe;
use crate::error::WamidError;
use crate::event::Event;
use crate::operations;
use crate::options::ClientOptions;
use crate::text::Text;

/// A client of one host: Meta's Cloud API, or a messaging gateway.
///
/// Make one for each host and keep it: a new client opens new connections. It may be used from many threads at once.
#[derive(Debug, uniffi::Object)]
pub struct ClientHandle(pub(crate) wamid::Client);

/// Makes the process ready for clients.
fn prepare() {
    log_to_stderr(std::env::var("WAMID_LOG").ok().as_deref());
    broken_pipe::survive();
}

fn build(builder: ClientBuilder, options: Option<ClientOptions>) -> Result<ClientHandle, WamidError> {
    prepare();
    let options = options.map(Options::try_from).transpose()?.unwrap_or_default();
    Ok(ClientHandle(builder.options(options).build()?))
}

#[uniffi::export(async_runtime = "tokio")]
impl ClientHandle {
    /// A client of Meta's Cloud API, for servers that hold Meta's token; never put one into an app.
    ///
    /// `accessToken` is a token with the `whatsapp_business_messaging` permission; `phoneNumberId` is Meta's id of the
    /// business number (not the number itself). Fails with `invalid_input` naming the argument or option that breaks a
    /// rule. Nothing is connected yet.
    #[uniffi::constructor(default(options = None))]
    pub fn cloud(
        access_token: Text,
        phone_number_id: Text,
        options: Option<ClientOptions>,
    ) -> Result<Self, WamidError> {
        let token = access_token.read("access_token")?;
        build(wamid::Client::cloud(token, phone_number_id.read("phone_number_id")?), options)
    }

    /// A client of a messaging gateway (`wamid serve`, or a Django project with django-meta-whatsapp).
    ///
    /// `baseUrl` is where the messaging API is mounted, such as `https://example.com/whatsapp`; `apiKey` is a key that
    /// the gateway has given out. Fails with `invalid_input` naming the argument or option that breaks a rule. Nothing
    /// is connected yet.
    #[uniffi::constructor(default(options = None))]
    pub fn gateway(
        base_url: Text,
        api_key: Text,
        options: Option<ClientOptions>,
    ) -> Result<Self, WamidError> {
        let url = base_url.read("base_url")?;
        build(wamid::Client::gateway(url, api_key.read("api_key")?), options)
    }

    /// The client that the environment describes: `WAMID_ACCESS_TOKEN` and `WAMID_PHONE_NUMBER_ID` (with
    /// `WAMID_APP_SECRET`, `WAMID_BUSINESS_ACCOUNT_ID`, `WAMID_APP_ID`, `WAMID_GRAPH_URL`), or `WAMID_GATEWAY_URL` and `WAMID_API_KEY`.
    ///
    /// Fails with `invalid_input` where variables are missing, wrong, or name both hosts.
    #[uniffi::constructor]
    pub fn from_env() -> Result<Self, WamidError> {
        prepare();
        Ok(Self(wamid::Client::from_env()?))
    }

    /// Checks a webhook's signature, and returns what it tells.
    ///
    /// `body` is the request's body to the byte, `signature` its `X-Hub-Signature-256` header. Only on a cloud client with
    /// an `appSecret`. Fails with `invalid_input` naming `signature` (answer 401) or `body` (answer 400).
    pub async fn receive_webhook(&self, body: Vec<u8>, signature: Text) -> Result<Vec<Event>, WamidError> {
        operations::receive_webhook(&self.0, body, signature).await
    }
}
