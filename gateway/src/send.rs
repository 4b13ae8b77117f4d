//! A send, from its arguments to its answer: account, idempotency key, record, Meta.

use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::Response;
use tokio::time::{Instant, timeout_at};
use wamid::{Client, Error, Message, Receipt, asked_for, counting_retries};

use super::answer::{Failure, WrittenAnswer};
use super::clock::MARGIN;
use super::idempotency::{Claim, EarlierRequest};
use super::keys::KnownKey;
use super::limits::Permit;
use super::{ANSWER_WITHIN, Shared};

/// With less time left than this a send is not begun: cut off in the middle, nobody would know what became of it.
const ENOUGH: Duration = Duration::from_secs(3);

/// Longest idempotency key: it is a part of an index, whose rows PostgreSQL bounds.
const MAX_KEY: usize = 255;

impl Shared {
    /// Sends for the holder of the API key `key`, where its limits let it, whose request `came` at that moment. An idempotency key travels with the digest of its message.
    ///
    /// It is a task of its own from the claim of the key on: a caller that hangs up must not stop a message that is on its
    /// way, nor leave a key behind that nobody settles.
    pub(super) async fn send(
        self: Arc<Self>,
        key: KnownKey,
        headers: &HeaderMap,
        account_id: Option<i64>,
        message: Message,
        came: Instant,
    ) -> Result<Response, Failure> {
        let until = came + ANSWER_WITHIN.saturating_sub(MARGIN);
        key.limits.message(&message)?;
        let key_id = key.id;
        let client = timeout_at(until, self.client(&key, account_id)).await;
        let client = client.map_err(|_| Failure::Written(WrittenAnswer::not_begun()))??;
        let claim = match headers.get("idempotency-key").map(|key| key.to_str()) {
            None => None,
            Some(Ok(key)) if (1..=MAX_KEY).contains(&key.len()) => {
                // The account that was asked for, not the one that is the default today; so with all else that may change.
                let asked = format!("{account_id:?} {}", asked_for(&message)?);
                Some(Arc::new(Claim::new(key_id, key, &asked, ANSWER_WITHIN)))
            }
            Some(_) => {
                let rule = format!("must be a text of 1 to {MAX_KEY} ASCII characters");
                return Err(Failure::argument("idempotency_key", &rule));
            }
        };
        let reference = message.options.reference.clone();
        let sending = tokio::spawn(self.claim_and_send(claim, (client, key_id), message, until));
        let unknown = |why| Failure::Written(WrittenAnswer::unknown(why, reference.as_deref()));
        match timeout_at(came + ANSWER_WITHIN, sending).await {
            Ok(Ok(answer)) => answer,
            // The runtime is going down in mid-send. What became of the message is on record, or unknown.
            Ok(Err(_)) => Err(unknown("The gateway is stopping.")),
            // Everything in it is over by then, but for what a machine under heavy load may do.
            Err(_) => Err(unknown("The gateway did not end the send in time.")),
        }
    }

    async fn claim_and_send(
        self: Arc<Self>,
        claim: Option<Arc<Claim>>,
        (client, key_id): (Client, i64),
        message: Message,
        until: Instant,
    ) -> Result<Response, Failure> {
        let not_begun = || Failure::Written(WrittenAnswer::not_begun());
        loop {
            if until.saturating_duration_since(Instant::now()) < ENOUGH {
                return Err(not_begun());
            }
            let claim = claim.as_ref();
            let Ok(turn) = timeout_at(until, self.turn(claim)).await else {
                self.give_back(claim);
                return Err(not_begun());
            };
            let turn = turn?;
            let sent = match turn {
                None => None,
                Some(_permit) => self.send_once((&client, key_id), &message, claim, until).await,
            };
            match (sent, claim) {
                (Some(sent), claim) => return Ok(self.answer(&sent, claim).into()),
                // Only a claim leaves a send to somebody else.
                (None, None) => {}
                (None, Some(claim)) => {
                    match timeout_at(until, self.idempotency.earlier(claim, until)).await {
                        Ok(Ok(EarlierRequest::Free)) => {}
                        Ok(Ok(EarlierRequest::Answered(answer))) => return Ok(answer.into()),
                        Ok(Ok(EarlierRequest::Other)) => return Err(Failure::KeyOfOther),
                        Ok(Ok(EarlierRequest::Unknown(reference))) => {
                            return Err(earlier_unknown(reference.as_deref()));
                        }
                        Ok(Err(error)) => return Err(error.into()),
                        Err(_) => return Err(earlier_unknown(message.options.reference.as_deref())),
                    }
                }
            }
        }
    }

    /// A turn to send. `None` where somebody else has the key.
    ///
    /// Who has to wait for its turn takes its key before: whoever comes with the key meanwhile must not be told that the
    /// gateway is full and nothing was sent.
    async fn turn(&self, claim: Option<&Arc<Claim>>) -> Result<Option<Permit>, Failure> {
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

    /// What came of the send; `None` where it is somebody else's. It ends in time by itself, so that it says what it knows: whether a
    /// connection came about, and how often it was tried.
    async fn send_once(
        &self,
        (client, key_id): (&Client, i64),
        message: &Message,
        claim: Option<&Arc<Claim>>,
        until: Instant,
    ) -> Option<Result<Receipt, Error>> {
        let own = claim.map(|claim| &**claim as &dyn wamid::SendClaim);
        let send = client.send_until(message.clone(), own, key_id, until);
        counting_retries(self.metrics.retries(), send).await.transpose()
    }

    fn answer(&self, sent: &Result<Receipt, Error>, claim: Option<&Arc<Claim>>) -> WrittenAnswer {
        let unknown = sent.as_ref().is_err_and(Error::maybe_sent);
        if unknown {
            self.metrics.unknown();
        }
        if sent.is_err() && !unknown {
            // It may have failed before its record, with which the key is given back otherwise.
            self.give_back(claim);
        }
        WrittenAnswer::of_send(sent)
    }

    /// Gives a key back that was taken ahead of its send. The answer does not wait for it: the store may be what failed.
    fn give_back(&self, claim: Option<&Arc<Claim>>) {
        let Some(claim) = claim.cloned() else { return };
        let idempotency = self.idempotency.clone();
        tokio::spawn(async move {
            if let Err(error) = idempotency.release(&claim).await {
                tracing::warn!(
                    error = error.message(),
                    "an idempotency key is given back at its deadline only"
                );
            }
        });
    }
}

fn earlier_unknown(reference: Option<&str>) -> Failure {
    let why = "What became of the first request with this idempotency key is not known.";
    Failure::Written(WrittenAnswer::unknown(why, reference))
}
