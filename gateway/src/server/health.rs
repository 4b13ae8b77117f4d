//! Whether the process lives, and whether it should be given work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};
use wamid::Store;

/// How long the store may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// What readiness depends on. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Health {
    store: Store,
    stopping: Arc<AtomicBool>,
}

impl Health {
    pub(super) fn new(store: Store) -> Self {
        Self { store, stopping: Arc::default() }
    }

    /// From now on the gateway is not ready: a load balancer should send nothing more.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    async fn problem(&self) -> Option<&'static str> {
        if self.stopping.load(Ordering::Acquire) {
            return Some("shutting down");
        }
        let asked = sqlx::query("SELECT 1").fetch_one(self.store.pool());
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(_)) => None,
            Ok(Err(error)) => {
                // The probe's answer is open to all; the log is not.
                tracing::warn!(%error, "the store does not answer");
                Some("the store does not answer")
            }
            Err(_) => Some("the store did not answer within a second"),
        }
    }
}

/// `GET /healthz`: the process lives.
pub(super) async fn live() -> Json<Value> {
    std::future::ready(Json(json!({"status": "ok"}))).await
}

/// `GET /readyz`: the store answers, and the gateway is not shutting down.
pub(super) async fn ready(State(health): State<Health>) -> (StatusCode, Json<Value>) {
    match health.problem().await {
        None => (StatusCode::OK, Json(json!({"status": "ok"}))),
        Some(reason) => {
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"status": "unavailable", "reason": reason})))
        }
    }
}
