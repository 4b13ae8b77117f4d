//! A message as a customer's phone shows it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::chats::{Entry, MessageStatus, Side};
use crate::customer::{buttons_of, text_of};

/// A message as a customer's phone shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PhoneMessage {
    /// The message id.
    pub id: String,
    /// Who wrote it.
    pub side: Side,
    /// When it arrived.
    pub time: Timestamp,
    /// Meta's type: `text`, `interactive`, `template` …
    #[serde(rename = "type")]
    pub kind: String,
    /// Its text: of a template the body with the parameters filled in, of a picture the caption; empty where it has none.
    pub text: String,
    /// The titles of what can be pressed: reply buttons, rows of a list, quick replies of a template, the answers to a question whether the business may call.
    pub buttons: Vec<String>,
    /// How far it has come.
    pub status: MessageStatus,
    /// The emoji that the other side put on it.
    pub reaction: Option<String>,
    /// Meta's code, where it was refused or failed.
    pub error_code: Option<u32>,
    /// Of the business: the request body. Of the customer: the message object of the webhook.
    pub body: Value,
}

impl PhoneMessage {
    pub(super) fn new(entry: &Entry) -> Self {
        let other = match entry.side {
            Side::Business => &entry.reactions.customer,
            Side::Customer => &entry.reactions.business,
        };
        Self {
            id: entry.id.clone(),
            side: entry.side,
            time: entry.time,
            kind: entry.kind.clone(),
            text: text_of(entry),
            buttons: buttons_of(entry).into_iter().map(|button| button.title).collect(),
            status: entry.status,
            reaction: other.clone(),
            error_code: entry.error.as_ref().and_then(|error| error.code),
            body: entry.body.as_ref().clone(),
        }
    }
}
