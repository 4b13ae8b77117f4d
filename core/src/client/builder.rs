//! Builds clients: constructor arguments, options, environment.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::definitions::Definitions;
use super::options::{CheckedOptions, Options, host_url};
use super::store::{self, OpenStore};
use super::{Client, Inner};
use crate::argument::rules;
use crate::delivery::{Delivery, GatewayUrls, Host};
use crate::error::Error;
use crate::error::{Secret, Secrets, shown_url};
use crate::transport::headers::{api_key, bearer};
use crate::transport::{Endpoint, Transport, join};

const GRAPH_VERSION: &str = "v26.0";
const GRAPH_URL: &str = "https://graph.facebook.com";

/// A client in the making. Nothing is checked before [`build`](Self::build).
///
/// ```
/// use std::time::Duration;
/// let client = wamid::Client::gateway("https://example.com/whatsapp", "API-KEY")
///     .timeout(Duration::from_secs(10))
///     .default_country_code("91")
///     .build()?;
/// # Ok::<(), wamid::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct ClientBuilder {
    target: Target,
    pub(super) options: Options,
    pub(super) store: Option<OpenStore>,
}

#[derive(Clone)]
enum Target {
    Cloud { access_token: Secret, phone_number_id: String },
    Gateway { base_url: String, api_key: Secret },
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // What is no id may be the token, in the wrong place.
            Self::Cloud { phone_number_id, .. } => match check_id(phone_number_id) {
                Ok(()) => f.debug_tuple("Cloud").field(phone_number_id).finish(),
                Err(_) => f.debug_tuple("Cloud").field(&Secret::new("")).finish(),
            },
            Self::Gateway { base_url, .. } => f.debug_tuple("Gateway").field(&shown_url(base_url)).finish(),
        }
    }
}

macro_rules! options {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $into:expr;)*) => { $(
        $(#[$doc])*
        #[must_use]
        pub fn $name(mut self, $name: $type) -> Self {
            self.options.$name = Some($into);
            self
        }
    )* };
}

impl ClientBuilder {
    fn new(target: Target) -> Self {
        Self { target, options: Options::default(), store: None }
    }

    pub(super) fn cloud(access_token: String, phone_number_id: String) -> Self {
        Self::new(Target::Cloud { access_token: Secret::new(access_token), phone_number_id })
    }

    pub(super) fn gateway(base_url: String, api_key: String) -> Self {
        Self::new(Target::Gateway { base_url, api_key: Secret::new(api_key) })
    }

    /// Replaces all options at once.
    #[must_use]
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// The options so far.
    #[must_use]
    pub fn get_options(&self) -> &Options {
        &self.options
    }

    options! {
        /// How long one attempt may take, from connecting to the end of the answer; more than 0. Default 30 s.
        timeout: Duration = timeout;
        /// How long connecting may take, TLS included; more than 0. Default 10 s.
        connect_timeout: Duration = connect_timeout;
        /// How long all attempts and the waits between them may take; more than 0. Default 60 s.
        total_timeout: Duration = total_timeout;
        /// How often a request that surely was not sent is made again. Default 2.
        max_retries: u32 = max_retries;
        /// How many sends go out a second, at most; above 0. Waiting for one's turn is not a part of `total_timeout`.
        /// Default: as many as there are.
        max_per_second: f64 = max_per_second;
        /// 1 to 3 digits put before phone numbers of exactly 10 digits that have no `+` or `00`. Default: none.
        default_country_code: impl Into<String> = default_country_code.into();
        /// The `User-Agent` header. Default `wamid/VERSION`.
        user_agent: impl Into<String> = user_agent.into();
        /// The proxy to go through, `http://…` or `https://…`; never used for loopback. Default: the system's.
        proxy: impl Into<String> = proxy.into();
        /// Allows plain HTTP to other hosts than loopback. Default false.
        allow_http: bool = allow_http;
        /// A PEM file of further certificate authorities.
        ca_file: impl Into<PathBuf> = ca_file.into();
        /// How long an unused connection is kept. Default 90 s.
        pool_idle_timeout: Duration = pool_idle_timeout;
        /// How many unused connections are kept. Default: as many as `max_connections`, those beyond 32 for 10 s only.
        pool_max_idle: usize = pool_max_idle;
        /// How many connections to the host are in use at once for sends, and as many for everything else; at least 1. A call
        /// that waits for one has sent nothing yet, and its `total_timeout` runs meanwhile. Default 256.
        max_connections: usize = max_connections;
        /// Cloud only: the version of the Graph API. Default `v26.0`.
        graph_version: impl Into<String> = graph_version.into();
        /// Cloud only: where the Graph API is. Default `https://graph.facebook.com`.
        graph_url: impl Into<String> = graph_url.into();
        /// Cloud only: the app's secret, which webhooks are signed with.
        app_secret: impl Into<String> = app_secret.into();
        /// Cloud only: the id of the WhatsApp Business Account, digits alone, which owns templates. Default: none.
        business_account_id: impl Into<String> = business_account_id.into();
        /// Cloud only: the id of the app at Meta, digits alone, which takes the picture of a profile. Default: none.
        app_id: impl Into<String> = app_id.into();
        /// Cloud only: whether each template message is first held to its template as Meta has it. The template is fetched once, kept for
        /// 10 minutes, and fetched anew after Meta's 132000, 132001, 132012 or 132018 and before an older one refuses a message. What cannot
        /// be fetched lets the message go out unchecked, after 10 s or half of `total_timeout` at most. It needs
        /// `business_account_id`; see [`Client::check_template`](crate::Client::check_template). Default false.
        check_templates: bool = check_templates;
        /// Cloud only: where sends and conversations are recorded, `sqlite:PATH`. Default: nowhere.
        store: impl Into<String> = store.into();
    }

    /// Checks everything and builds the client. Nothing is connected yet.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming the argument or option that breaks a rule;
    /// [`Unsupported`](crate::ErrorKind::Unsupported) for an option that this host or build does not have.
    pub fn build(self) -> Result<Client, Error> {
        let mut secrets = Secrets::default();
        let (Target::Cloud { access_token: secret, .. } | Target::Gateway { api_key: secret, .. }) =
            &self.target;
        secrets.add(secret.expose());
        if let Some(secret) = &self.options.app_secret {
            secrets.add(secret);
        }
        let urls = [&self.options.proxy, &self.options.store, &self.options.graph_url];
        for url in urls.into_iter().flatten() {
            secrets.add_password_of(url);
        }
        if let Target::Gateway { base_url, .. } = &self.target {
            secrets.add_password_of(base_url);
        }
        self.checked(&secrets).map_err(|error| error.redacted(&secrets))
    }

    fn checked(self, secrets: &Secrets) -> Result<Client, Error> {
        let options = &self.options;
        let CheckedOptions { limits, connections, default_country_code, max_per_second } =
            options.checked()?;
        let allow_http = options.allow_http.unwrap_or(false);
        let (host, credentials) = match &self.target {
            Target::Cloud { access_token, phone_number_id } => {
                check_id(phone_number_id)?;
                let url =
                    host_url("graph_url", options.graph_url.as_deref().unwrap_or(GRAPH_URL), allow_http)?;
                let version = options.graph_version.as_deref().unwrap_or(GRAPH_VERSION);
                check_version(version)?;
                let messages = join(&url, &format!("{version}/{phone_number_id}/messages"));
                let messages = Box::new(Endpoint::new(messages, "graph_url")?);
                let credentials = bearer(access_token.expose())?;
                (Host::Cloud { phone_number_id: phone_number_id.clone(), messages }, credentials)
            }
            Target::Gateway { base_url, api_key: key } => {
                self.refuse_cloud_options()?;
                let url = host_url("base_url", base_url, allow_http)?;
                let endpoint = |path| Endpoint::new(join(&url, path), "base_url");
                let urls = GatewayUrls {
                    root: endpoint("api/")?,
                    message: endpoint("api/send-message/")?,
                    location: endpoint("api/send-location/")?,
                    send: endpoint("api/send/")?,
                    template: endpoint("api/send-template/")?,
                    chats: endpoint("api/chats/")?,
                };
                (Host::Gateway(Box::new(urls)), api_key(key.expose())?)
            }
        };
        if options.app_secret.as_deref() == Some("") {
            return Err(Error::invalid("app_secret", "must not be empty"));
        }
        if let Some(id) = &options.business_account_id {
            check_digits("business_account_id", id, "the WhatsApp Business Account")?;
        }
        if let Some(id) = &options.app_id {
            check_digits("app_id", id, "the app")?;
        }
        let definitions = self.definitions(&host)?;
        let records = store::records(options.store.clone(), self.store.clone())?;
        let transport = Transport::new((host.address(), host.kind()), credentials, &connections)?;
        Ok(Client(std::sync::Arc::new(Inner {
            delivery: Delivery::new(host, transport, limits, max_per_second, secrets.clone()),
            default_country_code,
            app_secret: options.app_secret.as_deref().map(Secret::new),
            business_account_id: options.business_account_id.clone(),
            app_id: options.app_id.clone(),
            records,
            definitions,
        })))
    }

    /// What sends of templates are held to, where they are.
    fn definitions(&self, host: &Host) -> Result<Option<Box<Definitions>>, Error> {
        if self.options.check_templates != Some(true) {
            return Ok(None);
        }
        let account = self.options.business_account_id.as_deref().ok_or_else(|| {
            Error::invalid(
                "business_account_id",
                "is missing: check_templates looks templates up in the WhatsApp Business Account",
            )
        })?;
        Ok(host.graph().map(|(graph, _)| Box::new(Definitions::of(graph, account))))
    }

    fn refuse_cloud_options(&self) -> Result<(), Error> {
        let Options {
            graph_version,
            graph_url,
            app_secret,
            business_account_id,
            app_id,
            check_templates,
            store,
            ..
        } = &self.options;
        let given = [
            ("graph_version", graph_version.is_some()),
            ("graph_url", graph_url.is_some()),
            ("app_secret", app_secret.is_some()),
            ("business_account_id", business_account_id.is_some()),
            ("app_id", app_id.is_some()),
            ("check_templates", check_templates.is_some()),
            ("store", store.is_some() || self.store.is_some()),
        ];
        match given.into_iter().find(|(_, given)| *given) {
            None => Ok(()),
            Some((field, _)) => Err(Error::unsupported(
                Some(field),
                format!("{field} is an option of a cloud client; a gateway has its own. Leave it out."),
            )),
        }
    }
}

fn check_version(version: &str) -> Result<(), Error> {
    let sound =
        version.strip_prefix('v').and_then(|rest| rest.split_once('.')).is_some_and(|(major, minor)| {
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            digits(major) && digits(minor)
        });
    if sound { Ok(()) } else { Err(Error::invalid("graph_version", "must be like v26.0")) }
}

fn check_digits(field: &str, id: &str, of: &str) -> Result<(), Error> {
    rules::not_empty(field, id)?;
    if id.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("must be Meta's id of {of}, digits alone, such as 102290129340398")))
}

/// Digits alone: it becomes a part of the address, where a token in its place would be seen. So it is not shown either.
fn check_id(id: &str) -> Result<(), Error> {
    rules::not_empty("phone_number_id", id)?;
    if id.bytes().all(|b| b.is_ascii_digit()) {
        Ok(())
    } else {
        Err(Error::invalid(
            "phone_number_id",
            "must be Meta's id of the number, digits alone, such as 106540352242922; the access token is the other \
             argument",
        ))
    }
}
