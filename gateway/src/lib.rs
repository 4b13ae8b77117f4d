//! The messaging gateway behind the binary `wamid`, and a sandbox that plays Meta.
//!
//! With the feature `server`, `server` is the gateway: the four operations over HTTP. With the feature `sandbox`, `sandbox` is a server on loopback that plays Meta's Graph API, for tests without an
//! account.

#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(feature = "server")]
pub mod server;
