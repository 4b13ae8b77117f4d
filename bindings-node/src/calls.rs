//! Calls under way.
//!
//! What JavaScript asks is put down for the thread of the runtime, which does everything else: it reads the arguments, makes
//! the call, and writes the answer. One that is busy is not woken again for each. A send that comes alone takes its first steps
//! at once, which is to write its request: the runtime's thread is needed for the answer only.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt;
use napi::Env;
use napi::bindgen_prelude::Function;
use napi_derive::napi;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;
use wamid::Progress;

use crate::answer;
use crate::begun::{Begun, Work};
use crate::outbox::{Mail, Outbox, lock};
use crate::runtime::runtime;

/// Begins a call, on the runtime's thread.
type Start = Box<dyn FnOnce(&Arc<Desk>) + Send>;

/// What JavaScript asks of the runtime's thread.
enum Order {
    Start(Start),
    Resume(u32),
    Stop(u32),
    Cancel(u32),
}

/// A call that has not ended.
enum UnderWay {
    Task(AbortHandle),
    /// A task that ends by itself, and with an answer, once it is told to.
    Bulk(AbortHandle, Arc<Notify>),
    Begun(Arc<Begun>),
}

impl UnderWay {
    fn stop(self) {
        match self {
            Self::Task(task) | Self::Bulk(task, _) => task.abort(),
            Self::Begun(begun) => begun.stop(),
        }
    }
}

/// Where the calls of one JavaScript thread are served.
struct Desk {
    outbox: Arc<Outbox>,
    under_way: Mutex<HashMap<u32, UnderWay>>,
}

/// The calls of one JavaScript thread.
#[napi]
pub struct Calls {
    outbox: Arc<Outbox>,
    desk: Arc<Desk>,
    orders: UnboundedSender<Order>,
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").finish_non_exhaustive()
    }
}

#[napi]
impl Calls {
    /// `deliver` gets the text `[ID,ANSWER,ID,ANSWER…]` and the bulks, many calls' at a time.
    #[napi(constructor, catch_unwind)]
    pub fn new(deliver: Function<'_, Mail, ()>) -> napi::Result<Self> {
        let outbox = Arc::new(Outbox::new(deliver)?);
        let desk = Arc::new(Desk { outbox: outbox.clone(), under_way: Mutex::default() });
        let (orders, received) = unbounded_channel();
        runtime()?.spawn(serve(desk.clone(), received));
        Ok(Self { outbox, desk, orders })
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
    pub fn stop(&self, id: u32) -> napi::Result<()> {
        self.order(Order::Stop(id))
    }

    /// Stops a call; nothing is delivered for it any more.
    #[napi(catch_unwind)]
    pub fn cancel(&self, id: u32) -> napi::Result<()> {
        self.order(Order::Cancel(id))
    }
}

impl Calls {
    /// Runs a call whose answer `write` writes.
    pub(crate) fn run<T, F>(
        &self,
        id: u32,
        call: impl FnOnce() -> F + Send + 'static,
        write: impl FnOnce(&mut Vec<u8>, T) + Send + 'static,
    ) -> napi::Result<()>
    where
        T: 'static,
        F: Future<Output = T> + Send + 'static,
    {
        self.start(id, call, move |outbox, ended| outbox.post(id, |text| write(text, ended)))
    }

    /// Runs a call that costs little before it waits: alone, it begins here and now.
    pub(crate) fn run_soon<T, F>(
        &self,
        id: u32,
        call: impl FnOnce() -> F + Send + 'static,
        write: impl FnOnce(&mut Vec<u8>, T) + Send + 'static,
    ) -> napi::Result<()>
    where
        T: 'static,
        F: Future<Output = T> + Send + 'static,
    {
        // In a crowd the runtime's thread is awake anyway, and JavaScript's has enough to do.
        if !lock(&self.desk.under_way).is_empty() {
            return self.run(id, call, write);
        }
        let work =
            self.desk.work(id, call(), move |outbox, ended| outbox.post(id, |text| write(text, ended)));
        let orders = self.orders.downgrade();
        let begun = Begun::new(work, move || {
            if let Some(orders) = orders.upgrade() {
                let _ = orders.send(Order::Resume(id));
            }
        });
        lock(&self.desk.under_way).insert(id, UnderWay::Begun(begun.clone()));
        let _inside = runtime()?.enter();
        begun.go_on();
        Ok(())
    }

    /// Runs a call whose answers come in pieces, or which is refused as a whole with an answer of its own. `call` is given what
    /// [`stop`](Self::stop) tells it by.
    pub(crate) fn run_bulk<F>(
        &self,
        id: u32,
        call: impl FnOnce(Arc<Notify>) -> F + Send + 'static,
    ) -> napi::Result<()>
    where
        F: Future<Output = Result<Vec<String>, wamid::Error>> + Send + 'static,
    {
        let end = move |outbox: &Arc<Outbox>, ended| match ended {
            Ok(pieces) => outbox.post_bulk(id, pieces),
            Err(error) => outbox.post(id, |text| answer::refused(text, &error)),
        };
        self.order(Order::Start(Box::new(move |desk| {
            let stop = Arc::new(Notify::new());
            let work = desk.work(id, call(stop.clone()), end);
            desk.spawn(id, work, |task| UnderWay::Bulk(task, stop));
        })))
    }

    /// Where the outcomes of a bulk go that ends when JavaScript says so.
    pub(crate) fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    /// Posts the counts of a call that is under way.
    pub(crate) fn reporter(&self, id: u32) -> impl FnMut(Progress) + Send + 'static {
        // Not the outbox itself: what ends with it must not keep it.
        let outbox = Arc::downgrade(&self.outbox);
        move |progress| {
            if let Some(outbox) = outbox.upgrade() {
                outbox.post(id, |text| answer::progress(text, progress));
            }
        }
    }

    fn start<T, F>(
        &self,
        id: u32,
        call: impl FnOnce() -> F + Send + 'static,
        end: impl FnOnce(&Arc<Outbox>, T) + Send + 'static,
    ) -> napi::Result<()>
    where
        T: 'static,
        F: Future<Output = T> + Send + 'static,
    {
        self.order(Order::Start(Box::new(move |desk| {
            desk.spawn(id, desk.work(id, call(), end), UnderWay::Task)
        })))
    }

    fn order(&self, order: Order) -> napi::Result<()> {
        self.orders.send(order).map_err(|_| napi::Error::from_reason("wamid's thread has ended"))
    }
}

async fn serve(desk: Arc<Desk>, mut orders: UnboundedReceiver<Order>) {
    while let Some(order) = orders.recv().await {
        match order {
            Order::Start(start) => start(&desk),
            Order::Resume(id) => {
                let begun = match lock(&desk.under_way).get(&id) {
                    Some(UnderWay::Begun(begun)) => Some(begun.clone()),
                    _ => None,
                };
                if let Some(begun) = begun {
                    begun.go_on();
                }
            }
            Order::Stop(id) => {
                if let Some(UnderWay::Bulk(_, stop)) = lock(&desk.under_way).get(&id) {
                    stop.notify_one();
                }
            }
            Order::Cancel(id) => {
                let stopped = lock(&desk.under_way).remove(&id);
                if let Some(call) = stopped {
                    call.stop();
                }
            }
        }
    }
    // JavaScript's thread has ended: nothing more goes out for it.
    let left = std::mem::take(&mut *lock(&desk.under_way));
    left.into_values().for_each(UnderWay::stop);
}

impl Desk {
    /// The whole of a call.
    fn work<T: 'static>(
        self: &Arc<Self>,
        id: u32,
        call: impl Future<Output = T> + Send + 'static,
        end: impl FnOnce(&Arc<Outbox>, T) + Send + 'static,
    ) -> Work {
        let desk = self.clone();
        Box::pin(async move {
            let ended = AssertUnwindSafe(call).catch_unwind().await;
            let own = lock(&desk.under_way).remove(&id);
            if own.is_none() {
                return;
            }
            match ended {
                Ok(ended) => end(&desk.outbox, ended),
                // A bug: its promise is settled all the same.
                Err(_) => desk.outbox.post(id, answer::fault),
            }
        })
    }

    /// Begins a call, on the runtime's thread.
    fn spawn(&self, id: u32, work: Work, as_what: impl FnOnce(AbortHandle) -> UnderWay) {
        // It begins when this is through: not before it stands in the table.
        let task = tokio::spawn(work);
        lock(&self.under_way).insert(id, as_what(task.abort_handle()));
    }
}
