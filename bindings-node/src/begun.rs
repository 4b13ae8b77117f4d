//! A call that took its first steps on JavaScript's own thread.

use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use crate::outbox::lock;

/// A call, up to its answer in the outbox.
pub(crate) type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells the runtime's thread that a call can go on.
type Resume = Box<dyn Fn() + Send + Sync>;

/// A call that is no task: the request leaves with its first steps, on the thread that asks, and nobody is woken for that. The
/// runtime's thread goes on with it once there is something to go on with.
pub(crate) struct Begun {
    stage: Mutex<Stage>,
    resume: Resume,
}

enum Stage {
    /// Somebody goes on with it; it has been woken meanwhile or not.
    Going {
        woken: bool,
    },
    Waiting(Work),
    /// It has ended.
    Gone,
}

impl Begun {
    pub(crate) fn new(work: Work, resume: impl Fn() + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { stage: Mutex::new(Stage::Waiting(work)), resume: Box::new(resume) })
    }

    /// Goes on as far as it can, unless it has ended. To be called inside the runtime.
    pub(crate) fn go_on(self: &Arc<Self>) {
        let Some(mut work) = self.take() else { return };
        let waker = Waker::from(self.clone());
        let polled = work.as_mut().poll(&mut Context::from_waker(&waker));
        let mut stage = lock(&self.stage);
        let woken = matches!(*stage, Stage::Going { woken: true });
        *stage = match polled {
            Poll::Ready(()) => Stage::Gone,
            Poll::Pending => Stage::Waiting(work),
        };
        let goes_on = woken && matches!(*stage, Stage::Waiting(_));
        drop(stage);
        if goes_on {
            (self.resume)();
        }
    }

    /// What is left to do, if it waits.
    fn take(&self) -> Option<Work> {
        let mut stage = lock(&self.stage);
        match mem::replace(&mut *stage, Stage::Going { woken: false }) {
            Stage::Waiting(work) => Some(work),
            other => {
                *stage = other;
                None
            }
        }
    }

    /// Drops what is left to do.
    pub(crate) fn stop(&self) {
        let left = mem::replace(&mut *lock(&self.stage), Stage::Gone);
        drop(left);
    }
}

impl Wake for Begun {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut stage = lock(&self.stage);
        match &mut *stage {
            Stage::Going { woken } => *woken = true,
            Stage::Waiting(_) => {
                drop(stage);
                (self.resume)();
            }
            Stage::Gone => {}
        }
    }
}
