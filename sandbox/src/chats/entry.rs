//! One message of a chat, as the phone page shows it.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::errors::GraphError;

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The business, through the Graph API.
    Business,
    /// The customer, on their phone.
    Customer,
}

impl Side {
    /// The name that the sandbox's JSON has for it: `business` or `customer`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Customer => "customer",
        }
    }
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MessageStatus {
    /// The business was told that it is not taken; the customer never sees it.
    Refused,
    /// Taken from the business.
    Accepted,
    /// Reported as sent.
    Sent,
    /// Reported as delivered: it is on the phone.
    Delivered,
    /// Reported as read.
    Read,
    /// Taken, and reported as failed.
    Failed,
    /// Written by the customer while no webhook was set: the business does not know of it.
    NoWebhook,
    /// Written by the customer; no receiver has taken the webhook yet.
    Waiting,
    /// Written by the customer; the receiver took the webhook.
    Received,
    /// Written by the customer; the receiver did not take the webhook, and the sandbox gave it up.
    Undelivered,
}

impl MessageStatus {
    /// The name that the sandbox's JSON has for it, such as `delivered`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::NoWebhook => "no_webhook",
            Self::Waiting => "waiting",
            Self::Received => "received",
            Self::Undelivered => "undelivered",
        }
    }

    /// Whether a message of this status may come to that one: only ever forward.
    pub(super) fn leads_to(self, next: Self) -> bool {
        match self {
            Self::Accepted => matches!(next, Self::Sent | Self::Failed),
            // Never at once to read: a phone that comes back is told of what it got first.
            Self::Sent => matches!(next, Self::Delivered | Self::Failed),
            Self::Delivered => next == Self::Read,
            Self::Waiting => matches!(next, Self::Received | Self::Undelivered),
            _ => false,
        }
    }
}

/// Why a message was refused or failed. An answer without a Graph error has no code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct EntryError {
    pub(crate) code: Option<u32>,
    pub(crate) title: String,
    pub(crate) details: String,
}

impl From<&GraphError> for EntryError {
    fn from(error: &GraphError) -> Self {
        Self {
            code: Some(error.code),
            title: error.title().to_owned(),
            details: error.details.clone().unwrap_or_default(),
        }
    }
}

/// The emoji that stand on a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Reactions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) business: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) customer: Option<String>,
}

/// One message of a chat.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    pub(crate) id: String,
    /// The customer: the digits of the number, or the user id.
    pub(crate) phone: String,
    pub(crate) side: Side,
    pub(crate) time: Timestamp,
    pub(crate) phone_number_id: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// Of the business: the request body as the Graph API reads it. Of the customer: the message object of the webhook.
    #[serde(serialize_with = "shared_value")]
    pub(crate) body: Arc<Value>,
    pub(crate) status: MessageStatus,
    pub(crate) error: Option<EntryError>,
    pub(crate) reactions: Reactions,
    /// What was pressed: the titles of buttons, `flow`, `order`.
    pub(crate) answered: Vec<String>,
    /// The ids of the buttons among those.
    pub(crate) pressed: Vec<String>,
    pub(crate) edited: bool,
    pub(crate) deleted: bool,
    /// Whether the business marked the customer's message as read.
    pub(crate) seen: bool,
    /// Whether it arrived while the customer had blocked the business: such a message is never delivered.
    #[serde(skip)]
    pub(crate) blocked_on_arrival: bool,
    /// The definition of the template, as it was when the message was sent.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "shared_option")]
    pub(crate) template: Option<Arc<Map<String, Value>>>,
    /// The JSON of the Flow, as it was when the message was sent.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "shared_option")]
    pub(crate) flow: Option<Arc<Value>>,
}

impl Entry {
    /// One of which nothing is known yet but who wrote it and how far it is.
    pub(crate) fn blank(side: Side, status: MessageStatus) -> Self {
        Self {
            id: String::new(),
            phone: String::new(),
            side,
            time: Timestamp::UNIX_EPOCH,
            phone_number_id: String::new(),
            kind: String::new(),
            body: Arc::default(),
            status,
            error: None,
            reactions: Reactions::default(),
            answered: Vec::new(),
            pressed: Vec::new(),
            edited: false,
            deleted: false,
            seen: false,
            blocked_on_arrival: false,
            template: None,
            flow: None,
        }
    }

    /// Whether it is a message of the business that the customer gets.
    pub(crate) fn reaches_the_customer(&self) -> bool {
        self.side == Side::Business && self.error.is_none() && !self.blocked_on_arrival
    }
}

fn shared_value<S: Serializer>(value: &Arc<Value>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().serialize(serializer)
}

fn shared_option<T: Serialize, S: Serializer>(
    value: &Option<Arc<T>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.as_deref().serialize(serializer)
}
