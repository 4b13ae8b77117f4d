//! SIGINT and SIGTERM.

use std::io::Result;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal as listen};
#[cfg(not(unix))]
use tokio::signal::windows::{CtrlC, ctrl_c};

/// Waits for Ctrl-C, a closed terminal or SIGTERM; says which signal it was.
pub(super) async fn signal() -> Result<u8> {
    Ok(Signals::new()?.next().await)
}

/// Ctrl-C, a closed terminal and SIGTERM, from now on: one that comes while nobody waits is not lost.
pub(super) struct Signals {
    #[cfg(unix)]
    kinds: [Signal; 3],
    #[cfg(not(unix))]
    interrupt: CtrlC,
}

impl Signals {
    #[cfg(unix)]
    pub(super) fn new() -> Result<Self> {
        let [interrupt, hangup, terminate] =
            [SignalKind::interrupt(), SignalKind::hangup(), SignalKind::terminate()].map(listen);
        Ok(Self { kinds: [interrupt?, hangup?, terminate?] })
    }

    /// Waits for the next one, and says which it was.
    #[cfg(unix)]
    pub(super) async fn next(&mut self) -> u8 {
        let [interrupt, hangup, terminate] = &mut self.kinds;
        tokio::select! {
            _ = interrupt.recv() => 2,
            _ = hangup.recv() => 1,
            _ = terminate.recv() => 15,
        }
    }

    #[cfg(not(unix))]
    pub(super) fn new() -> Result<Self> {
        Ok(Self { interrupt: ctrl_c()? })
    }

    /// Waits for the next Ctrl-C.
    #[cfg(not(unix))]
    pub(super) async fn next(&mut self) -> u8 {
        self.interrupt.recv().await;
        2
    }
}
