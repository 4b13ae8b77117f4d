//! What the SDK logs, kept for a look.

use std::time::Duration;

use super::soon;

thread_local! {
    static LINES: std::cell::RefCell<Vec<u8>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// The log lines of this thread, at every level. A test on a current-thread runtime has its thread to itself.
///
/// There is one subscriber for the process: with one for each thread, callsites would miss lines at random.
pub(crate) struct Log;

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.with_borrow_mut(|lines| lines.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    pub(crate) fn start() -> Self {
        static STARTED: std::sync::Once = std::sync::Once::new();
        STARTED.call_once(|| {
            let lines = tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_ansi(false)
                .without_time()
                .with_writer(|| Self)
                .finish();
            tracing::subscriber::set_global_default(lines).unwrap();
        });
        LINES.with_borrow_mut(Vec::clear);
        Self
    }

    #[expect(clippy::unused_self, reason = "only once it has started are there lines")]
    pub(crate) fn text(&self) -> String {
        LINES.with_borrow(|lines| String::from_utf8_lossy(lines).into_owned())
    }

    /// Waits until a line says so.
    pub(crate) async fn until(&self, words: &str) {
        soon(async {
            while !self.text().contains(words) {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        })
        .await;
    }
}
