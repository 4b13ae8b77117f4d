//! API keys: shown once, kept as a hash.

use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use sqlx::Row;
use wamid::{Error, Migration, Store};

const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    statements: &[
        "CREATE TABLE api_keys (id {id}, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL, \
         revoked_at BIGINT)",
    ],
}];

/// The API keys of a gateway.
#[derive(Debug, Clone)]
pub struct Keys(Store);

impl Keys {
    /// The keys in this store.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be written.
    pub async fn open(store: &Store) -> Result<Self, Error> {
        store.migrate("gateway", MIGRATIONS).await?;
        Ok(Self(store.clone()))
    }

    /// Makes a key. This is the only time that it can be seen.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn create(&self, name: &str) -> Result<String, Error> {
        let mut random = [0_u8; 32];
        SystemRandom::new().fill(&mut random).map_err(|error| Error::store("make an API key", error))?;
        let key = format!("wamid_{}", hex(&random));
        let mut tx = self.0.begin().await?;
        sqlx::query("INSERT INTO api_keys (name, hash, created_at) VALUES ($1, $2, $3)")
            .bind(name)
            .bind(hash(&key))
            .bind(Timestamp::now().as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(|error| Error::store("record an API key", error))?;
        tx.commit().await?;
        Ok(key)
    }

    /// Whether the key is known and not revoked.
    ///
    /// The hash of a random key says nothing about others like it, so looking it up gives nothing away in its timing.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be looked up.
    pub async fn accepts(&self, key: &str) -> Result<bool, Error> {
        let count = sqlx::query("SELECT COUNT(*) FROM api_keys WHERE hash = $1 AND revoked_at IS NULL")
            .bind(hash(key))
            .fetch_one(self.0.pool())
            .await
            .and_then(|row| row.try_get::<i64, _>(0))
            .map_err(|error| Error::store("look an API key up", error))?;
        Ok(count > 0)
    }
}

fn hash(key: &str) -> String {
    hex(digest(&SHA256, key.as_bytes()).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
