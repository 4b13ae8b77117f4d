//! `GET` and `POST {prefix}/webhook/`: Meta's subscription check and its events.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, Request, State};
use serde_json::{Value, json};
use tokio::time::Instant;
use wamid::{Error, Event, WebhookPart, handshake, parse_webhook, split_webhook, verify_webhook};

use super::Shared;
use super::accounts::{Forwards, WebhookSecrets};
use super::answer::Failure;
use super::clock::in_time;
use super::forward::Incoming;
use super::limits::Overloaded;

/// `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`: Meta asks whether this address is meant.
pub(super) async fn subscribe(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
) -> Result<String, Failure> {
    let looked_up = async { Ok(shared.accounts.webhook_secrets().await?) };
    let accounts = in_time(Instant::now(), looked_up).await?;
    let tokens = accounts.iter().filter_map(|account| account.verify_token.as_deref());
    handshake(&query.unwrap_or_default(), tokens).ok_or(Failure::VerifyToken)
}

/// `POST`: told from forgeries by its signature, recorded, and answered. Where the store fails Meta sends it again.
pub(super) async fn receive(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Json<Value>, Failure> {
    let (head, body) = request.into_parts();
    shared.webhooks.declared(&head.headers)?;
    let signature = head.headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
    let signature = signature.filter(|signature| could_sign(signature)).unwrap_or_default();
    if signature.is_empty() && !shared.allow_unsigned_webhooks {
        return Err(Failure::Signature);
    }
    let body = shared.body(&shared.webhooks, &head.headers, body).await?;
    in_time(Instant::now(), async {
        // Over the bytes as they came: what nobody vouches for is not looked into.
        let accounts = shared.accounts.webhook_secrets().await?;
        let vouched = shared.vouched(&accounts, &body, signature);
        if vouched.is_empty() {
            return Err(Failure::Signature);
        }
        if shared.passes_on(&accounts) {
            if shared.forwarding.is_full() {
                shared.metrics.shed();
                return Err(Overloaded::Full.into());
            }
            // The body is kept until all is on disk: its place among the bodies in memory stands for its copies as well.
            let parts = split_webhook(&body)?;
            shared.record_and_pass_on(parts, &accounts, &vouched).await?;
        } else {
            let events = parse_webhook(&body)?;
            drop(body);
            shared.record(events, &vouched).await?;
        }
        Ok(Json(json!({"status": "ok"})))
    })
    .await
}

/// Whether it is of the shape of a signature: the rest is not worth a look at the body.
fn could_sign(signature: &str) -> bool {
    signature
        .strip_prefix("sha256=")
        .is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl Shared {
    /// The numbers for whose accounts this body may speak: those whose app secret signed it, and where the flag is given those
    /// that have none.
    fn vouched<'a>(&self, accounts: &'a [WebhookSecrets], body: &[u8], signature: &str) -> HashSet<&'a str> {
        // Accounts of one app share its secret, and a body may be large: each secret is tried once.
        let mut tried: HashMap<&str, bool> = HashMap::new();
        let mut is_signed = |secret: &'a str| {
            *tried.entry(secret).or_insert_with(|| verify_webhook(body, signature, secret).unwrap_or(false))
        };
        accounts
            .iter()
            .filter(|account| {
                account.app_secret.as_deref().map_or(self.allow_unsigned_webhooks, &mut is_signed)
            })
            .map(|account| account.phone_number_id.as_str())
            .collect()
    }

    /// Whether anything that comes in goes anywhere.
    fn passes_on(&self, accounts: &[WebhookSecrets]) -> bool {
        self.forwarding.target.is_some()
            || accounts.iter().any(|account| account.forwards == Forwards::ToItsOwn)
    }

    /// Records what is told of these numbers.
    async fn record(&self, mut events: Vec<Event>, vouched: &HashSet<&str>) -> Result<(), Error> {
        let mut others = Others::default();
        others.leave_alone(&mut events, vouched);
        others.tell();
        self.store.record_events(&mut events).await
    }

    /// The same, and writes down in the same transaction what is to be passed on: of a process that ends in between, Meta's next
    /// delivery would be one that was seen before.
    async fn record_and_pass_on(
        &self,
        parts: Vec<WebhookPart>,
        accounts: &[WebhookSecrets],
        vouched: &HashSet<&str>,
    ) -> Result<(), Error> {
        let (mut others, mut incoming) = (Others::default(), Incoming::default());
        for mut part in parts {
            others.leave_alone(&mut part.events, vouched);
            // What names no number is of the account whose business it names, if it is one that the signature vouches for.
            let number = part.events.iter().find_map(Event::phone_number_id);
            let account = accounts.iter().find(|account| match number {
                Some(number) => account.phone_number_id == number,
                None => {
                    part.account_id.is_some()
                        && account.business_account_id == part.account_id
                        && vouched.contains(account.phone_number_id.as_str())
                }
            });
            let goes = match account.map_or(Forwards::AsGateway, |account| account.forwards) {
                Forwards::AsGateway => self.forwarding.target.is_some(),
                Forwards::ToItsOwn => true,
                Forwards::Never => false,
            };
            let number = account.map_or_else(String::new, |account| account.phone_number_id.clone());
            if goes { incoming.pass_on(part, &number) } else { incoming.events.append(&mut part.events) }
        }
        others.tell();
        let Incoming { mut events, rows, numbers, .. } = incoming;
        self.store.record_events_with(&mut events, &rows).await?;
        self.forwarding.tell(numbers);
        Ok(())
    }
}

/// What a webhook tells of numbers for which nobody vouches. An app has one address for all its numbers, of which this gateway may
/// not have every one: what is told of others is left alone, since an error would make Meta repeat the whole.
#[derive(Default)]
struct Others {
    events: usize,
    number: Option<String>,
}

impl Others {
    fn leave_alone(&mut self, events: &mut Vec<Event>, vouched: &HashSet<&str>) {
        events.retain(|event| match event.phone_number_id().filter(|number| !vouched.contains(number)) {
            None => true,
            Some(other) => {
                self.events += 1;
                self.number.get_or_insert_with(|| other.to_owned());
                false
            }
        });
    }

    fn tell(&self) {
        if let Some(number) = &self.number {
            tracing::warn!(
                number,
                events = self.events,
                "a webhook tells of a number that no account with its app secret has; that is left alone \
                 (wamid account add)"
            );
        }
    }
}
