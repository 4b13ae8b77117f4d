//! Health check of the store, for `/readyz`: a test write, and an integrity check of an SQLite file.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::{AnyConnection, Connection as _};

use super::Store;
use super::fault::Fault;
use super::value::now;
use crate::error::Error;

/// How much of the time the look through a whole file may take: one part of so many.
const SHARE: u32 = 20;

/// Room that a write may need: what a transaction of many sends takes.
const ROOM: usize = 256 << 10;

/// The place of the row that is written to try.
const TRIED: &str = "
    INSERT INTO wamid_migrations (namespace, version, applied_at) VALUES ('tried', 0, $1)
    ON CONFLICT (namespace, version) DO UPDATE SET applied_at = excluded.applied_at";

/// What the last look through the file found, and when the next one is due.
#[derive(Default)]
pub(super) struct LastCheck(Mutex<Option<(Instant, Result<(), Error>)>>);

impl LastCheck {
    fn last(&self) -> Option<Result<(), Error>> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(due, _)| Instant::now() < *due).map(|(_, found)| found.clone())
    }

    fn found(&self, began: Instant, found: &Result<(), Error>) {
        let due = Instant::now() + began.elapsed() * SHARE;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((due, found.clone()));
    }
}

impl Store {
    /// That something can be written, by writing: a database answers a question long after it takes no more writes.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store), as writing the record of a send now.
    #[doc(hidden)]
    pub async fn check_writing(&self) -> Result<(), Error> {
        self.in_time("be written", async {
            let mut tx = self.begin_unlimited().await?;
            let tried = sqlx::query(TRIED).bind(now()).execute(&mut *tx).await;
            tx.end(tried).await?;
            // One small row may find room where a send does not.
            if self.0.dialect.one_writer && self.0.failed.load(Ordering::Acquire) {
                self.check_room().await?;
                self.0.failed.store(false, Ordering::Release);
            }
            Ok(())
        })
        .await
    }

    async fn check_room(&self) -> Result<(), Error> {
        let mut tx = self.begin_unlimited().await?;
        let written = sqlx::query(
            "INSERT INTO wamid_migrations (namespace, version, applied_at) VALUES ($1, -1, $2)
             ON CONFLICT (namespace, version) DO NOTHING",
        )
        .bind("room ".repeat(ROOM / 5))
        .bind(now())
        .execute(&mut *tx)
        .await;
        tx.end(written).await?;
        let mut tx = self.begin_unlimited().await?;
        let gone = sqlx::query("DELETE FROM wamid_migrations WHERE version = -1").execute(&mut *tx).await;
        tx.end(gone).await.map(drop)
    }

    /// That what is in the store's file is whole, by reading all of it, past what this process remembers of it. A look is
    /// believed for twenty times as long as it took. Where the database is on a server, that is the server's work.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where it is damaged or cannot be read.
    #[doc(hidden)]
    pub async fn check_file(&self) -> Result<(), Error> {
        if self.0.file.is_none() {
            return Ok(());
        }
        self.same_file()?;
        if let Some(found) = self.0.looked.last() {
            return found;
        }
        let began = Instant::now();
        let found = self.look_through(self.fault("be read")).await;
        self.0.looked.found(began, &found);
        found
    }

    async fn look_through(&self, fault: Fault<'_>) -> Result<(), Error> {
        let failed = |error| fault.database(error);
        let mut connection = AnyConnection::connect_with(&self.0.options).await.map_err(failed)?;
        let found = sqlx::query_scalar::<_, String>("PRAGMA quick_check(1)").fetch_one(&mut connection).await;
        let closed = tokio::time::timeout(Duration::from_secs(5), connection.close()).await;
        tracing::trace!(closed = closed.is_ok(), "looked through the store's file");
        match found.map_err(failed)?.as_str() {
            "ok" => Ok(()),
            what => {
                Err(fault
                    .says(&format!("the file is damaged ({what}); stop this process and restore a backup")))
            }
        }
    }
}
