//! The databases that the gateways run on.

use std::process::Command;

use crate::disk::Disk;
use crate::gateway_processes::{Database, psql};

/// A new database on a disk of its own. Its parts are dropped in this order.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) name: &'static str,
    /// How many gateways run on it.
    pub(crate) gateways: usize,
    _database: Option<(Database, Option<Tablespace>)>,
    pub(crate) disk: Disk,
}

impl Place {
    pub(crate) fn sqlite(mebibytes: u64) -> Self {
        let disk = Disk::of(mebibytes);
        let url = format!("sqlite:{}", disk.path().join("wamid.db").display());
        Self { url, name: "SQLite", gateways: 1, _database: None, disk }
    }

    /// On the server that `WAMID_TEST_POSTGRES` names.
    pub(crate) fn postgres(mebibytes: u64) -> Option<Self> {
        let Ok(server) = std::env::var("WAMID_TEST_POSTGRES") else {
            println!("PostgreSQL skipped: WAMID_TEST_POSTGRES is not set");
            return None;
        };
        let disk = Disk::of(mebibytes);
        let tablespace = disk.is_own().then(|| Tablespace::create(&server, &disk));
        let options = tablespace.as_ref().map(|space| format!("TABLESPACE {}", space.name));
        let database = Database::create_with(&server, &options.unwrap_or_default());
        let url = database.url.clone();
        Some(Self { url, name: "PostgreSQL", gateways: 3, _database: Some((database, tablespace)), disk })
    }
}

/// A folder of a disk that databases of the server can lie in.
struct Tablespace {
    server: String,
    name: String,
}

impl Tablespace {
    fn create(server: &str, disk: &Disk) -> Self {
        let folder = disk.path().join("space");
        // The server's user must own it, and find its way to it.
        for (program, arguments) in [("mkdir", vec![]), ("chown", vec!["postgres"]), ("chmod", vec!["700"])] {
            let done = Command::new(program).args(arguments).arg(&folder).status().unwrap();
            assert!(done.success(), "{program} {}", folder.display());
        }
        let name = format!("soak_{:016x}", fastrand::u64(..));
        psql(server, &format!("CREATE TABLESPACE {name} LOCATION '{}'", folder.display()));
        Self { server: server.to_owned(), name }
    }
}

impl Drop for Tablespace {
    fn drop(&mut self) {
        psql(&self.server, &format!("DROP TABLESPACE {}", self.name));
    }
}
