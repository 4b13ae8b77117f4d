//! `GET` and `POST {prefix}/webhook/`: Meta's subscription check and its events.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, Request, State};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use tokio::time::Instant;
use wamid::{Error, Event, parse_webhook, verify_webhook};

use super::Shared;
use super::accounts::WebhookSecrets;
use super::answer::Failure;
use super::clock::in_time;

/// `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`: Meta asks whether this address is meant.
pub(super) async fn subscribe(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<String, Failure> {
    let asked = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let looked_up = async { Ok(shared.accounts.webhook_secrets().await?) };
    let accounts = in_time(Instant::now(), looked_up).await?;
    let token = asked("hub.verify_token").as_bytes();
    let known = accounts
        .iter()
        .filter_map(|account| account.verify_token.as_deref())
        .any(|known| bool::from(known.as_bytes().ct_eq(token)));
    if asked("hub.mode") == "subscribe" && known {
        Ok(asked("hub.challenge").to_owned())
    } else {
        Err(Failure::VerifyToken)
    }
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
        let events = parse_webhook(&body)?;
        drop(body);
        shared.record(events, &vouched).await?;
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

    /// Records what is told of these numbers. An app has one address for all its numbers, of which this gateway may not have
    /// every one: what is told of others is left alone, since an error would make Meta repeat the whole.
    async fn record(&self, mut events: Vec<Event>, vouched: &HashSet<&str>) -> Result<(), Error> {
        let (mut left, mut number) = (0, None);
        events.retain(|event| match event.phone_number_id().filter(|number| !vouched.contains(number)) {
            None => true,
            Some(other) => {
                left += 1;
                number.get_or_insert_with(|| other.to_owned());
                false
            }
        });
        if let Some(number) = number {
            tracing::warn!(
                number,
                events = left,
                "a webhook tells of a number that no account with its app secret has; that is left alone \
                 (wamid account add)"
            );
        }
        self.store.record_events(&mut events).await
    }
}
