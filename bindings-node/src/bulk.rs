//! Sends that JavaScript begins one by one.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use napi_derive::napi;
use tokio::sync::Notify;
use wamid::{Bulk, Error};
use wamid_bindings::{Job, Task};

use crate::answer;
use crate::arguments::messages;
use crate::outbox::Outbox;
use crate::runtime::{background, runtime};

/// What the thread of JavaScript and the task that hands outcomes out both hold.
struct Shared {
    bulk: Bulk,
    /// Wakes the task: something was pushed, or nothing more will be.
    changed: Notify,
    stopped: AtomicBool,
}

/// A bulk whose sends come one by one. JavaScript's dropping it stops it.
#[napi]
pub struct NativeBulk {
    shared: Arc<Shared>,
    /// Hands the outcomes out.
    job: Arc<dyn Job>,
}

impl fmt::Debug for NativeBulk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeBulk").field("bulk", &self.shared.bulk).finish_non_exhaustive()
    }
}

#[napi]
impl NativeBulk {
    /// How many may be held at once.
    #[napi(catch_unwind)]
    pub fn concurrency(&self) -> u32 {
        u32::try_from(self.shared.bulk.concurrency()).unwrap_or(u32::MAX)
    }

    /// Begins sends, given as a JSON list of types and arguments.
    #[napi(catch_unwind)]
    pub fn push(&self, sends: String) -> napi::Result<()> {
        let sends = messages(&sends).map_err(|error| napi::Error::from_reason(error.to_string()))?;
        let _inside = runtime()?.enter();
        for send in sends {
            self.shared.bulk.push(send);
        }
        self.shared.changed.notify_one();
        Ok(())
    }

    /// Nothing more goes out. Once the last outcome is delivered, an answer of its own says so.
    #[napi(catch_unwind)]
    pub fn stop(&self) {
        self.shared.bulk.stop();
        self.shared.stopped.store(true, Ordering::Release);
        self.shared.changed.notify_one();
    }
}

impl NativeBulk {
    pub(crate) fn new(bulk: Bulk, outbox: &Arc<Outbox>, id: u32) -> napi::Result<Self> {
        let shared = Arc::new(Shared { bulk, changed: Notify::new(), stopped: AtomicBool::new(false) });
        let outcomes = hand_out(shared.clone(), outbox.clone(), id);
        let outbox = outbox.clone();
        let job =
            Task::new(background()?.worker(), true, outcomes, move |ended: Result<(), Error>| match ended {
                Ok(()) => outbox.post(id, answer::nothing),
                Err(error) => outbox.post(id, |text| answer::refused(text, &error)),
            });
        job.clone().queue();
        Ok(Self { shared, job })
    }
}

impl Drop for NativeBulk {
    fn drop(&mut self) {
        self.shared.bulk.stop();
        let _inside = runtime().map(tokio::runtime::Handle::enter);
        self.job.cancel();
    }
}

/// Delivers the outcomes as they come, until the bulk is stopped and empty.
async fn hand_out(shared: Arc<Shared>, outbox: Arc<Outbox>, id: u32) -> Result<(), Error> {
    loop {
        while let Some((index, outcome)) = shared.bulk.next().await {
            outbox.post(id, |text| {
                answer::index(text, index);
                // The outcome is an answer of the same call, right behind its index.
                answer::also_for(text, id);
                answer::sent(text, &outcome);
            });
        }
        if shared.stopped.load(Ordering::Acquire) {
            return Ok(());
        }
        shared.changed.notified().await;
    }
}
