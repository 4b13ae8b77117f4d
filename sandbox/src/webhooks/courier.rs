//! Delivers webhooks, with a few tries each, and notes in the log how far each message came.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;

use super::{Becomes, Job, Report, signature};
use crate::chats::{MessageStatus, Step};
use crate::state::Shared;

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

/// Delivers jobs until the sandbox stops. Jobs run side by side; within one, reports keep their order.
pub(crate) async fn deliver(
    shared: Arc<Shared>,
    mut outbox: mpsc::UnboundedReceiver<Job>,
    mut stop: watch::Receiver<bool>,
) {
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            Some(_) = running.join_next() => {}
            job = outbox.recv() => match job {
                Some(job) => { running.spawn(run(Arc::clone(&shared), job, Arc::clone(&permits))); }
                None => break,
            },
        }
    }
    running.shutdown().await;
}

async fn run(shared: Arc<Shared>, job: Job, permits: Arc<Semaphore>) {
    for (at, report) in job.reports.iter().enumerate() {
        if at == 0 || report.becomes != Becomes::AsItIs {
            tokio::time::sleep(PAUSE).await;
        }
        if let Becomes::Status(status) = report.becomes
            && shared.log().advance(&report.id, status) == Step::Held
        {
            continue;
        }
        let taken = report_until_taken(&job, report, &permits).await;
        if report.becomes == Becomes::Told {
            let status = if taken { MessageStatus::Told } else { MessageStatus::Lost };
            shared.log().become_status(&report.id, status, None);
        }
    }
}

/// Whether the receiver took it, at last.
async fn report_until_taken(job: &Job, report: &Report, permits: &Semaphore) -> bool {
    let mut waits = RETRIES.iter();
    loop {
        let result = {
            let _permit = permits.acquire().await;
            tokio::time::timeout(ATTEMPT, post(job, report.body.clone())).await
        };
        if matches!(result, Ok(Ok(StatusCode::OK))) {
            return true;
        }
        let Some(wait) = waits.next() else {
            tracing::warn!(?result, "sandbox: the webhook receiver does not take a report; giving it up");
            return false;
        };
        tokio::time::sleep(*wait).await;
    }
}

async fn post(job: &Job, body: Bytes) -> io::Result<StatusCode> {
    // A connection of its own for each: no pool that could hand out a stale one, and no TLS anywhere near.
    let stream = job.target.connect().await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let request = Request::post(job.target.path())
        .header(HOST, job.target.host())
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, "facebookexternalua")
        .header("x-hub-signature-256", signature(&job.key, &body))
        .body(Full::new(body))
        .map_err(io::Error::other)?;
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
