//! Turns what a database says into the SDK's one error, and waits where waiting helps.

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

    pub(super) fn says(self, sentence: &str) -> Error {
        Error::new(ErrorKind::Store, format!("the store {} cannot {}: {sentence}", self.store, self.what))
    }
}

/// What to do, and whether the same may succeed later.
fn advice(error: &sqlx::Error) -> (&'static str, bool) {
    match error {
        sqlx::Error::PoolTimedOut => ("all its connections are in use; try again", true),
        sqlx::Error::PoolClosed => ("it was closed; open it again", false),
        sqlx::Error::Io(_) => ("try again, and look at the disk or the network", true),
        _ => match sqlite_code(error) {
            Some(5 | 6) => ("another process holds it; try again", true),
            Some(10) => ("try again, and look at the disk", true),
            Some(13) => ("make room on the disk, then try again", true),
            Some(3 | 8 | 14 | 23) => ("let this process read and write the file and its folder", false),
            Some(11 | 26) => {
                ("the file is damaged or no SQLite database; name another or restore a backup", false)
            }
            _ => ("see the cause", false),
        },
    }
}

pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    matches!(sqlite_code(error), Some(5 | 6))
}

/// SQLite's primary result code; the codes it answers may carry more in their upper bits.
fn sqlite_code(error: &sqlx::Error) -> Option<u32> {
    let code = error.as_database_error()?.code()?;
    // PostgreSQL's are five characters.
    if code.len() == 5 { None } else { code.parse::<u32>().ok().map(|code| code & 0xff) }
}
