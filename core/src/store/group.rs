//! Group commit: what waits while one transaction is being written goes into the next one together.
//!
//! A transaction costs the same flush to disk for one send as for a hundred. Nobody waits for company: who comes first
//! begins a transaction at once, alone, and those who come meanwhile share the next. Where a shared one fails, each of
//! its writes is made again in a transaction of its own, so that nobody has an error of somebody else's.

use std::mem;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use sqlx::AnyConnection;
use tokio::sync::oneshot;

use super::fault::again;
use super::sends::{NewSend, SendOutcome};
use super::{Store, batch};
use crate::error::Error;

/// Most writes of one transaction: others wait for it, and no statement may grow without bound.
const MOST: usize = 256;

/// A write of another crate's in the same database, and how many rows it changed. It may be made twice, the first
/// time in a transaction that is undone.
type Work = Box<dyn for<'c> Fn(&'c mut AnyConnection) -> Changing<'c> + Send + Sync>;

/// How many rows a write changed, once it has.
type Changing<'c> = Pin<Box<dyn Future<Output = sqlx::Result<u64>> + Send + 'c>>;

/// A write that waits for its transaction, and who waits for it.
pub(super) enum Job {
    Begin(NewSend, Answer<i64>),
    Finish(i64, SendOutcome, Answer<()>),
    Other(Work, Answer<u64>),
}

pub(super) type Answer<T> = oneshot::Sender<Result<T, Error>>;

/// What waits for the next transaction.
#[derive(Default)]
pub(super) struct Group(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    jobs: Vec<Job>,
    /// Somebody writes, and will take what waits.
    writing: bool,
}

impl Store {
    /// Writes in a transaction that other writes may share, and says how many rows it changed.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where it could not be written.
    #[doc(hidden)]
    pub async fn grouped<F>(&self, work: F) -> Result<u64, Error>
    where
        F: for<'c> Fn(&'c mut AnyConnection) -> Pin<Box<dyn Future<Output = sqlx::Result<u64>> + Send + 'c>>
            + Send
            + Sync
            + 'static,
    {
        self.in_group(|answer| Job::Other(Box::new(work), answer)).await
    }

    /// Puts a write where the next transaction takes it from, and waits for its end.
    pub(super) async fn in_group<T>(&self, job: impl FnOnce(Answer<T>) -> Job) -> Result<T, Error> {
        let (answer, answered) = oneshot::channel();
        let first = {
            let mut waiting = self.0.group.0.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.jobs.push(job(answer));
            !mem::replace(&mut waiting.writing, true)
        };
        if first {
            // A task of its own: a caller that gives up must not take the others' writes with it.
            tokio::spawn(Writing { store: self.clone(), ended: false }.run());
        }
        self.in_time("be written", async {
            match answered.await {
                Ok(done) => done,
                Err(_) => {
                    Err(self.fault("be written").says("the runtime that wrote it has ended").not_sent(true))
                }
            }
        })
        .await
    }
}

/// Writes until nothing waits.
struct Writing {
    store: Store,
    ended: bool,
}

impl Writing {
    async fn run(mut self) {
        while let Some(jobs) = self.next() {
            self.store.write(jobs).await;
        }
    }

    fn next(&mut self) -> Option<Vec<Job>> {
        let mut waiting = self.store.0.group.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever has given up by now wants nothing written.
        waiting.jobs.retain(|job| !job.given_up());
        if waiting.jobs.is_empty() {
            waiting.writing = false;
            self.ended = true;
            return None;
        }
        let most = waiting.jobs.len().min(MOST);
        let rest = waiting.jobs.split_off(most);
        Some(mem::replace(&mut waiting.jobs, rest))
    }
}

impl Drop for Writing {
    /// A runtime that ends stops what it runs: another one must find the place free.
    fn drop(&mut self) {
        if !self.ended {
            *self.store.0.group.0.lock().unwrap_or_else(PoisonError::into_inner) = Waiting::default();
        }
    }
}

impl Job {
    fn given_up(&self) -> bool {
        match self {
            Self::Begin(_, answer) => answer.is_closed(),
            Self::Finish(_, _, answer) => answer.is_closed(),
            Self::Other(_, answer) => answer.is_closed(),
        }
    }
}

impl Store {
    async fn write(&self, jobs: Vec<Job>) {
        if jobs.len() > 1 {
            match self.together(&jobs).await {
                Ok(done) => return batch::answer(jobs, done),
                Err(error) => tracing::debug!(
                    error = error.message(),
                    writes = jobs.len(),
                    "a shared transaction was undone; each write is made by itself"
                ),
            }
        }
        for job in jobs {
            self.alone(job).await;
        }
    }

    async fn together(&self, jobs: &[Job]) -> Result<batch::Done, Error> {
        let mut tx = self.begin_unlimited().await?;
        let done = batch::write(&mut tx, self.dialect(), jobs).await;
        let done = done.map_err(|error| self.fault("be written").database(error))?;
        tx.commit().await?;
        Ok(done)
    }

    async fn alone(&self, job: Job) {
        // Nobody may be there to hear it any more.
        match job {
            Job::Begin(send, answer) => drop(answer.send(again!(self.try_begin(&send).await))),
            Job::Finish(id, outcome, answer) => {
                drop(answer.send(again!(self.try_finish(id, &outcome).await)));
            }
            Job::Other(work, answer) => drop(answer.send(again!(self.try_other(&work).await))),
        }
    }

    async fn try_other(&self, work: &Work) -> Result<u64, Error> {
        let mut tx = self.begin_unlimited().await?;
        let changed = work(&mut tx).await.map_err(|error| self.fault("be written").database(error))?;
        tx.commit().await?;
        Ok(changed)
    }
}
