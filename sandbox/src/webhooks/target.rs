//! Where webhooks go: a plain HTTP URL on loopback.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use http::Uri;
use tokio::net::TcpStream;

use crate::options::SandboxError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target(Uri);

impl FromStr for Target {
    type Err = SandboxError;

    fn from_str(url: &str) -> Result<Self, SandboxError> {
        let wrong = || {
            SandboxError::new(format!(
                "the webhook URL {url:?} is not http:// on this machine: the sandbox sends webhooks to 127.0.0.1, \
                 [::1] or localhost only, without TLS"
            ))
        };
        let uri: Uri = url.parse().map_err(|_| wrong())?;
        let host = uri.host().unwrap_or_default();
        let is_loopback = host.eq_ignore_ascii_case("localhost")
            || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if uri.scheme_str() == Some("http") && is_loopback { Ok(Self(uri)) } else { Err(wrong()) }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Target {
    pub(super) async fn connect(&self) -> io::Result<TcpStream> {
        let host = self.0.host().unwrap_or_default().trim_matches(['[', ']']);
        // `localhost` is a name: whatever it resolves to, nothing leaves this machine.
        let addresses: Vec<SocketAddr> = tokio::net::lookup_host((host, self.0.port_u16().unwrap_or(80)))
            .await?
            .filter(|address| address.ip().is_loopback())
            .collect();
        TcpStream::connect(addresses.as_slice()).await
    }

    pub(super) fn path(&self) -> &str {
        self.0.path_and_query().map_or("/", |path| path.as_str())
    }

    pub(super) fn host(&self) -> &str {
        self.0.authority().map_or("localhost", |authority| authority.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn webhooks_stay_on_this_machine() {
        for (url, expected) in [
            ("http://127.0.0.1:8000/whatsapp/webhook/", true),
            ("http://127.9.9.9/", true),
            ("http://[::1]:80/x?y=z", true),
            ("http://localhost:8000", true),
            ("https://localhost:8000", false),
            ("http://example.com/", false),
            ("http://localhost.example.com/", false),
            ("http://127.0.0.1@example.com/", false),
            ("http://0.0.0.0/", false),
            ("localhost:8000", false),
            ("", false),
        ] {
            assert_eq!(url.parse::<Target>().is_ok(), expected, "{url}");
        }
    }
}
