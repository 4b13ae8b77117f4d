//! Where log lines go, and how they look.

use std::io::Write;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use super::escaped::{Escaped, Style};
use super::output::{colored, complain};
use super::plain::plain;
use super::sink::Sink;

/// How long the end of the program waits for its last lines.
const LAST_LINES: Duration = Duration::from_secs(1);

static SINK: OnceLock<Sink> = OnceLock::new();

fn sink() -> Sink {
    SINK.get_or_init(Sink::stderr).clone()
}

/// A line for whoever reads standard error, in order with the log. It never waits.
pub(super) fn tell(line: &str) {
    tell_styled(&plain(line));
}

/// The same for a line that nothing is to be escaped in any more.
pub(super) fn tell_styled(line: &str) {
    let _ = sink().write_all(format!("{line}\n").as_bytes());
}

/// How many log lines could not be written so far.
pub(super) fn lost() -> Arc<AtomicU64> {
    sink().dropped()
}

/// Waits for the last lines to be written, but not for a reader that takes none.
pub(super) fn finish() {
    if let Some(sink) = SINK.get() {
        sink.drain(LAST_LINES);
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum LogFormat {
    /// One JSON object a line, for machines
    Json,
    /// For people
    #[default]
    Human,
}

/// Log lines go to standard error, through a queue that nobody waits for. `WAMID_LOG=info` and the like say which; `usual` is what is logged without it.
pub(super) fn install(format: LogFormat, usual: LevelFilter) {
    let asked = std::env::var("WAMID_LOG").unwrap_or_default();
    let filter = EnvFilter::builder().with_default_directive(usual.into()).parse(&asked);
    let filter = filter.unwrap_or_else(|error| {
        complain(&format!("WAMID_LOG={asked} is not understood ({error}); try error, info, debug or trace"));
        EnvFilter::default().add_directive(usual.into())
    });
    let style = match format {
        LogFormat::Json => Style::Json,
        LogFormat::Human if colored() => Style::Colored,
        LogFormat::Human => Style::Plain,
    };
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(move || Escaped { to: sink(), style })
        // It would tell of a line that could not be written where that could not be written, and panic.
        .log_internal_errors(false);
    let installed = match format {
        LogFormat::Json => {
            lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
        }
        LogFormat::Human => lines.with_ansi(style == Style::Colored).try_init(),
    };
    if let Err(error) = installed {
        complain(&format!("log lines go elsewhere already: {error}"));
    }
}
