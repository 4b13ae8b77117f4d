//! What differs between the databases: how a transaction begins, what it locks, and a few words of the table
//! definitions.
//!
//! Everything else is one SQL for all of them. A further database is a further [`Dialect`] and its sqlx driver.

use std::time::Duration;

use sqlx::AssertSqlSafe;

/// One kind of database.
#[derive(Debug)]
pub(super) struct Dialect {
    /// Begins a transaction that writes.
    pub(super) begin: &'static str,
    /// Whether the whole database takes one writer at a time.
    pub(super) one_writer: bool,
    /// Lets one migration run at a time, where beginning the transaction alone does not.
    pub(super) lock_migrations: &'static [&'static str],
    /// Lets one transaction at a time settle what is known of a business number, `$1`; where it is absent, beginning
    /// the transaction is enough. What is read before such a transaction writes stays so until it ends.
    pub(super) lock_business: Option<&'static str>,
    /// The same for the business number of the send `$1`.
    pub(super) lock_send: Option<&'static str>,
    /// The same for the business numbers of the sends that the JSON text `$1` lists by `id`, always in the same order.
    pub(super) lock_sends: Option<&'static str>,
    /// The members of the JSON text `{}`, as a table `j` with the column `value`.
    pub(super) rows: &'static str,
    /// Behind a column: that it is one of what `{}` is in the rows `i` of the JSON text `$1`. It says nothing new beside a join
    /// with them, but to a database that would read a table whole for it.
    pub(super) among: &'static str,
    /// Whether several statements with arguments may go in one call, all with the same ones.
    pub(super) many_in_one: bool,
    /// When a database that has not answered is given up.
    pub(super) patience: Duration,
    /// `{id}` in a table definition: a key that the database counts up, never one used before.
    pub(super) id: &'static str,
    /// `{bytes}` in a table definition.
    pub(super) bytes: &'static str,
}

/// Below the 25 s within which a gateway answers, and above what each single wait may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

impl Dialect {
    /// A statement of a migration in this database's words.
    pub(super) fn render(&self, statement: &str) -> String {
        statement.replace("{id}", self.id).replace("{bytes}", self.bytes)
    }

    /// The table `j` of what the JSON text at that place of the arguments holds.
    pub(super) fn table(&self, place: &str) -> String {
        self.rows.replace("{}", place)
    }

    /// That the column before it is one of what `member` is in the rows `i` of `$1`.
    pub(super) fn among(&self, member: &str) -> String {
        self.among.replace("{}", member)
    }

    /// These statements in as few calls as this database lets, with `{ends}` and `{begins}` for the tables of what `$1`
    /// and `$2` hold, and `{in_ends}` behind the id of a send.
    pub(super) fn in_calls(&self, statements: &[&str]) -> Vec<AssertSqlSafe<String>> {
        let (ends, begins) = (self.table("$1"), self.table("$2"));
        let render = |text: &str| {
            let text = text.replace("{ends}", &ends).replace("{begins}", &begins);
            AssertSqlSafe(text.replace("{in_ends}", &self.among("CAST(i.value ->> 'id' AS BIGINT)")))
        };
        if self.many_in_one {
            vec![render(&statements.join(";"))]
        } else {
            statements.iter().map(|statement| render(statement)).collect()
        }
    }
}
