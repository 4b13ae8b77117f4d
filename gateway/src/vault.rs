//! Keeps access tokens, app secrets and verify tokens encrypted in the store.

use std::fmt;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use sqlx::Row;
use wamid::{Error, Store};

use super::fault;

const NONCE: usize = 24;
/// What a vault seals once in each store: whoever cannot open it has another key.
const CHECK: &[u8] = b"wamid";
/// Shortest secret key, in characters.
const MIN_KEY: usize = 32;

/// Seals and opens secrets with one key (XChaCha20-Poly1305).
#[derive(Clone)]
pub struct Vault(XChaCha20Poly1305);

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// The vault of a store. `secret_key` is a text of 32 or more characters (`WAMID_SECRET_KEY`); without one a store in
    /// a SQLite file gets a key file beside it, made at first use and readable by its owner alone.
    ///
    /// # Errors
    /// [`InvalidInput`](wamid::ErrorKind::InvalidInput) naming `secret_key` where it is too short, missing for a store that
    /// needs one, or not the one that this store was made with; [`Store`](wamid::ErrorKind::Store) where the store or the key
    /// file cannot be used.
    pub async fn open(store: &Store, url: &str, secret_key: Option<&str>) -> Result<Self, Error> {
        // As in the file: a line end that an editor or `echo` leaves is no part of it.
        let key = match (secret_key.map(str::trim), key_file(url)) {
            (Some(key), _) if key.chars().count() < MIN_KEY => {
                return Err(Error::argument(
                    "secret_key",
                    "must have 32 characters or more (WAMID_SECRET_KEY)",
                ));
            }
            (Some(key), _) => key.to_owned(),
            (None, Some(path)) => match read(&path)? {
                Some(key) => key,
                // A key of its own would open nothing that is in the store.
                None if is_sealed(store).await? => {
                    let rule = format!(
                        "is missing: {} has gone; put it back beside the database, or set WAMID_SECRET_KEY to what it held",
                        path.display()
                    );
                    return Err(Error::argument("secret_key", rule));
                }
                None => make(&path)?,
            },
            (None, None) => {
                return Err(Error::argument(
                    "secret_key",
                    "is missing: set WAMID_SECRET_KEY to 32 random characters or more, the same for every gateway on \
                     this database",
                ));
            }
        };
        let vault =
            Self(XChaCha20Poly1305::new(digest(&SHA256, key.as_bytes()).as_ref().try_into().map_err(
                |_| Error::store("make a key", fault::ErrorText("a SHA-256 digest has 32 bytes".to_owned())),
            )?));
        vault.check(store).await?;
        Ok(vault)
    }

    async fn check(&self, store: &Store) -> Result<(), Error> {
        let failed = |error| Error::store("read the gateway's secrets", error);
        let mut tx = store.begin().await?;
        // Another gateway may start on the same new database: whoever comes second is held to the first one's key.
        sqlx::query(
            "INSERT INTO gateway_secrets (name, value) VALUES ('check', $1) ON CONFLICT (name) DO NOTHING",
        )
        .bind(self.seal("check", CHECK)?)
        .execute(&mut *tx)
        .await
        .map_err(failed)?;
        let sealed: Vec<u8> = sqlx::query("SELECT value FROM gateway_secrets WHERE name = 'check'")
            .fetch_one(&mut *tx)
            .await
            .and_then(|row| row.try_get(0))
            .map_err(failed)?;
        self.unseal("check", &sealed)?;
        tx.commit().await
    }

    /// Seals a secret for one place; it cannot be opened as another's.
    pub(super) fn seal(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, Error> {
        let mut nonce = [0_u8; NONCE];
        SystemRandom::new().fill(&mut nonce).map_err(|error| Error::store("seal a secret", error))?;
        let sealed = self
            .0
            .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: place.as_bytes() })
            .map_err(|error| Error::store("seal a secret", fault::ErrorText(error.to_string())))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for that place.
    pub(super) fn unseal(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        let opened = sealed.split_first_chunk::<NONCE>().and_then(|(nonce, sealed)| {
            self.0.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place.as_bytes() }).ok()
        });
        opened.ok_or_else(|| {
            Error::argument(
                "secret_key",
                "is not the one that this store was made with: set WAMID_SECRET_KEY to that one, or put its key file \
                 back beside the database",
            )
        })
    }
}

/// The key file of a store in a SQLite file.
fn key_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    // `sqlite://wamid.db` is a file in the working folder, as the store has it.
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.starts_with(':') {
        return None;
    }
    Some(PathBuf::from(format!("{path}.key")))
}

/// Whether the store holds secrets under some key already.
async fn is_sealed(store: &Store) -> Result<bool, Error> {
    let row =
        sqlx::query("SELECT 1 FROM gateway_secrets WHERE name = 'check'").fetch_optional(store.pool()).await;
    row.map(|row| row.is_some()).map_err(|error| Error::store("read the gateway's secrets", error))
}

fn unusable(path: &Path, why: impl fmt::Display) -> Error {
    Error::store("use its key file", fault::ErrorText(format!("{}: {why}", path.display())))
}

/// The key in the file; none where there is no file.
fn read(path: &Path) -> Result<Option<String>, Error> {
    match std::fs::read_to_string(path) {
        Ok(key) if key.trim().chars().count() < MIN_KEY => {
            Err(unusable(path, "it holds no key; put the one back that it held"))
        }
        Ok(key) => {
            warn_of_others(path);
            Ok(Some(key.trim().to_owned()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(path, error)),
    }
}

fn make(path: &Path) -> Result<String, Error> {
    let mut random = [0_u8; 32];
    SystemRandom::new().fill(&mut random).map_err(|error| Error::store("make a key", error))?;
    let key = super::keys::hex(&random);
    match write_new(path, &key) {
        Ok(()) => Ok(key),
        // Another process made it at the same moment.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            read(path)?.ok_or_else(|| unusable(path, error))
        }
        Err(error) => Err(unusable(path, error)),
    }
}

/// Writes the file whole or not at all, so that nobody reads half a key.
fn write_new(path: &Path, key: &str) -> std::io::Result<()> {
    // Nobody can know its name beforehand, and nothing that is there already is opened.
    let half = path.with_extension(format!("key.{:032x}", fastrand::u128(..)));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&half)?;
    let linked = write_and_link(&mut file, &half, key, path);
    std::fs::remove_file(&half)?;
    linked
}

fn write_and_link(file: &mut std::fs::File, half: &Path, key: &str, path: &Path) -> std::io::Result<()> {
    use std::io::Write;

    file.write_all(key.as_bytes())?;
    file.sync_all()?;
    std::fs::hard_link(half, path)
}

/// Whoever can read the key can read every access token; whoever can write it can put one of their own there.
#[cfg(unix)]
fn warn_of_others(path: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let mode = std::fs::metadata(path).map_or(0, |file| file.permissions().mode());
    if mode & 0o077 != 0 {
        tracing::warn!(
            file = %path.display(),
            mode = format!("{:03o}", mode & 0o777),
            "others can use the key file: it should be its owner's alone (chmod 600)"
        );
    }
}

#[cfg(not(unix))]
fn warn_of_others(_: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_file_is_beside_the_database() {
        for (url, file) in [
            ("sqlite:wamid.db", Some("wamid.db.key")),
            ("sqlite://wamid.db", Some("wamid.db.key")),
            ("sqlite:/var/lib/wamid.db", Some("/var/lib/wamid.db.key")),
            ("sqlite:///var/lib/wamid.db", Some("/var/lib/wamid.db.key")),
            ("sqlite::memory:", None),
            ("postgres://localhost/wamid", None),
        ] {
            assert_eq!(key_file(url), file.map(PathBuf::from), "{url}");
        }
    }
}
