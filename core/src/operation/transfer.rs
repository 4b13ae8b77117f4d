use std::path::{Path, PathBuf};

use http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::content::MediaContent;
use super::declare::{operation, result};
use super::host::json;
use super::media::text_of;
use crate::client::Client;
use crate::delivery::judge::refusal;
use crate::delivery::{Call, Written};
use crate::error::Error;
use crate::media::{Bytes, Reporter, Upload};
use crate::transport::{Body, ContentSlot, Endpoint, Part, Request};

/// As many bytes as a download takes unless told otherwise.
const MOST: i64 = 100 * 1024 * 1024;

operation! {
    /// Uploads a file to Meta, to be sent by its id as often as one likes for 30 days. The answer is the id.
    ///
    /// Type and size are checked against Meta's table before. A file is read as it goes out, so that memory stays flat. An upload sends nothing to anybody:
    /// it is tried again also where the outcome is unknown.
    /// (Meta: "media" reference, upload media.)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// let id = client.upload_media().file("photo.jpg").await?;
    /// client.send("+16505551234", wamid::Image::id(id)).await?;
    /// # Ok(())
    /// # }
    /// ```
    UploadMedia, upload_media -> String, progress {
        optional {
            /// The path of a file. Give exactly one of `file` and `data`.
            file: String,
            /// The content itself.
            data: Bytes,
            /// Its MIME type, such as `image/jpeg`. Default: by the file's name, else by its first bytes.
            mime_type: String,
            /// The name that it is uploaded with. Default: the file's own.
            filename: String,
        }
    }
}

result! {
    /// A file that was fetched.
    Download {
        /// Its content.
        data: Bytes,
        /// Its MIME type.
        mime_type: String,
    }
}

operation! {
    /// Fetches a file that a customer sent, or that was uploaded, into memory. Its SHA-256 is checked.
    ///
    /// The access token goes only to Meta's own hosts. For large files use `download_media_to`.
    /// (Meta: "media" reference, download media.)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// let file = client.download_media("1234567890").await?;
    /// println!("{} bytes of {}", file.data.as_ref().len(), file.mime_type);
    /// # Ok(())
    /// # }
    /// ```
    DownloadMedia, download_media -> Download, progress {
        required {
            /// The file's id.
            media_id: String,
        }
        optional {
            /// The most bytes that it may have. Default 104,857,600 (100 MiB).
            max_bytes: i64,
        }
    }
}

operation! {
    /// Fetches a file that a customer sent, or that was uploaded, onto the disk. The answer is the path.
    ///
    /// It is written beside the path and renamed once it is whole and its SHA-256 is right: an interrupted download leaves no file. Memory stays flat.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// client.download_media_to("1234567890", "photo.jpg").await?;
    /// # Ok(())
    /// # }
    /// ```
    DownloadMediaTo, download_media_to -> String, progress {
        required {
            /// The file's id.
            media_id: String,
            /// Where it is put. A file that is there already is replaced.
            path: String,
        }
        optional {
            /// The most bytes that it may have. Default 104,857,600 (100 MiB).
            max_bytes: i64,
        }
    }
}

impl UploadMedia {
    async fn on(self, client: &Client, reporter: Reporter) -> Result<String, Error> {
        let (mime_type, filename) = (self.mime_type.as_deref(), self.filename.as_deref());
        let upload = match (self.file, self.data) {
            (Some(file), None) => Upload::of_file(&file, mime_type, filename, None).await?,
            (None, Some(data)) => Upload::of_data(data.0, mime_type, filename, None)?,
            (Some(_), Some(_)) => return Err(Error::invalid("data", "must not be given beside file")),
            (None, None) => return Err(Error::invalid("file", "is missing: give file or data")),
        };
        let id = client.upload(upload, &reporter).await?;
        reporter.end();
        Ok(id)
    }
}

impl DownloadMedia {
    async fn on(self, client: &Client, reporter: Reporter) -> Result<Download, Error> {
        let most = most(self.max_bytes)?;
        let mut attempts = 0;
        loop {
            attempts += 1;
            let mut content = client.open_again(&self.media_id, most, attempts).await?;
            reporter.begin(content.total());
            let fetched = async {
                let mut data = Vec::new();
                while let Some(piece) = content.piece().await? {
                    data.extend_from_slice(&piece);
                    reporter.moved(piece.len());
                }
                reporter.end();
                Ok(data)
            };
            match fetched.await {
                Ok(data) => return Ok(Download { data: data.into(), mime_type: content.info.mime_type }),
                Err(error) => client.begin_again(error, attempts).await?,
            }
        }
    }
}

impl DownloadMediaTo {
    async fn on(self, client: &Client, reporter: Reporter) -> Result<String, Error> {
        let most = most(self.max_bytes)?;
        let path = PathBuf::from(&self.path);
        let mut attempts = 0;
        loop {
            attempts += 1;
            let content = client.open_again(&self.media_id, most, attempts).await?;
            match put_to(content, &path, &reporter).await {
                Ok(()) => return Ok(self.path),
                Err(error) => client.begin_again(error, attempts).await?,
            }
        }
    }
}

fn most(max_bytes: Option<i64>) -> Result<u64, Error> {
    u64::try_from(max_bytes.unwrap_or(MOST))
        .ok()
        .filter(|most| *most > 0)
        .ok_or_else(|| Error::invalid("max_bytes", "must be above 0"))
}

/// What the host says of a file names no address that can be asked. It is no argument of the caller's.
fn no_url() -> Error {
    let message = "The host named an address of the file that is no https:// URL, so nothing was asked there. Check that the \
                   host is the one that you mean.";
    Error::new(crate::ErrorKind::UnexpectedResponse, message)
}

async fn put_to(mut content: MediaContent, path: &Path, reporter: &Reporter) -> Result<(), Error> {
    reporter.begin(content.total());
    let mut file = crate::media::Partial::beside(path).await?;
    while let Some(piece) = content.piece().await? {
        let length = piece.len();
        file.write(piece).await?;
        reporter.moved(length);
    }
    file.finish().await?;
    reporter.end();
    Ok(())
}

#[derive(Deserialize)]
struct Uploaded {
    id: Value,
}

impl Client {
    /// Uploads a file that has been checked.
    pub(crate) async fn upload(&self, upload: Upload, reporter: &Reporter) -> Result<String, Error> {
        let Upload { filename, mime_type, source } = upload;
        let address = if self.asks_gateway() {
            self.gateway_api("upload_media", "media", "media/").await?
        } else {
            self.graph("upload_media", &[self.phone_number("upload_media")?, "media"])?
        };
        let text = |name, value: &str| Part::Text { name, value: value.to_owned() };
        let mut parts = Vec::with_capacity(3);
        if !self.asks_gateway() {
            parts.push(text("messaging_product", "whatsapp"));
        }
        parts.push(text("type", &mime_type));
        let source = reporter.watch(source);
        parts.push(Part::File { name: "file", filename, mime_type, source });
        let address = Endpoint::new(address, "graph_url")?;
        let request = Request::change(Method::POST, &address, Body::Form(parts));
        self.answered(request, &[], |answer, text| {
            json::<Uploaded>(answer, text, "answer to an upload").map(|uploaded| text_of(&uploaded.id))
        })
        .await
    }

    /// Begins to fetch a file.
    #[doc(hidden)]
    pub async fn open_media(&self, media_id: &str, most: u64) -> Result<MediaContent, Error> {
        let info = self.look_up(media_id, "download_media").await?;
        let address = if self.asks_gateway() {
            let mut url = self.gateway_api("download_media", "media", "media/").await?;
            if let Ok(mut path) = url.path_segments_mut() {
                path.pop_if_empty().push(media_id).push("content").push("");
            }
            url
        } else {
            info.url.parse().map_err(|_| no_url())?
        };
        // Of a gateway it is known to be one; Meta's answer may hold `file:` or `data:`.
        let address = Endpoint::new(address, "url").map_err(|_| no_url())?;
        let (slot, written) = (ContentSlot::default(), Written::default());
        let call = Call {
            request: Request::read(&address).streamed(&slot),
            deadline: self.delivery().deadline(),
            stop: None,
            written: &written,
        };
        let kind = self.delivery().host.kind();
        let opened = self.delivery().exchange(&call, |answer| match refusal(kind, answer) {
            Some(failed) => Err(failed),
            None => Ok(()),
        });
        opened.await?;
        let content = slot.take().ok_or_else(|| {
            Error::new(crate::ErrorKind::UnexpectedResponse, "The host answered without the file's content.")
        })?;
        MediaContent::new(info, content, most)
    }

    /// Begins a transfer, for the time that `attempts` says; an error counts those before, too.
    async fn open_again(&self, media_id: &str, most: u64, attempts: u32) -> Result<MediaContent, Error> {
        self.open_media(media_id, most).await.map_err(|error| {
            let all = error.attempts().saturating_add(attempts - 1);
            error.with_attempts(all)
        })
    }

    /// Waits before a transfer that broke off is begun again; its error where it may not be.
    pub(super) async fn begin_again(&self, error: Error, attempts: u32) -> Result<(), Error> {
        match self.delivery().wait_before_reading_again(&error, attempts) {
            Some(wait) => {
                tokio::time::sleep(wait).await;
                Ok(())
            }
            None => Err(error.with_attempts(attempts)),
        }
    }
}
