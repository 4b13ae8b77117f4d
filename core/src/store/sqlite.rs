//! Connects to SQLite: the file and its mode, and what each connection is set to.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, Connection as _};

use super::dialect::{Dialect, PATIENCE};
use super::fault::{Fault, patiently};
use super::file::StoreFile;
use super::opened::Opened;
use crate::error::Error;

/// To get a connection from a pool. Below [`Dialect::patience`], for it says more.
const ACQUIRE: Duration = Duration::from_secs(10);

/// For reading. One more writes.
const READERS: u32 = 4;

/// What every connection is set to. The wait for another process comes first: the others may need it.
const SETTINGS: [&str; 5] = [
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    // A receipt that was given out survives a power cut.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    // What a statement sorts on the way is not worth a file.
    "PRAGMA temp_store = MEMORY",
];

/// SQLite. `IMMEDIATE` takes the write lock at once: a transaction that reads first and takes it later can be refused
/// without waiting.
static SQLITE: Dialect = Dialect {
    begin: "BEGIN IMMEDIATE",
    one_writer: true,
    lock_migrations: &[],
    lock_business: None,
    lock_send: None,
    lock_sends: None,
    rows: "json_each({}) AS j",
    among: "IS NOT NULL",
    many_in_one: true,
    patience: PATIENCE,
    id: "INTEGER PRIMARY KEY AUTOINCREMENT",
    bytes: "BLOB",
};

pub(super) async fn connect(url: &str) -> Result<Opened, Error> {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() {
        return Err(Error::invalid("store", "must name a file: sqlite:PATH, such as sqlite:wamid.db"));
    }
    if path.contains(['?', '\0']) {
        return Err(Error::invalid("store", "must be sqlite:PATH without options after a `?`"));
    }
    let name = format!("sqlite:{path}");
    let memory = path == ":memory:";
    let (target, file) = if memory {
        (name.clone(), None)
    } else {
        let file = StoreFile::create(Path::new(path)).map_err(|error| {
            Fault::new(&name, "be created")
                .io(error, "name a file in a folder that exists and that this process may write to")
        })?;
        // Every byte but the plainest is escaped, so that no character of a path means anything in a URL. Never created again:
        // where the file is removed, an empty one must not take its place.
        let target = format!("sqlite:{}?mode=rw", escape(file.path().as_os_str().as_encoded_bytes()));
        (target, Some(Arc::new(file)))
    };
    sqlx::any::install_default_drivers();
    let fault_of = |error| Fault::new(&name, "be opened").database(error);
    let options: AnyConnectOptions = target.parse().map_err(fault_of)?;
    if !memory {
        // A pool tries again and again what fails, and then tells only that it took long.
        let mut connection = AnyConnection::connect_with(&options).await.map_err(fault_of)?;
        set_up(&mut connection).await.map_err(fault_of)?;
        connection.close().await.map_err(fault_of)?;
    }
    let pool = AnyPoolOptions::new()
        .min_connections(1)
        // There is no server to have gone away, and a call given up during the test would cost the connection.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(ACQUIRE);
    let pool = match file.clone() {
        // A transaction that was left open is undone where the connection cannot be closed for it. Where none is, that is an error,
        // which says so.
        None => {
            pool.after_connect(|connection, _| Box::pin(set_up(connection))).after_release(|connection, _| {
                Box::pin(async move {
                    let _ = sqlx::raw_sql("ROLLBACK").execute(connection).await;
                    Ok(true)
                })
            })
        }
        Some(file) => pool.after_connect(move |connection, _| {
            let problem = file.problem();
            Box::pin(async move {
                match problem {
                    None => set_up(connection).await,
                    // What another file says is not what this store says.
                    Some(problem) => Err(sqlx::Error::Io(std::io::Error::other(problem))),
                }
            })
        }),
    };
    let one = pool.clone().max_connections(1).connect_with(options.clone()).await.map_err(fault_of)?;
    let pool = if memory {
        // A database in memory is its connection.
        one.clone()
    } else {
        pool.max_connections(READERS).connect_lazy_with(options.clone())
    };
    // Always the same connection: another's writes would empty its cache.
    Ok(Opened { pool, writers: one, dialect: &SQLITE, name, file, memory, options })
}

async fn set_up(connection: &mut AnyConnection) -> sqlx::Result<()> {
    for setting in SETTINGS {
        // The change to WAL is refused at once, without the wait, while another process makes it.
        patiently!(sqlx::query(setting).execute(&mut *connection).await)?;
    }
    Ok(())
}

fn escape(path: &[u8]) -> String {
    let mut out = String::with_capacity(path.len() * 3);
    for &byte in path {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
