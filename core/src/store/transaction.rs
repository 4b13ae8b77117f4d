//! A transaction that writes, one at a time where the database takes one writer.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::{Any, AnyConnection, Transaction};
use tokio::sync::OwnedSemaphorePermit;

use super::Store;
use super::fault::patiently;
use super::value::text;
use crate::error::Error;

/// A transaction that writes. Dropped without [`commit`](Self::commit), also by a cancelled call, it is undone.
#[doc(hidden)]
pub struct StoreTransaction {
    // Fields are dropped in order: the transaction ends before the next writer has its turn.
    tx: Transaction<'static, Any>,
    store: Store,
    _turn: Option<OwnedSemaphorePermit>,
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
        let turn = match &self.0.writer {
            // Never closed, so it is always a permit.
            Some(writer) => Arc::clone(writer).acquire_owned().await.ok(),
            None => None,
        };
        let tx = patiently!(self.0.writers.begin_with(self.0.dialect.begin).await)
            .map_err(|error| self.fault("be written").database(error))?;
        Ok(StoreTransaction { tx, store: self.clone(), _turn: turn })
    }

    /// Gives up a database that does not answer. The connection is then closed, so the transaction is undone.
    pub(super) async fn in_time<T>(
        &self,
        what: &'static str,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        match self.0.dialect.patience {
            None => call.await,
            Some(patience) => match tokio::time::timeout(patience, call).await {
                Ok(done) => done,
                Err(_) => Err(self.fault(what).out_of_time()),
            },
        }
    }
}

impl StoreTransaction {
    /// Settles business numbers alone until the end. Given in the same order by everybody, nobody waits for each other.
    pub(super) async fn lock_businesses(&mut self, sorted: &[&str]) -> Result<(), Error> {
        let Some(lock) = self.store.0.dialect.lock_business else { return Ok(()) };
        for business in sorted {
            let locked = sqlx::query(lock).bind(text(business)).execute(&mut *self.tx).await;
            locked.map_err(|error| self.store.fault("be written").database(error))?;
        }
        Ok(())
    }

    /// Settles the business number of a send alone until the end.
    pub(super) async fn lock_send(&mut self, id: i64) -> Result<(), Error> {
        let Some(lock) = self.store.0.dialect.lock_send else { return Ok(()) };
        let locked = sqlx::query(lock).bind(id).execute(&mut *self.tx).await;
        locked.map(drop).map_err(|error| self.store.fault("be written").database(error))
    }

    /// Makes it last.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the database could not write it.
    pub async fn commit(self) -> Result<(), Error> {
        let Self { tx, store, _turn } = self;
        tx.commit().await.map_err(|error| store.fault("be written").database(error))
    }
}

impl Deref for StoreTransaction {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.tx
    }
}

impl DerefMut for StoreTransaction {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }
}

impl fmt::Debug for StoreTransaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreTransaction").field("store", &self.store).finish_non_exhaustive()
    }
}
