//! The options of a client that concern connections.

use std::path::PathBuf;
use std::time::Duration;

/// The options of a client that are about its connections, checked; what is absent has its default.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// How long an attempt may take, where its call says nothing else.
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    /// How many connections are in use at once for sends, and as many for everything else.
    pub(crate) max_connections: usize,
    pub(crate) user_agent: Option<String>,
    pub(crate) proxy: Option<String>,
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) pool_idle_timeout: Option<Duration>,
    pub(crate) pool_max_idle: Option<usize>,
}
