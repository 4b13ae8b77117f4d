//! One call of the core, waited for by a thread or by an event loop.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;
use tokio::time::timeout;
use wamid::Error;

use crate::completions::{Call, Completions, Item, Queue, UnderWay};
use crate::error::raise;
use crate::log::{Records, SINK, look};
use crate::result::Progress;
use crate::runtime::runtime;

/// How often a thread that waits looks for signals and progress: Ctrl-C is heard within a fifth of a second.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// An event loop and its number for a call; a thread waits where there is none.
pub(crate) type To<'py> = Option<(Bound<'py, Completions>, u64)>;

/// Makes a call: gives its result, or the [`Call`] under way where an event loop waits for it.
pub(crate) fn run<T: Send + 'static>(
    py: Python<'_>,
    to: To<'_>,
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
    convert: impl FnOnce(Python<'_>, T) -> PyResult<Bound<'_, PyAny>> + Send + 'static,
) -> PyResult<Py<PyAny>> {
    match to {
        None => {
            let result = wait(py, future, &Watch::default())?;
            answer(py, result, convert)
        }
        Some((completions, id)) => {
            let queue = completions.get().queue();
            spawn(py, queue, id, future, convert)
        }
    }
}

/// The same for a call that reports its progress; `make` is told where to.
pub(crate) fn run_reporting<T: Send + 'static, F>(
    py: Python<'_>,
    to: To<'_>,
    progress: Option<Py<PyAny>>,
    make: impl FnOnce(Option<Report>) -> F,
    convert: impl FnOnce(Python<'_>, T) -> PyResult<Bound<'_, PyAny>> + Send + 'static,
) -> PyResult<Py<PyAny>>
where
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    match to {
        None => {
            let watch = Watch { callback: progress, latest: Arc::default() };
            let report = watch.callback.is_some().then(|| {
                let latest = Arc::clone(&watch.latest);
                Box::new(move |progress| *locked(&latest) = Some(progress)) as Report
            });
            let result = wait(py, make(report), &watch)?;
            answer(py, result, convert)
        }
        Some((completions, id)) => {
            let queue = completions.get().queue();
            // The loop keeps the callback itself; it only has to be told.
            let report = progress.is_some().then(|| {
                let queue = Arc::clone(&queue);
                Box::new(move |progress| queue.push(Item::Progress(id, progress))) as Report
            });
            spawn(py, queue, id, make(report), convert)
        }
    }
}

/// Takes the counts of a `send_many`.
pub(crate) type Report = Box<dyn FnMut(wamid::Progress) + Send>;

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a waiting thread tells its caller meanwhile.
#[derive(Default)]
struct Watch {
    callback: Option<Py<PyAny>>,
    latest: Arc<Mutex<Option<wamid::Progress>>>,
}

impl Watch {
    fn tell(&self, py: Python<'_>) -> PyResult<()> {
        let latest = locked(&self.latest).take();
        if let (Some(callback), Some(progress)) = (&self.callback, latest) {
            callback.call1(py, (Progress::from(progress),))?;
        }
        Ok(())
    }
}

/// Waits without the interpreter's lock. A signal whose handler raises ends the call, and so does a callback that does.
pub(crate) fn wait_for<T: Send>(py: Python<'_>, future: impl Future<Output = T> + Send) -> PyResult<T> {
    wait(py, future, &Watch::default())
}

fn wait<T: Send>(py: Python<'_>, future: impl Future<Output = T> + Send, watch: &Watch) -> PyResult<T> {
    let runtime = runtime(py)?;
    look(py)?;
    let records = Arc::new(Records::default());
    let mut future = Box::pin(SINK.scope(records.clone(), future));
    let waited = loop {
        let tick = || runtime.block_on(async { timeout(LOOK_EVERY, future.as_mut()).await.ok() });
        // Should the interpreter end meanwhile, pyo3 leaves this thread where it is, for good.
        let ended = py.detach(tick);
        let told = py.check_signals().and_then(|()| watch.tell(py));
        match (ended, told) {
            (_, Err(stop)) => break Err(stop),
            (Some(ended), Ok(())) => break Ok(ended),
            (None, Ok(())) => {}
        }
    };
    {
        // What is dropped while it is under way needs the runtime; and it logs what became of it.
        let _entered = runtime.enter();
        drop(future);
    }
    records.hand_over(py);
    waited
}

fn spawn<T: Send + 'static>(
    py: Python<'_>,
    queue: Arc<Queue>,
    id: u64,
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
    convert: impl FnOnce(Python<'_>, T) -> PyResult<Bound<'_, PyAny>> + Send + 'static,
) -> PyResult<Py<PyAny>> {
    look(py)?;
    let under_way = Arc::new(UnderWay::new(future));
    let (sink, polled) = (Arc::clone(&queue), Arc::clone(&under_way));
    let task = runtime(py)?.spawn(SINK.scope(sink, async move {
        if let Some(result) = polled.output().await {
            queue.push(Item::Ended(id, Box::new(move |py| answer(py, result, convert))));
        }
    }));
    Ok(Py::new(py, Call::new(under_way, task.abort_handle()))?.into_any())
}

fn answer<T>(
    py: Python<'_>,
    result: Result<T, Error>,
    convert: impl FnOnce(Python<'_>, T) -> PyResult<Bound<'_, PyAny>>,
) -> PyResult<Py<PyAny>> {
    match result {
        Ok(value) => convert(py, value).map(Bound::unbind),
        Err(error) => Err(raise(py, &error)),
    }
}
