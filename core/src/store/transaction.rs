//! A transaction that writes, one at a time where the database takes one writer.
//!
//! The driver counts the transactions of a connection, and a database that undid one by itself (a full disk) puts that count wrong
//! for good. So `BEGIN`, `COMMIT` and `ROLLBACK` are statements like others here, and a connection on which one of them failed, or
//! that was left in the middle, is closed: closing undoes whatever was open, and the pool makes another.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection};
use tokio::sync::OwnedSemaphorePermit;

use super::Store;
use super::fault::{is_busy, is_dead, patiently};
use super::value::text;
use crate::error::Error;

/// So many connections may turn out to be dead, one after the other, before that is an error: a server that was restarted has
/// closed all of a pool.
const DEAD: u32 = 12;

/// How long undoing may take before the connection is closed instead.
const UNDO_WITHIN: Duration = Duration::from_secs(2);

/// A transaction that writes. Dropped without [`commit`](Self::commit), also by a cancelled call, it is undone.
#[doc(hidden)]
pub struct StoreTransaction {
    // Fields are dropped in order: the transaction ends before the next writer has its turn.
    connection: PoolConnection<Any>,
    /// Nothing is open on the connection.
    ended: bool,
    store: Store,
    turn: Option<OwnedSemaphorePermit>,
}

impl Store {
    /// Begins a transaction that writes, after the other writers of this process.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the database cannot be reached, or another process holds it for long.
    #[doc(hidden)]
    pub async fn begin(&self) -> Result<StoreTransaction, Error> {
        self.in_time("be written", self.begin_unlimited()).await
    }

    /// The same for those who look at the clock themselves.
    pub(super) async fn begin_unlimited(&self) -> Result<StoreTransaction, Error> {
        let mut turn = match &self.0.writer {
            // Never closed, so it is always a permit.
            Some(writer) => Arc::clone(writer).acquire_owned().await.ok(),
            None => None,
        };
        let failed = |error| self.fault("be written").database(error);
        let mut tries = 0;
        loop {
            self.same_file()?;
            let connection = self.0.writers.acquire().await.map_err(failed)?;
            // From here on, whatever happens to this call, the connection is given back clean or closed.
            let mut tx =
                StoreTransaction { connection, ended: false, store: self.clone(), turn: turn.take() };
            match patiently!(sqlx::raw_sql(self.0.dialect.begin).execute(&mut *tx.connection).await) {
                Ok(_) => return Ok(tx),
                Err(error) if is_busy(&error) => {
                    tx.ended = true;
                    return Err(failed(error));
                }
                Err(error) => {
                    // Nothing was begun, so another connection may try; the first reason there is must not be its state.
                    tries += 1;
                    let most = if is_dead(&error) { DEAD } else { 2 };
                    if tries >= most {
                        return Err(failed(error));
                    }
                    turn = tx.turn.take();
                }
            }
        }
    }

    /// Gives up a database that does not answer. The connection is then closed, so the transaction is undone.
    pub(super) async fn in_time<T>(
        &self,
        what: &'static str,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        match tokio::time::timeout(self.0.dialect.patience, call).await {
            Ok(done) => done,
            Err(_) => Err(self.fault(what).out_of_time()),
        }
    }
}

impl StoreTransaction {
    /// Settles business numbers alone until the end. Given in the same order by everybody, nobody waits for each other.
    pub(super) async fn lock_businesses(&mut self, sorted: &[&str]) -> Result<(), Error> {
        let Some(lock) = self.store.0.dialect.lock_business else { return Ok(()) };
        for business in sorted {
            let locked = sqlx::query(lock).bind(text(business)).execute(&mut *self.connection).await;
            locked.map_err(|error| self.store.fault("be written").database(error))?;
        }
        Ok(())
    }

    /// Settles the business number of a send alone until the end.
    pub(super) async fn lock_send(&mut self, id: i64) -> Result<(), Error> {
        let Some(lock) = self.store.0.dialect.lock_send else { return Ok(()) };
        let locked = sqlx::query(lock).bind(id).execute(&mut *self.connection).await;
        locked.map(drop).map_err(|error| self.store.fault("be written").database(error))
    }

    /// Makes it last.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the database could not write it.
    pub async fn commit(mut self) -> Result<(), Error> {
        // What goes into a file without a name is lost with this process.
        self.store.same_file()?;
        let done = patiently!(sqlx::raw_sql("COMMIT").execute(&mut *self.connection).await);
        done.map_err(|error| {
            self.store.0.failed.store(true, Ordering::Release);
            self.store.fault("be written").database(error)
        })?;
        self.ended = true;
        Ok(())
    }

    /// Undoes it, and keeps the connection where that can be: dropping it does the same at the price of the connection.
    pub(super) async fn undo(mut self) {
        let undone = sqlx::raw_sql("ROLLBACK").execute(&mut *self.connection);
        self.ended = matches!(tokio::time::timeout(UNDO_WITHIN, undone).await, Ok(Ok(_)));
    }

    /// Commits what was written well, and undoes what was not.
    pub(super) async fn end<T>(self, written: sqlx::Result<T>) -> Result<T, Error> {
        match written {
            Ok(written) => self.commit().await.map(|()| written),
            Err(error) => {
                let error = self.store.fault("be written").database(error);
                self.store.0.failed.store(true, Ordering::Release);
                self.undo().await;
                Err(error)
            }
        }
    }
}

impl Drop for StoreTransaction {
    fn drop(&mut self) {
        // A database in memory is its connection; there the pool undoes what was left open.
        if !self.ended && !self.store.0.memory {
            self.connection.close_on_drop();
        }
    }
}

impl Deref for StoreTransaction {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.connection
    }
}

impl DerefMut for StoreTransaction {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }
}

impl fmt::Debug for StoreTransaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreTransaction").field("store", &self.store).finish_non_exhaustive()
    }
}
