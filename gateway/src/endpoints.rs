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
use super::keys::KnownKey;
use super::rights::{KeyLimits, Right};
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
    /// What this key may do, where that is not everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    limits: Option<KeyLimits>,
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
    // A client asks this of its own accord, so that it needs no right, and does not count against the key's own rate.
    let key = in_time(Instant::now(), shared.check(&headers, &query, &[])).await?;
    // What the gateway knows, not what the key may: for that the answer to the call says what the key lacks.
    let mut extensions = EXTENSIONS.to_vec();
    if !shared.adds_country_code {
        extensions.push("ten_digits");
    }
    let limits = Some(&*key.limits).filter(|limits| !limits.is_none()).cloned();
    Ok(Json(Root { gateway: "wamid", version: env!("CARGO_PKG_VERSION"), extensions, limits }))
}

/// Makes the handler of a send: they differ only in how they read their arguments.
macro_rules! send {
    ($name:ident, $read:ident, $($right:ident)|+) => {
        pub(super) async fn $name(
            State(shared): State<Arc<Shared>>,
            Query(query): Query<QueryKey>,
            request: Request,
        ) -> Result<Response, Failure> {
            // Who has no key is not listened to any further.
            let (head, body) = request.into_parts();
            let came = Instant::now();
            let rights = &[$(Right::$right),+];
            let key = in_time(came, shared.check(&head.headers, &query, rights)).await?;
            let looked_up = came.elapsed();
            let arguments = Arguments::read(&*shared.body(&shared.sends, &head.headers, body).await?)?;
            let message = arguments.$read()?;
            // The time that a caller takes for its body is its own.
            let came = Instant::now() - looked_up;
            shared.send(key, &head.headers, arguments.account_id()?, message, came).await
        }
    };
}

send!(send_message, text, Send);
send!(send_location, location, Send);
send!(send_template, template, Send | SendTemplate);
send!(send, any, SendTemplate | Send);

pub(super) async fn chats(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<QueryKey>,
    headers: HeaderMap,
) -> Result<Json<Chats>, Failure> {
    in_time(Instant::now(), async {
        let key = shared.check(&headers, &query, &[Right::Chats]).await?;
        let client = shared.client(&key, None).await?;
        let conversations = client.chats().await?.into_iter().map(Into::into).collect();
        Ok(Json(Chats { conversations }))
    })
    .await
}

impl Shared {
    /// The key that a request carries, which must have one of these rights.
    pub(super) async fn check(
        &self,
        headers: &HeaderMap,
        query: &QueryKey,
        rights: &[Right],
    ) -> Result<KnownKey, Failure> {
        let in_query = query.get("api_key").map(String::as_str).filter(|_| self.allow_query_key);
        let key = headers.get("x-api-key").and_then(|key| key.to_str().ok()).or(in_query).unwrap_or_default();
        let key = self.keys.find(key).await?.ok_or(Failure::Unauthorized)?;
        trace::note_key(key.id);
        self.pace.take(key.id)?;
        key.limits.in_time(Timestamp::now())?;
        key.limits.one_of(rights)?;
        if let Some(rate) = key.limits.rate.filter(|_| !rights.is_empty()) {
            self.own_pace.take(key.id, rate)?;
        }
        Ok(key)
    }
}
