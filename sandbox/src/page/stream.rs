//! What changes, as server-sent events.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::Response;
use bytes::Bytes;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap};
use hyper::body::Frame;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::mpsc;

use crate::chats::{Change, FLOWS_AT_ONCE};
use crate::state::Shared;

/// A line at least so often: a connection that is gone shows at the next write.
const QUIET: Duration = Duration::from_secs(15);
/// Parts that wait for a slow reader. It gets the rest when it has read these.
const WAITING: usize = 4;

#[derive(Deserialize)]
pub(super) struct From {
    after: Option<u64>,
}

pub(super) async fn events(
    State(shared): State<Arc<Shared>>,
    Query(From { after }): Query<From>,
    headers: HeaderMap,
) -> Response {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    let after = last.or(after).unwrap_or_else(|| shared.log().newest_change());
    let (parts, body) = mpsc::channel(WAITING);
    tokio::spawn(tell(shared, after, parts));
    let mut response = Response::new(Body::new(Parts(body)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Tells of changes until nobody listens any more.
async fn tell(shared: Arc<Shared>, mut after: u64, parts: mpsc::Sender<Bytes>) {
    let mut changed = shared.log().watch();
    // It begins with something, so that the reader learns at once that it is heard.
    let mut part = String::from("retry: 1000\n\n");
    loop {
        if !part.is_empty() && parts.send(Bytes::from(std::mem::take(&mut part))).await.is_err() {
            return;
        }
        changed.mark_unchanged();
        let before = after;
        part = news(&shared, &mut after);
        // Changes of what is forgotten by now say nothing, and others may follow them.
        if after != before {
            continue;
        }
        tokio::select! {
            () = parts.closed() => return,
            waited = tokio::time::timeout(QUIET, changed.changed()) => {
                if waited.is_err() {
                    part.push_str(": quiet\n\n");
                }
            }
        }
    }
}

/// The events after that one, of which it becomes the last.
fn news(shared: &Shared, after: &mut u64) -> String {
    let log = shared.log();
    let Some(news) = log.changes_since(*after) else {
        *after = log.newest_change();
        return event("reset", *after, &json!({}));
    };
    // Turned into JSON without the log.
    let mut entries = Vec::with_capacity(news.changes.len());
    let mut with_flow = 0;
    *after = news.last;
    for (number, change) in news.changes {
        let told = match change {
            Change::Entry(at) => log.at(at).map(|record| Told::Entry(record.entry.clone())),
            Change::Chat(phone) => Some(Told::Chat(log.shown_chat(&phone))),
            Change::Wire(at) => log.at(at).map(|record| Told::Wire(record.entry.id.clone())),
            Change::Webhook => Some(Told::Webhook),
            Change::Reset => Some(Told::Reset),
        };
        with_flow += usize::from(matches!(&told, Some(Told::Entry(entry)) if entry.flow.is_some()));
        entries.extend(told.map(|told| (number, told)));
        if with_flow == FLOWS_AT_ONCE {
            *after = number;
            break;
        }
    }
    drop(log);
    let mut text = String::new();
    for (number, told) in entries {
        text.push_str(&match told {
            Told::Entry(entry) => event("entry", number, &entry),
            Told::Chat(chat) => event("chat", number, &chat),
            Told::Wire(id) => event("wire", number, &json!({ "id": id })),
            Told::Webhook => {
                event("webhook", number, &json!({ "url": shared.webhook().map(|url| url.to_string()) }))
            }
            Told::Reset => event("reset", number, &json!({})),
        });
    }
    text
}

enum Told {
    Entry(crate::chats::Entry),
    Chat(crate::chats::ShownChat),
    Wire(String),
    Webhook,
    Reset,
}

fn event(name: &str, number: u64, data: &impl Serialize) -> String {
    // JSON on one line: a line break within it is escaped.
    let data = serde_json::to_string(data).unwrap_or_else(|_| "null".to_owned());
    format!("id: {number}\nevent: {name}\ndata: {data}\n\n")
}

/// A body whose parts come by and by.
struct Parts(mpsc::Receiver<Bytes>);

impl hyper::body::Body for Parts {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|part| part.map(|part| Ok(Frame::data(part))))
    }
}
