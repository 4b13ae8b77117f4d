//! Converts database errors to `Error`, and repeats a transaction while the database is busy.

use std::io;
use std::time::Duration;

use crate::error::{Error, ErrorKind};

/// How long one waits for another process that holds the database, all tries together.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Repeats what cannot have had an effect while the database is busy.
///
/// A macro, because a closure cannot lend its connection to the future that it returns.
macro_rules! patiently {
    ($attempt:expr) => {{
        let since = tokio::time::Instant::now();
        loop {
            match $attempt {
                Err(error)
                    if $crate::store::fault::is_busy(&error)
                        && since.elapsed() < $crate::store::fault::PATIENCE =>
                {
                    tokio::time::sleep(std::time::Duration::from_millis(fastrand::u64(1..20))).await;
                }
                other => break other,
            }
        }
    }};
}
pub(super) use patiently;

/// Repeats a whole transaction that another one was in the way of: it was undone, so it had no effect.
macro_rules! again {
    ($attempt:expr) => {{
        let mut left = 8_u32;
        loop {
            match $attempt {
                Err(error) if left > 0 && $crate::store::fault::is_conflict(&error) => {
                    left -= 1;
                    tokio::time::sleep(std::time::Duration::from_millis(fastrand::u64(1..20))).await;
                }
                other => break other,
            }
        }
    }};
}
pub(super) use again;

/// What was tried on which store, for the sentence of an error.
#[derive(Clone, Copy)]
pub(super) struct Fault<'a> {
    store: &'a str,
    what: &'static str,
}

impl<'a> Fault<'a> {
    /// `what` reads on after "cannot": "be opened".
    pub(super) fn new(store: &'a str, what: &'static str) -> Self {
        Self { store, what }
    }

    pub(super) fn io(self, error: io::Error, advice: &str) -> Error {
        Error::new(
            ErrorKind::Store,
            format!("the store {} cannot {} ({error}): {advice}", self.store, self.what),
        )
        .with_source(error)
    }

    pub(super) fn database(self, error: sqlx::Error) -> Error {
        let (advice, retryable) = advice(&error);
        Error::new(
            ErrorKind::Store,
            format!("the store {} cannot {} ({error}): {advice}", self.store, self.what),
        )
        .not_sent(retryable)
        .with_source(error)
    }

    pub(super) fn out_of_time(self) -> Error {
        self.says("it did not answer in time; try again, and look at the database and the network")
            .not_sent(true)
    }

    pub(super) fn says(self, sentence: &str) -> Error {
        Error::new(ErrorKind::Store, format!("the store {} cannot {}: {sentence}", self.store, self.what))
    }
}

/// What to do, and whether the same may succeed later.
fn advice(error: &sqlx::Error) -> (&'static str, bool) {
    match error {
        sqlx::Error::PoolTimedOut => ("no connection to it came free in time; try again", true),
        sqlx::Error::PoolClosed => ("it was closed; open it again", false),
        // How the driver tells of a certificate that does not do.
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            ("look at the server's certificate, and at sslmode and sslrootcert in the URL", false)
        }
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::NotFound => {
            ("look at the files that its URL names, such as sslrootcert", false)
        }
        sqlx::Error::Io(_) => ("try again, and look at the disk or the network", true),
        sqlx::Error::Tls(_) => ("look at its certificate, and at sslmode and sslrootcert in its URL", false),
        _ => match sqlite_code(error) {
            Some(5 | 6) => ("another process holds it; try again", true),
            Some(10) => ("try again, and look at the disk", true),
            Some(13) => ("make room on the disk, then try again", true),
            Some(3 | 8 | 14 | 23) => ("let this process read and write the file and its folder", false),
            Some(11 | 26) => {
                ("the file is damaged or no SQLite database; name another or restore a backup", false)
            }
            _ => sqlstate(error).map_or(("see the cause", false), |code| by_sqlstate(&code)),
        },
    }
}

/// PostgreSQL's codes: a class of two characters, then three that tell more.
fn by_sqlstate(code: &str) -> (&'static str, bool) {
    match (code.get(..2).unwrap_or_default(), code) {
        (_, "57014" | "55P03") => ("it waited too long for another transaction; try again", true),
        ("23" | "40", _) => ("another transaction was in the way; try again", true),
        ("08" | "57", _) | (_, "25P03" | "25P04") => ("the database broke it off; try again", true),
        (_, "25006" | "0A000") => ("it takes no writes now; try again, or name the primary server", true),
        ("53" | "58", _) => ("look at the database's connections, memory and disk, then try again", true),
        ("28", _) => ("check the user and the password in its URL, and whom the server lets in", false),
        ("3D", _) => ("create the database first, or name another", false),
        (_, "42501") => ("let its user create and write tables in the database", false),
        _ => ("see the cause", false),
    }
}

pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    matches!(sqlite_code(error), Some(5 | 6))
}

/// Whether the connection itself is gone, also where the server said good-bye before it closed it.
pub(super) fn is_dead(error: &sqlx::Error) -> bool {
    !matches!(error, sqlx::Error::Database(_))
        || sqlstate(error).is_some_and(|code| {
            code.starts_with("57P") || code.starts_with("08") || matches!(&*code, "25P03" | "25P04")
        })
}

/// Whether the transaction was undone on account of another one.
pub(super) fn is_conflict(error: &Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<sqlx::Error>());
    // A contact's conversation may be joined with another while a send to it is written down: that breaks a rule of
    // the tables (23), and is right when done again.
    source.and_then(sqlstate).is_some_and(|code| code.starts_with("40") || code.starts_with("23"))
}

fn sqlstate(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().filter(|code| code.len() == 5).map(Into::into)
}

/// SQLite's primary result code; the codes it answers may carry more in their upper bits.
fn sqlite_code(error: &sqlx::Error) -> Option<u32> {
    let code = error.as_database_error()?.code()?;
    // PostgreSQL's are five characters.
    if code.len() == 5 { None } else { code.parse::<u32>().ok().map(|code| code & 0xff) }
}

impl Error {
    /// A failure of the gateway's own tables, which lie beside the SDK's in the same database.
    #[doc(hidden)]
    pub fn store(what: &str, error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::new(ErrorKind::Store, format!("The store could not {what}: {error}."))
            .not_sent(true)
            .with_source(error)
    }
}
