//! The running calls of the JVM, and their answers that wait to be fetched.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use tokio::runtime::{Builder, Runtime};
use uniffi::Lower;
use wamid_bindings::{Calls as Running, Job, Mailbox, Process, Stop, Task, Wake, Worker, lock};

use crate::UniFfiTag;
use crate::error::WamidError;

/// Before the first answer stands the length of all.
const LENGTH: usize = 8;

/// How an answer begins.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// What the operation returns follows.
    Returned = 0,
    /// Its error follows.
    Failed = 1,
    /// Nothing follows: the call was stopped, or its answer could not be written.
    Gone = 2,
}

/// The calls of one runtime of the JVM's.
pub(super) struct Calls {
    /// It is driven by the thread that waits for answers, and by no other: no answer crosses a thread to be fetched.
    runtime: Runtime,
    worker: Worker,
    this: Process,
    running: Running,
    answers: Arc<Mailbox<Vec<u8>, Fetcher>>,
    /// What Kotlin reads.
    fetched: Mutex<Vec<u8>>,
}

/// The thread that waits for answers.
#[derive(Default)]
struct Fetcher(Mutex<Option<Waker>>);

impl Wake for Fetcher {
    fn wake(&self) {
        let waiting = lock(&self.0).take();
        if let Some(waker) = waiting {
            waker.wake();
        }
    }
}

/// One for each copy of the Kotlin sources that is loaded: two class loaders may share this library.
static RUNTIMES: Mutex<Vec<&'static Calls>> = Mutex::new(Vec::new());

/// Makes a runtime for calls, and says its number, the first of which is 1; 0 where the system gives none.
pub(super) fn open() -> i64 {
    let Ok(runtime) = Builder::new_current_thread().enable_all().build() else { return 0 };
    let calls = Calls {
        runtime,
        worker: Worker::default(),
        this: Process::this(),
        running: Running::default(),
        answers: Arc::new(Mailbox::new(Fetcher::default())),
        fetched: Mutex::default(),
    };
    let mut runtimes = lock(&RUNTIMES);
    runtimes.push(Box::leak(Box::new(calls)));
    runtimes.len() as i64
}

/// The calls of a runtime.
pub(super) fn of(runtime: i64) -> Option<&'static Calls> {
    let at = usize::try_from(runtime).ok()?.checked_sub(1)?;
    lock(&RUNTIMES).get(at).copied()
}

impl Calls {
    /// Lets a call run. Whatever becomes of it, it has one answer; also where there is nothing to `run`. One that has a `stop` is told by it,
    /// and answers even then.
    pub(super) fn begin<T, F>(&'static self, call: i64, sends: bool, stop: Option<Stop>, run: Option<F>)
    where
        F: Future<Output = Result<T, WamidError>> + Send + 'static,
        T: Lower<UniFfiTag> + 'static,
    {
        let answer = Answer { calls: self, call, told: false };
        let Some(run) = run else { return };
        let job: Arc<dyn Job> =
            Task::new(&self.worker, sends, run, move |ended| answer.tell(|bytes| written(ended, bytes)));
        self.running.add(self.this, call.cast_unsigned(), (), job.clone(), stop);
        job.queue();
    }

    /// Stops a call, if it has not ended.
    pub(super) fn stop(&self, call: i64) {
        let _inside = self.runtime.enter();
        self.running.stop(self.this, call.cast_unsigned());
    }

    /// Runs the calls until some have ended: the length of what follows, and for each its number, its length and its answer.
    pub(super) fn answers(&self) -> i64 {
        let mut fetched = lock(&self.fetched);
        let mut work = pin!(self.worker.run());
        let mut first = true;
        let next = std::future::poll_fn(|context| {
            *lock(&self.answers.fetcher().0) = Some(context.waker().clone());
            // However many calls end at once, the sockets are looked at in between. And it ends before it works, never after: what
            // yields to the runtime is woken when the runtime goes on, and a runtime that is left at once forgets it.
            if !std::mem::take(&mut first) {
                let answers = self.answers.take();
                if !answers.is_empty() {
                    return Poll::Ready(answers);
                }
            } else {
                context.waker().wake_by_ref();
            }
            let _ = work.as_mut().poll(context);
            Poll::Pending
        });
        *fetched = self.runtime.block_on(next);
        let length = (fetched.len() - LENGTH) as i64;
        fetched[..LENGTH].copy_from_slice(&length.to_ne_bytes());
        fetched.as_ptr().expose_provenance() as i64
    }
}

/// Writes what a call ended in.
fn written<T: Lower<UniFfiTag>>(ended: Result<T, WamidError>, bytes: &mut Vec<u8>) {
    match ended {
        Ok(returned) => {
            bytes.push(Kind::Returned as u8);
            T::write(returned, bytes);
        }
        Err(error) => {
            bytes.push(Kind::Failed as u8);
            <WamidError as Lower<UniFfiTag>>::write(error, bytes);
        }
    }
}

/// Tells the end of a call: also of one that is stopped.
struct Answer {
    calls: &'static Calls,
    call: i64,
    told: bool,
}

impl Answer {
    fn tell(mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.told = true;
        self.put(write);
    }

    fn put(&self, write: impl FnOnce(&mut Vec<u8>)) {
        self.calls.running.remove(self.calls.this, self.call.cast_unsigned());
        self.calls.answers.put(|bytes| {
            if bytes.is_empty() {
                bytes.extend_from_slice(&[0; LENGTH]);
            }
            bytes.extend_from_slice(&self.call.to_be_bytes());
            let length = bytes.len();
            bytes.extend_from_slice(&[0; LENGTH]);
            let begin = bytes.len();
            if catch_unwind(AssertUnwindSafe(|| write(bytes))).is_err() {
                bytes.truncate(begin);
                bytes.push(Kind::Gone as u8);
            }
            let written = (bytes.len() - begin) as i64;
            bytes[length..begin].copy_from_slice(&written.to_be_bytes());
        });
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if !self.told {
            self.put(|bytes| bytes.push(Kind::Gone as u8));
        }
    }
}
