//! `Client::preview`: the request that a send would make, without sending it.

use super::Client;
use crate::delivery::Prepared;
use crate::error::Error;
use crate::json::Json;
use crate::message::Message;
use crate::message::source::Medium;
use crate::transport::HostKind;
use crate::transport::headers::{API_KEY, IDEMPOTENCY_KEY};

/// What stands for the id of a file that was not uploaded.
const ID: &str = "[uploaded first]";

/// A request as it would go out, without its credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestPreview {
    /// `POST`.
    pub method: &'static str,
    /// Where to.
    pub url: String,
    /// The headers that matter; credentials are masked.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Json,
}

impl Client {
    /// The request that sending `message` would make, after all rules that need no network. Nothing is sent, and no file is read: its id is
    /// `[uploaded first]`.
    ///
    /// ```
    /// use wamid::{Client, Message, Text};
    /// let client = Client::cloud("ACCESS-TOKEN", "1066").build()?;
    /// let preview = client.preview(&Message::new("+91 98765-43210", Text::new("Hello")))?;
    /// assert_eq!(preview.url, "https://graph.facebook.com/v26.0/1066/messages");
    /// assert!(preview.body.as_str().contains(r#""to":"+919876543210""#));
    /// # Ok::<(), wamid::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) and [`Unsupported`](crate::ErrorKind::Unsupported), as sending.
    pub fn preview(&self, message: &Message) -> Result<RequestPreview, Error> {
        let finished = |error| self.finished(error, message.options.reference.as_deref());
        let prepared = match message.content.is_local() {
            false => self.prepare(message),
            true => self.prepare_uploaded(message),
        };
        let prepared = prepared.map_err(finished)?;
        let mut headers = vec![match self.0.delivery.host.kind() {
            HostKind::Cloud => ("Authorization".to_owned(), "Bearer [redacted]".to_owned()),
            HostKind::Gateway => (title_case(API_KEY.as_str()), "[redacted]".to_owned()),
        }];
        if let Some(key) = &prepared.idempotency_key {
            let key = String::from_utf8_lossy(key.as_bytes()).into_owned();
            headers.push((title_case(IDEMPOTENCY_KEY.as_str()), key));
        }
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        let body = std::str::from_utf8(&prepared.body)
            .map_err(|error| Error::invalid("body", format!("must be JSON: {error}")))?;
        Ok(RequestPreview {
            method: "POST",
            url: prepared.endpoint.url().to_string(),
            headers,
            body: Json::known(body),
        })
    }

    /// The message as it goes out once its files have been uploaded. They are not, so nobody knows their ids.
    #[cold]
    fn prepare_uploaded(&self, message: &Message) -> Result<Prepared<'_>, Error> {
        self.prepare(message)?;
        let mut uploaded = message.clone();
        while let Some(medium) = uploaded.medium().filter(Medium::is_here) {
            medium.uploaded(ID.to_owned());
        }
        self.prepare(&uploaded)
    }
}

/// `x-api-key` as documents write it: `X-Api-Key`.
fn title_case(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    });
    words.collect::<Vec<_>>().join("-")
}
