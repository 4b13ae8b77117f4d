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
use super::undo::{Ticket, Undo};
use super::{Store, StoreRow, batch};
use crate::error::Error;

/// Most writes of one transaction: others wait for it, and no statement may grow without bound.
const MOST: usize = 256;

/// A write that waits for its transaction, and who waits for it.
pub(super) enum Job {
    /// A send that begins where its claim, if it has one, changes something.
    Begin(Begin, Ticket, Answer<Option<i64>>),
    Finish(i64, SendOutcome, Option<StoreRow>, Answer<()>),
    Row(StoreRow, Ticket, Answer<bool>),
    /// Takes a write back that was given up.
    Undo(Undo, Answer<()>),
}

/// A send to be written down.
pub(super) struct Begin {
    pub(super) send: NewSend,
    /// Tells it from every other, also from one that is the same in all else.
    pub(super) token: String,
    pub(super) claim: Option<StoreRow>,
}

pub(super) type Answer<T> = oneshot::Sender<Result<T, Error>>;

/// What waits for the next transaction.
#[derive(Default)]
pub(super) struct GroupCommit(Mutex<Waiting>);

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
            Self::Begin(_, ticket, answer) => ticket.given_up() || answer.is_closed(),
            Self::Finish(_, _, _, answer) => answer.is_closed(),
            Self::Row(_, ticket, answer) => ticket.given_up() || answer.is_closed(),
            Self::Undo(_, answer) => answer.is_closed(),
        }
    }

    /// It is about to be written. False where nobody wants it any more; from then on, giving up comes too late.
    fn take(&self) -> bool {
        match self {
            Self::Begin(_, ticket, _) | Self::Row(_, ticket, _) => ticket.take(),
            Self::Finish(..) | Self::Undo(..) => true,
        }
    }

    /// What it writes for another crate.
    pub(super) fn row(&self) -> Option<&StoreRow> {
        match self {
            Self::Begin(Begin { claim: row, .. }, _, _)
            | Self::Finish(_, _, row, _)
            | Self::Undo(Undo { row, .. }, _) => row.as_ref(),
            Self::Row(row, _, _) => Some(row),
        }
    }
}

impl Store {
    async fn write(&self, mut jobs: Vec<Job>) {
        if jobs.len() > 1 {
            match self.together(&mut jobs).await {
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

    /// The way to the database may have been long: who has given up meanwhile wants nothing written.
    async fn together(&self, jobs: &mut Vec<Job>) -> Result<batch::BatchResult, Error> {
        let mut tx = self.begin_unlimited().await?;
        jobs.retain(Job::take);
        let done = batch::write(&mut tx, self.dialect(), jobs).await;
        tx.end(done).await
    }

    async fn alone(&self, job: Job) {
        // Nobody may be there to hear it any more.
        match job {
            Job::Begin(begin, ticket, answer) => {
                drop(answer.send(again!(self.try_begin(&begin, &ticket).await)));
            }
            Job::Finish(id, outcome, row, answer) => {
                drop(answer.send(again!(self.try_finish(id, &outcome, row.as_ref()).await)));
            }
            Job::Row(row, ticket, answer) => drop(answer.send(again!(self.try_row(&row, &ticket).await))),
            Job::Undo(undo, answer) => drop(answer.send(again!(self.try_undo(&undo).await))),
        }
    }

    async fn try_undo(&self, undo: &Undo) -> Result<(), Error> {
        let mut tx = self.begin_unlimited().await?;
        let mut undone = undo.write(&mut tx).await;
        if let (Ok(()), Some(row)) = (&undone, &undo.row) {
            undone = row.write(&mut tx, self.dialect()).await.map(drop);
        }
        tx.end(undone).await
    }
}
