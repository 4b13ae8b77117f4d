//! The client, and its operations as Kotlin has them.

use wamid::{ClientBuilder, Options};

use crate::error::WamidError;
use crate::event::Event;
use crate::log;
use crate::message::Send;
use crate::options::ClientOptions;
use crate::progress::{ProgressListener, send_many};
use crate::result::{Conversation, Outcome, Receipt};
use crate::template::{TemplateButton, TemplateParameter};
use crate::text::Text;

/// A client of one host: Meta's Cloud API, or a messaging gateway.
///
/// Make one for each host and keep it: a new client opens new connections. It may be used from many threads at once.
#[derive(Debug, uniffi::Object)]
pub struct Client(wamid::Client);

fn build(builder: ClientBuilder, options: Option<ClientOptions>) -> Result<Client, WamidError> {
    log::install();
    let options = options.map(Options::try_from).transpose()?.unwrap_or_default();
    Ok(Client(builder.options(options).build()?))
}

#[uniffi::export(async_runtime = "tokio")]
impl Client {
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
    /// `WAMID_APP_SECRET`, `WAMID_GRAPH_URL`), or `WAMID_GATEWAY_URL` and `WAMID_API_KEY`.
    ///
    /// Fails with `invalid_input` where variables are missing, wrong, or name both hosts.
    #[uniffi::constructor]
    pub fn from_env() -> Result<Self, WamidError> {
        log::install();
        Ok(Self(wamid::Client::from_env()?))
    }

    /// Sends a text.
    ///
    /// `phone` is a phone number with its country code, or a business-scoped user id; `message` 1 to 4096 characters.
    /// `previewUrl` shows the first link with a preview. `accountId` (gateway) is the account to send from; `replyTo` the
    /// id of the message that this one answers; `reference` a text of yours, 1 to 512 characters, that comes back in every
    /// status webhook; sends with the same `idempotencyKey` are one send, to a gateway that knows keys.
    ///
    /// An error says in `maybeSent` whether the message may have gone out all the same.
    #[uniffi::method(default(
        preview_url = None, account_id = None, reply_to = None, reference = None, idempotency_key = None
    ))]
    #[allow(clippy::too_many_arguments, reason = "the other languages name them")]
    pub async fn send_message(
        &self,
        phone: Text,
        message: Text,
        preview_url: Option<bool>,
        account_id: Option<i64>,
        reply_to: Option<Text>,
        reference: Option<Text>,
        idempotency_key: Option<Text>,
    ) -> Result<Receipt, WamidError> {
        let send =
            Send::Message { phone, message, preview_url, account_id, reply_to, reference, idempotency_key };
        self.send(send).await
    }

    /// Sends a location pin.
    ///
    /// `latitude` is in degrees north, −90 to 90, `longitude` in degrees east, −180 to 180; `name` and `address` at most
    /// 1000 characters each. The other arguments and errors are those of `sendMessage`.
    #[uniffi::method(default(
        name = None, address = None, account_id = None, reply_to = None, reference = None, idempotency_key = None
    ))]
    #[allow(clippy::too_many_arguments, reason = "the other languages name them")]
    pub async fn send_location(
        &self,
        phone: Text,
        latitude: f64,
        longitude: f64,
        name: Option<Text>,
        address: Option<Text>,
        account_id: Option<i64>,
        reply_to: Option<Text>,
        reference: Option<Text>,
        idempotency_key: Option<Text>,
    ) -> Result<Receipt, WamidError> {
        let send = Send::Location {
            phone,
            latitude,
            longitude,
            name,
            address,
            account_id,
            reply_to,
            reference,
            idempotency_key,
        };
        self.send(send).await
    }

    /// Sends a template: a text that Meta has approved, with its variables filled in.
    ///
    /// `language` is a BCP-47 tag such as `en_US` (`en` where absent). `headerParams`, `bodyParams` and `buttons` fill the
    /// variables; `components` is Meta's own JSON in their place, sent as given. The other arguments and errors are those
    /// of `sendMessage`.
    #[uniffi::method(default(
        language = None, header_params = None, body_params = None, buttons = None, components = None,
        account_id = None, reply_to = None, reference = None, idempotency_key = None
    ))]
    #[allow(clippy::too_many_arguments, reason = "the other languages name them")]
    pub async fn send_template(
        &self,
        phone: Text,
        template_name: Text,
        language: Option<Text>,
        header_params: Option<Vec<TemplateParameter>>,
        body_params: Option<Vec<TemplateParameter>>,
        buttons: Option<Vec<TemplateButton>>,
        components: Option<Text>,
        account_id: Option<i64>,
        reply_to: Option<Text>,
        reference: Option<Text>,
        idempotency_key: Option<Text>,
    ) -> Result<Receipt, WamidError> {
        let send = Send::Template {
            phone,
            template_name,
            language,
            header_params,
            body_params,
            buttons,
            components,
            account_id,
            reply_to,
            reference,
            idempotency_key,
        };
        self.send(send).await
    }

    /// The 50 most recent conversations, the newest first.
    ///
    /// Only on a gateway client: Meta offers no such list, and this library has no store, so that on a cloud client this
    /// is `unsupported`.
    pub async fn chats(&self) -> Result<Vec<Conversation>, WamidError> {
        Ok(self.0.chats().await?.into_iter().map(Into::into).collect())
    }

    /// Sends many messages, some at a time, and answers for each in the order of the list: one failure is that message's
    /// alone.
    ///
    /// `concurrency` is how many are under way at once, at least 1 (64 where absent). After cancelling nothing more goes
    /// out. Fails with `invalid_input` where `concurrency` is not sound.
    #[uniffi::method(default(concurrency = None, progress = None))]
    pub async fn send_many(
        &self,
        sends: Vec<Send>,
        concurrency: Option<i64>,
        progress: Option<Box<dyn ProgressListener>>,
    ) -> Result<Vec<Outcome>, WamidError> {
        let sends = sends.into_iter().map(TryInto::try_into).collect();
        let results = self.0.send_many_read(sends, send_many(concurrency, progress)?).await?;
        Ok(results.into_iter().map(Into::into).collect())
    }

    /// Checks a webhook's signature, and returns what it tells.
    ///
    /// `body` is the request's body to the byte, `signature` its `X-Hub-Signature-256` header. Only on a cloud client with
    /// an `appSecret`. Fails with `invalid_input` naming `signature` (answer 401) or `body` (answer 400).
    pub async fn receive_webhook(&self, body: Vec<u8>, signature: Text) -> Result<Vec<Event>, WamidError> {
        Ok(Event::all(self.0.receive_webhook(&body, &signature.read("signature")?).await?))
    }
}

impl Client {
    /// Any of the three.
    pub(crate) async fn send(&self, send: Send) -> Result<Receipt, WamidError> {
        Ok(self.0.send(wamid::Message::try_from(send)?).await?.into())
    }
}
