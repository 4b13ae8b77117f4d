//! Detects that the SQLite file was removed or replaced while in use.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::Store;
use crate::error::Error;

/// A file by its name, and by what stays the same while it has another name or none.
pub(super) struct StoreFile {
    path: PathBuf,
    identity: Option<Identity>,
}

/// Device and inode.
type Identity = (u64, u64);

impl StoreFile {
    /// Makes the file where it is new, readable by its owner alone: it names whom one writes to. SQLite gives its side files the
    /// same mode.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        // The process may change its folder later.
        let path = std::path::absolute(path)?;
        new(&path)?;
        let identity = identity(&path)?;
        Ok(Self { path, identity })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong, where the name stands for another file by now, or for none.
    pub(super) fn problem(&self) -> Option<&'static str> {
        match identity(&self.path) {
            Ok(identity) if identity == self.identity => None,
            Ok(_) => Some(
                "its file was replaced under this process; restart it to use the new one, or put the old one back",
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(
                "its file was removed under this process; put it back, or restart the process to begin a new one",
            ),
            // Whether it can be read is for the database to say.
            Err(_) => None,
        }
    }
}

impl Store {
    /// That the name of the store still stands for the file that this process writes to.
    pub(super) fn same_file(&self) -> Result<(), Error> {
        match self.0.file.as_ref().and_then(|file| file.problem()) {
            None => Ok(()),
            Some(problem) => Err(self.fault("be written").says(problem).not_sent(true)),
        }
    }
}

fn new(path: &Path) -> io::Result<()> {
    // Closing any handle of a file drops the locks that this process holds on it (POSIX), those of another store of
    // the same file included. So it is opened here only where it is new, and by one thread at a time.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map(drop),
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Option<Identity>> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).map(|file| Some((file.dev(), file.ino())))
}

/// Elsewhere a file that is open cannot be removed.
#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<Option<Identity>> {
    std::fs::metadata(path).map(|_| None)
}
