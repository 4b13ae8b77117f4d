//! How answers reach JavaScript: many in one piece.
//!
//! An answer is written down where the call ended, on the thread of the runtime. JavaScript's thread is woken once for all calls
//! that ended together. One crossing and one `JSON.parse` then settle them all.

use std::fmt;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, Weak};

use napi::bindgen_prelude::{FnArgs, Function};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Status};
use napi_derive::napi;
use wamid_bindings::{Mailbox, Wake, lock};

use crate::answer;

/// What JavaScript is handed: the text `[ID,ANSWER,ID,ANSWER…]`, and the bulks where there are any.
pub(crate) type Mail = FnArgs<(String, Option<Vec<Bulk>>)>;

/// What JavaScript's thread is woken with, or held up by. By itself it does not hold the process up.
type Deliver = ThreadsafeFunction<(), (), Mail, Status, false, true>;

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
    text: Vec<u8>,
    bulk: Vec<Bulk>,
}

/// Wakes JavaScript's thread, which then fetches.
struct Fetcher(Deliver);

impl Wake for Fetcher {
    fn wake(&self) {
        // Where JavaScript's thread has ended meanwhile nobody waits for the answer.
        self.0.call((), ThreadsafeFunctionCallMode::NonBlocking);
    }
}

type Unfetched = Mailbox<Unread, Fetcher>;

/// The answers for one JavaScript thread.
pub(crate) struct Outbox {
    unread: Arc<Unfetched>,
    /// Wakes nobody. One for both would have to be locked, and JavaScript, just woken, would stand before that lock while it
    /// is still being woken.
    hold: Mutex<Deliver>,
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbox").finish_non_exhaustive()
    }
}

impl Outbox {
    /// `deliver` gets what has come since the last time.
    pub(crate) fn new(deliver: Function<'_, Mail, ()>) -> napi::Result<Self> {
        // The mailbox holds what fetches from it, so it is there only afterwards.
        let fetched: Arc<OnceLock<Weak<Unfetched>>> = Arc::default();
        let from = fetched.clone();
        let wake = deliver.build_threadsafe_function::<()>().weak::<true>().build_callback(move |_| {
            let unread = from.get().and_then(Weak::upgrade).map(|from| from.take()).unwrap_or_default();
            let mut text = unread.text;
            if !text.is_empty() {
                text.push(b']');
            }
            let text = String::from_utf8(text).unwrap_or_default();
            Ok(FnArgs::from((text, (!unread.bulk.is_empty()).then_some(unread.bulk))))
        })?;
        let nothing = |_| Ok(FnArgs::from((String::new(), None)));
        let hold = deliver.build_threadsafe_function::<()>().weak::<true>().build_callback(nothing)?;
        let unread = Arc::new(Mailbox::new(Fetcher(wake)));
        let _ = fetched.set(Arc::downgrade(&unread));
        Ok(Self { unread, hold: Mutex::new(hold) })
    }

    /// Whether this holds the process up.
    // What napi would have instead is a new function each time.
    #[expect(deprecated)]
    pub(crate) fn keep_alive(&self, env: &Env, alive: bool) -> napi::Result<()> {
        let mut hold = lock(&self.hold);
        if alive { hold.refer(env) } else { hold.unref(env) }
    }

    /// Posts an answer, which `write` writes as JSON. If that panics, the answer says so: the promise is settled all the same.
    pub(crate) fn post(&self, id: u32, write: impl FnOnce(&mut Vec<u8>)) {
        self.unread.put(|unread| {
            let text = &mut unread.text;
            text.push(if text.is_empty() { b'[' } else { b',' });
            // Writing to memory cannot fail.
            let _ = write!(text, "{id},");
            let begin = text.len();
            if catch_unwind(AssertUnwindSafe(|| write(text))).is_err() {
                text.truncate(begin);
                answer::refused(text, &wamid::Error::panicked(true));
            }
        });
    }

    /// Posts answers in pieces.
    pub(crate) fn post_bulk(&self, id: u32, pieces: Vec<String>) {
        self.unread.put(|unread| unread.bulk.push(Bulk { id, pieces }));
    }
}
