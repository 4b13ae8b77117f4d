//! One call of the core, waited for by a thread or by an event loop.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use pyo3::prelude::*;
use tokio::sync::Notify;
use wamid::Error;

use crate::completions::{Awaited, Completions, Item, Queue};
use crate::error::{panicked, raise};
use crate::log::{SINK, Sink, look};
use crate::process::Process;
use crate::runner::{Job, Runner};
use crate::runtime::{Background, background};
use crate::wait::{Drive, Waited, Watch, wait, wait_or_stop};

/// An event loop's queue and the future that it waits for; a thread waits where there is none.
pub(crate) type To<'py> = Option<(Bound<'py, Completions>, Py<PyAny>)>;

/// Makes the Python value of an answer.
pub(crate) type Convert<T> = fn(Python<'_>, T) -> PyResult<Bound<'_, PyAny>>;

/// How a call is made: in which process, and by whom it is driven where a thread waits for it.
#[derive(Clone, Copy)]
pub(crate) struct How {
    pub(crate) this: Process,
    pub(crate) drive: Drive,
}

/// Makes a call: gives its result, or its number where an event loop waits for it.
pub(crate) fn run<T: Send + 'static>(
    py: Python<'_>,
    how: How,
    to: To<'_>,
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
    convert: Convert<T>,
) -> PyResult<Py<PyAny>> {
    match to {
        None => {
            let result = wait(py, how, future, &Watch::default())?;
            answer(py, result, convert)
        }
        Some((completions, to)) => {
            let background = ready(py, how.this)?;
            let number = completions.get().expect(to, None);
            // It goes as far as it can at once: most have written their request by then, and nobody had to be woken for it.
            spawn(py, how.this, background, completions.get(), number, future, convert, Begin::Here)
        }
    }
}

/// The same for a call that reports its progress, and answers with what it knows when it is stopped; `make` is told where to. A
/// thread that is interrupted stops it, and what is raised there carries the answer.
pub(crate) fn run_reporting<T: Send + 'static, F>(
    py: Python<'_>,
    how: How,
    to: To<'_>,
    progress: Option<Py<PyAny>>,
    stop: Arc<Notify>,
    make: impl FnOnce(Option<Report>) -> F,
    convert: Convert<T>,
) -> PyResult<Py<PyAny>>
where
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    match to {
        None => {
            let (watch, report) = match progress {
                Some(callback) => {
                    let (watch, latest) = Watch::telling(callback);
                    (watch, Some(Box::new(move |progress| *locked(&latest) = Some(progress)) as Report))
                }
                None => (Watch::default(), None),
            };
            match wait_or_stop(py, how, make(report), &watch.stopped_by(stop))? {
                Waited::Ended(result) => answer(py, result, convert),
                Waited::Interrupted(raised, answered) => {
                    if let Some(Ok(known)) = answered {
                        let known = convert(py, known)?;
                        py.import("wamid._bulk")?.call_method1("attach", (raised.value(py), known))?;
                    }
                    Err(raised)
                }
            }
        }
        Some((completions, to)) => {
            let (background, completions) = (ready(py, how.this)?, completions.get());
            let reports = progress.is_some();
            let number = completions.expect(to, progress);
            let queue = Arc::clone(completions.queue());
            let report = reports
                .then(|| Box::new(move |progress| queue.push(Item::Progress(number, progress))) as Report);
            // Many requests are too much work for an event loop's turn.
            spawn(py, how.this, background, completions, number, make(report), convert, Begin::Elsewhere)
        }
    }
}

/// Takes the counts of a `send_many`.
pub(crate) type Report = Box<dyn FnMut(wamid::Progress) + Send>;

pub(crate) fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where a call takes its first steps.
#[derive(PartialEq, Eq)]
enum Begin {
    /// On the event loop's own thread.
    Here,
    Elsewhere,
}

/// What a call for an event loop begins with.
fn ready(py: Python<'_>, this: Process) -> PyResult<&'static Background> {
    look(py)?;
    background(py, this)
}

#[allow(
    clippy::too_many_arguments,
    reason = "what both kinds of calls have in common, and nothing that belongs together"
)]
fn spawn<T: Send + 'static>(
    py: Python<'_>,
    this: Process,
    background: &'static Background,
    completions: &Completions,
    number: u64,
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
    convert: Convert<T>,
    begin: Begin,
) -> PyResult<Py<PyAny>> {
    let queue = Arc::clone(completions.queue());
    let under_way = Arc::new(UnderWay {
        number,
        queue,
        runner: background.runner(),
        listed: AtomicBool::new(true),
        state: Mutex::new(State::Running(Box::pin(future))),
        convert,
    });
    completions.begun(this, number, under_way.clone());
    if begin == Begin::Here && !completions.queue().wakes_by_call() {
        let _entered = background.handle().enter();
        if let Some(queue) = under_way.go_on() {
            queue.ring();
        }
    } else {
        background.runner().push(under_way);
    }
    Ok(number.into_pyobject(py)?.into_any().unbind())
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

/// A call of an event loop. It is its own waker, and may be stopped by any thread: tokio's own way to end a task drops it
/// some time later, perhaps after its event loop.
struct UnderWay<F, T> {
    number: u64,
    queue: Arc<Queue>,
    runner: &'static Runner,
    /// Whether the runner has it on its list, or is about to go on with it.
    listed: AtomicBool,
    state: Mutex<State<F, T>>,
    convert: Convert<T>,
}

enum State<F, T> {
    Running(Pin<Box<F>>),
    Ended(Result<T, Error>),
    /// A bug, which ends this call and nothing else.
    Panicked,
    /// Stopped, or its answer has been taken.
    Over,
}

impl<F, T> Wake for UnderWay<F, T>
where
    F: Future<Output = Result<T, Error>> + Send + 'static,
    T: Send + 'static,
{
    fn wake(self: Arc<Self>) {
        if !self.listed.swap(true, Ordering::AcqRel) {
            self.runner.push(self);
        }
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.listed.swap(true, Ordering::AcqRel) {
            self.runner.push(self.clone());
        }
    }
}

impl<F, T> Job for UnderWay<F, T>
where
    F: Future<Output = Result<T, Error>> + Send + 'static,
    T: Send + 'static,
{
    fn go_on(self: Arc<Self>) -> Option<Arc<Queue>> {
        // What wakes it from now on lists it again.
        self.listed.store(false, Ordering::Release);
        let waker = Waker::from(self.clone());
        let mut state = locked(&self.state);
        let State::Running(future) = &mut *state else { return None };
        let sink: Arc<dyn Sink> = self.queue.clone();
        // Only while it is polled: what a call says as it is stopped goes to whoever stops it.
        let poll = || SINK.sync_scope(sink, || future.as_mut().poll(&mut Context::from_waker(&waker)));
        *state = match catch_unwind(AssertUnwindSafe(poll)) {
            Ok(Poll::Pending) => return None,
            Ok(Poll::Ready(result)) => State::Ended(result),
            Err(_) => State::Panicked,
        };
        drop(state);
        self.queue.put(Item::Ended(self.number)).then(|| Arc::clone(&self.queue))
    }
}

impl<F, T> Awaited for UnderWay<F, T>
where
    F: Future<Output = Result<T, Error>> + Send + 'static,
    T: Send + 'static,
{
    fn answer(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let state = std::mem::replace(&mut *locked(&self.state), State::Over);
        match state {
            State::Ended(result) => answer(py, result, self.convert),
            State::Panicked => Err(panicked(py)),
            _ => Ok(py.None()),
        }
    }

    fn stop(&self) {
        let stopped = std::mem::replace(&mut *locked(&self.state), State::Over);
        drop(stopped);
    }
}
