//! The JVM's way in and out, beside UniFFI's own.
//!
//! There each buffer and each call's status is a JNA structure (native memory with a cleaner: more work than a send), and
//! each step of a future an up-call that attaches a thread to the JVM. Here only numbers cross. The arguments of a call are
//! written into a [`room`]; answers are fetched in batches by one Java thread, which is the runtime's thread while it waits.
//! What is inside is converted by what UniFFI generates, on both sides.
//!
//! Called by `Crossing.kt`. Zero is what UniFFI answers after a panic, so zero is no success anywhere here.

mod calls;
mod client;
mod clients;
mod room;

use tokio::sync::oneshot;
use uniffi::Lift;

use crate::UniFfiTag;
use crate::error::WamidError;
use crate::message::Send;
use crate::operations;
use crate::progress::ProgressListener;
use crate::text::Text;

/// The call has begun; its answer comes with the others.
const BEGUN: i32 = 1;
/// There is no such line.
const NO_LINE: i32 = 2;

/// Makes a line for calls, with a runtime of its own: its number.
#[uniffi::export]
pub fn jvm_line() -> i64 {
    calls::open()
}

/// Makes room for the arguments of a call, zeroed: its address.
#[uniffi::export]
pub fn jvm_room(bytes: i64) -> i64 {
    room::make(bytes)
}

/// Begins the call `call` of a client, on a line: the send that was written into the room.
#[uniffi::export]
pub fn jvm_send(line: i64, client: i64, call: i64, room: i64) -> i32 {
    begin(line, client, call, room, None, |client, mut arguments| {
        let send = Send::read(&mut arguments)?;
        Some(async move { operations::send(&client, send).await })
    })
}

/// The same for many sends: their list, perhaps how many at once, perhaps who is told of it. Stopped, it answers all the same.
#[uniffi::export]
pub fn jvm_send_many(line: i64, client: i64, call: i64, room: i64) -> i32 {
    let (stop, stopped) = oneshot::channel();
    begin(line, client, call, room, Some(stop), |client, mut arguments| {
        let sends = Vec::<Send>::read(&mut arguments)?;
        let concurrency = Option::<i64>::read(&mut arguments)?;
        let listener = Option::<Box<dyn ProgressListener>>::read(&mut arguments)?;
        let stop = async { drop(stopped.await) };
        Some(async move { operations::send_many(&client, sends, concurrency, listener, stop).await })
    })
}

/// The same for the list of conversations.
#[uniffi::export]
pub fn jvm_chats(line: i64, client: i64, call: i64) -> i32 {
    begin(line, client, call, 0, None, |client, _| Some(async move { operations::chats(&client).await }))
}

/// The same for a webhook: its body, and its signature.
#[uniffi::export]
pub fn jvm_receive_webhook(line: i64, client: i64, call: i64, room: i64) -> i32 {
    begin(line, client, call, room, None, |client, mut arguments| {
        let body = Vec::<u8>::read(&mut arguments)?;
        let signature = <Text as Read>::read(&mut arguments)?;
        Some(async move { operations::receive_webhook(&client, body, signature).await })
    })
}

/// Stops a call: its request with it. There is no answer to wait for any more, but from many sends.
#[uniffi::export]
pub fn jvm_stop(line: i64, call: i64) {
    if let Some(calls) = calls::line(line) {
        calls.stop(call);
    }
}

/// Runs the calls until some have ended: where their answers stand, up to the next time that this is asked.
#[uniffi::export]
pub fn jvm_answers(line: i64) -> i64 {
    calls::line(line).map_or(0, calls::Calls::answers)
}

/// Reads the arguments, and lets the call run.
fn begin<T, F>(
    line: i64,
    client: i64,
    call: i64,
    room: i64,
    stop: Option<oneshot::Sender<()>>,
    run: impl FnOnce(wamid::Client, &[u8]) -> Option<F>,
) -> i32
where
    F: Future<Output = Result<T, WamidError>> + std::marker::Send + 'static,
    T: uniffi::Lower<UniFfiTag>,
{
    let arguments = room::leave(room);
    let Some(calls) = calls::line(line) else { return NO_LINE };
    let Some(client) = clients::find(client) else {
        calls.begin(call, None, Some(async { Err::<T, _>(closed()) }));
        return BEGUN;
    };
    // Arguments that cannot be read are a library that is not its bindings': the call ends without an answer.
    calls.begin(call, stop, run(client, &arguments));
    BEGUN
}

/// What a call of a client that has been closed ends with.
fn closed() -> WamidError {
    wamid::Error::argument("client", "has been closed: make a new one").into()
}

/// Something that Kotlin has written.
trait Read: Sized {
    fn read(arguments: &mut &[u8]) -> Option<Self>;
}

impl<T: Lift<UniFfiTag>> Read for T {
    fn read(arguments: &mut &[u8]) -> Option<Self> {
        T::try_read(arguments).ok()
    }
}
