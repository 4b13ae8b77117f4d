//! Delivers webhooks, with a few tries each, and notes in the log how far each message came.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;

use super::{Job, Report, StatusChange, signature};
use crate::chats::{MessageStatus, Step, Try, Webhook};
use crate::state::Shared;

const SIGNATURE: HeaderName = HeaderName::from_static("x-hub-signature-256");
/// Before each report. Long enough that the answer of the send usually comes first, as it does with Meta.
const PAUSE: Duration = Duration::from_millis(50);
/// One attempt; Meta is no more patient.
const ATTEMPT: Duration = Duration::from_secs(10);
/// Waits before a report is tried again. Meta goes on for days; a test should not.
const RETRIES: [Duration; 4] = [
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(800),
];
/// Requests under way at once, over all messages.
const AT_ONCE: usize = 16;

/// Delivers jobs until the sandbox stops. Jobs run side by side; within one, reports keep their order, and what a customer did
/// is first tried in the order in which they did it.
pub(crate) async fn deliver(
    shared: Arc<Shared>,
    mut outbox: mpsc::UnboundedReceiver<Job>,
    mut stop: watch::Receiver<bool>,
) {
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    // Of each customer, whether the newest job was tried.
    let mut newest: HashMap<String, watch::Receiver<bool>> = HashMap::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            Some(_) = running.join_next() => if running.is_empty() { newest.clear() },
            job = outbox.recv() => match job {
                Some(job) => {
                    let (tried, is_tried) = watch::channel(false);
                    let before = job.customer.clone().and_then(|customer| newest.insert(customer, is_tried));
                    let order = Order { before, tried };
                    running.spawn(run(Arc::clone(&shared), job, order, Arc::clone(&permits)));
                }
                None => break,
            },
        }
    }
    running.shutdown().await;
}

/// Where a job stands among those of its customer.
struct Order {
    /// Whether the one before it was tried.
    before: Option<watch::Receiver<bool>>,
    /// Tells the one after it.
    tried: watch::Sender<bool>,
}

async fn run(shared: Arc<Shared>, job: Job, mut order: Order, permits: Arc<Semaphore>) {
    for (at, report) in job.reports.iter().enumerate() {
        if at == 0 || report.becomes != StatusChange::AsItIs {
            tokio::time::sleep(PAUSE).await;
        }
        if let Some(mut before) = order.before.take() {
            // An error says that it is over.
            let _ = before.wait_for(|tried| *tried).await;
        }
        if let StatusChange::Status(status) = report.becomes
            && shared.log().advance(&report.id, status) == Step::NotAllowed
        {
            continue;
        }
        let taken = report_until_taken(&shared, &job, report, (&order.tried, &permits)).await;
        if report.becomes == StatusChange::Told {
            let status = if taken { MessageStatus::Received } else { MessageStatus::Undelivered };
            shared.log().become_status(&report.id, status);
        }
    }
}

/// Whether the receiver took it, at last.
async fn report_until_taken(
    shared: &Shared,
    job: &Job,
    report: &Report,
    (tried, permits): (&watch::Sender<bool>, &Semaphore),
) -> bool {
    let headers = headers_of(job, &report.body);
    let webhook = Webhook {
        url: Arc::clone(&job.url),
        headers: (&headers).into(),
        body: report.body.clone(),
        event: report.event,
        tries: Vec::new(),
    };
    let place = shared.log().webhook_begins(&report.id, webhook);
    let mut waits = RETRIES.iter();
    loop {
        let time = shared.clock.now();
        let result = {
            let _permit = permits.acquire().await;
            let late = |_| io::Error::new(io::ErrorKind::TimedOut, "no answer in 10 seconds");
            let posted = post(job, headers.clone(), report.body.clone());
            tokio::time::timeout(ATTEMPT, posted).await.map_err(late).flatten()
        };
        tried.send_replace(true);
        if let Some(place) = place {
            let tried = Try {
                time,
                status: result.as_ref().ok().map(StatusCode::as_u16),
                error: result.as_ref().err().map(ToString::to_string),
            };
            shared.log().webhook_tried(&report.id, place, tried);
        }
        if matches!(result, Ok(StatusCode::OK)) {
            return true;
        }
        let Some(wait) = waits.next() else {
            tracing::warn!(?result, "sandbox: the webhook receiver does not take a report; giving it up");
            return false;
        };
        tokio::time::sleep(*wait).await;
    }
}

fn headers_of(job: &Job, body: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, HeaderValue::from_static("facebookexternalua"));
    for (name, value) in [(HOST, job.target.host()), (SIGNATURE, &signature(&job.key, body))] {
        // Neither has a byte that a header could not hold.
        headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
    }
    headers
}

async fn post(job: &Job, headers: HeaderMap, body: Bytes) -> io::Result<StatusCode> {
    // A connection of its own for each: no pool that could hand out a stale one, and no TLS anywhere near.
    let stream = job.target.connect().await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let request = Request::post(job.target.path()).body(Full::new(body));
    let mut request = request.map_err(io::Error::other)?;
    *request.headers_mut() = headers;
    let exchange = async {
        let response = sender.send_request(request).await?;
        let status = response.status();
        // Read to the end, so that the receiver sees its whole answer taken.
        response.into_body().collect().await?;
        // The connection below ends only when nobody can send on it any more.
        drop(sender);
        Ok::<_, hyper::Error>(status)
    };
    let (status, _) = tokio::join!(exchange, connection);
    status.map_err(io::Error::other)
}
