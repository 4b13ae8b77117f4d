//! Log lines on standard error, for whoever asks for them.

use std::io::stderr;
use std::sync::Once;

use tracing_subscriber::EnvFilter;

/// Writes log lines as `WAMID_LOG` says (`error`, `info`, `debug`, …), from the first client of the process on. Without it
/// there are none.
pub(crate) fn install(asked: Option<&str>) {
    static INSTALLED: Once = Once::new();
    let Some(filter) = asked.and_then(|asked| EnvFilter::try_new(asked).ok()) else {
        return;
    };
    INSTALLED.call_once(|| {
        // Fails only where something else of this process has the log lines already.
        let _ =
            tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(stderr).try_init();
    });
}
