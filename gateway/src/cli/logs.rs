//! Where log lines go, and how they look.

use std::io::stderr;

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use super::escaped::{Escaped, Style};
use super::output::{colored, complain};

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum LogFormat {
    /// One JSON object a line, for machines
    Json,
    /// For people
    #[default]
    Human,
}

/// Log lines go to standard error. `WAMID_LOG=info` and the like say which; `usual` is what is logged without it.
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
        .with_writer(move || Escaped { to: stderr(), style })
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
