//! The endpoints of the messaging API.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;
use tokio::time::Instant;
use wamid::Conversation;

use super::answer::Failure;
use super::arguments::Arguments;
use super::clock::in_time;
use super::{Shared, trace};

/// What a gateway knows beyond the original API.
const EXTENSIONS: [&str; 14] = [
    "send",
    "read",
    "media",
    "templates",
    "sends",
    "buttons",
    "components",
    "preview_url",
    "reply_to",
    "reference",
    "typed_params",
    "account_id",
    "user_id",
    "idempotency",
];

/// The query, which may hold `api_key`, the original's other way to hand over a key. Given twice, the last one counts, as
/// there.
pub(super) type QueryKey = HashMap<String, String>;

/// Who answers here, and what it knows beyond the original API.
#[derive(Serialize)]
pub(super) struct Root {
    gateway: &'static str,
    version: &'static str,
    extensions: Vec<&'static str>,
}

/// The original's answer to chats.
#[derive(Serialize)]
pub(super) struct Chats {
    conversations: Vec<Chat>,
}

/// A conversation with the original's fields alone, in its order; a client works the rest out for itself.
#[derive(Serialize)]
struct Chat {
    id: i64,
    phone_number: String,
    label: Option<i64>,
    unread_count: i64,
    last_message_at: Option<Timestamp>,
}

impl From<Conversation> for Chat {
    fn from(conversation: Conversation) -> Self {
        let Conversation { id, phone_number, label, unread_count, last_message_at, .. } = conversation;
        Self { id, phone_number, label, unread_count, last_message_at }
    }
}

pub(super) async fn root(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<QueryKey>,
    headers: HeaderMap,
) -> Result<Json<Root>, Failure> {
    in_time(Instant::now(), shared.check(&headers, &query)).await?;
    let mut extensions = EXTENSIONS.to_vec();
    if !shared.adds_country_code {
        extensions.push("ten_digits");
    }
    Ok(Json(Root { gateway: "wamid", version: env!("CARGO_PKG_VERSION"), extensions }))
}

/// Makes the handler of a send: they differ only in how they read their arguments.
macro_rules! send {
    ($name:ident, $read:ident) => {
        pub(super) async fn $name(
            State(shared): State<Arc<Shared>>,
            Query(query): Query<QueryKey>,
            request: Request,
        ) -> Result<Response, Failure> {
            // Who has no key is not listened to any further.
            let (head, body) = request.into_parts();
            let came = Instant::now();
            let key_id = in_time(came, shared.check(&head.headers, &query)).await?;
            let looked_up = came.elapsed();
            let arguments = Arguments::read(&*shared.body(&shared.sends, &head.headers, body).await?)?;
            let message = arguments.$read()?;
            // The time that a caller takes for its body is its own.
            let came = Instant::now() - looked_up;
            shared.send(key_id, &head.headers, arguments.account_id()?, message, came).await
        }
    };
}

send!(send_message, text);
send!(send_location, location);
send!(send_template, template);
send!(send, any);

pub(super) async fn chats(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<QueryKey>,
    headers: HeaderMap,
) -> Result<Json<Chats>, Failure> {
    in_time(Instant::now(), async {
        shared.check(&headers, &query).await?;
        let client = shared.accounts.client(None).await?.ok_or(Failure::NoAccount)?;
        let conversations = client.chats().await?.into_iter().map(Into::into).collect();
        Ok(Json(Chats { conversations }))
    })
    .await
}

impl Shared {
    /// The id of the key that a request carries.
    pub(super) async fn check(&self, headers: &HeaderMap, query: &QueryKey) -> Result<i64, Failure> {
        let in_query = query.get("api_key").map(String::as_str).filter(|_| self.allow_query_key);
        let key = headers.get("x-api-key").and_then(|key| key.to_str().ok()).or(in_query).unwrap_or_default();
        let id = self.keys.accepts(key).await?.ok_or(Failure::Unauthorized)?;
        trace::note_key(id);
        self.pace.take(id)?;
        Ok(id)
    }
}
