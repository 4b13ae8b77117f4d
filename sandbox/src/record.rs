//! What arrived from the business, as tests look at it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::chats::Entry;

/// A message that arrived with the right token at a number that there is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// The message id: what the answer named, or would have named.
    pub id: String,
    /// When it arrived.
    pub time: Timestamp,
    /// The id of the number that it was sent from.
    pub phone_number_id: String,
    /// The recipient as the request wrote it: `to`, or the user id in `recipient`; empty where neither is a text.
    pub to: String,
    /// `text`, `location`, `template` … as the request wrote it; empty where it wrote none.
    #[serde(rename = "type")]
    pub kind: String,
    /// The whole request body.
    pub body: Value,
    /// What became of it.
    pub outcome: Outcome,
}

impl Message {
    pub(super) fn new(entry: &Entry, body: &Value, outcome: &Outcome) -> Self {
        let text = |key: &str| body.get(key).and_then(Value::as_str);
        Self {
            id: entry.id.clone(),
            time: entry.time,
            phone_number_id: entry.phone_number_id.clone(),
            to: text("to").or_else(|| text("recipient")).unwrap_or_default().to_owned(),
            kind: text("type").unwrap_or_default().to_owned(),
            body: body.clone(),
            outcome: outcome.clone(),
        }
    }
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// Taken, and the answer says so.
    Accepted,
    /// Taken, but the caller got no answer it could learn that from.
    AcceptedUnanswered,
    /// Not taken.
    Refused {
        /// The HTTP status of the answer.
        status: u16,
        /// Graph's code, where the answer has one.
        code: Option<u32>,
    },
}

impl Outcome {
    /// Whether the message would have reached the recipient.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted | Self::AcceptedUnanswered)
    }
}
