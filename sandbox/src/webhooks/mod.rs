//! Signed webhooks to a receiver on loopback: what they say.

mod courier;
mod target;

use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use ring::hmac;
use serde_json::{Map, Value, json};

use super::answers::ACCOUNT_ID;
use super::chats::{Chat, Entry, MessageStatus};
use super::checks::is_user_id;
use super::errors::GraphError;
use super::state::DISPLAY_NUMBER;

pub(super) use self::courier::deliver;
pub(super) use self::target::Target;

/// Webhooks about one customer's messages, delivered in order.
#[derive(Debug)]
pub(super) struct Job {
    /// The customer whose acts these are, where they are acts.
    customer: Option<String>,
    target: Target,
    /// The target's address, as each webhook of the log has it.
    url: Arc<str>,
    key: hmac::Key,
    reports: Vec<Report>,
}

/// One webhook.
#[derive(Debug)]
pub(super) struct Report {
    /// The message that it is about.
    pub(super) id: String,
    /// What it says, in a word or two.
    pub(super) event: &'static str,
    pub(super) becomes: StatusChange,
    body: Bytes,
}

/// What a webhook makes of its message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StatusChange {
    /// That, as soon as it is on its way; where the message cannot become that, the webhook is left out.
    Status(MessageStatus),
    /// Told or lost, once it is known whether the receiver took it.
    Told,
    /// What it is already.
    AsItIs,
}

impl Job {
    /// `customer` is whose acts these are, where they are acts.
    pub(super) fn new(
        customer: Option<&str>,
        target: Target,
        app_secret: &str,
        reports: Vec<Report>,
    ) -> Self {
        let url = target.to_string().into();
        let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.as_bytes());
        Self { customer: customer.map(str::to_owned), target, url, key, reports }
    }
}

impl Report {
    /// A status of a message of the business.
    pub(super) fn status(
        entry: &Entry,
        status: MessageStatus,
        becomes: StatusChange,
        now: Timestamp,
    ) -> Self {
        let value = json!({ "statuses": [status_of(entry, status, now)] });
        let event = match status {
            MessageStatus::Sent => "status sent",
            MessageStatus::Delivered => "status delivered",
            MessageStatus::Read => "status read",
            _ => "status failed",
        };
        Self { id: entry.id.clone(), event, becomes, body: body("messages", &entry.phone_number_id, value) }
    }

    /// A customer who stops or resumes marketing messages, told to that number. (Meta: "user preferences".)
    pub(super) fn preference(
        phone: &str,
        chat: &Chat,
        opted_out: bool,
        (number, now): (&str, Timestamp),
    ) -> Self {
        let value = if opted_out { "stop" } else { "resume" };
        let preference = json!({
            id_of(phone): phone,
            "detail": format!("User requested to {value} marketing messages"),
            "category": "marketing_messages",
            "value": value,
            "timestamp": now.as_second(),
        });
        let value = json!({ "contacts": [contact(phone, chat)], "user_preferences": [preference] });
        Self {
            id: String::new(),
            event: "user preferences",
            becomes: StatusChange::AsItIs,
            body: body("user_preferences", number, value),
        }
    }

    /// How many bytes it has.
    pub(super) fn size(&self) -> usize {
        self.body.len()
    }

    /// What a customer did: the message object of the webhook.
    pub(super) fn message(entry: &Entry, chat: &Chat) -> Self {
        let value = json!({ "contacts": [contact(&entry.phone, chat)], "messages": [entry.body.as_ref()] });
        Self {
            id: entry.id.clone(),
            event: "message",
            becomes: StatusChange::Told,
            body: body("messages", &entry.phone_number_id, value),
        }
    }
}

/// Who a customer is.
fn contact(phone: &str, chat: &Chat) -> Value {
    json!({ "profile": { "name": chat.name }, id_of(phone): phone })
}

/// The key that a customer's id stands under.
fn id_of(phone: &str) -> &'static str {
    if is_user_id(phone) { "user_id" } else { "wa_id" }
}

fn body(field: &str, phone_number_id: &str, mut value: Value) -> Bytes {
    let mut whole = Map::new();
    whole.insert("messaging_product".into(), json!("whatsapp"));
    whole.insert(
        "metadata".into(),
        json!({ "display_phone_number": DISPLAY_NUMBER, "phone_number_id": phone_number_id }),
    );
    if let Value::Object(fields) = &mut value {
        whole.append(fields);
    }
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": ACCOUNT_ID, "changes": [{ "value": whole, "field": field }] }],
    });
    Bytes::from(body.to_string())
}

fn status_of(entry: &Entry, name: MessageStatus, now: Timestamp) -> Value {
    let category = match &entry.template {
        Some(template) => template.get("category").and_then(Value::as_str).unwrap_or("UTILITY"),
        None => "SERVICE",
    };
    let category = category.to_ascii_lowercase();
    let mut status = json!({ "id": entry.id, "status": name.as_str(), "timestamp": seconds(now) });
    let recipient = if is_user_id(&entry.phone) { "recipient_user_id" } else { "recipient_id" };
    status[recipient] = json!(entry.phone);
    if let Some(Value::String(reference)) = entry.body.get("biz_opaque_callback_data") {
        status["biz_opaque_callback_data"] = json!(reference);
    }
    if let Some(code) = entry.error.as_ref().and_then(|error| error.code) {
        status["errors"] = json!([GraphError::of_code(code).in_status()]);
    } else if name != MessageStatus::Read {
        // Meta tells the price with the first two reports only; since v24 it leaves `conversation` out, but for free entry points.
        status["pricing"] = json!({
            "billable": category != "service", "pricing_model": "PMP", "type": "regular", "category": category,
        });
    }
    status
}

/// Seconds since 1970, as a text: how Meta writes times in webhooks.
pub(super) fn seconds(time: Timestamp) -> String {
    time.as_second().to_string()
}

/// The value of `X-Hub-Signature-256`.
fn signature(key: &hmac::Key, body: &[u8]) -> String {
    let mut header = String::from("sha256=");
    for byte in hmac::sign(key, body).as_ref() {
        for digit in [byte >> 4, byte & 15] {
            header.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2: a vector this code had no part in.
    #[test]
    fn signature_of_a_published_vector() {
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"Jefe");
        assert_eq!(
            signature(&key, b"what do ya want for nothing?"),
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
