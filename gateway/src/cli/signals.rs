//! What a person at the terminal, or the system, sends to end a command.

use std::io::Result;

/// Waits for Ctrl-C, a closed terminal or SIGTERM; says which signal it was.
pub(super) async fn signal() -> Result<u8> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        let mut hangup = signal(SignalKind::hangup())?;
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            done = tokio::signal::ctrl_c() => done.map(|()| 2),
            _ = hangup.recv() => Ok(1),
            _ = terminate.recv() => Ok(15),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map(|()| 2)
}
