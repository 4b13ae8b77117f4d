//! The calls under way, the runtime that they run on, and the answers that wait to be fetched.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;
use uniffi::Lower;

use crate::UniFfiTag;
use crate::error::WamidError;

/// As many answers are fetched at once. More would let those that have come wait for those that come.
const AT_ONCE: usize = 256;
/// A buffer that has grown larger than this is not kept.
const KEPT: usize = 1 << 16;

/// How an answer begins.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// What the operation returns follows.
    Returned = 0,
    /// Its error follows.
    Failed = 1,
    /// Nothing follows: the call was stopped, or it panicked.
    Gone = 2,
}

/// The calls of one line.
pub(super) struct Calls {
    /// It is driven by the thread that waits for answers, and by no other: no answer crosses a thread to be fetched.
    runtime: Runtime,
    running: Mutex<HashMap<i64, Running>>,
    ended: UnboundedSender<Answer>,
    fetched: Mutex<Fetched>,
}

/// How a call is stopped.
enum Running {
    /// It is dropped, and has no answer.
    Drop(AbortHandle),
    /// It is told, and answers with what it knows; nothing, once that has happened.
    Tell(Option<oneshot::Sender<()>>),
}

struct Answer {
    call: i64,
    bytes: Vec<u8>,
}

struct Fetched {
    answers: UnboundedReceiver<Answer>,
    batch: Vec<Answer>,
    /// What Kotlin reads.
    bytes: Vec<u8>,
}

/// One for each copy of the Kotlin sources that is loaded: two class loaders may share this library.
static LINES: Mutex<Vec<&'static Calls>> = Mutex::new(Vec::new());

/// Makes a line for calls, and says its number, the first of which is 1; 0 where the system gives no runtime.
pub(super) fn open() -> i64 {
    let Some(calls) = Calls::new() else { return 0 };
    let mut lines = lock(&LINES);
    lines.push(Box::leak(Box::new(calls)));
    lines.len() as i64
}

/// The calls of a line.
pub(super) fn line(number: i64) -> Option<&'static Calls> {
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    lock(&LINES).get(at).copied()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Calls {
    fn new() -> Option<Self> {
        let runtime = Builder::new_current_thread().enable_all().build().ok()?;
        let (ended, answers) = unbounded_channel();
        let fetched = Mutex::new(Fetched { answers, batch: Vec::new(), bytes: Vec::new() });
        Some(Self { runtime, running: Mutex::default(), ended, fetched })
    }

    /// Lets a call run. Whatever becomes of it, it has one answer. One that `stop` tells of its being stopped answers even then.
    pub(super) fn begin<T, F>(&'static self, call: i64, stop: Option<oneshot::Sender<()>>, run: Option<F>)
    where
        F: Future<Output = Result<T, WamidError>> + Send + 'static,
        T: Lower<UniFfiTag>,
    {
        let ending = Ending { calls: self, call, bytes: vec![Kind::Gone as u8] };
        let Some(run) = run else { return };
        // Held until its handle stands there: a call that ends at once waits for that.
        let mut running = lock(&self.running);
        let task = self.runtime.spawn(async move {
            let answer = run.await;
            ending.with(answer);
        });
        let drop = || Running::Drop(task.abort_handle());
        running.insert(call, stop.map_or_else(drop, |stop| Running::Tell(Some(stop))));
    }

    /// Stops a call, if it has not ended.
    pub(super) fn stop(&self, call: i64) {
        let mut running = lock(&self.running);
        match running.get_mut(&call) {
            Some(Running::Tell(stop)) => {
                // Fails only where it has just ended.
                let _ = stop.take().map(|stop| stop.send(()));
            }
            Some(Running::Drop(task)) => {
                let task = task.clone();
                running.remove(&call);
                // Its end asks for the lock.
                drop(running);
                task.abort();
            }
            None => {}
        }
    }

    /// Runs the calls until some have ended: the length of what follows, and for each its number, its length and its answer.
    pub(super) fn answers(&self) -> i64 {
        let mut fetched = lock(&self.fetched);
        let Fetched { answers, batch, bytes } = &mut *fetched;
        self.runtime.block_on(answers.recv_many(batch, AT_ONCE));
        bytes.clear();
        bytes.shrink_to(KEPT);
        bytes.extend_from_slice(&[0; 8]);
        for answer in batch.drain(..) {
            bytes.extend_from_slice(&answer.call.to_be_bytes());
            bytes.extend_from_slice(&(answer.bytes.len() as i64).to_be_bytes());
            bytes.extend_from_slice(&answer.bytes);
        }
        let length = (bytes.len() - 8) as i64;
        bytes[..8].copy_from_slice(&length.to_ne_bytes());
        bytes.as_ptr().expose_provenance() as i64
    }
}

/// Tells the end of a call: also of one that is stopped, or panics.
struct Ending {
    calls: &'static Calls,
    call: i64,
    bytes: Vec<u8>,
}

impl Ending {
    fn with<T: Lower<UniFfiTag>>(mut self, answer: Result<T, WamidError>) {
        let mut bytes = Vec::new();
        match answer {
            Ok(returned) => {
                bytes.push(Kind::Returned as u8);
                T::write(returned, &mut bytes);
            }
            Err(error) => {
                bytes.push(Kind::Failed as u8);
                <WamidError as Lower<UniFfiTag>>::write(error, &mut bytes);
            }
        }
        self.bytes = bytes;
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        lock(&self.calls.running).remove(&self.call);
        // The other end lives as long as the process.
        let _ = self.calls.ended.send(Answer { call: self.call, bytes: std::mem::take(&mut self.bytes) });
    }
}
