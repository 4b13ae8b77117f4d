//! What differs between the databases: how a transaction begins, and a few words of the table definitions.
//!
//! Everything else is one SQL for all of them. A second database is a second [`Dialect`] and its sqlx driver.

use super::connect::{self, Opened};
use crate::error::Error;

/// One kind of database.
#[derive(Debug)]
pub(super) struct Dialect {
    /// The schemes of its URLs.
    schemes: &'static [&'static str],
    /// Begins a transaction that writes.
    pub(super) begin: &'static str,
    /// Whether the whole database takes one writer at a time.
    pub(super) one_writer: bool,
    /// Lets one migration run at a time, where beginning the transaction alone does not.
    pub(super) lock_migrations: Option<&'static str>,
    /// `{id}` in a table definition: a key that the database counts up, never one used before.
    id: &'static str,
    /// `{bytes}` in a table definition.
    bytes: &'static str,
}

/// SQLite. `IMMEDIATE` takes the write lock at once: a transaction that reads first and takes it later can be refused
/// without waiting.
static SQLITE: Dialect = Dialect {
    schemes: &["sqlite"],
    begin: "BEGIN IMMEDIATE",
    one_writer: true,
    lock_migrations: None,
    id: "INTEGER PRIMARY KEY AUTOINCREMENT",
    bytes: "BLOB",
};

static DIALECTS: &[&Dialect] = &[&SQLITE];

impl Dialect {
    /// A statement of a migration in this database's words.
    pub(super) fn render(&self, statement: &str) -> String {
        statement.replace("{id}", self.id).replace("{bytes}", self.bytes)
    }
}

/// Connects to the database that `url` names.
pub(super) async fn open(url: &str) -> Result<Opened, Error> {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    match DIALECTS.iter().find(|dialect| dialect.schemes.contains(&scheme)) {
        Some(dialect) => connect::sqlite(dialect, url).await,
        None if matches!(scheme, "postgres" | "postgresql") => Err(Error::unsupported(
            Some("store"),
            "this build stores in SQLite only: use sqlite:PATH, or run the gateway, which also takes PostgreSQL",
        )),
        None => Err(Error::invalid("store", "must be sqlite:PATH, such as sqlite:wamid.db")),
    }
}
