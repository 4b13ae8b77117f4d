//! The idle connections of a client.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime;
use tokio::time::Instant;

use super::connection::Connection;
use crate::transport::{IDLE, LASTING, LONGEST};

/// How long those beyond [`LASTING`] are kept.
const BURST: Duration = Duration::from_secs(10);

/// Connections that wait for the next call, the one used last on top.
///
/// Each belongs to the runtime that it was opened on. A client may be used on several, and after a runtime is gone.
pub(super) struct Pool {
    idle: Mutex<Idle>,
    most: usize,
    lasting: usize,
    timeout: Duration,
}

#[derive(Default)]
struct Idle {
    #[expect(clippy::vec_box, reason = "they are large, and handed about at every call")]
    connections: Vec<Box<Connection>>,
    /// The runtimes that have a task which closes what is idle for too long.
    watched: Vec<runtime::Id>,
}

impl Pool {
    pub(super) fn new(
        max_idle: Option<usize>,
        max_connections: usize,
        timeout: Option<Duration>,
    ) -> Arc<Self> {
        Arc::new(Self {
            idle: Mutex::default(),
            most: max_idle.unwrap_or(max_connections),
            lasting: max_idle.unwrap_or(LASTING),
            timeout: timeout.unwrap_or(IDLE).min(LONGEST),
        })
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection of this runtime that can be used.
    pub(super) fn take(&self) -> Option<Box<Connection>> {
        let runtime = runtime::Handle::current().id();
        loop {
            let connection = {
                let connections = &mut self.idle().connections;
                let at = connections.iter().rposition(|connection| connection.runtime == runtime)?;
                connections.remove(at)
            };
            if connection.is_open() && connection.since.elapsed() < self.timeout {
                return Some(connection);
            }
            connection.close();
        }
    }

    /// Keeps a connection for the next call.
    pub(super) fn put(self: &Arc<Self>, mut connection: Box<Connection>) {
        if !connection.is_open() {
            return;
        }
        connection.since = Instant::now();
        let runtime = connection.runtime;
        let mut idle = self.idle();
        if idle.connections.len() >= self.most {
            drop(idle);
            connection.close();
            return;
        }
        idle.connections.push(connection);
        if !idle.watched.contains(&runtime) {
            idle.watched.push(runtime);
            let watch = IdleWatch { pool: Arc::downgrade(self), runtime, done: false };
            drop(idle);
            tokio::spawn(watch.run(self.timeout.min(BURST)));
        }
    }

    /// Closes what has been idle for too long. Answers when to look again, if anything is left.
    fn close_old(&self, runtime: runtime::Id) -> Option<Instant> {
        let now = Instant::now();
        let mut idle = self.idle();
        let of_runtime = |connection: &Connection| connection.runtime == runtime;
        // Those that have been idle longest stand first.
        let mut beyond = idle
            .connections
            .iter()
            .filter(|connection| of_runtime(connection))
            .count()
            .saturating_sub(self.lasting);
        let old: Vec<Box<Connection>> = idle
            .connections
            .extract_if(.., |connection| {
                if connection.runtime != runtime {
                    return false;
                }
                let limit = if beyond > 0 { self.timeout.min(BURST) } else { self.timeout };
                beyond = beyond.saturating_sub(1);
                !connection.is_open() || now.duration_since(connection.since) >= limit
            })
            .collect();
        let next = idle
            .connections
            .iter()
            .filter(|connection| of_runtime(connection))
            .map(|connection| connection.since)
            .min();
        // A burst may come at any time.
        let next = next.map(|since| (since + self.timeout).min(now + BURST));
        if next.is_none() {
            idle.watched.retain(|watched| *watched != runtime);
        }
        drop(idle);
        old.into_iter().for_each(|connection| connection.close());
        next
    }

    /// The runtime is gone, and with it whatever could tell of its connections.
    fn forget(&self, runtime: runtime::Id) {
        let mut idle = self.idle();
        idle.watched.retain(|watched| *watched != runtime);
        let gone: Vec<Box<Connection>> =
            idle.connections.extract_if(.., |connection| connection.runtime == runtime).collect();
        drop(idle);
        drop(gone);
    }
}

/// Looks after the idle connections of one runtime, as long as there are any.
struct IdleWatch {
    pool: Weak<Pool>,
    runtime: runtime::Id,
    done: bool,
}

impl IdleWatch {
    async fn run(mut self, first: Duration) {
        let mut next = Instant::now() + first;
        loop {
            tokio::time::sleep_until(next).await;
            let Some(pool) = self.pool.upgrade() else { return };
            match pool.close_old(self.runtime) {
                Some(then) => next = then,
                None => {
                    self.done = true;
                    return;
                }
            }
        }
    }
}

impl Drop for IdleWatch {
    fn drop(&mut self) {
        if let Some(pool) = self.pool.upgrade().filter(|_| !self.done) {
            pool.forget(self.runtime);
        }
    }
}
