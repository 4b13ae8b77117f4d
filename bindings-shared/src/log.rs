//! Log lines on standard error, for whoever asks for them.

use std::io::stderr;
use std::sync::Once;

#[cfg(feature = "log-directives")]
type Filter = tracing_subscriber::EnvFilter;
#[cfg(not(feature = "log-directives"))]
type Filter = tracing_subscriber::filter::LevelFilter;

/// Writes log lines from the level `asked` on (`error`, `warn`, `info`, `debug`, `trace`), from the first client of the process on: the value of
/// `WAMID_LOG`. Without it, and where it cannot be read, there are none.
pub fn log_to_stderr(asked: Option<&str>) {
    static INSTALLED: Once = Once::new();
    let Some(filter) = asked.and_then(|asked| asked.parse::<Filter>().ok()) else { return };
    INSTALLED.call_once(|| {
        let lines = tracing_subscriber::fmt().with_ansi(false).with_writer(stderr);
        #[cfg(feature = "log-directives")]
        let lines = lines.with_env_filter(filter);
        #[cfg(not(feature = "log-directives"))]
        let lines = lines.with_max_level(filter);
        // It fails only where something else of this process has the log lines already.
        drop(lines.try_init());
    });
}
