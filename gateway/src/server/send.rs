//! A send, from its arguments to its answer: account, idempotency key, record, Meta.

use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::Value;
use wamid::{Client, Error, Message, Receipt};

use super::answer::{Failure, Ready};
use super::idempotency::{Claim, Theirs};
use super::keys::hash;
use super::{ANSWER_WITHIN, Shared};

/// How long before the gateway must answer a send itself must be over, so that there is time to write its answer down.
const MARGIN: Duration = Duration::from_secs(2);

/// Longest idempotency key: it is a part of an index, whose rows PostgreSQL bounds.
const MAX_KEY: usize = 255;

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
        let claim = match headers.get("idempotency-key").map(|key| key.to_str()) {
            None => None,
            Some(Ok(key)) if (1..=MAX_KEY).contains(&key.len()) => {
                Some(Claim::new(key_id, key, digest(&client, account_id, &message)?, ANSWER_WITHIN))
            }
            Some(_) => {
                let rule = format!("must be a text of 1 to {MAX_KEY} ASCII characters");
                return Err(Failure::argument("idempotency_key", &rule));
            }
        };
        let sending = tokio::spawn(self.claim_and_send(claim, client, message));
        match sending.await {
            Ok(answer) => answer,
            // The runtime is going down in mid-send. What became of the message is on record, or unknown.
            Err(_) => Err(Failure::KeyUnknown),
        }
    }

    async fn claim_and_send(
        self: Arc<Self>,
        claim: Option<Claim>,
        client: Client,
        message: Message,
    ) -> Result<Response, Failure> {
        let came = Instant::now();
        let Some(claim) = claim else {
            return Ok(match self.turn(came, client.send(message)).await? {
                Some(sent) => self.answer(&sent),
                None => self.overdue(),
            }
            .into());
        };
        loop {
            match self.turn(came, client.send_kept(message.clone(), &claim)).await? {
                Some(Ok(Some(receipt))) => return Ok(self.answer(&Ok(receipt)).into()),
                Some(Err(error)) => return Ok(self.answer(&Err(error)).into()),
                Some(Ok(None)) => {}
                None => {
                    let answer = self.overdue();
                    if let Err(error) = self.idempotency.keep(&claim, &answer).await {
                        // Whoever comes with the key again gets "unknown" after its deadline: never a second message.
                        tracing::error!(
                            error = error.message(),
                            "the answer for an idempotency key could not be recorded"
                        );
                    }
                    return Ok(answer.into());
                }
            }
            match self.idempotency.theirs(&claim).await? {
                Theirs::Free => {}
                Theirs::Answered { status, answer } => return Ok(Ready { status, body: answer }.into()),
                Theirs::Other => return Err(Failure::KeyOfOther),
                Theirs::Unknown => return Err(Failure::KeyUnknown),
            }
        }
    }

    /// Gives the send of a request that `came` then its turn. `None` where it did not end in time; what it had written by then may have gone out.
    async fn turn<T>(&self, came: Instant, send: impl Future<Output = T>) -> Result<Option<T>, Failure> {
        let _permit = match self.sending.permit().await {
            Ok(permit) => permit,
            Err(full) => {
                self.metrics.shed();
                return Err(full.into());
            }
        };
        let within = ANSWER_WITHIN.saturating_sub(MARGIN).saturating_sub(came.elapsed());
        Ok(tokio::time::timeout(within, send).await.ok())
    }

    fn answer(&self, sent: &Result<Receipt, Error>) -> Ready {
        if let Err(error) = sent {
            self.metrics.sent(error.attempts(), error.maybe_sent());
        }
        Ready::of_send(sent)
    }

    fn overdue(&self) -> Ready {
        self.metrics.sent(1, true);
        Ready::unknown("Meta did not answer in time.")
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
