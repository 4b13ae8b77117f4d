//! The endpoints of the messaging API.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use serde::Serialize;
use wamid::{Conversation, Message, Receipt};

use super::Shared;
use super::answer::Failure;
use super::arguments::Arguments;

type Answer<T> = Result<Json<T>, Failure>;
/// A body, or why it could not be read.
type Body = Result<Bytes, BytesRejection>;

/// Who answers here, and what it knows beyond the original API.
#[derive(Serialize)]
pub(super) struct Root {
    gateway: &'static str,
    version: &'static str,
    extensions: Vec<&'static str>,
}

/// The original's answer to a send: Meta's own, wrapped.
#[derive(Serialize)]
pub(super) struct Sent {
    status: &'static str,
    result: wamid::Json,
}

/// The original's answer to chats.
#[derive(Serialize)]
pub(super) struct Chats {
    conversations: Vec<Conversation>,
}

pub(super) async fn root(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Answer<Root> {
    shared.check(&headers).await?;
    let mut extensions =
        vec!["buttons", "components", "preview_url", "reply_to", "reference", "typed_params", "user_id"];
    if !shared.adds_country_code {
        extensions.push("ten_digits");
    }
    Ok(Json(Root { gateway: "wamid", version: env!("CARGO_PKG_VERSION"), extensions }))
}

pub(super) async fn send_message(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Sent> {
    shared.check(&headers).await?;
    shared.send(Arguments::read(&body.map_err(Failure::Body)?)?.text()?.into()).await
}

pub(super) async fn send_location(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Sent> {
    shared.check(&headers).await?;
    shared.send(Arguments::read(&body.map_err(Failure::Body)?)?.location()?.into()).await
}

pub(super) async fn send_template(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Sent> {
    shared.check(&headers).await?;
    shared.send(Arguments::read(&body.map_err(Failure::Body)?)?.template()?.into()).await
}

pub(super) async fn chats(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Answer<Chats> {
    shared.check(&headers).await?;
    Ok(Json(Chats { conversations: shared.client.chats().await? }))
}

impl Shared {
    async fn check(&self, headers: &HeaderMap) -> Result<(), Failure> {
        let key = headers.get("x-api-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
        if self.keys.accepts(key).await? { Ok(()) } else { Err(Failure::Unauthorized) }
    }

    /// Sends in a task of its own: a caller that hangs up must not stop a message that is on its way.
    async fn send(&self, message: Message) -> Answer<Sent> {
        let client = self.client.clone();
        let sending = tokio::spawn(async move { client.send(message).await });
        let receipt: Receipt = sending.await.map_err(|_| {
            // The runtime is shutting down; the record in the store says what became of the message.
            Failure::Argument("gateway".to_owned(), "is shutting down".to_owned())
        })??;
        Ok(Json(Sent { status: "sent", result: receipt.raw }))
    }
}
