//! A write whose caller gave up has no effect: it is left out while it waits, and undone where it was made already.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use sqlx::AnyConnection;
use tokio::runtime::Handle;

use super::Store;
use super::group::Job;
use super::row::StoreRow;
use super::sends::rank;
use super::value::{now, text};
use crate::error::Error;

const WAITS: u8 = 0;
const TAKEN: u8 = 1;
const GIVEN_UP: u8 = 2;

/// Where a write stands, between its caller and who writes it: exactly one of them has the last word.
#[derive(Clone, Default)]
pub(super) struct Ticket(Arc<AtomicU8>);

impl Ticket {
    /// It is about to be written. False where its caller has given it up.
    pub(super) fn take(&self) -> bool {
        self.turn(TAKEN) != GIVEN_UP
    }

    /// Its caller gives it up. False where it may have been written.
    fn give_up(&self) -> bool {
        self.turn(GIVEN_UP) != TAKEN
    }

    pub(super) fn given_up(&self) -> bool {
        self.0.load(Ordering::Acquire) == GIVEN_UP
    }

    /// From waiting to `to`; says what it was before, unless it waited.
    fn turn(&self, to: u8) -> u8 {
        match self.0.compare_exchange(WAITS, to, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => to,
            Err(was) => was,
        }
    }
}

/// What takes a write back.
#[derive(Clone)]
pub(super) struct Undo {
    /// The send that began, by its business number and its token.
    pub(super) send: Option<(String, String)>,
    /// What takes the row of another crate back.
    pub(super) row: Option<StoreRow>,
}

impl Undo {
    pub(super) async fn write(&self, tx: &mut AnyConnection) -> sqlx::Result<()> {
        let Some((business, token)) = &self.send else { return Ok(()) };
        // Surely not sent: who was told that it was not recorded did not send it.
        sqlx::query(
            "UPDATE wamid_sends SET status = $3, updated_at = $4 WHERE phone_number_id = $1 AND token = $2 AND status = 0",
        )
        .bind(text(business))
        .bind(token)
        .bind(rank::FAILED)
        .bind(now())
        .execute(tx)
        .await
        .map(drop)
    }
}

/// Held by the caller of a write until it knows how that ended. Dropped before, the write is given up.
pub(super) struct PendingWrite {
    store: Store,
    ticket: Ticket,
    undo: Option<Undo>,
}

impl PendingWrite {
    pub(super) fn new(store: &Store, undo: Undo) -> Self {
        Self { store: store.clone(), ticket: Ticket::default(), undo: Some(undo) }
    }

    pub(super) fn ticket(&self) -> Ticket {
        self.ticket.clone()
    }

    /// Lets what was written stand, and takes back what may have been.
    pub(super) fn answered<T>(mut self, answer: &Result<T, Error>) {
        if answer.as_ref().err().is_none_or(|error| !in_doubt(error)) {
            self.undo = None;
        }
    }
}

impl Drop for PendingWrite {
    fn drop(&mut self) {
        let Some(undo) = self.undo.take() else { return };
        if self.ticket.give_up() {
            return;
        }
        // It comes behind the write in the queue. Without a runtime nothing is written any more, and the send becomes unknown.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(undo_surely(self.store.clone(), undo));
        }
    }
}

/// Whether the write may have been made although it ended with this error: the connection was lost, or nobody waited for the end.
fn in_doubt(error: &Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<sqlx::Error>());
    !matches!(
        source,
        Some(
            sqlx::Error::Database(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::RowNotFound
        )
    )
}

async fn undo_surely(store: Store, undo: Undo) {
    let undone = persist(|| {
        let (store, undo) = (store.clone(), undo.clone());
        async move { store.in_group(|answer| Job::Undo(undo, answer)).await }
    })
    .await;
    if let Err(error) = undone {
        tracing::error!(error = error.message(), "a write that was given up could not be undone");
    }
}

/// Whether it can never succeed: the store was closed, or has nothing to be written to. All else somebody may mend.
fn is_hopeless(error: &Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<sqlx::Error>());
    !error.retryable() && matches!(source, None | Some(sqlx::Error::PoolClosed))
}

/// Tries until it succeeds, or can never succeed.
pub(super) async fn persist<T, F: Future<Output = Result<T, Error>>>(
    mut call: impl FnMut() -> F,
) -> Result<T, Error> {
    const LONGEST: Duration = Duration::from_secs(2);
    let mut wait = Duration::from_millis(50);
    let mut tries = 0_u32;
    loop {
        match call().await {
            Err(error) if !is_hopeless(&error) => {
                if tries == 0 {
                    tracing::warn!(
                        error = error.message(),
                        "a record is not written yet; it is tried until the store takes it"
                    );
                }
                tries = tries.saturating_add(1);
                tokio::time::sleep(wait.mul_f64(0.5 + fastrand::f64())).await;
                wait = (wait * 2).min(LONGEST);
            }
            Ok(done) => {
                if tries > 0 {
                    tracing::info!(tries, "the store is back, and the record is written");
                }
                return Ok(done);
            }
            Err(error) => return Err(error),
        }
    }
}
