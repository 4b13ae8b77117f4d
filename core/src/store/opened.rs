//! A database, whichever it is, once it is connected.

use std::sync::Arc;

use sqlx::AnyPool;
use sqlx::any::AnyConnectOptions;

use super::dialect::Dialect;
use super::file::StoreFile;

/// A database that is ready for its tables.
pub(super) struct Opened {
    pub(super) pool: AnyPool,
    /// The connections for transactions that write.
    pub(super) writers: AnyPool,
    pub(super) dialect: &'static Dialect,
    /// How messages and `Debug` call it: without a password.
    pub(super) name: String,
    /// The file that it is in, where it is in one of this machine.
    pub(super) file: Option<Arc<StoreFile>>,
    /// It is in the memory of this process.
    pub(super) memory: bool,
    /// To connect beside the pools.
    pub(super) options: AnyConnectOptions,
}
