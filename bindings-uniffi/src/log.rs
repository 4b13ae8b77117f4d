//! Log lines on standard error, for whoever asks for them.

use std::io::stderr;
use std::sync::Once;

use tracing_subscriber::filter::LevelFilter;

/// Writes log lines from the level that `WAMID_LOG` names (`error`, `warn`, `info`, `debug`, `trace`), from the first
/// client of the process on. Without it there are none.
pub(crate) fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let asked = std::env::var("WAMID_LOG").ok();
        let Some(level) = asked.and_then(|asked| asked.parse::<LevelFilter>().ok()) else {
            return;
        };
        // Fails only where something else of this process has the log lines already.
        let _ =
            tracing_subscriber::fmt().with_max_level(level).with_ansi(false).with_writer(stderr).try_init();
    });
}
