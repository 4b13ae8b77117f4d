//! `StoreRow`: a row of another crate (the gateway's idempotency keys), written in the store's own transactions.

use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Store;
use super::dialect::Dialect;
use super::group::Job;
use super::undo::{PendingWrite, Ticket, Undo};
use super::value::text;
use crate::error::Error;

/// A row of another crate's.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct StoreRow {
    /// Writes many: `{rows}` stands for a table `j` whose column `value` holds a JSON object a row. It must return the
    /// tag of each row that it changed. Beside a join with them, `{among i}` and `{among k}` behind a number and a text help a
    /// database to look for those of the rows' members `i` and `k`.
    pub statement: &'static str,
    /// What tells the row from others of the same moment; two of one tag never meet in one transaction.
    pub tag: String,
    /// The row.
    pub row: Value,
    /// What tells the send that it is written with from every other; another is made up where it has none.
    pub token: Option<String>,
    /// What takes it back, where whoever wrote it gave up before the end was known.
    pub undo: Option<Box<StoreRow>>,
}

impl Store {
    /// Writes a row in a transaction that other writes may share, and says whether that changed anything.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where it could not be written.
    #[doc(hidden)]
    pub async fn write_row(&self, row: StoreRow) -> Result<bool, Error> {
        let asked = PendingWrite::new(self, Undo { send: None, row: row.undo.as_deref().cloned() });
        let ticket = asked.ticket();
        let written = self.in_group(|answer| Job::Row(row, ticket, answer)).await;
        asked.answered(&written);
        written
    }

    pub(super) async fn try_row(&self, row: &StoreRow, ticket: &Ticket) -> Result<bool, Error> {
        let mut tx = self.begin_unlimited().await?;
        if !ticket.take() {
            tx.undo().await;
            return Ok(false);
        }
        let changed = row.write(&mut tx, self.dialect()).await;
        tx.end(changed).await
    }
}

impl StoreRow {
    /// Writes it by itself, and says whether that changed anything.
    pub(super) async fn write(&self, tx: &mut AnyConnection, dialect: &Dialect) -> sqlx::Result<bool> {
        Ok(!write_all(tx, dialect, self.statement, &[self]).await?.is_empty())
    }
}

/// The row with texts that every database takes: in JSON, too, PostgreSQL refuses U+0000.
fn storable(row: &Value) -> Value {
    match row {
        Value::String(member) => text(member).into(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| (name.clone(), storable(member))).collect()
        }
        other => other.clone(),
    }
}

/// Writes rows of one statement. The tags of those that it changed.
pub(super) async fn write_all(
    tx: &mut AnyConnection,
    dialect: &Dialect,
    statement: &str,
    rows: &[&StoreRow],
) -> sqlx::Result<Vec<String>> {
    let statement = statement
        .replace("{rows}", &dialect.table("$1"))
        .replace("{among i}", &dialect.among("CAST(i.value ->> 'i' AS BIGINT)"))
        .replace("{among k}", &dialect.among("i.value ->> 'k'"));
    let rows = Value::from_iter(rows.iter().map(|row| storable(&row.row))).to_string();
    sqlx::query_scalar(AssertSqlSafe(statement)).bind(rows).fetch_all(tx).await
}
