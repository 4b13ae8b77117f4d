//! Chooses the proxy of a request: option, environment, none for loopback.

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use url::Url;

use super::endpoint::{Endpoint, is_loopback};
use super::settings::Settings;
use crate::error::Error;

const RULE: &str = "must be an http:// or https:// URL";

/// The proxy that was asked for, else the system's; none for a host on this machine.
pub(super) enum Proxies {
    Never,
    Given(String),
    System,
}

impl Proxies {
    pub(super) fn new(host: &Endpoint, settings: &Settings) -> Result<Self, Error> {
        let given = settings.proxy.as_deref().map(checked).transpose()?;
        Ok(match given {
            _ if is_loopback(host.url()) => Self::Never,
            Some(given) => Self::Given(given),
            None => Self::System,
        })
    }

    /// The proxy before that host.
    pub(super) fn before(&self, host: &Uri) -> Result<Option<Intercept>, Error> {
        match self {
            Self::Never => Ok(None),
            Self::System => Ok(Matcher::from_system().intercept(host)),
            Self::Given(given) => {
                let proxy = Matcher::builder().all(given.as_str()).build().intercept(host);
                // Going around a proxy that cannot be understood would show the host what was to stay hidden.
                proxy.map(Some).ok_or_else(|| Error::invalid("proxy", RULE))
            }
        }
    }
}

fn checked(text: &str) -> Result<String, Error> {
    let url = Url::parse(text).map_err(|_| Error::invalid("proxy", RULE))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(Error::invalid("proxy", RULE));
    }
    Ok(url.into())
}
