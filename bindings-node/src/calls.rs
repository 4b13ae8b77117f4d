//! The running calls of one JavaScript thread.
//!
//! What JavaScript asks is done by the runtime's thread: it reads the arguments, makes the call, and writes the answer. A send
//! that comes alone begins at once, on JavaScript's own thread: it writes its request, and the runtime's thread is needed for the
//! answer only.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use napi::Env;
use napi::bindgen_prelude::Function;
use napi_derive::napi;
use wamid::{Error, Progress, Receipt, TransferProgress, log_unheard};
use wamid_bindings::{Background, Calls as Running, Job, Process, Stop, Task};

use crate::answer;
use crate::outbox::{Mail, Outbox};
use crate::runtime::background;

/// The calls of one JavaScript thread.
#[napi]
pub struct Calls {
    outbox: Arc<Outbox>,
    running: Arc<Running>,
    background: &'static Background,
    this: Process,
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").field("running", &self.running).finish_non_exhaustive()
    }
}

#[napi]
impl Calls {
    /// `deliver` gets the text `[ID,ANSWER,ID,ANSWER…]` and the bulks, many calls' at a time.
    #[napi(constructor, catch_unwind)]
    pub fn new(deliver: Function<'_, Mail, ()>) -> napi::Result<Self> {
        Ok(Self {
            outbox: Arc::new(Outbox::new(deliver)?),
            running: Arc::default(),
            background: background()?,
            this: Process::this(),
        })
    }

    /// Keeps the process alive until [`release`](Self::release): a call is under way.
    #[napi(catch_unwind)]
    pub fn hold(&self, env: Env) -> napi::Result<()> {
        self.outbox.keep_alive(&env, true)
    }

    /// Lets the process end: no call is under way.
    #[napi(catch_unwind)]
    pub fn release(&self, env: Env) -> napi::Result<()> {
        self.outbox.keep_alive(&env, false)
    }

    /// Stops a bulk, which then answers with all that is known.
    #[napi(catch_unwind)]
    pub fn stop(&self, id: u32) {
        let _inside = self.background.handle().enter();
        self.running.stop(self.this, id.into());
    }

    /// Stops a call; nothing is delivered for it any more.
    #[napi(catch_unwind)]
    pub fn cancel(&self, id: u32) {
        let _inside = self.background.handle().enter();
        self.running.cancel(self.this, id.into());
    }
}

impl Drop for Calls {
    fn drop(&mut self) {
        // JavaScript's thread has ended: nothing more goes out for it.
        let _inside = self.background.handle().enter();
        self.running.cancel_all(self.this);
    }
}

impl Calls {
    /// Runs a call whose answer `write` writes, and which sends nothing.
    pub(crate) fn run<T: 'static>(
        &self,
        id: u32,
        call: impl Future<Output = Result<T, Error>> + Send + 'static,
        write: impl FnOnce(&mut Vec<u8>, Result<T, Error>) + Send + 'static,
    ) {
        let end = move |outbox: Option<&Arc<Outbox>>, ended| {
            if let Some(outbox) = outbox {
                outbox.post(id, |text| write(text, ended));
            }
        };
        self.begin(id, false, None, call, end).queue();
    }

    /// Runs a send: alone, it begins here and now.
    pub(crate) fn send(&self, id: u32, call: impl Future<Output = Result<Receipt, Error>> + Send + 'static) {
        let alone = self.running.is_empty();
        let job = self.begin(id, true, None, call, move |outbox, sent| match (outbox, sent) {
            (Some(outbox), sent) => outbox.post(id, |text| answer::sent(text, &sent)),
            (None, Ok(receipt)) => log_unheard(&receipt.phone),
            // If it may have gone out, the log has it already.
            (None, Err(_)) => {}
        });
        if alone {
            let _inside = self.background.handle().enter();
            job.poll_here();
        } else {
            // In a crowd the runtime's thread is awake anyway, and JavaScript's has enough to do.
            job.queue();
        }
    }

    /// Runs a call whose answers come in pieces, or which is refused as a whole with an answer of its own. [`stop`](Self::stop)
    /// stops it by `stop`.
    pub(crate) fn run_bulk(
        &self,
        id: u32,
        stop: Stop,
        call: impl Future<Output = Result<Vec<String>, Error>> + Send + 'static,
    ) {
        let end = move |outbox: Option<&Arc<Outbox>>, ended| match (outbox, ended) {
            (Some(outbox), Ok(pieces)) => outbox.post_bulk(id, pieces),
            (Some(outbox), Err(error)) => outbox.post(id, |text| answer::refused(text, &error)),
            // It is stopped, not cancelled: only with its whole thread.
            (None, _) => {}
        };
        self.begin(id, true, Some(stop), call, end).queue();
    }

    /// Where the outcomes of a bulk go that ends when JavaScript says so.
    pub(crate) fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    /// Posts the counts of a call that is under way.
    pub(crate) fn reporter(&self, id: u32) -> impl FnMut(Progress) + Send + 'static {
        self.poster(id, answer::progress)
    }

    /// Posts how far a transfer has come.
    pub(crate) fn transfer_reporter(&self, id: u32) -> impl FnMut(TransferProgress) + Send + 'static {
        self.poster(id, answer::transferred)
    }

    fn poster<P: 'static>(&self, id: u32, write: fn(&mut Vec<u8>, P)) -> impl FnMut(P) + Send + 'static {
        // Not the outbox itself: what ends with it must not keep it.
        let outbox = Arc::downgrade(&self.outbox);
        move |progress| {
            if let Some(outbox) = outbox.upgrade() {
                outbox.post(id, |text| write(text, progress));
            }
        }
    }

    /// Makes a call. `end` is given its outcome, and where to: nowhere if it was cancelled as it ended.
    fn begin<T: 'static>(
        &self,
        id: u32,
        sends: bool,
        stop: Option<Stop>,
        call: impl Future<Output = Result<T, Error>> + Send + 'static,
        end: impl FnOnce(Option<&Arc<Outbox>>, Result<T, Error>) + Send + 'static,
    ) -> Arc<dyn Job> {
        let (outbox, running, this) = (self.outbox.clone(), self.running.clone(), self.this);
        let job: Arc<dyn Job> = Task::new(self.background.worker(), sends, call, move |ended| {
            // It may have been cancelled at this very moment.
            end(running.remove(this, id.into()).map(|()| &outbox), ended);
        });
        self.running.add(self.this, id.into(), (), job.clone(), stop);
        job
    }
}
