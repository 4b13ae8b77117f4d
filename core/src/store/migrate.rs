//! Brings a database to the tables of this version.

use sqlx::{AssertSqlSafe, Row};

use super::fault::Fault;
use super::value::{now, text};
use super::{Store, StoreTransaction};
use crate::error::Error;

/// One step of a database's tables.
///
/// In a statement `{id}` stands for the words of a key that the database counts up, `{bytes}` for the type of bytes.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Counts up from 1 in its namespace.
    pub version: i64,
    /// Run in order, in one transaction.
    pub statements: &'static [&'static str],
}

const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS wamid_migrations (
    namespace TEXT NOT NULL, version BIGINT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (namespace, version))";

impl Store {
    /// Runs those migrations of `namespace` that this database has not seen, each in a transaction of its own.
    ///
    /// Two processes may do so at the same moment: each step is run once.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the database cannot be written, or knows a version newer than all
    /// these: an older program would not understand its tables.
    #[doc(hidden)]
    pub async fn migrate(&self, namespace: &str, migrations: &[Migration]) -> Result<(), Error> {
        let fault = self.fault("be brought to this version");
        let newest = migrations.iter().map(|migration| migration.version).max().unwrap_or(0);
        loop {
            // The lock comes before the look at the version, so nobody is in between.
            let mut tx = self.begin().await?;
            for statement in self.dialect().lock_migrations {
                sqlx::query(*statement).execute(&mut *tx).await.map_err(|error| fault.database(error))?;
            }
            let version = version(&mut tx, namespace, fault).await?;
            if version > newest {
                return Err(fault.says(&format!(
                    "a newer wamid wrote it ({namespace} tables of version {version}, this one knows {newest}); \
                     update this program, or use another store"
                )));
            }
            let next =
                migrations.iter().filter(|step| step.version > version).min_by_key(|step| step.version);
            let Some(next) = next else {
                tx.undo().await;
                return Ok(());
            };
            for statement in next.statements {
                let statement = AssertSqlSafe(self.dialect().render(statement));
                sqlx::query(statement).execute(&mut *tx).await.map_err(|error| fault.database(error))?;
            }
            sqlx::query("INSERT INTO wamid_migrations (namespace, version, applied_at) VALUES ($1, $2, $3)")
                .bind(text(namespace))
                .bind(next.version)
                .bind(now())
                .execute(&mut *tx)
                .await
                .map_err(|error| fault.database(error))?;
            tx.commit().await?;
        }
    }
}

async fn version(tx: &mut StoreTransaction, namespace: &str, fault: Fault<'_>) -> Result<i64, Error> {
    sqlx::query(VERSIONS).execute(&mut **tx).await.map_err(|error| fault.database(error))?;
    let row = sqlx::query("SELECT COALESCE(MAX(version), 0) FROM wamid_migrations WHERE namespace = $1")
        .bind(text(namespace))
        .fetch_one(&mut **tx)
        .await
        .map_err(|error| fault.database(error))?;
    row.try_get(0).map_err(|error| fault.database(error))
}
