//! The record of sends and conversations: an embedded SQLite database or, with the feature `postgres`, PostgreSQL.
//!
//! One SQL for every database (`$1` placeholders, times as integers, no compile-time checks), behind sqlx's `Any`;
//! what differs is in [`dialect`].

mod batch;
mod chats;
mod check;
mod claim;
mod connect;
mod contacts;
mod dialect;
mod fault;
mod file;
mod group;
mod handled;
mod inbound;
mod lazy;
mod migrate;
mod moved;
mod opened;
#[cfg(feature = "postgres")]
mod postgres;
mod prune;
mod records;
mod row;
mod schema;
mod sends;
mod sqlite;
mod statuses;
mod transaction;
mod undo;
mod value;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use sqlx::AnyPool;
use sqlx::any::AnyConnectOptions;
use tokio::sync::Semaphore;

#[doc(hidden)]
pub use self::claim::SendClaim;
use self::dialect::Dialect;
use self::fault::Fault;
use self::file::StoreFile;
use self::group::GroupCommit;
#[doc(hidden)]
pub use self::inbound::EventRows;
pub(crate) use self::lazy::LazyStore;
#[doc(hidden)]
pub use self::migrate::Migration;
use self::opened::Opened;
pub use self::prune::{Prune, Pruned};
pub use self::records::{SendFilter, SendStatus, StoredSend};
#[doc(hidden)]
pub use self::row::StoreRow;
pub use self::sends::{NewSend, SendId, SendOutcome};
#[doc(hidden)]
pub use self::transaction::StoreTransaction;
use crate::error::Error;

/// The record of sends and conversations. Clones share the same connections.
///
/// A client given a store keeps it by itself; this type is for those who look into the record, or keep one without
/// the client. No message content is in it.
///
/// ```
/// use wamid::{NewSend, SendFilter, SendOutcome, SendStatus, Store};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let store = Store::open("sqlite::memory:").await?;
/// let deadline = "2026-11-22T10:01:00Z".parse()?;
/// let send = NewSend::new("106540352242922", "16505551234", "text", deadline).reference("order-42");
/// let send = store.begin_send(&send).await?;
/// let message_id = "wamid.HBgL".to_owned();
/// store.finish_send(&send, &SendOutcome::Sent { message_id, wa_id: None, user_id: None }).await?;
///
/// let sends = store.sends(&SendFilter::default().reference("order-42")).await?;
/// assert_eq!(sends[0].status, SendStatus::Sent);
/// assert_eq!(store.chats("106540352242922").await?[0].phone_number, "16505551234");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    pool: AnyPool,
    writers: AnyPool,
    dialect: &'static Dialect,
    name: String,
    file: Option<Arc<StoreFile>>,
    memory: bool,
    /// To connect beside the pools.
    options: AnyConnectOptions,
    /// One permit where the database takes one writer: waiting here is fair, waiting inside SQLite is not.
    writer: Option<Arc<Semaphore>>,
    group: GroupCommit,
    looked: check::LastCheck,
    /// A write has failed since one was last tried in earnest.
    failed: AtomicBool,
}

impl Store {
    /// Opens the store of that URL and makes its tables where it is new: `sqlite:PATH`, or `sqlite::memory:` for one
    /// that ends with the process. A new file is readable by its owner alone.
    ///
    /// With the feature `postgres` also `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, with libpq's options after a `?`
    /// (`sslmode`, `sslrootcert`, …). The password is in no error and not in `Debug`.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let error = wamid::Store::open("sqlite:/no/such/folder/wamid.db").await.unwrap_err();
    /// assert_eq!(error.kind(), wamid::ErrorKind::Store);
    /// assert!(error.message().contains("/no/such/folder/wamid.db"));
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where it cannot be opened or is of a newer version,
    /// [`Unsupported`](crate::ErrorKind::Unsupported) for a database that this build has no driver for,
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `store` for any other text.
    pub async fn open(url: &str) -> Result<Self, Error> {
        let Opened { pool, writers, dialect, name, file, memory, options } = connect::open(url).await?;
        let writer = dialect.one_writer.then(|| Arc::new(Semaphore::new(1)));
        let store = Self(Arc::new(Inner {
            pool,
            writers,
            dialect,
            name,
            file,
            memory,
            options,
            writer,
            group: GroupCommit::default(),
            looked: check::LastCheck::default(),
            failed: AtomicBool::new(false),
        }));
        store.migrate(schema::NAMESPACE, schema::MIGRATIONS).await?;
        Ok(store)
    }

    /// Closes all connections, after the calls under way. Clones are closed with it, and answer with an error.
    pub async fn close(&self) {
        self.0.writers.close().await;
        self.0.pool.close().await;
    }

    /// The connections, for reading tables of one's own in the same database; [`begin`](Self::begin) writes.
    #[doc(hidden)]
    #[must_use]
    pub fn pool(&self) -> &AnyPool {
        &self.0.pool
    }

    fn dialect(&self) -> &'static Dialect {
        self.0.dialect
    }

    fn fault(&self, what: &'static str) -> Fault<'_> {
        Fault::new(&self.0.name, what)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("url", &self.0.name).finish_non_exhaustive()
    }
}
