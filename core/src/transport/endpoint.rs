//! A host's address, parsed once for the `Host` header, the connection and the URL.

use http::Uri;
use url::Url;

use crate::error::Error;

/// Where a request goes: parsed once, not at every send.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    url: Url,
    /// With scheme and host, as a proxy that reads the request wants it.
    whole: Uri,
    /// The path alone, as the host itself wants it.
    path: Uri,
}

impl Endpoint {
    /// `field` is what an address that HTTP cannot carry came as.
    pub(crate) fn new(url: Url, field: &str) -> Result<Self, Error> {
        let unusable = || Error::invalid(field, "must be a URL such as https://example.com");
        let whole: Uri = url.as_str().parse().map_err(|_| unusable())?;
        let path = whole.path_and_query().cloned().ok_or_else(unusable)?;
        Ok(Self { url, whole, path: path.into() })
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    pub(super) fn whole(&self) -> &Uri {
        &self.whole
    }

    pub(super) fn uri(&self, whole: bool) -> &Uri {
        if whole { &self.whole } else { &self.path }
    }

    /// The host, with its port where that is not the scheme's own.
    pub(super) fn host(&self) -> String {
        match (self.url.host_str(), self.url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (host, _) => host.unwrap_or_default().to_owned(),
        }
    }
}

/// Whether the address is of this machine itself: 127.0.0.0/8, ::1, `localhost`.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `url` with `segments` appended, which hold nothing that needs escaping.
pub(crate) fn join(url: &Url, segments: &str) -> Url {
    let mut joined = url.clone();
    joined.set_path(&format!("{}/{segments}", url.path().trim_end_matches('/')));
    joined
}
