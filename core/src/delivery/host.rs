//! Where requests go.

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

    pub(crate) fn address(&self) -> &Endpoint {
        match self {
            Self::Cloud { messages, .. } => messages,
            Self::Gateway(urls) => &urls.root,
        }
    }
}
