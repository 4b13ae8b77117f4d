//! Meta's webhooks: the subscription check, and what it tells afterwards.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use wamid::{Error, Event, parse_webhook, verify_webhook};

use super::Shared;
use super::accounts::WebhookSecrets;
use super::answer::Failure;
use super::endpoints::Body;

/// `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`: Meta asks whether this address is meant.
pub(super) async fn subscribe(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<String, Failure> {
    let asked = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let accounts = shared.accounts.webhook_secrets().await?;
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

/// `POST`: checked against the app secret of the number's account, recorded, and answered. Where the store fails Meta sends it
/// again.
pub(super) async fn receive(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Value>, Failure> {
    let signature =
        headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !shared.received(&body.map_err(Failure::Body)?, signature).await? {
        return Err(Failure::Signature);
    }
    Ok(Json(json!({"status": "ok"})))
}

impl Shared {
    /// Records what a webhook tells; false where it cannot be told from a forgery.
    async fn received(&self, body: &[u8], signature: &str) -> Result<bool, Error> {
        let events = parse_webhook(body)?;
        let numbers: HashSet<&str> = events.iter().filter_map(number_of).collect();
        let accounts = self.accounts.webhook_secrets().await?;
        if !self.is_genuine(&accounts, &numbers, body, signature)? {
            return Ok(false);
        }
        self.store.record_events(&events).await?;
        Ok(true)
    }

    /// Every number in it must be of an account whose app secret signed it. What names no number (a template's update) may
    /// be signed by any account's app.
    fn is_genuine(
        &self,
        accounts: &[WebhookSecrets],
        numbers: &HashSet<&str>,
        body: &[u8],
        signature: &str,
    ) -> Result<bool, Error> {
        // Accounts of one app share its secret, and a body may be large: each secret is tried once.
        let mut tried: HashMap<&str, bool> = HashMap::new();
        let mut good = HashSet::new();
        for account in accounts {
            let genuine = match account.app_secret.as_deref() {
                None => self.allow_unsigned_webhooks,
                Some(secret) => match tried.get(secret) {
                    Some(genuine) => *genuine,
                    None => *tried.entry(secret).or_insert(verify_webhook(body, signature, secret)?),
                },
            };
            if genuine {
                good.insert(account.phone_number_id.as_str());
            }
        }
        if numbers.is_empty() {
            return Ok(!good.is_empty());
        }
        Ok(numbers.iter().all(|number| good.contains(number)))
    }
}

fn number_of(event: &Event) -> Option<&str> {
    match event {
        Event::Message(message) => Some(&message.phone_number_id),
        Event::Status(status) => Some(&status.phone_number_id),
        _ => None,
    }
}
