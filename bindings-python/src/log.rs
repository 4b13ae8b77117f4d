//! The core's log as records of Python's `logging`, logger `wamid`.
//!
//! Records are handed to Python by the thread that waits for the call, as it comes back, or by its event loop: no thread of
//! ours ever asks for the interpreter's lock to write one. What level Python wants is looked at as each call begins.

use std::collections::VecDeque;
use std::fmt::{self, Write};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::{intern, types::PyAnyMethods};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record as Values};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_registry::layer::{Context, Layer, SubscriberExt};
use tracing_registry::registry::LookupSpan;

/// Python's level of that name, which is what it wants unless told otherwise.
const WARNING: i64 = 30;

/// The lowest of Python's levels that is wanted.
static WANTED: AtomicI64 = AtomicI64::new(i64::MAX);

/// One record, by Python's level.
pub(crate) struct Record {
    level: i64,
    text: String,
}

/// Where the records of a call go.
pub(crate) trait Sink: Send + Sync {
    fn keep(self: Arc<Self>, record: Record);
}

tokio::task_local! {
    /// Set while a call's future is polled, and while it is dropped.
    pub(crate) static SINK: Arc<dyn Sink>;
}

/// Records of what goes on beside the calls, such as the sends of a stream and what is still written down after a call: the next
/// call that ends hands them over. Where none does, the newest are kept.
static BESIDE: Mutex<VecDeque<Record>> = Mutex::new(VecDeque::new());

/// How many records are kept until a call ends.
const MOST_BESIDE: usize = 1000;

fn keep_beside(record: Record) {
    // A fork may have copied a lock that nobody gives back: a record is worth no wait.
    if let Ok(mut beside) = BESIDE.try_lock() {
        if beside.len() == MOST_BESIDE {
            beside.pop_front();
        }
        beside.push_back(record);
    }
}

/// Hands over what was logged beside the calls.
pub(crate) fn hand_over_beside(py: Python<'_>) {
    let records = BESIDE.try_lock().map(|mut beside| std::mem::take(&mut *beside)).unwrap_or_default();
    for record in records {
        record.hand_over(py);
    }
}

/// The records of a call that a thread waits for.
#[derive(Default)]
pub(crate) struct Records(Mutex<Vec<Record>>);

impl Sink for Records {
    fn keep(self: Arc<Self>, record: Record) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(record);
    }
}

impl Records {
    pub(crate) fn hand_over(&self, py: Python<'_>) {
        let records = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for record in records {
            record.hand_over(py);
        }
        hand_over_beside(py);
    }
}

impl Record {
    /// Gives it to Python's logger. A handler that fails is told to Python, but no reason for the call to fail.
    pub(crate) fn hand_over(self, py: Python<'_>) {
        let logged = logger(py).and_then(|logger| match logger {
            Some(logger) => logger.call_method1(intern!(py, "log"), (self.level, "%s", self.text)).map(drop),
            None => Ok(()),
        });
        if let Err(failed) = logged {
            failed.write_unraisable(py, None);
        }
    }
}

/// Python's logger; None while the program has not loaded `logging`, so that nobody can be listening.
fn logger(py: Python<'_>) -> PyResult<Option<&Bound<'_, PyAny>>> {
    static LOGGER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if let Some(logger) = LOGGER.get(py) {
        return Ok(Some(logger.bind(py)));
    }
    let modules = py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))?;
    if !modules.contains(intern!(py, "logging"))? {
        return Ok(None);
    }
    let made = || {
        let logging = py.import("logging")?;
        let logger = logging.call_method1("getLogger", ("wamid",))?;
        // Silent unless the program asks to hear it.
        logger.call_method1("addHandler", (logging.call_method0("NullHandler")?,))?;
        Ok::<_, PyErr>(logger.unbind())
    };
    LOGGER.get_or_try_init(py, made).map(|logger| Some(logger.bind(py)))
}

/// Looks at the level that Python wants now.
pub(crate) fn look(py: Python<'_>) -> PyResult<()> {
    let level = match logger(py)? {
        Some(logger) => logger.call_method0(intern!(py, "getEffectiveLevel"))?.extract()?,
        None => WARNING,
    };
    if WANTED.swap(level, Ordering::Relaxed) != level {
        // What is below costs a comparison from now on.
        tracing::callsite::rebuild_interest_cache();
    }
    Ok(())
}

/// Sends this process's log here, once.
pub(crate) fn install() {
    // It fails only where it has been done before.
    let _ = tracing::subscriber::set_global_default(tracing_registry::Registry::default().with(ToPython));
}

struct ToPython;

fn python_level(level: &Level) -> i64 {
    match *level {
        Level::ERROR => 40,
        Level::WARN => 30,
        Level::INFO => 20,
        Level::DEBUG => 10,
        Level::TRACE => 5,
    }
}

fn is_ours(metadata: &Metadata<'_>) -> bool {
    metadata.target().split("::").next() == Some("wamid")
}

fn is_wanted(metadata: &Metadata<'_>) -> bool {
    // A span says whom its warnings are about, so it is wanted with them.
    let level = if metadata.is_span() { WARNING } else { python_level(metadata.level()) };
    level >= WANTED.load(Ordering::Relaxed)
}

/// The fields of a span, written out when it began.
struct Written(String);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for ToPython {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_ours(metadata) && is_wanted(metadata) { Interest::always() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        is_ours(metadata) && is_wanted(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(match WANTED.load(Ordering::Relaxed) {
            ..=5 => LevelFilter::TRACE,
            6..=10 => LevelFilter::DEBUG,
            // The level of the spans.
            11..=WARNING => LevelFilter::INFO,
            31..=40 => LevelFilter::ERROR,
            41.. => LevelFilter::OFF,
        })
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        span.extensions_mut().insert(Written(fields.rest));
    }

    fn on_record(&self, id: &Id, values: &Values<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut fields = Fields::default();
        values.record(&mut fields);
        if let Some(Written(text)) = span.extensions_mut().get_mut() {
            text.push_str(&fields.rest);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let mut text = fields.message + &fields.rest;
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(Written(fields)) = span.extensions().get() {
                text.push_str(fields);
            }
        }
        let record = Record { level: python_level(event.metadata().level()), text };
        let mut record = Some(record);
        let _ = SINK.try_with(|sink| record.take().map(|record| Arc::clone(sink).keep(record)));
        record.into_iter().for_each(keep_beside);
    }
}

/// What was said, and then ` name=value` for each further field.
#[derive(Default)]
struct Fields {
    message: String,
    rest: String,
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            self.message.push_str(value);
        } else {
            self.write(field, format_args!("{value}"));
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            let _ = write!(self.message, "{value:?}");
        } else {
            self.write(field, format_args!("{value:?}"));
        }
    }
}

impl Fields {
    fn write(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        // Writing into a text does not fail.
        let _ = write!(self.rest, " {}={value}", field.name());
    }
}
