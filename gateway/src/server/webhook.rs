//! Meta's webhooks: the subscription check, and what it tells afterwards.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use wamid::ErrorKind;

use super::Shared;

/// `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`: Meta asks whether this address is meant.
pub(super) async fn subscribe(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<String, StatusCode> {
    let asked = |name: &str| query.get(name).map(String::as_str);
    let meant = asked("hub.mode") == Some("subscribe")
        && shared.verify_token.is_some()
        && asked("hub.verify_token") == shared.verify_token.as_deref();
    match asked("hub.challenge").filter(|_| meant) {
        Some(challenge) => Ok(challenge.to_owned()),
        None => Err(StatusCode::FORBIDDEN),
    }
}

/// `POST`: checked against the app secret, recorded, and answered at once.
pub(super) async fn receive(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Json<Value>) {
    let signature =
        headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok()).unwrap_or_default();
    match shared.client.receive_webhook(&body, signature).await {
        Ok(_) => (StatusCode::OK, Json(json!({"status": "ok"}))),
        Err(error) => {
            let status = match (error.kind(), error.field()) {
                (ErrorKind::InvalidInput, Some("signature")) | (ErrorKind::Unsupported, _) => {
                    StatusCode::UNAUTHORIZED
                }
                (ErrorKind::InvalidInput, _) => StatusCode::BAD_REQUEST,
                // Meta sends it again.
                _ => StatusCode::SERVICE_UNAVAILABLE,
            };
            (status, Json(json!({"error": error.message(), "kind": error.kind().as_str()})))
        }
    }
}
