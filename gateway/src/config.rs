//! `/config`: what a gateway runs with, and whether its accounts work, for `wamid doctor` on the same machine. No secret is in it.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use futures_util::future::join_all;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};
use wamid::Error;

use super::Shared;
use super::accounts::{AccountRecord, Accounts};
use super::answer::Failure;
use super::clock::in_time;
use super::forward::{AccountEvents, EventQueue};
use super::keys::KeyRecord;

/// How long Meta may take to say whether it takes an account's token.
const PATIENCE: Duration = Duration::from_secs(15);
/// So many accounts are asked about.
const MOST: usize = 50;

#[derive(Serialize)]
pub(super) struct Config {
    gateway: &'static str,
    version: &'static str,
    /// What it was started with.
    settings: Value,
    accounts: Vec<Account>,
    keys: KeyCounts,
    /// What waits to be passed on, by account.
    events: Vec<AccountEvents>,
}

#[derive(Serialize)]
struct Account {
    #[serde(flatten)]
    account: AccountRecord,
    /// What Meta says of it; absent beyond the first accounts.
    meta: Option<Value>,
}

#[derive(Default, Serialize)]
struct KeyCounts {
    in_use: usize,
    expired: usize,
    revoked: usize,
}

impl KeyCounts {
    fn of(keys: &[KeyRecord]) -> Self {
        let (mut counts, now) = (Self::default(), Timestamp::now());
        for key in keys {
            let count = match key.revoked_at {
                Some(_) => &mut counts.revoked,
                None if key.limits.expired(now) => &mut counts.expired,
                None => &mut counts.in_use,
            };
            *count += 1;
        }
        counts
    }
}

pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Result<Json<Config>, Failure> {
    in_time(Instant::now(), async {
        let (accounts, keys) = (shared.accounts.list().await?, shared.keys.list().await?);
        let until = Instant::now() + PATIENCE;
        let asked = accounts.iter().take(MOST).map(|account| probed(&shared.accounts, account.id, until));
        let mut answers = join_all(asked).await.into_iter();
        let accounts =
            accounts.into_iter().map(|account| Account { account, meta: answers.next() }).collect();
        let keys = KeyCounts::of(&keys);
        let settings = shared.settings.clone();
        let events = EventQueue::open(&shared.store).await?.by_account().await?;
        let version = env!("CARGO_PKG_VERSION");
        Ok(Json(Config { gateway: "wamid", version, settings, accounts, keys, events }))
    })
    .await
}

/// Whether Meta takes an account's token for its number.
async fn probed(accounts: &Accounts, id: i64, until: Instant) -> Value {
    let asked = async {
        match accounts.client(Some(id)).await? {
            Some((_, client)) => client.probe().await.map(Some),
            None => Ok(None),
        }
    };
    match timeout_at(until, asked).await {
        Ok(Ok(Some(info))) => json!({
            "ok": true,
            "display_phone_number": info.display_phone_number,
            "verified_name": info.verified_name,
            "quality_rating": info.quality_rating,
        }),
        Ok(Ok(None)) => json!({"ok": false, "error": "the account has just been removed"}),
        Ok(Err(error)) => failed(&error),
        Err(_) => json!({"ok": false, "error": "Meta did not answer in time", "kind": "timeout"}),
    }
}

fn failed(error: &Error) -> Value {
    json!({"ok": false, "error": error.message(), "kind": error.kind().as_str(), "code": error.code()})
}
