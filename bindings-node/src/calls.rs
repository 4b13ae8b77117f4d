//! Calls under way, and how their answers reach JavaScript: many in one piece.
//!
//! An answer is written down where the call ended, on a thread of the runtime. The first one wakes JavaScript's thread; those
//! that end before it comes round go along. One crossing and one `JSON.parse` then settle them all.

use std::collections::HashMap;
use std::fmt::{self, Write};
use std::future::Future;
use std::mem;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use napi::bindgen_prelude::{FnArgs, Function};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Status};
use napi_derive::napi;
use tokio::task::AbortHandle;
use wamid::Progress;

use crate::runtime::runtime;

/// Wakes JavaScript's thread. It holds no process up by itself; see [`Calls::hold`].
type Wake = ThreadsafeFunction<(), (), FnArgs<(String, Vec<Bulk>)>, Status, false, true>;

/// The answers of a call that has many, in pieces that JavaScript can read between other work.
#[napi(object)]
#[derive(Debug)]
pub struct Bulk {
    /// The call.
    pub id: u32,
    /// JSON lists, one after the other.
    pub pieces: Vec<String>,
}

/// What JavaScript has not fetched yet.
#[derive(Default)]
struct Outbox {
    /// `[id,answer],[id,answer]…`
    batch: String,
    bulk: Vec<Bulk>,
    /// JavaScript has been woken for these.
    told: bool,
}

struct Shared {
    outbox: Arc<Mutex<Outbox>>,
    wake: Mutex<Wake>,
    under_way: Mutex<HashMap<u32, AbortHandle>>,
}

/// The calls of one JavaScript thread.
#[napi]
pub struct Calls {
    shared: Arc<Shared>,
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls")
            .field("under_way", &lock(&self.shared.under_way).len())
            .finish_non_exhaustive()
    }
}

#[napi]
impl Calls {
    /// `deliver` gets the text `[id,answer],…` and the bulks, many calls' at a time.
    #[napi(constructor, catch_unwind)]
    pub fn new(deliver: Function<'_, FnArgs<(String, Vec<Bulk>)>, ()>) -> napi::Result<Self> {
        let outbox = Arc::<Mutex<Outbox>>::default();
        let fetch = outbox.clone();
        let wake = deliver.build_threadsafe_function::<()>().weak::<true>().build_callback(move |_| {
            let mut outbox = lock(&fetch);
            outbox.told = false;
            Ok(FnArgs::from((mem::take(&mut outbox.batch), mem::take(&mut outbox.bulk))))
        })?;
        let shared = Shared { outbox, wake: Mutex::new(wake), under_way: Mutex::default() };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Keeps the process alive until [`release`](Self::release): a call is under way.
    #[napi(catch_unwind)]
    pub fn hold(&self, env: Env) -> napi::Result<()> {
        keep_alive(&mut lock(&self.shared.wake), &env, true)
    }

    /// Lets the process end: no call is under way.
    #[napi(catch_unwind)]
    pub fn release(&self, env: Env) -> napi::Result<()> {
        keep_alive(&mut lock(&self.shared.wake), &env, false)
    }

    /// Stops a call; nothing is delivered for it any more.
    #[napi(catch_unwind)]
    pub fn cancel(&self, id: u32) {
        if let Some(task) = lock(&self.shared.under_way).remove(&id) {
            task.abort();
        }
    }
}

impl Calls {
    /// Runs a call whose answer is JSON text.
    pub(crate) fn run(
        &self,
        id: u32,
        call: impl Future<Output = String> + Send + 'static,
    ) -> napi::Result<()> {
        self.start(id, call, move |shared, answer| shared.post(id, &answer))
    }

    /// Runs a call whose answers come in pieces, or which is refused as a whole with an answer of its own.
    pub(crate) fn run_bulk(
        &self,
        id: u32,
        call: impl Future<Output = Result<Vec<String>, String>> + Send + 'static,
    ) -> napi::Result<()> {
        self.start(id, call, move |shared, ended| match ended {
            Ok(pieces) => shared.tell(|outbox| outbox.bulk.push(Bulk { id, pieces })),
            Err(refused) => shared.post(id, &refused),
        })
    }

    /// Posts the counts of a call that is under way.
    pub(crate) fn reporter(&self, id: u32) -> impl FnMut(Progress) + Send + 'static {
        // Not the call itself: what ends with it must not keep it.
        let shared = Arc::downgrade(&self.shared);
        move |Progress { sent, failed, unknown, left, .. }| {
            if let Some(shared) = shared.upgrade() {
                let counts = format!(
                    r#"{{"progress":{{"sent":{sent},"failed":{failed},"unknown":{unknown},"left":{left}}}}}"#
                );
                shared.post(id, &counts);
            }
        }
    }

    fn start<T: 'static>(
        &self,
        id: u32,
        call: impl Future<Output = T> + Send + 'static,
        end: impl FnOnce(&Shared, T) + Send + 'static,
    ) -> napi::Result<()> {
        let shared = self.shared.clone();
        // Held until the call stands in the table, so that it cannot end before.
        let mut under_way = lock(&self.shared.under_way);
        let task = runtime()?.spawn(async move {
            let ended = AssertUnwindSafe(call).catch_unwind().await;
            if lock(&shared.under_way).remove(&id).is_none() {
                return;
            }
            match ended {
                Ok(answer) => end(&shared, answer),
                // A bug: its promise is settled all the same.
                Err(_) => {
                    shared.post(id, r#"{"fault":"wamid failed inside; please report what the log says"}"#)
                }
            }
        });
        under_way.insert(id, task.abort_handle());
        Ok(())
    }
}

/// What napi would have instead is a new function each time.
#[expect(deprecated)]
fn keep_alive(wake: &mut Wake, env: &Env, alive: bool) -> napi::Result<()> {
    if alive { wake.refer(env) } else { wake.unref(env) }
}

impl Shared {
    fn post(&self, id: u32, answer: &str) {
        self.tell(|outbox| {
            if !outbox.batch.is_empty() {
                outbox.batch.push(',');
            }
            // Writing to a String cannot fail.
            let _ = write!(outbox.batch, "[{id},{answer}]");
        });
    }

    fn tell(&self, put: impl FnOnce(&mut Outbox)) {
        let mut outbox = lock(&self.outbox);
        put(&mut outbox);
        let told = mem::replace(&mut outbox.told, true);
        drop(outbox);
        if !told {
            // Where JavaScript's thread has ended meanwhile nobody waits for the answer.
            lock(&self.wake).call((), ThreadsafeFunctionCallMode::NonBlocking);
        }
    }
}

/// JavaScript's thread has ended: nothing more goes out for it.
impl Drop for Calls {
    fn drop(&mut self) {
        for (_, task) in lock(&self.shared.under_way).drain() {
            task.abort();
        }
    }
}

/// A panic of another holder left nothing half done: every change under these locks is a single step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
