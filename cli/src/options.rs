//! The options of a client, as arguments. They win over the environment.

use std::path::PathBuf;

use clap::Args;
use wamid::{Client, ClientBuilder, Error, Options, seconds};

/// The client's options.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Client options")]
pub(super) struct ClientArgs {
    /// Meta's id of the business number (WAMID_PHONE_NUMBER_ID)
    #[arg(long, value_name = "ID")]
    phone_number_id: Option<String>,
    /// Meta's id of the business account, for templates (WAMID_BUSINESS_ACCOUNT_ID)
    #[arg(long, value_name = "ID")]
    business_account_id: Option<String>,
    /// Holds template messages to their templates first, which are looked up once
    #[arg(long)]
    check_templates: bool,
    /// The app's id, for the picture of the profile (WAMID_APP_ID)
    #[arg(long, value_name = "ID")]
    app_id: Option<String>,
    /// Where the gateway's messaging API is mounted (WAMID_GATEWAY_URL)
    #[arg(long, value_name = "URL")]
    gateway_url: Option<String>,
    /// Where the Graph API is (WAMID_GRAPH_URL)
    #[arg(long, value_name = "URL")]
    graph_url: Option<String>,
    /// The Graph API's version [default: v26.0]
    #[arg(long, value_name = "VERSION")]
    graph_version: Option<String>,
    /// Where a cloud client records sends and conversations, sqlite:PATH (WAMID_STORE)
    #[arg(long, value_name = "URL")]
    store: Option<String>,
    /// How long one attempt may take [default: 30]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    timeout: Option<f64>,
    /// How long connecting may take [default: 10]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    connect_timeout: Option<f64>,
    /// How long all attempts and waits may take [default: 60]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    total_timeout: Option<f64>,
    /// How often a request that surely was not sent is made again [default: 2]
    #[arg(long, value_name = "COUNT")]
    max_retries: Option<u32>,
    /// How many sends go out a second, at most
    #[arg(long, value_name = "COUNT", allow_negative_numbers = true)]
    max_per_second: Option<f64>,
    /// Digits put before numbers of exactly 10 digits without + or 00
    #[arg(long, value_name = "DIGITS")]
    default_country_code: Option<String>,
    /// The User-Agent header
    #[arg(long, value_name = "TEXT")]
    user_agent: Option<String>,
    /// The proxy to go through [default: the system's]
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// Allows plain HTTP to other hosts than loopback
    #[arg(long)]
    allow_http: bool,
    /// A PEM file of further certificate authorities
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// How long an unused connection is kept [default: 90]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pool_idle_timeout: Option<f64>,
    /// How many unused connections are kept [default: as many as --max-connections, those beyond 32 for 10 s only]
    #[arg(long, value_name = "COUNT")]
    pool_max_idle: Option<usize>,
    /// How many connections to the host are in use at once [default: 256]
    #[arg(long, value_name = "COUNT")]
    max_connections: Option<usize>,
}

impl ClientArgs {
    /// How many sends go out a second, at most.
    pub(super) fn max_per_second(&self) -> Option<f64> {
        self.max_per_second
    }

    /// The client that these arguments and the environment describe.
    pub(super) fn client(self) -> Result<Client, Error> {
        self.builder(|name| std::env::var(name).ok())?.build()
    }

    /// What one of the environment's variables is, where an argument does not say otherwise.
    pub(super) fn var(&self, name: &str, environment: impl Fn(&str) -> Option<String>) -> Option<String> {
        let argument = match name {
            "WAMID_PHONE_NUMBER_ID" => self.phone_number_id.clone(),
            "WAMID_GATEWAY_URL" => self.gateway_url.clone(),
            "WAMID_GRAPH_URL" => self.graph_url.clone(),
            "WAMID_STORE" => self.store.clone(),
            _ => None,
        };
        argument.or_else(|| environment(name).filter(|value| !value.is_empty()))
    }

    /// A reference for a send that has none of its own, by which it can be looked for after an interrupt. A gateway need not
    /// know references, and keeps a record of its own.
    pub(super) fn new_reference(&self) -> Option<String> {
        let gateway = self.var("WAMID_GATEWAY_URL", |name| std::env::var(name).ok());
        gateway.is_none().then(|| uuid::Uuid::new_v4().to_string())
    }

    /// The same client before it is built, with variables from wherever they come.
    pub(super) fn builder(
        &self,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<ClientBuilder, Error> {
        let duration = |name: &str, value: Option<f64>| value.map(|value| seconds(name, value)).transpose();
        let builder = ClientBuilder::from_vars(|name| self.var(name, &environment))?;
        let environment = builder.get_options().clone();
        let mut options = Options::default();
        options.graph_url = self.graph_url.clone().or(environment.graph_url);
        options.store = self.store.clone().or(environment.store);
        options.app_secret = environment.app_secret;
        options.business_account_id = self.business_account_id.clone().or(environment.business_account_id);
        options.check_templates = self.check_templates.then_some(true);
        options.app_id = self.app_id.clone().or(environment.app_id);
        options.graph_version = self.graph_version.clone();
        options.timeout = duration("timeout", self.timeout)?;
        options.connect_timeout = duration("connect_timeout", self.connect_timeout)?;
        options.total_timeout = duration("total_timeout", self.total_timeout)?;
        options.max_retries = self.max_retries;
        options.max_per_second = self.max_per_second;
        options.pool_idle_timeout = duration("pool_idle_timeout", self.pool_idle_timeout)?;
        options.pool_max_idle = self.pool_max_idle;
        options.max_connections = self.max_connections;
        options.default_country_code = self.default_country_code.clone();
        options.user_agent = self.user_agent.clone();
        options.proxy = self.proxy.clone();
        options.allow_http = self.allow_http.then_some(true);
        options.ca_file = self.ca_file.clone();
        Ok(builder.options(options))
    }
}
