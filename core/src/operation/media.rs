use http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::declare::{operation, result};
use super::host::{Ask, check_id, json, kept, success};
use crate::client::Client;
use crate::error::Error;
use crate::json::Json;
use crate::transport::{Answer, FailedAttempt, unreadable};
use url::Url;

result! {
    /// What Meta says of a file.
    MediaInfo {
        /// Its id.
        id: String,
        /// Where it can be fetched with the access token, for five minutes.
        url: String,
        /// Its MIME type.
        mime_type: String,
        /// The SHA-256 of its content, in hexadecimal.
        sha256: String,
        /// Its size in bytes.
        file_size: i64,
        /// All that the host answered, as JSON.
        raw: Json,
    }
}

operation! {
    /// Looks up a file at Meta: its type, size and SHA-256, and where it can be fetched.
    ///
    /// Ids of uploaded files live 30 days, those of webhooks 7 days.
    /// (Meta: "media" reference, retrieve media url.)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// let info = client.media_info("1234567890").await?;
    /// println!("{} bytes of {}", info.file_size, info.mime_type);
    /// # Ok(())
    /// # }
    /// ```
    LookUpMedia, media_info -> MediaInfo {
        required {
            /// The file's id, as a webhook or an upload has it.
            media_id: String,
        }
    }
}

operation! {
    /// Deletes a file at Meta. Messages that were sent with it keep it.
    ///
    /// (Meta: "media" reference, delete media.)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// client.delete_media("1234567890").await?;
    /// # Ok(())
    /// # }
    /// ```
    DeleteMedia, delete_media -> () {
        required {
            /// The file's id.
            media_id: String,
        }
    }
}

impl LookUpMedia {
    async fn on(self, client: &Client) -> Result<MediaInfo, Error> {
        client.look_up(&self.media_id, "media_info").await
    }
}

impl Client {
    /// What Meta says of a file.
    pub(super) async fn look_up(&self, media_id: &str, operation: &'static str) -> Result<MediaInfo, Error> {
        self.asked(Ask::get(address(self, operation, media_id).await?), info).await
    }
}

impl DeleteMedia {
    async fn on(self, client: &Client) -> Result<(), Error> {
        let address = address(client, "delete_media", &self.media_id).await?;
        client.asked(Ask::change(Method::DELETE, address, None), success).await
    }
}

/// Where a file is asked for. Meta holds `phone_number_id` to the file's owner.
async fn address(client: &Client, operation: &'static str, media_id: &str) -> Result<Url, Error> {
    check_id("media_id", media_id)?;
    if client.asks_gateway() {
        let mut url = client.gateway_api(operation, "media", "media/").await?;
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push(media_id).push("");
        }
        return Ok(url);
    }
    let mut url = client.graph(operation, &[media_id])?;
    url.query_pairs_mut().append_pair("phone_number_id", client.phone_number(operation)?);
    Ok(url)
}

#[derive(Deserialize)]
struct Answered {
    id: Value,
    url: String,
    mime_type: String,
    sha256: String,
    file_size: Value,
}

fn info(answer: &Answer, text: &str) -> Result<MediaInfo, FailedAttempt> {
    let Answered { id, url, mime_type, sha256, file_size } = json(answer, text, "description of a file")?;
    let file_size = match &file_size {
        Value::Number(number) => number.as_i64(),
        // Meta writes it either way.
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    let file_size = file_size.ok_or_else(|| unreadable(answer, "its file_size is no number"))?;
    Ok(MediaInfo { id: text_of(&id), url, mime_type, sha256, file_size, raw: kept(answer, text)? })
}

/// An id, which Meta writes as text, and some of its pages as a number.
pub(super) fn text_of(id: &Value) -> String {
    match id {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
