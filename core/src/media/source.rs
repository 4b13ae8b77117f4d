//! Where the content of an upload comes from.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::task::JoinHandle;

use super::formats::{LOOKED_AT, infer, is_animated};
use super::kinds::check_size;
use crate::error::Error;
use crate::transport::{Body as RequestBody, Pieces, Source, SourceFault};

/// So much is read and sent at a time.
const PIECE: usize = 64 * 1024;

/// A file that has been looked at, and is ready to be uploaded.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) filename: String,
    pub(crate) mime_type: String,
    pub(crate) source: Arc<dyn Source>,
}

impl Upload {
    /// A file of the disk, for a message of that `kind` where there is one. It is opened here once, so that what cannot be read is told before
    /// anything is asked.
    pub(crate) async fn of_file(
        path: &str,
        mime_type: Option<&str>,
        filename: Option<&str>,
        kind: Option<&'static str>,
    ) -> Result<Self, Error> {
        let path = PathBuf::from(path);
        let looked = path.clone();
        let (length, first) = tokio::task::spawn_blocking(move || look(&looked))
            .await
            .unwrap_or_else(|_| Err(io::Error::other("the look at it failed")))
            .map_err(|error| Error::invalid("file", format!("cannot be read: {error}")))?;
        let own = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let filename = filename.map(str::to_owned).or(own).unwrap_or_default();
        let source = Arc::new(OnDisk { path, length });
        Self::checked(source, mime_type, &filename, (&first, length), kind, "file")
    }

    /// Content in memory.
    pub(crate) fn of_data(
        data: Bytes,
        mime_type: Option<&str>,
        filename: Option<&str>,
        kind: Option<&'static str>,
    ) -> Result<Self, Error> {
        let first = data.get(..LOOKED_AT.min(data.len())).unwrap_or_default().to_vec();
        let length = data.len() as u64;
        Self::checked(
            Arc::new(InMemory(data)),
            mime_type,
            filename.unwrap_or("file"),
            (&first, length),
            kind,
            "data",
        )
    }

    /// Only the content, as the body of a request.
    pub(crate) fn stream(&self) -> Result<RequestBody, Error> {
        let mime_type = http::HeaderValue::from_str(&self.mime_type)
            .map_err(|_| Error::invalid("mime_type", "must be a MIME type such as image/jpeg"))?;
        Ok(RequestBody::Stream { mime_type, source: self.source.clone() })
    }

    fn checked(
        source: Arc<dyn Source>,
        mime_type: Option<&str>,
        filename: &str,
        (first, length): (&[u8], u64),
        kind: Option<&'static str>,
        argument: &'static str,
    ) -> Result<Self, Error> {
        let mime_type = match mime_type.filter(|given| !given.is_empty()) {
            Some(given) if given.parse::<http::HeaderValue>().is_ok() => given.to_owned(),
            Some(_) => return Err(Error::invalid("mime_type", "must be a MIME type such as image/jpeg")),
            None => infer(Some(filename), first).map(str::to_owned).ok_or_else(|| {
                let rule = "is missing: neither the file's name nor its first bytes say what it is";
                Error::invalid("mime_type", rule)
            })?,
        };
        check_size(&mime_type, length, is_animated(first), kind, argument)?;
        // What stands in a header's quotes.
        let filename = filename.replace(['"', '\\', '\r', '\n', '\0'], "_");
        Ok(Self { filename, mime_type, source })
    }
}

/// A file's length and its first bytes. Pipes and devices have no length, and reading one might wait for ever.
fn look(path: &Path) -> io::Result<(u64, Vec<u8>)> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(no_file());
    }
    let mut first = Vec::with_capacity(LOOKED_AT);
    open(path)?.take(LOOKED_AT as u64).read_to_end(&mut first)?;
    Ok((metadata.len(), first))
}

/// Opens a file, and waits for nobody: what was a file a moment ago may be a pipe by now, and its other end may never come.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, WITHOUT_WAITING);
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(no_file()) }
}

/// `O_NONBLOCK`, which means nothing to a file.
#[cfg(any(target_os = "linux", target_os = "android"))]
const WITHOUT_WAITING: i32 = 0o4000;
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
const WITHOUT_WAITING: i32 = 4;

fn no_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file")
}

#[derive(Debug)]
struct InMemory(Bytes);

impl Source for InMemory {
    fn length(&self) -> u64 {
        self.0.len() as u64
    }

    fn open(&self) -> Pieces {
        Box::pin(Held(self.0.clone()))
    }
}

/// Content in memory, piece by piece, so that a slow connection is seen to move.
struct Held(Bytes);

impl Body for Held {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.0.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.0.len().min(PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.0.split_to(length)))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

#[derive(Debug)]
struct OnDisk {
    path: PathBuf,
    length: u64,
}

impl Source for OnDisk {
    fn length(&self) -> u64 {
        self.length
    }

    fn open(&self) -> Pieces {
        let path = self.path.clone();
        Box::pin(Reading { left: self.length, next: Some(read(move || open(&path), self.length)) })
    }
}

type Read = JoinHandle<io::Result<(File, Bytes)>>;

/// A file that is read on threads where waiting for a disk holds nobody up.
struct Reading {
    left: u64,
    next: Option<Read>,
}

fn read(open: impl FnOnce() -> io::Result<File> + Send + 'static, left: u64) -> Read {
    tokio::task::spawn_blocking(move || {
        let mut file = open().map_err(SourceFault::error)?;
        let length = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        let mut piece = vec![0; length];
        let read = file.read(&mut piece).map_err(SourceFault::error)?;
        piece.truncate(read);
        Ok((file, piece.into()))
    })
}

impl Body for Reading {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let Some(next) = &mut self.next else { return Poll::Ready(None) };
        let read_piece = ready!(Pin::new(next).poll(context));
        self.next = None;
        let (file, piece) = match read_piece.unwrap_or_else(|_| Err(SourceFault::error("reading it failed")))
        {
            Ok(read) => read,
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        if piece.is_empty() {
            return Poll::Ready(Some(Err(SourceFault::error("it became shorter while it was read"))));
        }
        // What a file grows by meanwhile is not a part of what was promised.
        self.left = self.left.saturating_sub(piece.len() as u64);
        if self.left > 0 {
            self.next = Some(read(move || Ok(file), self.left));
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
