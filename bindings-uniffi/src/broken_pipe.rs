//! A connection that its host has closed must not end the process.
//!
//! On Linux a write of several buffers (`writev`) to such a connection raises SIGPIPE, which ends a process that does not handle it. Rust's
//! own programs, Python, Node and the JVM do; a Swift program does not. Apple's systems have an option of the socket for it, which Rust sets.

/// From here on such a write is an error of its call, and nothing else. A handler that the program has set is still called.
#[cfg(all(unix, not(target_vendor = "apple")))]
pub(crate) fn survive() {
    use std::sync::Once;

    use tokio::runtime::Builder;
    use tokio::signal::unix::{SignalKind, signal};

    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // The handler stays when the runtime is gone. Where there can be none, no client will work either.
        if let Ok(runtime) = Builder::new_current_thread().enable_io().build() {
            let _inside = runtime.enter();
            let _ = signal(SignalKind::pipe());
        }
    });
}

#[cfg(not(all(unix, not(target_vendor = "apple"))))]
pub(crate) fn survive() {}
