//! What went over the wire for a message: its exchange, what was checked, and the webhooks that followed.

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
    #[serde(serialize_with = "lines")]
    pub(crate) headers: HeaderMap,
    #[serde(serialize_with = "text")]
    pub(crate) body: Bytes,
}

/// What it got.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    Written {
        status: u16,
        #[serde(serialize_with = "lines")]
        headers: HeaderMap,
        #[serde(serialize_with = "text")]
        body: Bytes,
    },
    /// The connection's end in place of an answer: `closed` or `reset`.
    Broken { fault: &'static str },
}

/// One webhook.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    #[serde(serialize_with = "lines")]
    pub(crate) headers: HeaderMap,
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

fn text<S: Serializer>(body: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&String::from_utf8_lossy(body))
}

fn lines<S: Serializer>(headers: &HeaderMap, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.as_str(), if name == AUTHORIZATION { without_token(&value) } else { value.into_owned() })
    }))
}

/// The scheme of an authorization, and stars in place of the token.
fn without_token(value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, _)) => format!("{scheme} ***"),
        None => "***".to_owned(),
    }
}
