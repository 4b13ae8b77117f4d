//! Takes webhooks at any path of a port: Meta's handshake, and what it posts.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use wamid::{PostTarget, Poster, handshake, parse_webhook, verify_webhook};

use super::show::Came;

/// Meta's webhooks have up to 3 MB.
const LARGEST: usize = 3 << 20;
/// How long the app may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
const SIGNATURE: &str = "x-hub-signature-256";

/// What a webhook is checked with, and where it goes.
pub(super) struct Receiver {
    pub(super) app_secret: Option<String>,
    pub(super) verify_token: Option<String>,
    pub(super) forward: Option<PostTarget>,
    pub(super) poster: Poster,
    pub(super) print: mpsc::Sender<Came>,
}

pub(super) async fn serve(listener: TcpListener, receiver: Receiver) {
    let all = get(subscribe).post(receive);
    let router = Router::new()
        .route("/", all.clone())
        .route("/{*path}", all)
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(Arc::new(receiver));
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(%error, "listening ended");
    }
}

/// Meta's subscription check. Without a token of its own, whatever Meta was told is right.
async fn subscribe(
    State(receiver): State<Arc<Receiver>>,
    Query(query): Query<HashMap<String, String>>,
    RawQuery(raw): RawQuery,
) -> Response {
    let given = query.get("hub.verify_token").map(String::as_str).unwrap_or_default();
    let token = receiver.verify_token.as_deref().unwrap_or(given);
    let challenge = handshake(&raw.unwrap_or_default(), [token]);
    let _ = receiver.print.send(Came::Subscription(challenge.is_some())).await;
    challenge.map_or_else(|| StatusCode::FORBIDDEN.into_response(), IntoResponse::into_response)
}

async fn receive(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, body: Bytes) -> Response {
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let verified = match receiver.app_secret.as_deref() {
        Some(secret) => verify_webhook(&body, signature, secret).unwrap_or(false),
        None => true,
    };
    if !verified {
        let _ = receiver.print.send(Came::Forged).await;
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match parse_webhook(&body) {
        Ok(events) => {
            for event in events {
                let _ = receiver.print.send(Came::Event(Box::new(event))).await;
            }
        }
        Err(error) => {
            let _ = receiver.print.send(Came::Strange(error.message().to_owned())).await;
            return StatusCode::BAD_REQUEST.into_response();
        }
    }
    let Some(target) = &receiver.forward else { return StatusCode::OK.into_response() };
    let signed = [(SIGNATURE, signature)];
    let headers = if signature.is_empty() { &[][..] } else { &signed[..] };
    match receiver.poster.post(target, headers, body.to_vec(), PATIENCE).await {
        Ok(answer) => {
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            let _ = receiver.print.send(Came::Answer(answer.status, text)).await;
            // Whoever sent it does what the app wants: Meta delivers again what was not taken.
            let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_GATEWAY);
            (status, answer.body).into_response()
        }
        Err(failure) => {
            let _ = receiver.print.send(Came::NoAnswer(failure.to_string())).await;
            StatusCode::BAD_GATEWAY.into_response()
        }
    }
}
