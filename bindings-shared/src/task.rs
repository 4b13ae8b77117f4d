//! One running call.

use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use wamid::Error;

use crate::lock;
use crate::worker::Worker;

/// A task of any type.
pub trait Job: Send + Sync {
    /// Polls it on this thread, inside the runtime that it belongs to.
    fn poll_here(self: Arc<Self>);

    /// Leaves it to its worker, which polls it for the first time.
    fn queue(self: Arc<Self>);

    /// Drops what is left of it. If it is polled at this moment, this waits until that poll is over. To be called inside the
    /// runtime.
    fn cancel(&self);
}

/// A call that is no task of the runtime.
///
/// It can be polled for the first time on the thread that asks for it: most calls have written their request by then, and
/// no other thread had to be woken for that. Later polls are its worker's. Whoever cancels it knows that it is gone on return; a
/// task of tokio's would be dropped some time later.
pub struct Task<F, G> {
    worker: &'static Worker,
    /// Whether the worker has it on its list.
    queued: AtomicBool,
    /// Whether a request of it can send a message.
    sends: bool,
    /// What is left of it; none once it has ended or was cancelled.
    rest: Mutex<Option<Rest<F, G>>>,
}

struct Rest<F, G> {
    future: Pin<Box<F>>,
    end: G,
}

impl<F, G> fmt::Debug for Task<F, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("queued", &self.queued).finish_non_exhaustive()
    }
}

impl<T, E, F, G> Task<F, G>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    G: FnOnce(Result<T, E>) + Send + 'static,
    E: From<Error> + 'static,
    T: 'static,
{
    /// A call that has not begun. `end` is told how it ended, once; a cancelled call drops it. A panic of the future ends it with an error, which is
    /// `maybe_sent` where the call `sends`.
    pub fn new(worker: &'static Worker, sends: bool, future: F, end: G) -> Arc<Self> {
        let rest = Mutex::new(Some(Rest { future: Box::pin(future), end }));
        Arc::new(Self { worker, queued: AtomicBool::new(false), sends, rest })
    }
}

impl<T, E, F, G> Job for Task<F, G>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    G: FnOnce(Result<T, E>) + Send + 'static,
    E: From<Error> + 'static,
    T: 'static,
{
    fn poll_here(self: Arc<Self>) {
        // What wakes it from now on queues it again.
        self.queued.store(false, Ordering::Release);
        let waker = Waker::from(self.clone());
        let mut rest = lock(&self.rest);
        let Some(Rest { future, .. }) = &mut *rest else { return };
        let poll = || future.as_mut().poll(&mut Context::from_waker(&waker));
        let result = match catch_unwind(AssertUnwindSafe(poll)) {
            Ok(Poll::Pending) => return,
            Ok(Poll::Ready(result)) => result,
            Err(_) => Err(Error::panicked(self.sends).into()),
        };
        let Some(Rest { future, end }) = rest.take() else { return };
        // It is freed while the lock is held, so that it is gone when a `cancel` returns. Nobody hears of its end before.
        drop(future);
        drop(rest);
        end(result);
    }

    fn queue(self: Arc<Self>) {
        self.wake();
    }

    fn cancel(&self) {
        let rest = lock(&self.rest).take();
        drop(rest);
    }
}

impl<T, E, F, G> Wake for Task<F, G>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    G: FnOnce(Result<T, E>) + Send + 'static,
    E: From<Error> + 'static,
    T: 'static,
{
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, Ordering::AcqRel) {
            self.worker.push(self);
        }
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.queued.swap(true, Ordering::AcqRel) {
            self.worker.push(self.clone());
        }
    }
}
