//! Where requests go.

use url::Url;

use crate::transport::{Endpoint, HostKind};

pub(crate) enum Host {
    Cloud { phone_number_id: String, messages: Box<Endpoint> },
    Gateway(Box<GatewayUrls>),
}

/// The addresses of a gateway's messaging API.
pub(crate) struct GatewayUrls {
    pub(crate) root: Endpoint,
    pub(crate) message: Endpoint,
    pub(crate) location: Endpoint,
    pub(crate) send: Endpoint,
    pub(crate) template: Endpoint,
    pub(crate) chats: Endpoint,
}

impl Host {
    pub(crate) fn kind(&self) -> HostKind {
        match self {
            Self::Cloud { .. } => HostKind::Cloud,
            Self::Gateway(_) => HostKind::Gateway,
        }
    }

    /// Graph's address with its version, and the number's id, of a cloud host.
    pub(crate) fn graph(&self) -> Option<(Url, &str)> {
        let Self::Cloud { phone_number_id, messages } = self else { return None };
        let mut root = messages.url().clone();
        // It ends with the number and `messages`.
        if let Ok(mut path) = root.path_segments_mut() {
            path.pop().pop();
        }
        Some((root, phone_number_id))
    }

    /// Where a gateway has its API, with a slash at the end.
    pub(crate) fn gateway(&self) -> Option<&Url> {
        match self {
            Self::Gateway(urls) => Some(urls.root.url()),
            Self::Cloud { .. } => None,
        }
    }

    pub(crate) fn address(&self) -> &Endpoint {
        match self {
            Self::Cloud { messages, .. } => messages,
            Self::Gateway(urls) => &urls.root,
        }
    }
}
