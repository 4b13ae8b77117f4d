//! `/healthz` and `/readyz`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::sync::watch;
use wamid::{Error, Store};

/// How long the store may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// What readiness depends on. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Health {
    store: Store,
    stopping: Arc<AtomicBool>,
    writing: Arc<SharedCheck>,
    file: Arc<SharedCheck>,
}

/// A question to the store that is under way at most once, however many ask it.
#[derive(Debug)]
struct SharedCheck {
    under_way: AtomicBool,
    /// Counts the answers; the last one is none where all was well.
    last: watch::Sender<(u64, Option<&'static str>)>,
}

impl Default for SharedCheck {
    fn default() -> Self {
        Self { under_way: AtomicBool::new(false), last: watch::Sender::new((0, None)) }
    }
}

impl SharedCheck {
    /// Puts the question, unless it is under way, and waits for an answer. `None` where none came in time.
    async fn ask(
        self: &Arc<Self>,
        reason: &'static str,
        question: impl Future<Output = Result<(), Error>> + Send + 'static,
    ) -> Option<Option<&'static str>> {
        let mut answers = self.last.subscribe();
        let _ = answers.borrow_and_update();
        if !self.under_way.swap(true, Ordering::AcqRel) {
            let look = Arc::clone(self);
            // A task of its own: a probe that gives up must not break it off, only for the next one to begin another.
            tokio::spawn(async move {
                let problem = question.await.err().map(|error| {
                    // The probe's answer is open to all; the log is not.
                    tracing::warn!(error = error.message(), "the store does not do its work");
                    reason
                });
                look.under_way.store(false, Ordering::Release);
                look.last.send_modify(|(count, last)| {
                    *count += 1;
                    *last = problem;
                });
            });
        }
        tokio::time::timeout(PATIENCE, answers.changed()).await.ok()?.ok()?;
        let (_, problem) = *answers.borrow();
        Some(problem)
    }

    /// What it last found.
    fn last(&self) -> Option<&'static str> {
        self.last.borrow().1
    }
}

impl Health {
    pub(super) fn new(store: Store) -> Self {
        Self { store, stopping: Arc::default(), writing: Arc::default(), file: Arc::default() }
    }

    /// From now on the gateway is not ready: a load balancer should send nothing more.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    async fn problem(&self) -> Option<&'static str> {
        if self.stopping.load(Ordering::Acquire) {
            return Some("shutting down");
        }
        let (writing, file) = (self.store.clone(), self.store.clone());
        let (written, whole) = tokio::join!(
            self.writing.ask("the store cannot be written", async move { writing.check_writing().await }),
            self.file.ask("the store's file is damaged, or not where it was", async move {
                file.check_file().await
            }),
        );
        match written {
            None => Some("the store did not answer within a second"),
            Some(Some(problem)) => Some(problem),
            // A large file takes longer to look through than a probe waits; what was found before counts until then.
            Some(None) => whole.unwrap_or_else(|| self.file.last()),
        }
    }
}

/// `GET /healthz`: the process lives.
pub(super) async fn live() -> Json<Value> {
    std::future::ready(Json(json!({"status": "ok"}))).await
}

/// `GET /readyz`: the store is whole and takes writes, and the gateway is not shutting down.
pub(super) async fn ready(State(health): State<Health>) -> (StatusCode, Json<Value>) {
    match health.problem().await {
        None => (StatusCode::OK, Json(json!({"status": "ok"}))),
        Some(reason) => {
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"status": "unavailable", "reason": reason})))
        }
    }
}
