//! A file that is written beside its place, and put there once it is whole.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::error::Error;

/// A file that is not whole yet. Dropped before its end, it is removed.
pub(crate) struct Partial {
    file: Option<File>,
    written: PathBuf,
    to: PathBuf,
}

impl Partial {
    pub(crate) async fn beside(to: &Path) -> Result<Self, Error> {
        let to = to.to_owned();
        apart(move || {
            let name = to.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
            let mut own = std::ffi::OsString::from(".");
            own.push(name);
            own.push(format!(".{}.part", uuid::Uuid::new_v4().simple()));
            let written = to.with_file_name(own);
            let file = File::options().write(true).create_new(true).open(&written)?;
            Ok(Self { file: Some(file), written, to })
        })
        .await
    }

    pub(crate) async fn write(&mut self, piece: Bytes) -> Result<(), Error> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        self.file = Some(
            apart(move || {
                file.write_all(&piece)?;
                Ok(file)
            })
            .await?,
        );
        Ok(())
    }

    /// Puts it in its place.
    pub(crate) async fn finish(mut self) -> Result<(), Error> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let (written, to) = (self.written.clone(), self.to.clone());
        apart(move || {
            file.sync_all()?;
            drop(file);
            fs::rename(written, to)
        })
        .await
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Where it was renamed there is nothing to remove.
        drop(self.file.take());
        let _ = fs::remove_file(&self.written);
    }
}

/// Does what may wait for a disk where that holds nobody up.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| Err(io::Error::other("writing it failed")))
        .map_err(|error| Error::invalid("path", format!("cannot be written: {error}")))
}
