//! API keys: shown once, kept as a hash.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use serde::Serialize;
use sqlx::Row;
use sqlx::any::AnyRow;
use subtle::ConstantTimeEq;
use wamid::{Error, Store};

use super::cache::ShortCache;
use super::rights::{KeyLimits, Right};
use super::schema;

/// So much of a hash finds its row; the rest is compared in constant time.
const PREFIX: usize = 8;
/// How old the record of a key's last use may be, in microseconds: a write for each request would cost more than it tells.
const USED_EVERY: i64 = 60_000_000;

/// The API keys of a gateway.
#[derive(Debug, Clone)]
pub struct Keys {
    store: Store,
    /// When this process last wrote a key's use down.
    used: Arc<Mutex<HashMap<i64, i64>>>,
    /// Hashes of keys that were good a moment ago. How long a look here takes tells of the hash, nothing of the key.
    good: ShortCache<[u8; 32], KnownKey>,
}

/// A key that is known and not revoked. Its time may be over.
#[derive(Debug, Clone)]
pub(super) struct KnownKey {
    pub(super) id: i64,
    pub(super) limits: Arc<KeyLimits>,
}

/// A key as it can be listed: without itself.
#[derive(Debug, Clone, Serialize)]
pub struct KeyRecord {
    /// Its id.
    pub id: i64,
    /// What it was made for.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// Since when it is refused.
    pub revoked_at: Option<Timestamp>,
    /// What it may do; an absent limit is none.
    #[serde(flatten)]
    pub limits: KeyLimits,
}

impl Keys {
    /// The keys in this store.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be written.
    pub async fn open(store: &Store) -> Result<Self, Error> {
        schema::migrate(store).await?;
        Ok(Self { store: store.clone(), used: Arc::default(), good: ShortCache::default() })
    }

    /// Makes a key that may do all that the messaging API has. This is the only time that it can be seen.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn create(&self, name: &str) -> Result<String, Error> {
        self.create_limited(name, &KeyLimits::default()).await
    }

    /// Makes a key with limits. This is the only time that it can be seen.
    ///
    /// # Errors
    /// [`InvalidInput`](wamid::ErrorKind::InvalidInput) for limits that no key can have, naming `allow`, `account`, `template` or
    /// `expires`; [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn create_limited(&self, name: &str, limits: &KeyLimits) -> Result<String, Error> {
        limits.check(Timestamp::now())?;
        let failed = |error| Error::store("record an API key", error);
        let mut random = [0_u8; 32];
        SystemRandom::new().fill(&mut random).map_err(|error| Error::store("make an API key", error))?;
        let key = format!("wamid_{}", hex(&random));
        let hash = hash(&key);
        let mut tx = self.store.begin().await?;
        for id in limits.accounts.iter().flatten() {
            let known = sqlx::query("SELECT id FROM gateway_accounts WHERE id = $1").bind(*id);
            if known.fetch_optional(&mut *tx).await.map_err(failed)?.is_none() {
                let rule = format!(
                    "must be the id of an account, and there is no account {id}: see `wamid account list`"
                );
                return Err(Error::argument("account", rule));
            }
        }
        sqlx::query(
            "INSERT INTO gateway_keys (name, prefix, hash, created_at, allowed, accounts, templates, rate, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(schema::storable(name))
        .bind(&hash[..PREFIX])
        .bind(&hash)
        .bind(now())
        .bind(limits.allow.as_deref().map(|allowed| listed(allowed.iter().map(|right| right.as_str()))))
        .bind(limits.accounts.as_deref().map(listed))
        .bind(limits.templates.as_deref().map(listed))
        .bind(limits.rate.map(|rate| rate.to_string()))
        .bind(limits.expires_at.map(|end| end.as_microsecond()))
        .execute(&mut *tx)
        .await
        .map_err(failed)?;
        tx.commit().await?;
        Ok(key)
    }

    /// The keys, the oldest first.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where they cannot be read.
    pub async fn list(&self) -> Result<Vec<KeyRecord>, Error> {
        let rows = sqlx::query(
            "SELECT allowed, accounts, templates, rate, expires_at, id, name, created_at, last_used_at, revoked_at \
             FROM gateway_keys ORDER BY id",
        )
        .fetch_all(self.store.pool())
        .await;
        let records = rows.and_then(|rows| rows.iter().map(record).collect());
        records.map_err(|error| Error::store("list the API keys", error))
    }

    /// Refuses a key from now on, in every process on this store. Says whether there was one to refuse.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn revoke(&self, id: i64) -> Result<bool, Error> {
        let mut tx = self.store.begin().await?;
        let done =
            sqlx::query("UPDATE gateway_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL")
                .bind(now())
                .bind(id)
                .execute(&mut *tx)
                .await
                .map_err(|error| Error::store("revoke an API key", error))?;
        tx.commit().await?;
        self.good.clear();
        Ok(done.rows_affected() > 0)
    }

    /// The id of a key that is known, not revoked, and not expired.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be looked up.
    pub async fn accepts(&self, key: &str) -> Result<Option<i64>, Error> {
        let known = self.find(key).await?.filter(|key| !key.limits.expired(Timestamp::now()));
        Ok(known.map(|key| key.id))
    }

    /// A key that is known and not revoked, with its limits.
    pub(super) async fn find(&self, key: &str) -> Result<Option<KnownKey>, Error> {
        let failed = |error| Error::store("look an API key up", error);
        let asked = Instant::now();
        let sum = sha256(key);
        if let Some(known) = self.good.get(&sum) {
            return Ok(Some(known));
        }
        let hash = hex(&sum);
        let rows = sqlx::query(
            "SELECT allowed, accounts, templates, rate, expires_at, id, hash FROM gateway_keys \
             WHERE prefix = $1 AND revoked_at IS NULL",
        )
        .bind(&hash[..PREFIX])
        .fetch_all(self.store.pool())
        .await
        .map_err(failed)?;
        for row in rows {
            let known: String = row.try_get(6).map_err(failed)?;
            if known.as_bytes().ct_eq(hash.as_bytes()).into() {
                let limits = Arc::new(limits(&row).map_err(failed)?);
                let key = KnownKey { id: row.try_get(5).map_err(failed)?, limits };
                self.good.put(sum, asked, key.clone());
                self.note_use(key.id);
                return Ok(Some(key));
            }
        }
        Ok(None)
    }

    /// Writes down that a key is in use, beside the request: it must not wait for that.
    fn note_use(&self, id: i64) {
        let now = now();
        {
            let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
            if used.get(&id).is_some_and(|last| now - last < USED_EVERY) {
                return;
            }
            used.insert(id, now);
        }
        let store = self.store.clone();
        tokio::spawn(async move {
            let written = async {
                let mut tx = store.begin().await?;
                sqlx::query("UPDATE gateway_keys SET last_used_at = $1 WHERE id = $2")
                    .bind(now)
                    .bind(id)
                    .execute(&mut *tx)
                    .await
                    .map_err(|error| Error::store("record a key's use", error))?;
                tx.commit().await
            };
            if let Err(error) = written.await {
                tracing::warn!(error = error.message(), "the last use of a key could not be recorded");
            }
        });
    }
}

fn record(row: &AnyRow) -> Result<KeyRecord, sqlx::Error> {
    Ok(KeyRecord {
        id: row.try_get(5)?,
        name: row.try_get(6)?,
        created_at: instant(row.try_get(7)?).unwrap_or_default(),
        last_used_at: row.try_get::<Option<i64>, _>(8)?.and_then(instant),
        revoked_at: row.try_get::<Option<i64>, _>(9)?.and_then(instant),
        limits: limits(row)?,
    })
}

/// The limits in the first columns of a row. What cannot be read is an error, never the absence of a limit.
fn limits(row: &AnyRow) -> Result<KeyLimits, sqlx::Error> {
    let text = |at: usize| row.try_get::<Option<String>, _>(at);
    let split = |text: String| text.split(',').map(str::to_owned).collect::<Vec<_>>();
    let unreadable = |what: String| sqlx::Error::Decode(what.into());
    let accounts = text(1)?.map(split).map(|ids| ids.iter().map(|id| id.parse()).collect::<Result<_, _>>());
    let end = row.try_get::<Option<i64>, _>(4)?;
    Ok(KeyLimits {
        // A right that only a newer gateway knows gives nothing here.
        allow: text(0)?.map(|names| names.split(',').filter_map(Right::from_name).collect()),
        accounts: accounts.transpose().map_err(|_| unreadable("accounts of an API key".to_owned()))?,
        templates: text(2)?.map(split),
        rate: text(3)?.map(|rate| rate.parse()).transpose().map_err(unreadable)?,
        expires_at: end
            .map(|end| instant(end).ok_or_else(|| unreadable("end of an API key".to_owned())))
            .transpose()?,
    })
}

fn listed(items: impl IntoIterator<Item: ToString>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(",")
}

pub(super) fn now() -> i64 {
    Timestamp::now().as_microsecond()
}

pub(super) fn instant(micros: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros).ok()
}

pub(super) fn hash(text: &str) -> String {
    hex(&sha256(text))
}

fn sha256(text: &str) -> [u8; 32] {
    let mut sum = [0; 32];
    sum.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    sum
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| char::from(DIGITS[usize::from(half)]))
        .collect()
}
