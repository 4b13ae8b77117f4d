//! A send, from its arguments to its answer: account, idempotency key, record, Meta.

use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::Value;
use wamid::{Client, Error, Message, Receipt, counting_retries};

use super::answer::{Failure, Ready};
use super::idempotency::{Claim, Theirs};
use super::keys::hash;
use super::limits::Permit;
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
        loop {
            let sent = match self.turn(claim.as_ref()).await? {
                None => None,
                Some(_permit) => {
                    let within = ANSWER_WITHIN.saturating_sub(MARGIN).saturating_sub(came.elapsed());
                    let send = self.send_once(&client, &message, claim.as_ref());
                    match tokio::time::timeout(within, send).await {
                        Ok(sent) => sent,
                        Err(_) => return Ok(self.overdue(claim.as_ref()).await.into()),
                    }
                }
            };
            match (sent, &claim) {
                (Some(sent), claim) => return Ok(self.answer(&sent, claim.as_ref()).await.into()),
                // Only a claim leaves a send to somebody else.
                (None, None) => {}
                (None, Some(claim)) => match self.idempotency.theirs(claim).await? {
                    Theirs::Free => {}
                    Theirs::Answered { status, answer } => return Ok(Ready { status, body: answer }.into()),
                    Theirs::Other => return Err(Failure::KeyOfOther),
                    Theirs::Unknown => return Err(Failure::KeyUnknown),
                },
            }
        }
    }

    /// A turn to send. `None` where somebody else has the key.
    ///
    /// Who has to wait for its turn takes its key before: whoever comes with the key meanwhile must not be told that the
    /// gateway is full and nothing was sent.
    async fn turn(&self, claim: Option<&Claim>) -> Result<Option<Permit>, Failure> {
        if let Some(permit) = self.sending.at_once() {
            return Ok(Some(permit));
        }
        if let Some(claim) = claim
            && !self.idempotency.take(claim).await?
        {
            return Ok(None);
        }
        match self.sending.permit().await {
            Ok(permit) => Ok(Some(permit)),
            Err(full) => {
                self.metrics.shed();
                if let Some(claim) = claim {
                    self.idempotency.release(claim).await?;
                }
                Err(full.into())
            }
        }
    }

    /// What came of the send; `None` where it is somebody else's.
    async fn send_once(
        &self,
        client: &Client,
        message: &Message,
        claim: Option<&Claim>,
    ) -> Option<Result<Receipt, Error>> {
        let message = message.clone();
        counting_retries(self.metrics.retries(), async {
            match claim {
                None => Some(client.send(message).await),
                Some(claim) => client.send_kept(message, claim).await.transpose(),
            }
        })
        .await
    }

    async fn answer(&self, sent: &Result<Receipt, Error>, claim: Option<&Claim>) -> Ready {
        let unknown = sent.as_ref().is_err_and(Error::maybe_sent);
        if unknown {
            self.metrics.unknown();
        }
        if let (Err(_), false, Some(claim)) = (sent, unknown, claim) {
            // It may have failed before its record, with which the key is given back otherwise.
            note(self.idempotency.release(claim).await);
        }
        Ready::of_send(sent)
    }

    /// The send did not end in time. It was dropped; what it had written by then may have gone out.
    async fn overdue(&self, claim: Option<&Claim>) -> Ready {
        self.metrics.unknown();
        let answer = Ready::unknown("Meta did not answer in time.");
        if let Some(claim) = claim {
            note(self.idempotency.keep(claim, &answer).await);
        }
        answer
    }
}

/// Whoever comes with the key again gets "unknown" after its deadline: never a second message.
fn note(written: Result<(), Error>) {
    if let Err(error) = written {
        tracing::error!(error = error.message(), "what became of an idempotency key could not be recorded");
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
