//! The content of a file at Meta, as it comes in.

use std::fmt;

use bytes::Bytes;
use ring::digest::{Context as Digest, SHA256};

use super::media::MediaInfo;
use crate::error::{Error, ErrorKind};
use crate::transport::Content;

/// The content of a file, to be read to its end: only then it is known to be whole.
pub struct MediaContent {
    /// What Meta says of the file.
    pub info: MediaInfo,
    content: Content,
    digest: Option<Digest>,
    read: u64,
    most: u64,
}

impl fmt::Debug for MediaContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaContent")
            .field("info", &self.info)
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}

impl MediaContent {
    pub(crate) fn new(info: MediaInfo, content: Content, most: u64) -> Result<Self, Error> {
        let content_length = content.length();
        let this = Self { info, content, digest: Some(Digest::new(&SHA256)), read: 0, most };
        match content_length {
            Some(length) if length > most => Err(this.too_long()),
            _ => Ok(this),
        }
    }

    /// How many bytes it has, by what Meta says.
    pub(super) fn total(&self) -> Option<u64> {
        u64::try_from(self.info.file_size).ok()
    }

    /// The next piece; none at the end, once the SHA-256 of all of them has been found right.
    ///
    /// # Errors
    /// [`Connection`](ErrorKind::Connection) and [`Timeout`](ErrorKind::Timeout) where it breaks off;
    /// [`UnexpectedResponse`](ErrorKind::UnexpectedResponse) where it is longer than allowed, or is not what Meta's SHA-256 says.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, Error> {
        let piece = self.content.piece().await.map_err(|failed| failed.of_read().error)?;
        let Some(piece) = piece else {
            return self.whole().map(|()| None);
        };
        self.read += piece.len() as u64;
        if self.read > self.most {
            return Err(self.too_long());
        }
        if let Some(digest) = &mut self.digest {
            digest.update(&piece);
        }
        Ok(Some(piece))
    }

    fn whole(&mut self) -> Result<(), Error> {
        let Some(digest) = self.digest.take() else { return Ok(()) };
        let found = digest.finish();
        let found: String = found.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        if found.eq_ignore_ascii_case(&self.info.sha256) {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::UnexpectedResponse,
            format!(
                "The file {} is not what the host says it is: its SHA-256 is another one. Nothing of it was kept.",
                self.info.id
            ),
        ))
    }

    fn too_long(&self) -> Error {
        Error::new(
            ErrorKind::UnexpectedResponse,
            format!(
                "The file {} has more than {} bytes, which is the most that this call takes. Nothing of it was kept; raise max_bytes \
                 if you want it.",
                self.info.id, self.most
            ),
        )
    }
}
