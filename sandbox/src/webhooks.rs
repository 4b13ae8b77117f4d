//! Signed webhooks to a receiver on loopback.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use ring::hmac;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;

use super::checks::{Accepted, Recipient};
use super::errors::GraphError;
use super::options::SandboxError;
use super::state::now_text;

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

/// Where webhooks go: a plain HTTP URL on loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target(Uri);

impl FromStr for Target {
    type Err = SandboxError;

    fn from_str(url: &str) -> Result<Self, SandboxError> {
        let wrong = || {
            SandboxError::new(format!(
                "the webhook URL {url:?} is not http:// on this machine: the sandbox sends webhooks to 127.0.0.1, \
                 [::1] or localhost only, without TLS"
            ))
        };
        let uri: Uri = url.parse().map_err(|_| wrong())?;
        let host = uri.host().unwrap_or_default();
        let is_loopback = host.eq_ignore_ascii_case("localhost")
            || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if uri.scheme_str() == Some("http") && is_loopback { Ok(Self(uri)) } else { Err(wrong()) }
    }
}

impl Target {
    async fn connect(&self) -> io::Result<TcpStream> {
        let host = self.0.host().unwrap_or_default().trim_matches(['[', ']']);
        // `localhost` is a name: whatever it resolves to, nothing leaves this machine.
        let addresses: Vec<SocketAddr> = tokio::net::lookup_host((host, self.0.port_u16().unwrap_or(80)))
            .await?
            .filter(|address| address.ip().is_loopback())
            .collect();
        TcpStream::connect(addresses.as_slice()).await
    }
}

/// Who sends a webhook.
pub(super) struct Sender<'shared> {
    pub(super) account_id: &'shared str,
    pub(super) phone_number_id: &'shared str,
    pub(super) display_number: &'shared str,
    pub(super) app_secret: &'shared str,
}

/// Webhooks about one message, delivered in order.
#[derive(Debug)]
pub(super) struct Job {
    target: Target,
    key: hmac::Key,
    bodies: Vec<Bytes>,
}

impl Sender<'_> {
    fn job(&self, target: Target, values: Vec<Value>) -> Job {
        let bodies = values.into_iter().map(|mut value| {
            let Value::Object(fields) = &mut value else { return Bytes::new() };
            let mut whole = serde_json::Map::new();
            whole.insert("messaging_product".into(), json!("whatsapp"));
            whole.insert(
                "metadata".into(),
                json!({ "display_phone_number": self.display_number, "phone_number_id": self.phone_number_id }),
            );
            whole.append(fields);
            let body = json!({
                "object": "whatsapp_business_account",
                "entry": [{ "id": self.account_id, "changes": [{ "value": whole, "field": "messages" }] }],
            });
            Bytes::from(body.to_string())
        });
        Job {
            target,
            key: hmac::Key::new(hmac::HMAC_SHA256, self.app_secret.as_bytes()),
            bodies: bodies.collect(),
        }
    }
}

/// `sent`, `delivered` and `read` of a message; or `failed`.
pub(super) fn status_job(
    target: Target,
    sender: &Sender<'_>,
    message: &Accepted,
    id: &str,
    failure: Option<&GraphError>,
) -> Job {
    let category = if message.kind == "template" { "utility" } else { "service" };
    let statuses: &[&str] = if failure.is_some() { &["failed"] } else { &["sent", "delivered", "read"] };
    let values = statuses.iter().map(|&name| {
        let mut status = json!({ "id": id, "status": name, "timestamp": now_text() });
        match &message.recipient {
            Recipient::Phone { digits, .. } => status["recipient_id"] = json!(digits),
            Recipient::User(user) => status["recipient_user_id"] = json!(user),
        }
        if let Some(reference) = &message.reference {
            status["biz_opaque_callback_data"] = json!(reference);
        }
        if let Some(failure) = failure {
            status["errors"] = json!([failure.in_status()]);
        } else if name != "read" {
            // Meta tells the price with the first two reports only.
            status["conversation"] = json!({ "id": "sandbox-conversation", "origin": { "type": category } });
            status["pricing"] = json!({
                "billable": category != "service", "pricing_model": "PMP", "type": "regular", "category": category,
            });
        }
        json!({ "statuses": [status] })
    });
    sender.job(target, values.collect())
}

/// A text a customer writes: number, profile name, text.
pub(super) fn inbound_job(
    target: Target,
    sender: &Sender<'_>,
    [from, name, text]: [&str; 3],
    id: &str,
) -> Job {
    let value = json!({
        "contacts": [{ "profile": { "name": name }, "wa_id": from }],
        "messages": [{
            "from": from, "id": id, "timestamp": now_text(), "text": { "body": text }, "type": "text",
        }],
    });
    sender.job(target, vec![value])
}

/// A customer presses a reply button of a message, or chooses a row of its list: `kind` is `button_reply` or `list_reply`.
pub(super) fn reply_job(
    target: Target,
    sender: &Sender<'_>,
    [from, name]: [&str; 2],
    context: &str,
    [kind, reply, title]: [&str; 3],
    id: &str,
) -> Job {
    let value = json!({
        "contacts": [{ "profile": { "name": name }, "wa_id": from }],
        "messages": [{
            "context": { "from": sender.display_number, "id": context },
            "from": from, "id": id, "timestamp": now_text(), "type": "interactive",
            "interactive": { "type": kind, kind: { "id": reply, "title": title } },
        }],
    });
    sender.job(target, vec![value])
}

/// A customer sends a file, which is told as `media` has it.
pub(super) fn media_job(
    target: Target,
    sender: &Sender<'_>,
    [from, name]: [&str; 2],
    media: Value,
    id: &str,
) -> Job {
    let mime_type = media["mime_type"].as_str().unwrap_or_default();
    let kind = match mime_type.split('/').next() {
        Some("image") if mime_type == "image/webp" => "sticker",
        Some(kind @ ("image" | "video" | "audio")) => kind,
        _ => "document",
    };
    let value = json!({
        "contacts": [{ "profile": { "name": name }, "wa_id": from }],
        "messages": [{ "from": from, "id": id, "timestamp": now_text(), "type": kind, kind: media }],
    });
    sender.job(target, vec![value])
}

/// A customer fills the form of a flow in, which came in the message `context`.
pub(super) fn flow_job(
    target: Target,
    sender: &Sender<'_>,
    [from, name]: [&str; 2],
    (context, response): (&str, &Value),
    id: &str,
) -> Job {
    let value = json!({
        "contacts": [{ "profile": { "name": name }, "wa_id": from }],
        "messages": [{
            "context": { "from": sender.display_number, "id": context },
            "from": from, "id": id, "timestamp": now_text(), "type": "interactive",
            "interactive": {
                "type": "nfm_reply",
                "nfm_reply": { "name": "flow", "body": "Sent", "response_json": response.to_string() },
            },
        }],
    });
    sender.job(target, vec![value])
}

/// The value of `X-Hub-Signature-256`.
pub(super) fn signature(key: &hmac::Key, body: &[u8]) -> String {
    let mut header = String::from("sha256=");
    for byte in hmac::sign(key, body).as_ref() {
        for digit in [byte >> 4, byte & 15] {
            header.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    header
}

/// Delivers jobs until the sandbox stops. Jobs run side by side; within one, reports keep their order.
pub(super) async fn deliver(mut outbox: mpsc::UnboundedReceiver<Job>, mut stop: watch::Receiver<bool>) {
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            Some(_) = running.join_next() => {}
            job = outbox.recv() => match job {
                Some(job) => { running.spawn(run(job, Arc::clone(&permits))); }
                None => break,
            },
        }
    }
    running.shutdown().await;
}

async fn run(job: Job, permits: Arc<Semaphore>) {
    for body in &job.bodies {
        tokio::time::sleep(PAUSE).await;
        let mut waits = RETRIES.iter();
        loop {
            let result = {
                let _permit = permits.acquire().await;
                tokio::time::timeout(ATTEMPT, post(&job, body.clone())).await
            };
            if matches!(result, Ok(Ok(StatusCode::OK))) {
                break;
            }
            let Some(wait) = waits.next() else {
                tracing::warn!(?result, "sandbox: the webhook receiver does not take a report; giving it up");
                break;
            };
            tokio::time::sleep(*wait).await;
        }
    }
}

async fn post(job: &Job, body: Bytes) -> io::Result<StatusCode> {
    // A connection of its own for each: no pool that could hand out a stale one, and no TLS anywhere near.
    let stream = job.target.connect().await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let Target(uri) = &job.target;
    let request = Request::post(uri.path_and_query().map_or("/", |path| path.as_str()))
        .header(HOST, uri.authority().map_or("localhost", |authority| authority.as_str()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn webhooks_stay_on_this_machine() {
        for (url, expected) in [
            ("http://127.0.0.1:8000/whatsapp/webhook/", true),
            ("http://127.9.9.9/", true),
            ("http://[::1]:80/x?y=z", true),
            ("http://localhost:8000", true),
            ("https://localhost:8000", false),
            ("http://example.com/", false),
            ("http://localhost.example.com/", false),
            ("http://127.0.0.1@example.com/", false),
            ("http://0.0.0.0/", false),
            ("localhost:8000", false),
            ("", false),
        ] {
            assert_eq!(url.parse::<Target>().is_ok(), expected, "{url}");
        }
    }

    /// RFC 4231, test case 2: a vector this code had no part in.
    #[test]
    fn signature_of_a_published_vector() {
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"Jefe");
        assert_eq!(
            signature(&key, b"what do ya want for nothing?"),
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
