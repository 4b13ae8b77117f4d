//! A send, from its arguments to its answer: account, idempotency key, record, Meta.

use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;
use wamid::{Client, Error, Message, Receipt, counting_retries};

use super::answer::{Failure, Ready};
use super::idempotency::Claim;
use super::keys::hash;
use super::{ANSWER_WITHIN, Shared};

/// How long before the gateway must answer a send itself must be over, so that there is time to write its answer down.
const MARGIN: Duration = Duration::from_secs(2);

/// Longest idempotency key: it is a part of an index, whose rows PostgreSQL bounds.
const MAX_KEY: usize = 255;

/// The original's answer to a send: Meta's own, wrapped.
#[derive(Serialize)]
struct Sent {
    status: &'static str,
    result: wamid::Json,
}

impl Shared {
    /// Sends for the holder of the API key `key_id`. An idempotency key travels with the digest of its message.
    ///
    /// It is a task of its own from the claim of the key on: a caller that hangs up must not stop a message that is on its
    /// way, nor leave a key behind that nobody settles.
    pub(super) async fn send(
        self: Arc<Self>,
        key_id: i64,
        headers: &HeaderMap,
        account_id: Option<i64>,
        message: Message,
    ) -> Result<Response, Failure> {
        let client = match (self.accounts.client(account_id).await?, account_id) {
            (Some(client), _) => client,
            (None, Some(_)) => return Err(Failure::argument("account_id", "is no account of this gateway")),
            (None, None) => return Err(Failure::NoAccount),
        };
        let key = match headers.get("idempotency-key").map(|key| key.to_str()) {
            None => None,
            Some(Ok(key)) if (1..=MAX_KEY).contains(&key.len()) => {
                Some((key.to_owned(), digest(&client, account_id, &message)?))
            }
            Some(_) => {
                let rule = format!("must be a text of 1 to {MAX_KEY} ASCII characters");
                return Err(Failure::argument("idempotency_key", &rule));
            }
        };
        let sending = tokio::spawn(self.claim_and_send(key_id, key, client, message));
        match sending.await {
            Ok(answer) => answer,
            // The runtime is going down in mid-send. What became of the message is on record, or unknown.
            Err(_) => Err(Failure::KeyUnknown),
        }
    }

    async fn claim_and_send(
        self: Arc<Self>,
        key_id: i64,
        key: Option<(String, String)>,
        client: Client,
        message: Message,
    ) -> Result<Response, Failure> {
        if let Some((key, digest)) = &key {
            match self.idempotency.claim(key_id, key, digest, ANSWER_WITHIN).await? {
                Claim::Ours => {}
                Claim::Answered { status, answer } => return Ok(Ready { status, body: answer }.into()),
                Claim::Other => return Err(Failure::KeyOfOther),
                Claim::Unknown => return Err(Failure::KeyUnknown),
            }
        }
        let key = key.as_ref().map(|(key, _)| key.as_str());
        let waiting = Instant::now();
        let _permit = match self.sending.permit().await {
            Ok(permit) => permit,
            Err(full) => {
                self.metrics.shed();
                if let Some(key) = key {
                    self.idempotency.release(key_id, key).await?;
                }
                return Err(full.into());
            }
        };
        let within = ANSWER_WITHIN.saturating_sub(MARGIN).saturating_sub(waiting.elapsed());
        let sending = counting_retries(self.metrics.retries(), client.send(message));
        match tokio::time::timeout(within, sending).await {
            Ok(sent) => self.settle(key_id, key, sent).await,
            Err(_) => self.overdue(key_id, key).await,
        }
    }

    /// Writes the answer down under its key, or gives the key back.
    async fn settle(
        &self,
        key_id: i64,
        key: Option<&str>,
        sent: Result<Receipt, Error>,
    ) -> Result<Response, Failure> {
        if sent.as_ref().is_err_and(Error::maybe_sent) {
            self.metrics.unknown();
        }
        let kept = sent.as_ref().map_or_else(Error::maybe_sent, |_| true);
        let ready = match sent {
            Ok(receipt) => Ready::json(200, &Sent { status: "sent", result: receipt.raw }),
            Err(error) => Ready::of(&error),
        };
        if let Some(key) = key {
            let written = if kept {
                self.idempotency.keep(key_id, key, ready.status, &ready.body).await
            } else {
                self.idempotency.release(key_id, key).await
            };
            if let Err(error) = written {
                // Whoever comes with the key again gets "unknown" after its deadline: never a second message.
                tracing::error!(
                    error = error.message(),
                    "the answer for an idempotency key could not be recorded"
                );
            }
        }
        Ok(ready.into())
    }

    /// The client did not end in time. Its attempt was dropped; what it had written may have gone out.
    async fn overdue(&self, key_id: i64, key: Option<&str>) -> Result<Response, Failure> {
        self.metrics.unknown();
        let ready = Ready::unknown("Meta did not answer in time.");
        if let Some(key) = key
            && let Err(error) = self.idempotency.keep(key_id, key, ready.status, &ready.body).await
        {
            tracing::error!(
                error = error.message(),
                "the answer for an idempotency key could not be recorded"
            );
        }
        Ok(ready.into())
    }
}

/// What two requests share that mean the same message: the account, and the request that Meta would get.
fn digest(client: &Client, account_id: Option<i64>, message: &Message) -> Result<String, Error> {
    let preview = client.preview(message.clone())?;
    let mut body = preview.body.to_value().unwrap_or_default();
    if let Value::Object(body) = &mut body {
        let given = match message {
            Message::Text(text) => &text.options,
            Message::Location(location) => &location.options,
            Message::Template(template) => &template.options,
            _ => return Ok(hash(preview.body.as_str())),
        };
        // Without a reference of the caller's the client makes one up, another each time.
        if given.reference.is_none() {
            body.remove("biz_opaque_callback_data");
        }
    }
    Ok(hash(&format!("{account_id:?} {} {body}", preview.url)))
}
