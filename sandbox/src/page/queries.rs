//! What the page asks: all chats, one chat; and what the customer does there.

use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use http::StatusCode;
use http::header::HeaderMap;
use serde::Deserialize;
use serde_json::json;

use crate::account::all_products;
use crate::answers::plain;
use crate::control::{parse, refuse};
use crate::customer::{Act, customer_of, perform};
use crate::options::SandboxError;
use crate::state::{DISPLAY_NUMBER, Shared, VERIFIED_NAME};

/// Messages of a page.
const USUAL: usize = 100;
const MOST_AT_ONCE: usize = 500;

pub(super) async fn state(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    // The guard let through loopback names only.
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let (seq, chats) = {
        let log = shared.log();
        (log.newest_change(), log.chats())
    };
    // After the number: of a change in between the events tell.
    let webhook = shared.webhook().map(|target| target.to_string());
    let body = json!({
        "seq": seq,
        "numbers": shared.numbers().collect::<Vec<_>>(),
        "display_number": DISPLAY_NUMBER,
        "business": VERIFIED_NAME,
        "webhook": webhook,
        "graph_url": format!("http://{host}"),
        "products": all_products(),
        "chats": chats,
    });
    plain(StatusCode::OK, &body)
}

#[derive(Deserialize)]
pub(super) struct Page {
    before: Option<String>,
    limit: Option<String>,
}

pub(super) async fn chat(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    Query(Page { before, limit }): Query<Page>,
) -> Response {
    let limit = limit.map_or(Some(USUAL), |limit| limit.parse().ok());
    let Some(limit) = limit.filter(|limit| (1..=MOST_AT_ONCE).contains(limit)) else {
        return refuse(&SandboxError::new(format!("limit is from 1 to {MOST_AT_ONCE}")));
    };
    let phone = match customer_of(&phone) {
        Ok(phone) => phone,
        Err(error) => return refuse(&error),
    };
    let (entries, more) = shared.log().page(&phone, before.as_deref(), limit);
    plain(StatusCode::OK, &json!({ "entries": entries, "more": more }))
}

pub(super) async fn wire(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    let wire = shared.log().get(&id).map(|record| record.wire.clone());
    match wire {
        Some(wire) => plain(StatusCode::OK, &wire),
        None => {
            let error = format!("there is no message {id:?}: it never was, or it is forgotten");
            plain(StatusCode::NOT_FOUND, &json!({ "error": error }))
        }
    }
}

pub(super) async fn act(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    request: Request,
) -> Response {
    let act: Act = match parse(request).await {
        Ok(act) => act,
        Err(answer) => return answer,
    };
    match perform(&shared, &phone, None, act, false) {
        Ok(done) => plain(StatusCode::OK, &json!({ "id": done.id, "webhook_sent": done.told })),
        Err(error) => refuse(&error),
    }
}
