//! Group commit: what waits while one transaction is being written goes into the next one together.
//!
//! A transaction costs the same flush to disk for one send as for a hundred. Nobody waits for company: who comes first
//! begins a transaction at once, alone, and those who come meanwhile share the next. Where a shared one fails, each of
//! its writes is made again in a transaction of its own, so that nobody has an error of somebody else's.

use std::collections::HashSet;
use std::mem;
use std::sync::{Mutex, PoisonError};

use tokio::sync::oneshot;

use super::fault::again;
use super::sends::{NewSend, SendOutcome};
use super::{Store, StoreRow, batch};
use crate::error::Error;

/// Most writes of one transaction: others wait for it, and no statement may grow without bound.
const MOST: usize = 256;

/// A write that waits for its transaction, and who waits for it.
pub(super) enum Job {
    /// A send that begins where its claim, if it has one, changes something.
    Begin(NewSend, Option<StoreRow>, Answer<Option<i64>>),
    Finish(i64, SendOutcome, Option<StoreRow>, Answer<()>),
    Row(StoreRow, Answer<bool>),
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
        let mut tags = HashSet::new();
        let (mut now, mut later) = (Vec::with_capacity(waiting.jobs.len().min(MOST)), Vec::new());
        for job in waiting.jobs.drain(..) {
            let twice = job.row().is_some_and(|row| !tags.insert(row.tag.clone()));
            if twice || now.len() == MOST { later.push(job) } else { now.push(job) }
        }
        waiting.jobs = later;
        Some(now)
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
            Self::Begin(_, _, answer) => answer.is_closed(),
            Self::Finish(_, _, _, answer) => answer.is_closed(),
            Self::Row(_, answer) => answer.is_closed(),
        }
    }

    /// What it writes for another crate.
    pub(super) fn row(&self) -> Option<&StoreRow> {
        match self {
            Self::Begin(_, row, _) | Self::Finish(_, _, row, _) => row.as_ref(),
            Self::Row(row, _) => Some(row),
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
            Job::Begin(send, claim, answer) => {
                drop(answer.send(again!(self.try_begin(&send, claim.as_ref()).await)));
            }
            Job::Finish(id, outcome, row, answer) => {
                drop(answer.send(again!(self.try_finish(id, &outcome, row.as_ref()).await)));
            }
            Job::Row(row, answer) => drop(answer.send(again!(self.try_row(&row).await))),
        }
    }
}
