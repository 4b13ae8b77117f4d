//! `ErrorKind`: the ten kinds that callers branch on.

use std::fmt;

/// What went wrong, as coarsely as a caller branches on it.
///
/// New kinds may come; match with a wildcard arm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument breaks a rule of the SDK; [`Error::field`](crate::Error::field) names it. Nothing was sent.
    InvalidInput,
    /// The token, the key or a permission was refused.
    Authentication,
    /// The host wants fewer messages for a while.
    RateLimited,
    /// The host understood the request and refused it.
    Rejected,
    /// The host failed.
    Server,
    /// An attempt, or all of them together, took too long.
    Timeout,
    /// The connection did not come about, or was lost.
    Connection,
    /// The answer is not one that this host gives.
    UnexpectedResponse,
    /// This host, or this build, cannot do it.
    Unsupported,
    /// The store cannot be opened, read or written.
    Store,
}

impl ErrorKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::InvalidInput,
        Self::Authentication,
        Self::RateLimited,
        Self::Rejected,
        Self::Server,
        Self::Timeout,
        Self::Connection,
        Self::UnexpectedResponse,
        Self::Unsupported,
        Self::Store,
    ];

    /// The kind's name in every language and on the wire, such as `rate_limited`.
    ///
    /// ```
    /// assert_eq!(wamid::ErrorKind::RateLimited.as_str(), "rate_limited");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::Authentication => "authentication",
            Self::RateLimited => "rate_limited",
            Self::Rejected => "rejected",
            Self::Server => "server",
            Self::Timeout => "timeout",
            Self::Connection => "connection",
            Self::UnexpectedResponse => "unexpected_response",
            Self::Unsupported => "unsupported",
            Self::Store => "store",
        }
    }

    /// The kind of that name, if there is one.
    ///
    /// ```
    /// use wamid::ErrorKind;
    /// assert_eq!(ErrorKind::from_name("store"), Some(ErrorKind::Store));
    /// assert_eq!(ErrorKind::from_name("of_tomorrow"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
