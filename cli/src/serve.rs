//! `wamid serve`

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;
use clap::builder::FalseyValueParser;
use serde_json::json;
use wamid::{Client, Options, Store, seconds};
use wamid_gateway::{Accounts, Gateway, GatewayOptions, NewAccount};
use wamid_sandbox::{Sandbox, SandboxOptions, Template};

use super::exit::CommandError;
use super::forward::ForwardArgs;
use super::logs::{self, LogFormat};
use super::no_dumps;
use super::output::say_pretty;
use super::phone;
use super::plain::plain;
use super::signals::Signals;
use super::sink::Sink;

/// What the sandbox's account is called.
const SANDBOX: &str = "sandbox";

/// A send is over before the gateway must answer.
const SEND_WITHIN: Duration = Duration::from_secs(20);

/// Where keys, accounts and records are.
#[derive(Args, Clone, Debug)]
pub(super) struct StoreArgs {
    /// Where keys, accounts and records are
    #[arg(
        long,
        env = "WAMID_STORE",
        default_value = "sqlite:wamid.db",
        value_name = "URL",
        hide_env_values = true
    )]
    pub(super) store: String,
}

impl StoreArgs {
    /// The store, where there is one: looking must not make it, and a wrong path would look like an empty one.
    pub(super) async fn open_existing(&self) -> Result<Store, CommandError> {
        if let Some(path) = self.store.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if !std::path::Path::new(path).exists() {
                return Err(CommandError::Other(format!(
                    "there is no store at {path}. Name the one that sends are recorded in: --store sqlite:PATH or \
                     WAMID_STORE, the same as for `wamid send` or `wamid serve`"
                )));
            }
        }
        self.open().await
    }

    pub(super) async fn open(&self) -> Result<Store, CommandError> {
        Ok(Store::open(&self.store).await?)
    }

    /// The accounts, with the secret key of the environment.
    pub(super) async fn accounts(&self, store: &Store, options: Options) -> Result<Accounts, CommandError> {
        let key = std::env::var("WAMID_SECRET_KEY").ok().filter(|key| !key.is_empty());
        Ok(Accounts::open(store, &self.store, key.as_deref(), options).await?)
    }
}

/// `wamid serve`
#[derive(Args)]
pub(super) struct Serve {
    /// Where to listen; port 0 is any free one
    #[arg(long, env = "WAMID_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR:PORT")]
    listen: SocketAddr,
    /// Where the endpoints are mounted
    #[arg(long, env = "WAMID_PREFIX", default_value = "/whatsapp", value_name = "PATH")]
    prefix: String,
    #[command(flatten)]
    store: StoreArgs,
    /// Digits put before numbers of exactly 10 digits without + or 00
    #[arg(long, env = "WAMID_DEFAULT_COUNTRY_CODE", value_name = "DIGITS")]
    default_country_code: Option<String>,
    /// Brings a sandbox that plays Meta, with an account of its own
    #[arg(long)]
    sandbox: bool,
    /// With --sandbox: a template to know, and how many parameters its header and body take
    #[arg(long = "template", value_name = "NAME:HEADER:BODY", requires = "sandbox")]
    templates: Vec<Template>,
    /// With --sandbox: opens its phone page in a browser: the customers' side of what is sent
    #[arg(long, requires = "sandbox")]
    open: bool,
    /// Where the Graph API is [env: WAMID_GRAPH_URL=] [default: https://graph.facebook.com]
    // Not clap's `env`: with --sandbox the variable, which other commands in the same shell need, must not count as given.
    #[arg(long, value_name = "URL", conflicts_with = "sandbox")]
    graph_url: Option<String>,
    /// The Graph API's version [default: v26.0]
    #[arg(long, env = "WAMID_GRAPH_VERSION", value_name = "VERSION")]
    graph_version: Option<String>,
    /// How long one attempt at Meta may take [default: 15]
    #[arg(
        long,
        env = "WAMID_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 15.0,
        hide_default_value = true
    )]
    timeout: f64,
    /// Takes keys in the query too (?api_key=), as the original does; they end up in every log on the way
    #[arg(long, env = "WAMID_ALLOW_QUERY_KEY", value_parser = FalseyValueParser::new())]
    allow_query_key: bool,
    /// Takes webhooks for accounts without an app secret, which anybody could have written
    #[arg(long, env = "WAMID_ALLOW_UNSIGNED_WEBHOOKS", value_parser = FalseyValueParser::new())]
    allow_unsigned_webhooks: bool,
    /// Shows /metrics, /openapi.json and /docs to everybody, not only to loopback and to those with a key
    #[arg(long, env = "WAMID_OPEN_DOCS", value_parser = FalseyValueParser::new())]
    open_docs: bool,
    /// How many sends are under way to Meta at once; the rest wait for a moment and are then turned away
    #[arg(long, env = "WAMID_MAX_IN_FLIGHT", default_value_t = 256, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    max_in_flight: u32,
    /// How many requests a second each API key may make
    #[arg(long, env = "WAMID_KEY_RATE", default_value_t = 100.0, value_name = "COUNT", value_parser = rate)]
    key_rate: f64,
    /// After a signal to stop, how long it goes on while /readyz says 503, for a load balancer to notice
    #[arg(long, env = "WAMID_STOP_DELAY", default_value_t = 0.0, value_name = "SECONDS")]
    stop_delay: f64,
    #[command(flatten)]
    forward: ForwardArgs,
    /// How each request is logged on standard error: for people, or as a JSON object a line
    #[arg(long, value_enum, default_value_t, env = "WAMID_LOG_FORMAT")]
    log_format: LogFormat,
    /// Prints the settings, without secrets, and ends
    #[arg(long)]
    print_config: bool,
}

impl Serve {
    pub(super) fn log_format(&self) -> LogFormat {
        self.log_format
    }

    pub(super) async fn run(mut self) -> Result<(), CommandError> {
        match std::env::var("WAMID_GRAPH_URL").ok().filter(|url| !url.is_empty()) {
            Some(_) if self.sandbox => {
                logs::tell("WAMID_GRAPH_URL is left aside: --sandbox brings the Graph API that it plays");
            }
            url => self.graph_url = self.graph_url.or(url),
        }
        if self.print_config {
            return self.print();
        }
        if self.sandbox && !self.listen.ip().is_loopback() {
            return Err(CommandError::Other(format!(
                "--sandbox is for this machine alone, and {} is open to others: --listen 127.0.0.1:{}",
                self.listen,
                self.listen.port()
            )));
        }
        no_dumps::forbid();
        let stop_delay = seconds("stop_delay", self.stop_delay)?;
        let forward = self.forward.target()?;
        let mut settings = self.settings();
        // Whoever reads it may be in another folder.
        settings["store"] = shown(&absolute(&self.store.store)).into();
        let store = self.store.open().await?;
        let sandbox = if self.sandbox { Some(self.start_sandbox().await?) } else { None };
        let mut options = Options::default();
        options.graph_url = sandbox.as_ref().map(|sandbox| sandbox.url().to_owned()).or(self.graph_url);
        options.graph_version = self.graph_version;
        options.default_country_code = self.default_country_code.clone();
        options.timeout = Some(seconds("timeout", self.timeout)?);
        options.total_timeout = Some(SEND_WITHIN);
        // What no account could use is better said now than at each send.
        Client::cloud("ACCESS-TOKEN", "1").options(options.clone()).build()?;
        let accounts = self.store.accounts(&store, options).await?;
        if let Some(account) = from_environment() {
            accounts.add(&account).await?;
        }
        if let Some(sandbox) = &sandbox {
            let id = accounts.add(&sandbox_account(sandbox)).await?;
            accounts.set_default(id).await?;
        }
        let options = GatewayOptions {
            prefix: self.prefix,
            adds_country_code: self.default_country_code.is_some(),
            allow_query_key: self.allow_query_key,
            allow_unsigned_webhooks: self.allow_unsigned_webhooks,
            open_docs: self.open_docs,
            max_in_flight: self.max_in_flight as usize,
            key_rate: self.key_rate,
            stop_delay,
            forward: forward.clone(),
            forward_limit: self.forward.forward_limit,
            settings,
            lost_log_lines: logs::lost(),
            ..GatewayOptions::new(store.clone(), accounts.clone())
        };
        // From before the first request on, an end is an orderly one.
        let mut signals = Signals::new()?;
        let gateway = Gateway::start(options, self.listen)
            .await
            .map_err(|error| CommandError::Other(error.to_string()))?;
        let mut said = Printer(Sink::stdout());
        said.line(&format!("listening on {}", gateway.url()));
        if let Some(sandbox) = &sandbox {
            sandbox
                .set_webhook(&format!("{}/webhook/", gateway.url()))
                .map_err(|error| CommandError::Other(error.to_string()))?;
            said.line(&format!("sandbox on {}", sandbox.url()));
            said.line(&format!("phone page on {}", sandbox.phone_page()));
            if self.open {
                phone::open_page(sandbox);
            }
        }
        if let Some(forward) = &forward {
            said.line(&format!("events go to {}", forward.shown()));
        }
        let known = accounts.list().await?;
        match known.iter().find(|account| account.is_default) {
            Some(account) if sandbox.is_none() && account.name == SANDBOX => {
                let number = &account.phone_number_id;
                logs::tell(&format!(
                    "The default account is a sandbox's ({number}): wamid account set-default ID"
                ));
            }
            Some(_) => {}
            None if known.is_empty() => said.line("no account to send from yet: wamid account add"),
            None => logs::tell("No account is the default: wamid account set-default ID"),
        }
        signals.next().await;
        tokio::select! {
            () = gateway.shutdown() => {}
            number = signals.next() => {
                logs::tell("stopped at once: what was under way to Meta will show as unknown");
                return Err(CommandError::Ended { status: 128 + number, message: String::new() });
            }
        }
        if let Some(sandbox) = sandbox {
            sandbox.shutdown().await;
        }
        store.close().await;
        Ok(())
    }

    async fn start_sandbox(&self) -> Result<Sandbox, CommandError> {
        let options = SandboxOptions { templates: self.templates.clone(), ..SandboxOptions::default() };
        Ok(Sandbox::start(options).await?)
    }

    fn print(&self) -> Result<(), CommandError> {
        Ok(say_pretty(&self.settings())?)
    }

    /// The settings, without secrets.
    fn settings(&self) -> serde_json::Value {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        json!({
            "listen": self.listen.to_string(),
            "prefix": self.prefix,
            "store": shown(&self.store.store),
            "default_country_code": self.default_country_code,
            "sandbox": self.sandbox,
            "graph_url": self.graph_url.as_deref().map(shown),
            "graph_version": self.graph_version,
            "timeout": self.timeout,
            "allow_query_key": self.allow_query_key,
            "allow_unsigned_webhooks": self.allow_unsigned_webhooks,
            "open_docs": self.open_docs,
            "max_in_flight": self.max_in_flight,
            "key_rate": self.key_rate,
            "stop_delay": self.stop_delay,
            "forward": self.forward.shown(),
            "forward_allow_http": self.forward.forward_allow_http,
            "forward_limit": self.forward.forward_limit,
            "secret_key": if set("WAMID_SECRET_KEY") { "from WAMID_SECRET_KEY" } else { "from the key file" },
            "account_from_environment": set("WAMID_ACCESS_TOKEN") && set("WAMID_PHONE_NUMBER_ID"),
        })
    }
}

/// What it prints. Whoever started it may have closed its standard output, or read no further: it serves all the same.
struct Printer(Sink);

impl Printer {
    fn line(&mut self, line: &str) {
        let _ = self.0.write_all(format!("{}\n", plain(line)).as_bytes());
    }
}

impl Drop for Printer {
    fn drop(&mut self) {
        self.0.drain(Duration::from_secs(1));
    }
}

/// A number of requests a second.
fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse::<f64>().ok().filter(|rate| rate.is_finite() && *rate > 0.0);
    rate.ok_or_else(|| "must be a number above 0".to_owned())
}

/// The same store, named from anywhere on this machine.
pub(super) fn absolute(url: &str) -> String {
    let path = url.strip_prefix("sqlite:").filter(|path| *path != ":memory:");
    let path = path.map(|path| path.strip_prefix("//").unwrap_or(path));
    match path.and_then(|path| std::path::absolute(path).ok()) {
        Some(path) => format!("sqlite:{}", path.display()),
        None => url.to_owned(),
    }
}

/// A URL without its user, password and options, any of which may be secret. One that is written in an unexpected way is
/// shown by its scheme alone.
pub(super) fn shown(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once(':').filter(|(scheme, _)| *scheme != "sqlite") else {
        return url.to_owned();
    };
    let known = rest.strip_prefix("//").and_then(|rest| {
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let plain =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]/".contains(&byte));
        (plain(host) && plain(path) && !authority.contains('?')).then(|| format!("{scheme}://{host}/{path}"))
    });
    known.unwrap_or_else(|| format!("{scheme}:…"))
}

/// The account that the environment describes: containers have no command line to add one.
fn from_environment() -> Option<NewAccount> {
    let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    Some(NewAccount {
        name: "environment".to_owned(),
        phone_number_id: var("WAMID_PHONE_NUMBER_ID")?,
        business_account_id: var("WAMID_BUSINESS_ACCOUNT_ID"),
        access_token: var("WAMID_ACCESS_TOKEN")?,
        app_secret: var("WAMID_APP_SECRET"),
        verify_token: var("WAMID_VERIFY_TOKEN"),
    })
}

/// The sandbox's account; its verify token is its app secret, so that the subscription check can be tried too.
pub(super) fn sandbox_account(sandbox: &Sandbox) -> NewAccount {
    NewAccount {
        name: SANDBOX.to_owned(),
        phone_number_id: sandbox.phone_number_id().to_owned(),
        business_account_id: Some(sandbox.business_account_id().to_owned()),
        access_token: sandbox.access_token().to_owned(),
        app_secret: Some(sandbox.app_secret().to_owned()),
        verify_token: Some(sandbox.app_secret().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn urls_are_shown_without_what_may_be_secret() {
        for (url, expected) in [
            ("sqlite:/var/lib/wamid.db", "sqlite:/var/lib/wamid.db"),
            ("postgres://user:hunter2@db.example.com:5432/wamid", "postgres://db.example.com:5432/wamid"),
            ("postgres://user@[::1]/wamid?password=hunter2&sslmode=require", "postgres://[::1]/wamid"),
            ("postgres://user:hun@ter2@db/wamid", "postgres://db/wamid"),
            ("postgres://user:hunter2?x@db/wamid", "postgres:…"),
            ("postgres://user:hunter2/x@db/wamid", "postgres:…"),
            ("postgres:user:hunter2@db/wamid", "postgres:…"),
            ("https://user:hunter2@graph.example.com", "https://graph.example.com/"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(shown(url), expected, "{url}");
        }
    }
}
