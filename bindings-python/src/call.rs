//! One call of the core, waited for by a thread or by an event loop.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyList;
use wamid::{Error, TransferProgress, TransferReport};
use wamid_bindings::{Background, Job, Process, Stop, Task, lock};

use crate::completions::{Completions, Item, put};
use crate::error::{panicked, raise};
use crate::log::{SINK, Sink, look};
use crate::result::unheard;
use crate::runtime::background;
use crate::wait::{Drive, Waited, Watch, end, wait, wait_or_stop};

/// Where an answer goes besides being returned to a thread that waits; None for nowhere else.
pub(crate) type To<'py> = Option<Destination<'py>>;

pub(crate) enum Destination<'py> {
    /// An event loop's queue, and the future that it waits for: no thread waits.
    Loop(Bound<'py, Completions>, Py<PyAny>),
    /// A list. Python may raise `KeyboardInterrupt` between the end of a call and the use of what it returned: then it is there.
    List(Bound<'py, PyList>),
}

impl<'py> FromPyObject<'_, 'py> for Destination<'py> {
    type Error = PyErr;

    fn extract(to: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(list) = to.cast::<PyList>() {
            return Ok(Self::List(list.to_owned()));
        }
        let (completions, future) = to.extract()?;
        Ok(Self::Loop(completions, future))
    }
}

/// What a thread waited for, which is now returned to it.
fn returned(py: Python<'_>, to: &To<'_>, answer: PyResult<Py<PyAny>>) -> PyResult<Py<PyAny>> {
    if let (Some(Destination::List(list)), Ok(answer)) = (to, &answer) {
        list.append(answer.bind(py))?;
    }
    answer
}

/// Makes the Python value of an answer.
pub(crate) type Convert<T> = fn(Python<'_>, T) -> PyResult<Bound<'_, PyAny>>;

/// How a call is made: in which process, and by whom it is driven where a thread waits for it.
#[derive(Clone, Copy)]
pub(crate) struct How {
    pub(crate) this: Process,
    pub(crate) drive: Drive,
}

/// Makes a call: gives its result, or its number where an event loop waits for it. `sends`: whether it can send a message.
pub(crate) fn run<T: Send + 'static>(
    py: Python<'_>,
    how: How,
    to: To<'_>,
    sends: bool,
    call: impl Future<Output = Result<T, Error>> + Send + 'static,
    convert: Convert<T>,
) -> PyResult<Py<PyAny>> {
    let Some(Destination::Loop(completions, future)) = to else {
        return match wait_or_stop(py, how, call, &Watch::default())? {
            Waited::Ended(result) => {
                end(py, how, &result)?;
                returned(py, &to, answer(py, result, convert))
            }
            Waited::Interrupted(raised, answered) => {
                if let Some(Ok(value)) = answered {
                    unheard(&convert(py, value)?);
                }
                Err(raised)
            }
        };
    };
    let background = ready(py, how.this)?;
    let completions = completions.get();
    let number = completions.next_number();
    let job = job(background, completions, number, sends, call, convert);
    completions.add(how.this, number, future, None, job.clone());
    if completions.wakes_by_call() {
        job.queue();
    } else {
        // It goes as far as it can at once: most have written their request by then, and nobody had to be woken for it.
        let _entered = background.handle().enter();
        job.poll_here();
    }
    Ok(number.into_pyobject(py)?.into_any().unbind())
}

/// The same for a call that reports its progress, and answers with what it knows when it is stopped; `make` is told where to. A
/// thread that is interrupted stops it, and what is raised there carries the answer.
pub(crate) fn run_reporting<T: Send + 'static, F>(
    py: Python<'_>,
    how: How,
    to: To<'_>,
    progress: Option<Py<PyAny>>,
    stop: Stop,
    make: impl FnOnce(Option<Report>) -> F,
    convert: Convert<T>,
) -> PyResult<Py<PyAny>>
where
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let Some(Destination::Loop(completions, future)) = to else {
        let (watch, report) = match progress {
            Some(callback) => {
                let (watch, latest) = Watch::telling(callback);
                (
                    watch,
                    Some(Box::new(move |progress: wamid::Progress| *lock(&latest) = Some(progress.into()))
                        as Report),
                )
            }
            None => (Watch::default(), None),
        };
        return match wait_or_stop(py, how, make(report), &watch.stopped_by(stop))? {
            Waited::Ended(result) => returned(py, &to, answer(py, result, convert)),
            Waited::Interrupted(raised, answered) => {
                if let Some(Ok(known)) = answered {
                    let known = convert(py, known)?;
                    py.import("wamid._bulk")?.call_method1("attach", (raised.value(py), known))?;
                }
                Err(raised)
            }
        };
    };
    let background = ready(py, how.this)?;
    let completions = completions.get();
    let number = completions.next_number();
    let report = progress.is_some().then(|| {
        let queue = Arc::clone(completions.queue());
        Box::new(move |progress: wamid::Progress| put(&queue, Item::Progress(number, progress.into())))
            as Report
    });
    let job = job(background, completions, number, true, make(report), convert);
    completions.add(how.this, number, future, progress, job.clone());
    // Many requests are too much work for an event loop's turn.
    job.queue();
    Ok(number.into_pyobject(py)?.into_any().unbind())
}

/// Makes a call that sends nothing, and calls `progress` with how far it has come.
pub(crate) fn run_with_progress<T: Send + 'static, F>(
    py: Python<'_>,
    how: How,
    to: To<'_>,
    progress: Py<PyAny>,
    make: impl FnOnce(TransferReport) -> F,
    convert: Convert<T>,
) -> PyResult<Py<PyAny>>
where
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let Some(Destination::Loop(completions, future)) = to else {
        let (watch, latest) = Watch::telling(progress);
        let report = move |reached: TransferProgress| *lock(&latest) = Some(reached.into());
        let result = wait(py, how, make(Box::new(report)), &watch)?;
        end(py, how, &result)?;
        return returned(py, &to, answer(py, result, convert));
    };
    let background = ready(py, how.this)?;
    let completions = completions.get();
    let number = completions.next_number();
    let queue = Arc::clone(completions.queue());
    let report = move |reached: TransferProgress| put(&queue, Item::Progress(number, reached.into()));
    let job = job(background, completions, number, false, make(Box::new(report)), convert);
    completions.add(how.this, number, future, Some(progress), job.clone());
    job.queue();
    Ok(number.into_pyobject(py)?.into_any().unbind())
}

/// Takes the counts of a `send_many`.
pub(crate) type Report = Box<dyn FnMut(wamid::Progress) + Send>;

/// What a call for an event loop begins with.
fn ready(py: Python<'_>, this: Process) -> PyResult<&'static Background> {
    look(py)?;
    background(py, this)
}

/// A call that logs to its loop's queue, and ends there.
fn job<T: Send + 'static>(
    background: &'static Background,
    completions: &Completions,
    number: u64,
    sends: bool,
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
    convert: Convert<T>,
) -> Arc<dyn Job> {
    let queue = Arc::clone(completions.queue());
    let sink: Arc<dyn Sink> = queue.clone();
    let mut future = Box::pin(future);
    // Only while it is polled: what a call says as it is cancelled goes to whoever cancels it.
    let logged = poll_fn(move |context| SINK.sync_scope(sink.clone(), || future.as_mut().poll(context)));
    Task::new(background.worker(), sends, logged, move |result| {
        put(&queue, Item::Ended(number, Box::new(move |py| answer(py, result, convert))));
    })
}

pub(crate) fn answer<T>(
    py: Python<'_>,
    result: Result<T, Error>,
    convert: Convert<T>,
) -> PyResult<Py<PyAny>> {
    match result {
        Ok(value) => catch_unwind(AssertUnwindSafe(|| convert(py, value)))
            .unwrap_or_else(|_| Err(panicked(py)))
            .map(Bound::unbind),
        Err(error) => Err(raise(py, &error)),
    }
}
