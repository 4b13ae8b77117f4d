//! What went over the wire for a message: its exchange, what was checked, and the webhooks that followed.

use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::checklist::Checklist;

/// All of one message.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Wire {
    pub(crate) request: Option<Request>,
    pub(crate) answer: Option<Answer>,
    #[serde(flatten)]
    pub(crate) checks: Checklist,
    pub(crate) webhooks: Vec<Webhook>,
}

/// The request of the business.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Headers,
    #[serde(serialize_with = "text")]
    pub(crate) body: Bytes,
}

/// What it got.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    Written {
        status: u16,
        headers: Headers,
        #[serde(serialize_with = "text")]
        body: Bytes,
    },
    /// The connection's end in place of an answer: `closed` or `reset`.
    Broken { fault: &'static str },
}

impl Answer {
    /// How many bytes its body is counted as.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Written { body, .. } => body.len(),
            Self::Broken { .. } => 0,
        }
    }
}

/// One webhook.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Webhook {
    #[serde(serialize_with = "shared")]
    pub(crate) url: Arc<str>,
    pub(crate) headers: Headers,
    #[serde(serialize_with = "text")]
    pub(crate) body: Bytes,
    pub(crate) event: &'static str,
    pub(crate) tries: Vec<Try>,
}

/// One try to deliver a webhook.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Try {
    pub(crate) time: Timestamp,
    /// The HTTP status of the receiver's answer.
    pub(crate) status: Option<u16>,
    /// Why there was no answer.
    pub(crate) error: Option<String>,
}

fn shared<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

fn text<S: Serializer>(body: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&String::from_utf8_lossy(body))
}

/// The header lines of a request or an answer, without tokens. They are kept as one text: a map of thousands of messages takes a
/// lot more, and holds on to the buffers that they were read into.
#[derive(Debug, Clone, Default)]
pub(crate) struct Headers(Box<str>);

impl From<&HeaderMap> for Headers {
    fn from(headers: &HeaderMap) -> Self {
        let mut lines = String::new();
        for (name, value) in headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            let value = if name == AUTHORIZATION { without_credentials(&value).into() } else { value };
            lines.extend([name.as_str(), ": ", &value, "\n"]);
        }
        Self(lines.into())
    }
}

impl Serialize for Headers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.lines().filter_map(|line| line.split_once(": ")))
    }
}

/// The scheme of an authorization, and stars in place of the token.
fn without_credentials(value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, _)) => format!("{scheme} ***"),
        None => "***".to_owned(),
    }
}

/// The shortest token that is looked for in texts: a test's `x` stands everywhere.
const SHORTEST: usize = 8;

/// A text with stars in place of the token, where it has it: the page may be on a screen that others see.
pub(crate) fn without_token(text: &str, token: &str) -> Option<String> {
    (token.len() >= SHORTEST && text.contains(token)).then(|| text.replace(token, "***"))
}

/// A body with stars in place of the token.
pub(crate) fn body_without_token(body: &Bytes, token: &str) -> Bytes {
    let text = std::str::from_utf8(body).ok().and_then(|text| without_token(text, token));
    text.map_or_else(|| body.clone(), Bytes::from)
}
