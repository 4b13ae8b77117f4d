//! Chooses the database by its URL.

use super::opened::Opened;
#[cfg(feature = "postgres")]
use super::postgres;
use super::sqlite;
use crate::error::Error;

/// Connects to the database that `url` names.
pub(super) async fn open(url: &str) -> Result<Opened, Error> {
    match url.split_once(':').map_or("", |(scheme, _)| scheme) {
        "sqlite" => sqlite::connect(url).await,
        #[cfg(feature = "postgres")]
        "postgres" | "postgresql" => postgres::connect(url).await,
        #[cfg(feature = "postgres")]
        _ => {
            Err(Error::invalid("store", "must be sqlite:PATH, such as sqlite:wamid.db, or a postgres:// URL"))
        }
        #[cfg(not(feature = "postgres"))]
        "postgres" | "postgresql" => Err(Error::unsupported(
            Some("store"),
            "this build stores in SQLite only: use sqlite:PATH, or run the gateway, which also takes PostgreSQL",
        )),
        #[cfg(not(feature = "postgres"))]
        _ => Err(Error::invalid("store", "must be sqlite:PATH, such as sqlite:wamid.db")),
    }
}
