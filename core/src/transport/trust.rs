//! Decides which hosts get the credentials. (fine, more concrete: the host itself, and Meta's media hosts.)

use url::Url;

use super::endpoint::Endpoint;
use crate::transport::HostKind;

/// Where Meta keeps media: these names, and the names below those that begin with a dot.
const MEDIA: [&str; 3] = ["lookaside.fbsbx.com", ".fbcdn.net", ".whatsapp.net"];

/// The host itself, by scheme, name and port; with Meta's token also Meta's media hosts, over https.
pub(super) struct Trust {
    own: Url,
    media: bool,
}

impl Trust {
    pub(super) fn new(host: &Endpoint, kind: HostKind) -> Self {
        Self { own: host.url().clone(), media: kind == HostKind::Cloud }
    }

    pub(super) fn covers(&self, url: &Url) -> bool {
        url.origin() == self.own.origin() || (self.media && is_media(url))
    }
}

fn is_media(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let known =
        MEDIA.iter().any(|name| if name.starts_with('.') { host.ends_with(name) } else { host == *name });
    known && url.scheme() == "https" && url.port().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trust(own: &str, kind: HostKind) -> Trust {
        Trust::new(&Endpoint::new(own.parse().unwrap(), "graph_url").unwrap(), kind)
    }

    #[test]
    fn credentials_go_to_the_host_itself_by_scheme_name_and_port() {
        for kind in [HostKind::Cloud, HostKind::Gateway] {
            let trust = trust("https://graph.facebook.com/v26.0/1/messages", kind);
            for (url, covered) in [
                ("https://graph.facebook.com/v26.0/2", true),
                ("https://GRAPH.facebook.com:443/", true),
                ("http://graph.facebook.com/", false),
                ("https://graph.facebook.com:8443/", false),
                ("https://graph.facebook.com.example.com/", false),
                ("https://facebook.com/", false),
                ("https://graph.facebook.com@example.com/", false),
                ("data:text/plain,graph.facebook.com", false),
            ] {
                assert_eq!(trust.covers(&url.parse().unwrap()), covered, "{url}");
            }
        }
    }

    #[test]
    fn meta_s_token_goes_to_meta_s_media_hosts_too_and_a_gateway_s_key_does_not() {
        let cloud = trust("https://graph.facebook.com/", HostKind::Cloud);
        let gateway = trust("https://example.com/", HostKind::Gateway);
        for (url, covered) in [
            ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true),
            ("https://scontent.xx.fbcdn.net/v/t1.jpg", true),
            ("https://mmg.whatsapp.net/d/f", true),
            ("http://lookaside.fbsbx.com/", false),
            ("https://lookaside.fbsbx.com:8443/", false),
            ("https://other.fbsbx.com/", false),
            ("https://evil-fbcdn.net/", false),
            ("https://fbcdn.net.example.com/", false),
            ("https://example.com/", false),
        ] {
            let url = url.parse().unwrap();
            assert_eq!(cloud.covers(&url), covered, "{url}");
            assert_eq!(gateway.covers(&url), url.as_str() == "https://example.com/", "{url}");
        }
    }
}
