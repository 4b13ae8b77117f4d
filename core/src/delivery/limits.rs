//! How long a call may take, and how often it is tried.

use std::time::Duration;

/// The options of a client that steer a call, with their defaults filled in.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Of one attempt.
    pub(crate) timeout: Duration,
    /// Of all attempts and the waits between them.
    pub(crate) total_timeout: Duration,
    pub(crate) max_retries: u32,
}
