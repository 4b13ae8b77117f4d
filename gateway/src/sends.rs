//! What became of sends, told to whoever made them: only those of the same API key.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use jiff::Timestamp;
use serde::Serialize;
use tokio::time::Instant;
use wamid::{SendFilter, SendStatus, StoredSend};

use super::Shared;
use super::answer::Failure;
use super::clock::in_time;
use super::endpoints::QueryKey;
use super::openapi::business::MOST_SENDS;
use super::rights::Right;

/// So many are told of unless the caller says how many.
const LIMIT: u32 = 50;

#[derive(Serialize)]
pub(super) struct Sends {
    sends: Vec<Send>,
}

/// A send with what its caller may know: not the account that it went out from.
#[derive(Serialize)]
struct Send {
    reference: Option<String>,
    message_id: Option<String>,
    recipient: String,
    operation: String,
    status: &'static str,
    code: Option<i64>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl From<StoredSend> for Send {
    fn from(send: StoredSend) -> Self {
        Self {
            reference: send.reference,
            message_id: send.message_id,
            recipient: send.recipient,
            operation: send.operation,
            status: send.status.as_str(),
            code: send.code,
            created_at: send.created_at,
            updated_at: send.updated_at,
        }
    }
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<QueryKey>,
    headers: HeaderMap,
) -> Result<Json<Sends>, Failure> {
    in_time(Instant::now(), async {
        let key = shared.check(&headers, &query, &[Right::Sends]).await?;
        let sends = shared.store.sends(&filter(&query)?.sent_by(key.id)).await?;
        Ok(Json(Sends { sends: sends.into_iter().map(Into::into).collect() }))
    })
    .await
}

/// What the query asks for. An empty text is an absent one.
fn filter(query: &QueryKey) -> Result<SendFilter, Failure> {
    let given = |name: &str| query.get(name).filter(|value| !value.is_empty());
    let mut filter = SendFilter::default();
    filter.reference = given("reference").cloned();
    filter.message_id = given("message_id").cloned();
    if let Some(status) = query.get("status") {
        let known = SendStatus::from_name(status).ok_or_else(|| {
            let names = SendStatus::ALL.map(SendStatus::as_str).join(" or ");
            Failure::argument("status", &format!("must be {names}"))
        })?;
        filter.status = Some(known);
    }
    let limit = query.get("limit").map_or(Some(LIMIT), |limit| limit.parse().ok());
    filter.limit = Some(limit.filter(|limit| (1..=MOST_SENDS).contains(limit)).ok_or_else(|| {
        Failure::argument("limit", &format!("must be a whole number from 1 to {MOST_SENDS}"))
    })?);
    Ok(filter)
}
