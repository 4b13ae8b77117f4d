//! The options of a client.

use wamid::Options;

use crate::text::Text;
use crate::time::TimeInterval;

/// Options of a client; what is absent has its default.
#[derive(Clone, uniffi::Record)]
pub struct ClientOptions {
    /// How long one attempt may take, from connecting to the end of the answer; more than 0. Default 30 s.
    #[uniffi(default = None)]
    pub timeout: Option<TimeInterval>,
    /// How long connecting may take, TLS included; more than 0. Default 10 s.
    #[uniffi(default = None)]
    pub connect_timeout: Option<TimeInterval>,
    /// How long all attempts and the waits between them may take; more than 0. Default 60 s.
    #[uniffi(default = None)]
    pub total_timeout: Option<TimeInterval>,
    /// How often a request that surely was not sent is made again. Default 2.
    #[uniffi(default = None)]
    pub max_retries: Option<i64>,
    /// How many sends go out a second, at most; above 0. Default: as many as there are.
    #[uniffi(default = None)]
    pub max_per_second: Option<f64>,
    /// 1 to 3 digits put before phone numbers of exactly 10 digits that have no `+` or `00`. Default: none.
    #[uniffi(default = None)]
    pub default_country_code: Option<Text>,
    /// The `User-Agent` header. Default `wamid/VERSION`.
    #[uniffi(default = None)]
    pub user_agent: Option<Text>,
    /// The proxy to go through, `http://…` or `https://…`; never used for loopback. Default: the system's.
    #[uniffi(default = None)]
    pub proxy: Option<Text>,
    /// Allows plain HTTP to other hosts than loopback. Default false.
    #[uniffi(default = None)]
    pub allow_http: Option<bool>,
    /// The path of a PEM file of further certificate authorities.
    #[uniffi(default = None)]
    pub ca_file: Option<Text>,
    /// How long an unused connection is kept. Default 90 s.
    #[uniffi(default = None)]
    pub pool_idle_timeout: Option<TimeInterval>,
    /// How many unused connections are kept. Default: as many as `maxConnections`, those beyond 32 for 10 s only.
    #[uniffi(default = None)]
    pub pool_max_idle: Option<i64>,
    /// How many connections are open at once, at least 1; who waits for one is surely not sent. Default 256.
    #[uniffi(default = None)]
    pub max_connections: Option<i64>,
    /// Cloud only: the version of the Graph API. Default `v26.0`.
    #[uniffi(default = None)]
    pub graph_version: Option<Text>,
    /// Cloud only: where the Graph API is. Default `https://graph.facebook.com`.
    #[uniffi(default = None)]
    pub graph_url: Option<Text>,
    /// Cloud only: the app's secret, which webhooks are signed with.
    #[uniffi(default = None)]
    pub app_secret: Option<Text>,
    /// Cloud only: Meta's id of the WhatsApp Business Account, which templates belong to.
    #[uniffi(default = None)]
    pub business_account_id: Option<Text>,
    /// Cloud only: Meta's id of the app, which takes the picture of a profile.
    #[uniffi(default = None)]
    pub app_id: Option<Text>,
    /// Cloud only: whether each template message is first held to its template as Meta has it, as `checkTemplate` does. The template is
    /// fetched once and kept for 10 minutes. It needs `businessAccountId`. Default false.
    #[uniffi(default = None)]
    pub check_templates: Option<bool>,
    /// Cloud only: where sends and conversations are recorded. This library has no store: the option is `unsupported`.
    #[uniffi(default = None)]
    pub store: Option<Text>,
}

impl TryFrom<ClientOptions> for Options {
    type Error = wamid::Error;

    fn try_from(options: ClientOptions) -> Result<Self, wamid::Error> {
        let mut made = Self::default();
        made.timeout = TimeInterval::read(options.timeout, "timeout")?;
        made.connect_timeout = TimeInterval::read(options.connect_timeout, "connect_timeout")?;
        made.total_timeout = TimeInterval::read(options.total_timeout, "total_timeout")?;
        made.max_retries = options.max_retries.map(|n| wamid::whole("max_retries", n.into())).transpose()?;
        made.max_per_second = options.max_per_second;
        made.default_country_code = Text::optional(options.default_country_code, "default_country_code")?;
        made.user_agent = Text::optional(options.user_agent, "user_agent")?;
        made.proxy = Text::optional(options.proxy, "proxy")?;
        made.allow_http = options.allow_http;
        made.ca_file = Text::optional(options.ca_file, "ca_file")?.map(Into::into);
        made.pool_idle_timeout = TimeInterval::read(options.pool_idle_timeout, "pool_idle_timeout")?;
        made.pool_max_idle =
            options.pool_max_idle.map(|n| wamid::whole("pool_max_idle", n.into())).transpose()?;
        made.max_connections =
            options.max_connections.map(|n| wamid::whole("max_connections", n.into())).transpose()?;
        made.graph_version = Text::optional(options.graph_version, "graph_version")?;
        made.graph_url = Text::optional(options.graph_url, "graph_url")?;
        made.app_secret = Text::optional(options.app_secret, "app_secret")?;
        made.business_account_id = Text::optional(options.business_account_id, "business_account_id")?;
        made.app_id = Text::optional(options.app_id, "app_id")?;
        made.check_templates = options.check_templates;
        made.store = Text::optional(options.store, "store")?;
        Ok(made)
    }
}
