//! The options of a client, and the rules that they are held to.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use crate::argument::rules;
use crate::delivery::Limits;
use crate::error::{Error, Secret, shown_url};
use crate::transport::{Settings, is_loopback};

/// Options of both hosts; what is absent has its default.
///
/// ```
/// use std::time::Duration;
/// let mut options = wamid::Options::default();
/// options.timeout = Some(Duration::from_secs(5));
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// How long one attempt may take, from connecting to the end of the answer. Default 30 s.
    pub timeout: Option<Duration>,
    /// How long connecting may take, TLS included. Default 10 s.
    pub connect_timeout: Option<Duration>,
    /// How long all attempts and the waits between them may take. Default 60 s.
    pub total_timeout: Option<Duration>,
    /// How often a request that surely was not sent is made again. Default 2.
    pub max_retries: Option<u32>,
    /// How many sends go out a second, at most. Default: as many as there are.
    pub max_per_second: Option<f64>,
    /// 1 to 3 digits put before phone numbers of exactly 10 digits that have no `+` or `00`. Default: none.
    pub default_country_code: Option<String>,
    /// The `User-Agent` header. Default `wamid/VERSION`.
    pub user_agent: Option<String>,
    /// The proxy to go through, `http://…` or `https://…`; never used for loopback. Default: the system's.
    pub proxy: Option<String>,
    /// Allows plain HTTP to other hosts than loopback. Default false.
    pub allow_http: Option<bool>,
    /// A PEM file of further certificate authorities.
    pub ca_file: Option<PathBuf>,
    /// How long an unused connection is kept. Default 90 s.
    pub pool_idle_timeout: Option<Duration>,
    /// How many unused connections are kept. Default: as many as `max_connections`, those beyond 32 for 10 s only.
    pub pool_max_idle: Option<usize>,
    /// How many connections to the host are in use at once for sends, and as many for everything else; at least 1. A call that
    /// waits for one has sent nothing yet, and its `total_timeout` runs meanwhile. Default 256.
    pub max_connections: Option<usize>,
    /// Cloud only: the version of the Graph API. Default `v26.0`.
    pub graph_version: Option<String>,
    /// Cloud only: where the Graph API is. Default `https://graph.facebook.com`.
    pub graph_url: Option<String>,
    /// Cloud only: the app's secret, which webhooks are signed with.
    pub app_secret: Option<String>,
    /// Cloud only: the id of the WhatsApp Business Account, digits alone, which owns templates. Default: none.
    pub business_account_id: Option<String>,
    /// Cloud only: the id of the app at Meta, digits alone, which takes the picture of a profile. Default: none.
    pub app_id: Option<String>,
    /// Cloud only: whether each template message is first held to its template as Meta has it, which is fetched once and kept for 10
    /// minutes; see [`Client::check_template`](crate::Client::check_template). It needs `business_account_id`. Default false.
    pub check_templates: Option<bool>,
    /// Cloud only: where sends and conversations are recorded, `sqlite:PATH`. Default: nowhere.
    pub store: Option<String>,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = |text: &Option<String>| text.as_deref().map(Secret::new);
        f.debug_struct("Options")
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("max_retries", &self.max_retries)
            .field("max_per_second", &self.max_per_second)
            .field("default_country_code", &self.default_country_code)
            .field("user_agent", &self.user_agent)
            // These two may hold a password.
            .field("proxy", &hidden(&self.proxy))
            .field("store", &hidden(&self.store))
            .field("allow_http", &self.allow_http)
            .field("ca_file", &self.ca_file)
            .field("pool_idle_timeout", &self.pool_idle_timeout)
            .field("pool_max_idle", &self.pool_max_idle)
            .field("max_connections", &self.max_connections)
            .field("graph_version", &self.graph_version)
            .field("graph_url", &self.graph_url.as_deref().map(shown_url))
            .field("app_secret", &hidden(&self.app_secret))
            .field("business_account_id", &self.business_account_id)
            .field("app_id", &self.app_id)
            .field("check_templates", &self.check_templates)
            .finish()
    }
}

/// The options, held to their rules, for whom they are.
pub(super) struct CheckedOptions {
    pub(super) limits: Limits,
    pub(super) connections: Settings,
    pub(super) default_country_code: Option<String>,
    pub(super) max_per_second: Option<f64>,
}

impl Options {
    pub(super) fn checked(&self) -> Result<CheckedOptions, Error> {
        let positive = |field: &str, value: Option<Duration>, default: u64| match value {
            Some(Duration::ZERO) => Err(Error::invalid(field, "must be more than 0")),
            value => Ok(value.unwrap_or(Duration::from_secs(default))),
        };
        if let Some(code) = &self.default_country_code {
            let sound = (1..=3).contains(&code.len())
                && code.bytes().all(|b| b.is_ascii_digit())
                && !code.starts_with('0');
            if !sound {
                return Err(Error::invalid(
                    "default_country_code",
                    "must be 1 to 3 digits, the first not 0, such as 91",
                ));
            }
        }
        if self.max_connections == Some(0) {
            return Err(Error::invalid("max_connections", "must be at least 1"));
        }
        let timeout = positive("timeout", self.timeout, 30)?;
        let connect_timeout = positive("connect_timeout", self.connect_timeout, 10)?;
        let total_timeout = positive("total_timeout", self.total_timeout, 60)?;
        if self.max_per_second.is_some_and(|rate| !rate.is_finite() || rate <= 0.0) {
            return Err(Error::invalid("max_per_second", "must be a number above 0"));
        }
        Ok(CheckedOptions {
            limits: Limits { timeout, total_timeout, max_retries: self.max_retries.unwrap_or(2) },
            connections: Settings {
                timeout,
                connect_timeout,
                max_connections: self.max_connections.unwrap_or(256),
                user_agent: self.user_agent.clone(),
                proxy: self.proxy.clone(),
                ca_file: self.ca_file.clone(),
                pool_idle_timeout: self.pool_idle_timeout,
                pool_max_idle: self.pool_max_idle,
            },
            default_country_code: self.default_country_code.clone(),
            max_per_second: self.max_per_second,
        })
    }
}

/// A host's address: `https`, or `http` where that is allowed; without a trailing slash.
pub(super) fn host_url(field: &str, text: &str, allow_http: bool) -> Result<Url, Error> {
    rules::not_empty(field, text)?;
    let url = Url::parse(text.trim_end_matches('/')).map_err(|error| {
        Error::invalid(field, format!("must be a URL such as https://example.com: {error}"))
    })?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(Error::invalid(field, "must start with https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::invalid(field, "must not hold a user name or password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Error::invalid(field, "must not hold a query or a fragment"));
    }
    if url.scheme() == "http" && !allow_http && !is_loopback(&url) {
        return Err(Error::invalid(
            field,
            "must start with https://: over plain HTTP anyone on the way reads the credentials. Loopback is exempt; \
             allow_http lifts the rule",
        ));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::join;

    #[test]
    fn plain_http_is_for_loopback() {
        for url in [
            "http://127.0.0.1:8000",
            "http://127.8.0.1",
            "http://[::1]:80/x",
            "http://LOCALHOST/",
            "https://example.com",
        ] {
            assert!(host_url("base_url", url, false).is_ok(), "{url}");
        }
        for url in [
            "http://example.com",
            "http://localhost.example.com",
            "http://128.0.0.1",
            "http://127.0.0.1.example.com",
        ] {
            let error = host_url("base_url", url, false).unwrap_err();
            assert_eq!(error.field(), Some("base_url"), "{url}");
            assert!(host_url("base_url", url, true).is_ok(), "{url}");
        }
    }

    #[test]
    fn addresses_that_cannot_be_meant_are_refused() {
        for url in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https://u:p@example.com",
            "https://example.com?a=b",
        ] {
            assert!(host_url("graph_url", url, true).is_err(), "{url}");
        }
    }

    #[test]
    fn slashes_at_the_end_fall_away() {
        for url in [
            "https://example.com/whatsapp",
            "https://example.com/whatsapp/",
            "https://example.com/whatsapp//",
        ] {
            let url = host_url("base_url", url, false).unwrap();
            assert_eq!(join(&url, "api/chats/").as_str(), "https://example.com/whatsapp/api/chats/");
        }
        let bare = host_url("base_url", "https://example.com/", false).unwrap();
        assert_eq!(join(&bare, "api/").as_str(), "https://example.com/api/");
    }
}
