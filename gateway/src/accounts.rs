//! The business numbers that a gateway sends from, with their secrets.

mod forward;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use jiff::Timestamp;
use serde::Serialize;
use sqlx::Row;
use sqlx::any::AnyRow;
use wamid::{Client, Error, Options, Store};

pub use self::forward::AccountForward;
pub(super) use self::forward::Forwards;
use super::cache::ShortCache;
use super::keys::{instant, now};
use super::schema;
use super::vault::Vault;

/// The accounts of a gateway.
#[derive(Clone)]
pub struct Accounts {
    store: Store,
    vault: Vault,
    /// What every account's client has: time-outs, the Graph API's address and version, a country code.
    options: Options,
    /// A client for each account, with the moment of the change that it was made after.
    clients: Arc<Mutex<HashMap<i64, (i64, Client)>>>,
    /// The clients that were asked for a moment ago, by account or as the default.
    asked: ShortCache<Option<i64>, (i64, Client)>,
}

impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accounts").field("store", &self.store).finish_non_exhaustive()
    }
}

/// An account to add.
#[derive(Clone)]
pub struct NewAccount {
    /// What people call it.
    pub name: String,
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// Meta's id of the WhatsApp Business Account, which owns the templates.
    pub business_account_id: Option<String>,
    /// A token that may send from it.
    pub access_token: String,
    /// The app's secret, which webhooks are signed with.
    pub app_secret: Option<String>,
    /// What Meta's subscription check must know.
    pub verify_token: Option<String>,
}

impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAccount").field("name", &self.name).finish_non_exhaustive()
    }
}

/// An account as it can be listed: without its secrets.
#[derive(Debug, Clone, Serialize)]
pub struct AccountRecord {
    /// What callers name it by, as `account_id`.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// Whether sends without an `account_id` go from it.
    pub is_default: bool,
    /// Whether its webhooks can be told from forgeries.
    pub has_app_secret: bool,
    /// Whether Meta's subscription check can be answered.
    pub has_verify_token: bool,
    /// Where its events go: scheme and host of a target of its own, or `never`; none where they go where those of all go.
    pub forward: Option<String>,
    /// When it was added.
    pub created_at: Timestamp,
}

/// The secrets that webhooks are checked with.
pub(super) struct WebhookSecrets {
    pub(super) phone_number_id: String,
    pub(super) app_secret: Option<String>,
    pub(super) verify_token: Option<String>,
    pub(super) business_account_id: Option<String>,
    pub(super) forwards: Forwards,
}

impl Accounts {
    /// The accounts in this store.
    ///
    /// # Errors
    /// As [`Vault::open`]; and [`Store`](wamid::ErrorKind::Store) where the store cannot be written.
    pub async fn open(
        store: &Store,
        url: &str,
        secret_key: Option<&str>,
        options: Options,
    ) -> Result<Self, Error> {
        schema::migrate(store).await?;
        let vault = Vault::open(store, url, secret_key).await?;
        Ok(Self {
            store: store.clone(),
            vault,
            options,
            clients: Arc::default(),
            asked: ShortCache::default(),
        })
    }

    /// Adds an account, or gives the one of the same number new secrets; the first becomes the default. Returns its id.
    ///
    /// # Errors
    /// [`InvalidInput`](wamid::ErrorKind::InvalidInput) where no client could be made of it;
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn add(&self, account: &NewAccount) -> Result<i64, Error> {
        let NewAccount { name, phone_number_id, business_account_id, access_token, app_secret, verify_token } =
            account;
        self.build(phone_number_id, business_account_id.as_deref(), access_token)?;
        let seal =
            |what: &str, secret: &str| self.vault.seal(&place(phone_number_id, what), secret.as_bytes());
        let sealed =
            |what: &str, secret: &Option<String>| match secret.as_deref().filter(|secret| !secret.is_empty())
            {
                Some(secret) => seal(what, secret).map(Some),
                None => Ok(None),
            };
        let failed = |error| Error::store("record an account", error);
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO gateway_accounts (name, phone_number_id, access_token, app_secret, verify_token, business_account_id, \
             is_default, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $7, \
             CASE WHEN EXISTS (SELECT 1 FROM gateway_accounts WHERE is_default = 1) THEN 0 ELSE 1 END, $6, $6) \
             ON CONFLICT (phone_number_id) DO UPDATE SET name = excluded.name, access_token = excluded.access_token, \
             app_secret = COALESCE(excluded.app_secret, gateway_accounts.app_secret), \
             verify_token = COALESCE(excluded.verify_token, gateway_accounts.verify_token), \
             business_account_id = COALESCE(excluded.business_account_id, gateway_accounts.business_account_id), \
             changed_at = excluded.changed_at",
        )
        .bind(schema::storable(name))
        .bind(phone_number_id)
        .bind(seal("access_token", access_token)?)
        .bind(sealed("app_secret", app_secret)?)
        .bind(sealed("verify_token", verify_token)?)
        .bind(now())
        .bind(business_account_id.as_deref().filter(|id| !id.is_empty()))
        .execute(&mut *tx)
        .await
        .map_err(failed)?;
        let id = sqlx::query("SELECT id FROM gateway_accounts WHERE phone_number_id = $1")
            .bind(phone_number_id)
            .fetch_one(&mut *tx)
            .await
            .and_then(|row| row.try_get(0))
            .map_err(failed)?;
        tx.commit().await?;
        self.asked.clear();
        Ok(id)
    }

    /// The accounts, the oldest first.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where they cannot be read.
    pub async fn list(&self) -> Result<Vec<AccountRecord>, Error> {
        let rows = sqlx::query(
            "SELECT id, name, phone_number_id, is_default, CASE WHEN app_secret IS NULL THEN 0 ELSE 1 END, \
             CASE WHEN verify_token IS NULL THEN 0 ELSE 1 END, created_at, forward_url FROM gateway_accounts ORDER BY id",
        )
        .fetch_all(self.store.pool())
        .await;
        let records = rows.and_then(|rows| rows.iter().map(record).collect());
        records.map_err(|error| Error::store("list the accounts", error))
    }

    /// Makes an account the default. Says whether there is one of that id.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn set_default(&self, id: i64) -> Result<bool, Error> {
        self.change(
            id,
            "UPDATE gateway_accounts SET is_default = CASE WHEN id = $1 THEN 1 ELSE 0 END \
             WHERE EXISTS (SELECT 1 FROM gateway_accounts WHERE id = $1)",
        )
        .await
    }

    /// Forgets an account with its secrets. What it sent stays on record. Says whether there was one of that id.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn remove(&self, id: i64) -> Result<bool, Error> {
        self.change(id, "DELETE FROM gateway_accounts WHERE id = $1").await
    }

    /// Accounts are changed one after the other, whichever process does it: at most one of them is the default, and of two
    /// that set it at the same moment none is in the other's way.
    async fn begin(&self) -> Result<wamid::StoreTransaction, Error> {
        let mut tx = self.store.begin().await?;
        sqlx::query("UPDATE gateway_secrets SET name = name WHERE name = 'check'")
            .execute(&mut *tx)
            .await
            .map_err(|error| Error::store("change the accounts", error))?;
        Ok(tx)
    }

    async fn change(&self, id: i64, sql: &'static str) -> Result<bool, Error> {
        let mut tx = self.begin().await?;
        let done = sqlx::query(sql).bind(id).execute(&mut *tx).await;
        let done = done.map_err(|error| Error::store("change an account", error))?;
        tx.commit().await?;
        self.asked.clear();
        Ok(done.rows_affected() > 0)
    }

    /// The id and the client of an account; of the default one without an id. `None` where there is no such account.
    pub(super) async fn client(&self, id: Option<i64>) -> Result<Option<(i64, Client)>, Error> {
        if let Some(known) = self.asked.get(&id) {
            return Ok(Some(known));
        }
        let asked = Instant::now();
        let current = self.current(id).await?;
        if let Some(current) = &current {
            self.asked.put(id, asked, current.clone());
        }
        Ok(current)
    }

    async fn current(&self, id: Option<i64>) -> Result<Option<(i64, Client)>, Error> {
        let failed = |error| Error::store("look an account up", error);
        let sql = "SELECT id, changed_at, phone_number_id, access_token, business_account_id FROM gateway_accounts WHERE ";
        let row = match id {
            Some(id) => sqlx::query(sqlx::AssertSqlSafe(format!("{sql} id = $1"))).bind(id),
            None => sqlx::query(sqlx::AssertSqlSafe(format!("{sql} is_default = 1"))),
        };
        let Some(row) = row.fetch_optional(self.store.pool()).await.map_err(failed)? else { return Ok(None) };
        let (id, changed_at) = (row.try_get(0).map_err(failed)?, row.try_get(1).map_err(failed)?);
        let known = self.clients.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some((_, client)) = known.filter(|(made_after, _)| *made_after == changed_at) {
            return Ok(Some((id, client)));
        }
        let number: String = row.try_get(2).map_err(failed)?;
        let sealed: Vec<u8> = row.try_get(3).map_err(failed)?;
        let business: Option<String> = row.try_get(4).map_err(failed)?;
        let token = self.unseal(&number, "access_token", &sealed)?;
        let client = self.build(&number, business.as_deref(), &token)?;
        self.clients.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (changed_at, client.clone()));
        Ok(Some((id, client)))
    }

    /// What the webhooks of every number are checked with.
    pub(super) async fn webhook_secrets(&self) -> Result<Vec<WebhookSecrets>, Error> {
        let failed = |error| Error::store("look the accounts up", error);
        let rows =
            sqlx::query("SELECT phone_number_id, app_secret, verify_token, business_account_id, forward_url FROM gateway_accounts ORDER BY id")
                .fetch_all(self.store.pool())
                .await
                .map_err(failed)?;
        rows.iter()
            .map(|row| {
                let phone_number_id: String = row.try_get(0).map_err(failed)?;
                let secret = |at: usize, what: &str| -> Result<Option<String>, Error> {
                    let sealed: Option<Vec<u8>> = row.try_get(at).map_err(failed)?;
                    sealed.map(|sealed| self.unseal(&phone_number_id, what, &sealed)).transpose()
                };
                let (app_secret, verify_token) = (secret(1, "app_secret")?, secret(2, "verify_token")?);
                let business_account_id = row.try_get(3).map_err(failed)?;
                let forwards = Forwards::of(row.try_get::<Option<String>, _>(4).map_err(failed)?.as_deref());
                Ok(WebhookSecrets {
                    phone_number_id,
                    app_secret,
                    verify_token,
                    business_account_id,
                    forwards,
                })
            })
            .collect()
    }

    fn unseal(&self, number: &str, what: &str, sealed: &[u8]) -> Result<String, Error> {
        let secret = self.vault.unseal(&place(number, what), sealed)?;
        Ok(String::from_utf8_lossy(&secret).into_owned())
    }

    fn build(
        &self,
        phone_number_id: &str,
        business_account_id: Option<&str>,
        access_token: &str,
    ) -> Result<Client, Error> {
        let builder = Client::cloud(access_token, phone_number_id)
            .options(self.options.clone())
            .open_store(self.store.clone());
        match business_account_id.filter(|id| !id.is_empty()) {
            Some(id) => builder.business_account_id(id).build(),
            None => builder.build(),
        }
    }
}

fn place(number: &str, what: &str) -> String {
    format!("{number}/{what}")
}

fn record(row: &AnyRow) -> Result<AccountRecord, sqlx::Error> {
    let flag = |at: usize| row.try_get::<i64, _>(at).map(|flag| flag != 0);
    Ok(AccountRecord {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        phone_number_id: row.try_get(2)?,
        is_default: flag(3)?,
        has_app_secret: flag(4)?,
        has_verify_token: flag(5)?,
        created_at: instant(row.try_get(6)?).unwrap_or_default(),
        forward: forward::shown(row.try_get::<Option<String>, _>(7)?.as_deref()),
    })
}
