//! The JVM's way in and out, beside UniFFI's own.
//!
//! There each buffer and each call's status is a JNA structure (native memory with a cleaner: more work than a send), and
//! each step of a future an up-call that attaches a thread to the JVM. Here only numbers cross. The arguments of a call are
//! written into a [`buffer`]; answers are fetched in batches by one Java thread, which is the runtime's thread while it waits.
//! What is inside is converted by what UniFFI generates, on both sides.
//!
//! Called by `Crossing.kt`. Zero is what UniFFI answers after a panic, so zero is no success anywhere here.

mod buffer;
mod calls;
mod client;
mod clients;

use uniffi::Lift;
use wamid_bindings::Stop;

use crate::UniFfiTag;
use crate::error::WamidError;
use crate::message::Send;
use crate::operations;
use crate::progress::{ProgressListener, TransferListener};
use crate::text::Text;

/// The call has begun; its answer comes with the others.
const BEGUN: i32 = 1;
/// There is no such runtime.
const NO_RUNTIME: i32 = 2;

/// Makes a runtime for calls: its number.
#[uniffi::export]
pub fn jvm_runtime() -> i64 {
    calls::open()
}

/// Makes a buffer for the arguments of a call, zeroed: its address.
#[uniffi::export]
pub fn jvm_buffer(bytes: i64) -> i64 {
    buffer::make(bytes)
}

/// Begins the call `call` of a client, on a runtime: the send that was written into the buffer.
#[uniffi::export]
pub fn jvm_send(runtime: i64, client: i64, call: i64, buffer: i64) -> i32 {
    begin(runtime, client, call, buffer, Call::Sends(None), |client, mut arguments| {
        let send = Send::read(&mut arguments)?;
        Some(async move { operations::send(&client, send).await })
    })
}

/// The same for many sends: their list, perhaps how many at once, perhaps who is told of it. Stopped, it answers all the same.
#[uniffi::export]
pub fn jvm_send_many(runtime: i64, client: i64, call: i64, buffer: i64) -> i32 {
    let stop = Stop::default();
    begin(runtime, client, call, buffer, Call::Sends(Some(stop.clone())), |client, mut arguments| {
        let sends = Vec::<Send>::read(&mut arguments)?;
        let concurrency = Option::<i64>::read(&mut arguments)?;
        let listener = Option::<Box<dyn ProgressListener>>::read(&mut arguments)?;
        Some(
            async move { operations::send_many(&client, sends, concurrency, listener, stop.stopped()).await },
        )
    })
}

/// The same for the list of conversations.
#[uniffi::export]
pub fn jvm_chats(runtime: i64, client: i64, call: i64) -> i32 {
    begin(runtime, client, call, 0, Call::Reads, |client, _| {
        Some(async move { operations::chats(&client).await })
    })
}

/// The same for a webhook: its body, and its signature.
#[uniffi::export]
pub fn jvm_receive_webhook(runtime: i64, client: i64, call: i64, buffer: i64) -> i32 {
    begin(runtime, client, call, buffer, Call::Reads, |client, mut arguments| {
        let body = Vec::<u8>::read(&mut arguments)?;
        let signature = <Text as Read>::read(&mut arguments)?;
        Some(async move { operations::receive_webhook(&client, body, signature).await })
    })
}

/// The same for an operation: its name, its arguments as a JSON object, perhaps who is told how far it has come.
#[uniffi::export]
pub fn jvm_ask(runtime: i64, client: i64, call: i64, buffer: i64) -> i32 {
    begin(runtime, client, call, buffer, Call::Sends(None), |client, mut arguments| {
        let operation = <Text as Read>::read(&mut arguments)?;
        let given = <Text as Read>::read(&mut arguments)?;
        let listener = Option::<Box<dyn TransferListener>>::read(&mut arguments)?;
        Some(async move { operations::ask(&client, operation, given, listener).await })
    })
}

/// Stops a call: its request with it. There is no answer to wait for any more, but from many sends.
#[uniffi::export]
pub fn jvm_stop(runtime: i64, call: i64) {
    if let Some(calls) = calls::of(runtime) {
        calls.stop(call);
    }
}

/// Logs that a message went out although nobody waits for its answer any more: to the phone that was written into the buffer.
#[uniffi::export]
pub fn jvm_unheard(buffer: i64) {
    let arguments = buffer::take(buffer);
    if let Some(Ok(phone)) = <Text as Read>::read(&mut &arguments[..]).map(|phone| phone.read("phone")) {
        wamid::log_unheard(&phone);
    }
}

/// Runs the calls until some have ended: where their answers stand, up to the next time that this is asked.
#[uniffi::export]
pub fn jvm_answers(runtime: i64) -> i64 {
    calls::of(runtime).map_or(0, calls::Calls::answers)
}

/// What a call may do.
enum Call {
    /// Send messages, or change something; perhaps it is told to stop, and answers with what it knows.
    Sends(Option<Stop>),
    /// Read.
    Reads,
}

/// Reads the arguments, and lets the call run.
fn begin<T, F>(
    runtime: i64,
    client: i64,
    call: i64,
    buffer: i64,
    what: Call,
    run: impl FnOnce(wamid::Client, &[u8]) -> Option<F>,
) -> i32
where
    F: Future<Output = Result<T, WamidError>> + std::marker::Send + 'static,
    T: uniffi::Lower<UniFfiTag> + 'static,
{
    let arguments = buffer::take(buffer);
    let Some(calls) = calls::of(runtime) else { return NO_RUNTIME };
    let Some(client) = clients::find(client) else {
        calls.begin(call, false, None, Some(async { Err::<T, _>(closed()) }));
        return BEGUN;
    };
    // Arguments that cannot be read are a library that is not its bindings': the call ends without an answer.
    let (sends, stop) = match what {
        Call::Sends(stop) => (true, stop),
        Call::Reads => (false, None),
    };
    calls.begin(call, sends, stop, run(client, &arguments));
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
