//! A thread that waits for its call.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use pyo3::intern;
use pyo3::prelude::*;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep};
use wamid::{Error, ErrorKind};
use wamid_bindings::{Process, Stop, lock};

use crate::call::How;
use crate::calling::{Calling, Guard, calling};
use crate::log::{Records, SINK, Sink, look};
use crate::result::Reached;
use crate::runtime::{background, catch_up};

/// How often a thread that waits looks for signals and progress: Ctrl-C is heard within a fifth of a second.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Who watches the sockets and timers of a call that a thread waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drive {
    /// The thread that waits.
    Calling,
    /// The thread in the background, for what goes on when no call is under way: a sandbox, a store.
    Background,
}

/// What a waiting thread tells its caller meanwhile.
#[derive(Default)]
pub(crate) struct Watch {
    callback: Option<Py<PyAny>>,
    latest: Latest,
    /// Ends the call early, with all that it knows by then. Without, a call that is interrupted is dropped.
    stop: Option<Stop>,
}

/// How a wait ended.
pub(crate) enum Waited<T> {
    Ended(T),
    /// A signal's handler or a callback raised; and what the call still answered, where it was told to stop.
    Interrupted(PyErr, Option<T>),
}

/// What has not been told yet.
pub(crate) type Latest = Arc<Mutex<Option<Reached>>>;

impl Watch {
    /// One that tells that callback what is put there.
    pub(crate) fn telling(callback: Py<PyAny>) -> (Self, Latest) {
        let latest = Latest::default();
        (Self { callback: Some(callback), latest: Arc::clone(&latest), stop: None }, latest)
    }

    /// The same, stopped by that.
    pub(crate) fn stopped_by(self, stop: Stop) -> Self {
        Self { stop: Some(stop), ..self }
    }

    fn tell(&self, py: Python<'_>) -> PyResult<()> {
        let Some(callback) = &self.callback else { return Ok(()) };
        let latest = lock(&self.latest).take();
        if let Some(progress) = latest {
            callback.call1(py, (progress.value(py)?,))?;
        }
        Ok(())
    }
}

/// Waits for what the background drives; see [`wait`].
pub(crate) fn wait_for<T: Send>(py: Python<'_>, future: impl Future<Output = T> + Send) -> PyResult<T> {
    let how = How { this: Process::this(), drive: Drive::Background };
    wait(py, how, future, &Watch::default())
}

/// Waits without the interpreter's lock. A signal whose handler raises ends the call.
pub(crate) fn wait<T: Send>(
    py: Python<'_>,
    how: How,
    future: impl Future<Output = T> + Send,
    watch: &Watch,
) -> PyResult<T> {
    match wait_or_stop(py, how, future, watch)? {
        Waited::Ended(output) => Ok(output),
        Waited::Interrupted(raised, _) => Err(raised),
    }
}

/// The same; a call that can be stopped is, and its answer waited for, which takes it no longer than writing down what it knows.
pub(crate) fn wait_or_stop<T: Send>(
    py: Python<'_>,
    how: How,
    future: impl Future<Output = T> + Send,
    watch: &Watch,
) -> PyResult<Waited<T>> {
    let driver = match how.drive {
        Drive::Calling => Driver::This(calling(py, how.this)?),
        Drive::Background => Driver::Other(background(py, how.this)?.handle()),
    };
    look(py)?;
    // Signals are the main thread's: any other would look in vain.
    let looks = watch.callback.is_some() || is_main(py, how.this)?;
    let records = Arc::new(Records::default());
    let sink: Arc<dyn Sink> = records.clone();
    let mut future = Box::pin(SINK.scope(sink, future));
    let mut tick = looks.then(|| driver.tick());
    let under_way = driver.begin();
    let waited = loop {
        // Should the interpreter end meanwhile, pyo3 leaves this thread where it is, for good.
        let ended =
            py.detach(|| driver.block_on(poll_fn(|context| step(context, future.as_mut(), tick.as_mut()))));
        let told = if looks { py.check_signals().and_then(|()| watch.tell(py)) } else { Ok(()) };
        match (ended, told) {
            (Some(ended), Err(raised)) => break Waited::Interrupted(raised, Some(ended)),
            (None, Err(raised)) => {
                let answer = watch.stop.as_ref().map(|stop| {
                    stop.stop();
                    py.detach(|| driver.block_on(future.as_mut()))
                });
                break Waited::Interrupted(raised, answer);
            }
            (Some(ended), Ok(())) => break Waited::Ended(ended),
            (None, Ok(())) => {}
        }
    };
    drop(under_way);
    driver.keep(tick);
    {
        // What is dropped while it is under way needs the runtime; and it logs what became of it.
        let _entered = driver.enter();
        drop(future);
    }
    if matches!(waited, Waited::Interrupted(..)) {
        driver.catch_up();
        driver.linger();
    }
    records.hand_over(py);
    Ok(waited)
}

/// To be told of each result that a thread has waited for: what a call that waited in vain leaves behind still has to end.
pub(crate) fn end<T>(py: Python<'_>, how: How, result: &Result<T, Error>) -> PyResult<()> {
    let in_vain = result.as_ref().is_err_and(|error| error.kind() == ErrorKind::Timeout);
    if in_vain && how.drive == Drive::Calling {
        calling(py, how.this)?.linger();
    }
    Ok(())
}

/// The output of a call; None once it is time to look.
fn step<F: Future>(
    context: &mut Context<'_>,
    future: Pin<&mut F>,
    tick: Option<&mut Pin<Box<Sleep>>>,
) -> Poll<Option<F::Output>> {
    if let Poll::Ready(output) = future.poll(context) {
        return Poll::Ready(Some(output));
    }
    let Some(tick) = tick else { return Poll::Pending };
    ready!(tick.as_mut().poll(context));
    tick.as_mut().reset(Instant::now() + LOOK_EVERY);
    Poll::Ready(None)
}

enum Driver {
    This(&'static Calling),
    Other(&'static Handle),
}

impl Driver {
    fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        match self {
            Self::This(calling) => calling.runtime().block_on(future),
            Self::Other(handle) => handle.block_on(future),
        }
    }

    fn enter(&self) -> tokio::runtime::EnterGuard<'_> {
        match self {
            Self::This(calling) => calling.runtime().enter(),
            Self::Other(handle) => handle.enter(),
        }
    }

    fn catch_up(&self) {
        if let Self::This(calling) = self {
            calling.runtime().block_on(catch_up());
        }
    }

    fn linger(&self) {
        if let Self::This(calling) = self {
            calling.linger();
        }
    }

    fn begin(&self) -> Option<Guard> {
        match self {
            Self::This(calling) => Some(calling.begin()),
            Self::Other(_) => None,
        }
    }

    fn tick(&self) -> Pin<Box<Sleep>> {
        match self {
            Self::This(calling) => calling.take_tick(LOOK_EVERY),
            Self::Other(handle) => {
                let _entered = handle.enter();
                Box::pin(sleep(LOOK_EVERY))
            }
        }
    }

    fn keep(&self, tick: Option<Pin<Box<Sleep>>>) {
        if let (Self::This(calling), Some(tick)) = (self, tick) {
            calling.keep_tick(tick);
        }
    }
}

/// Whether this is the thread that Python gives signals to.
fn is_main(py: Python<'_>, this: Process) -> PyResult<bool> {
    thread_local! {
        /// What was found, and in which process: a fork makes any thread the main one.
        static FOUND: Cell<Option<(Process, bool)>> = const { Cell::new(None) };
    }
    if let Some((of, found)) = FOUND.get()
        && of == this
    {
        return Ok(found);
    }
    let modules = py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))?;
    // A program without that module has made no further thread with it, and need not load it for this.
    let Ok(threading) = modules.get_item(intern!(py, "threading")) else { return Ok(true) };
    let main = threading.call_method0(intern!(py, "main_thread"))?.getattr(intern!(py, "ident"))?;
    let found = threading.call_method0(intern!(py, "get_ident"))?.eq(main)?;
    FOUND.set(Some((this, found)));
    Ok(found)
}
