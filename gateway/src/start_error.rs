//! Why a gateway does not start.

use std::net::SocketAddr;

use wamid::Error;

/// Why a gateway could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The store cannot be used.
    Store(Error),
    /// The address cannot be listened on.
    Listen(SocketAddr, std::io::Error),
    /// The prefix is no path such as `/whatsapp`.
    Prefix(String),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Prefix(prefix) => {
                write!(
                    f,
                    "the prefix must be a path of plain letters and digits such as /whatsapp, without //, . or .. as a part; it is {prefix:?}"
                )
            }
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            Self::Listen(_, error) => Some(error),
            Self::Prefix(_) => None,
        }
    }
}
