//! How answers reach JavaScript: many in one piece.
//!
//! An answer is written down where the call ended, on the thread of the runtime. JavaScript's thread is woken when that
//! thread has nothing more to do, or has done much: those that ended meanwhile go along. One crossing and one `JSON.parse`
//! then settle them all.

use std::cell::RefCell;
use std::fmt;
use std::io::Write;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use napi::bindgen_prelude::{FnArgs, Function};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Status};
use napi_derive::napi;

/// So many answers do not wait for others.
const ENOUGH: usize = 32;

/// What JavaScript is handed: the text `[ID,ANSWER,ID,ANSWER…]`, and the bulks where there are any.
pub(crate) type Mail = FnArgs<(String, Option<Vec<Bulk>>)>;

/// What JavaScript's thread is woken with, or held up by. By itself it does not hold the process up.
type Wake = ThreadsafeFunction<(), (), Mail, Status, false, true>;

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
struct Unread {
    batch: Vec<u8>,
    answers: usize,
    bulk: Vec<Bulk>,
    /// JavaScript has been woken for these.
    told: bool,
    /// JavaScript will be woken for these when the thread of the runtime parks.
    due: bool,
}

/// The answers for one JavaScript thread.
pub(crate) struct Outbox {
    unread: Arc<Mutex<Unread>>,
    wake: Wake,
    /// Wakes nobody. One for both would have to be locked, and JavaScript, just woken, would stand before that lock while it
    /// is still being woken.
    hold: Mutex<Wake>,
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbox").finish_non_exhaustive()
    }
}

thread_local! {
    /// Those with something due; none on a thread that never parks.
    static DUE: RefCell<Option<Vec<Arc<Outbox>>>> = const { RefCell::new(None) };
}

/// Lets answers of this thread wait until [`tell`] is called on it.
pub(crate) fn wait_for_park() {
    DUE.with_borrow_mut(|due| *due = Some(Vec::new()));
}

/// Wakes every JavaScript thread that has something due: there is nothing more to do here.
pub(crate) fn tell() {
    DUE.with_borrow_mut(|due| {
        for outbox in due.iter_mut().flat_map(|due| due.drain(..)) {
            outbox.tell_due();
        }
    });
}

impl Outbox {
    /// `deliver` gets what has come since the last time.
    pub(crate) fn new(deliver: Function<'_, Mail, ()>) -> napi::Result<Self> {
        let unread = Arc::<Mutex<Unread>>::default();
        let fetch = unread.clone();
        let wake = deliver.build_threadsafe_function::<()>().weak::<true>().build_callback(move |_| {
            let mut unread = lock(&fetch);
            unread.told = false;
            unread.answers = 0;
            let mut batch = mem::take(&mut unread.batch);
            if !batch.is_empty() {
                batch.push(b']');
            }
            let batch = String::from_utf8(batch).unwrap_or_default();
            let bulk = mem::take(&mut unread.bulk);
            Ok(FnArgs::from((batch, (!bulk.is_empty()).then_some(bulk))))
        })?;
        let nothing = |_| Ok(FnArgs::from((String::new(), None)));
        let hold = deliver.build_threadsafe_function::<()>().weak::<true>().build_callback(nothing)?;
        Ok(Self { unread, wake, hold: Mutex::new(hold) })
    }

    /// Whether this holds the process up.
    // What napi would have instead is a new function each time.
    #[expect(deprecated)]
    pub(crate) fn keep_alive(&self, env: &Env, alive: bool) -> napi::Result<()> {
        let mut hold = lock(&self.hold);
        if alive { hold.refer(env) } else { hold.unref(env) }
    }

    /// Posts an answer, which `write` writes as JSON.
    pub(crate) fn post(self: &Arc<Self>, id: u32, write: impl FnOnce(&mut Vec<u8>)) {
        self.put(|unread| {
            unread.batch.push(if unread.batch.is_empty() { b'[' } else { b',' });
            // Writing to memory cannot fail.
            let _ = write!(unread.batch, "{id},");
            write(&mut unread.batch);
            unread.answers += 1;
        });
    }

    /// Posts answers in pieces.
    pub(crate) fn post_bulk(self: &Arc<Self>, id: u32, pieces: Vec<String>) {
        self.put(|unread| unread.bulk.push(Bulk { id, pieces }));
    }

    fn put(self: &Arc<Self>, put: impl FnOnce(&mut Unread)) {
        let mut unread = lock(&self.unread);
        put(&mut unread);
        if unread.told {
            return;
        }
        if unread.answers < ENOUGH {
            if unread.due {
                return;
            }
            unread.due = DUE.with_borrow_mut(|due| match due {
                Some(due) => {
                    due.push(self.clone());
                    true
                }
                None => false,
            });
            if unread.due {
                return;
            }
        }
        unread.told = true;
        drop(unread);
        self.wake();
    }

    fn tell_due(&self) {
        let mut unread = lock(&self.unread);
        unread.due = false;
        // It may have become enough, and have been fetched, since.
        if unread.told || (unread.batch.is_empty() && unread.bulk.is_empty()) {
            return;
        }
        unread.told = true;
        drop(unread);
        self.wake();
    }

    fn wake(&self) {
        // Where JavaScript's thread has ended meanwhile nobody waits for the answer.
        self.wake.call((), ThreadsafeFunctionCallMode::NonBlocking);
    }
}

/// A panic of another holder left nothing half done: every change under these locks is a single step.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
