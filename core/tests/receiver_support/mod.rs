//! Bodies as Meta signs them, and a receiver for them.
#![allow(dead_code)]

use std::fmt::Write as _;

use ring::hmac;
use serde_json::{Value, json};
use wamid::{Client, Event, WebhookDelivery, WebhookReceiver};

pub(crate) const SECRET: &str = "app-secret";

pub(crate) fn signature(body: &[u8]) -> String {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes()), body);
    tag.as_ref().iter().fold("sha256=".to_owned(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// A body of text messages, each with its id and its sender.
pub(crate) fn messages(messages: &[(&str, &str)]) -> Vec<u8> {
    let messages = messages.iter().map(|(id, from)| {
        json!({"id": id, "from": from, "timestamp": "1749416383", "type": "text", "text": {"body": "Hi"}})
    });
    change("messages", json!({"metadata": {"phone_number_id": "1066"}, "messages": Vec::from_iter(messages)}))
}

pub(crate) fn change(field: &str, value: Value) -> Vec<u8> {
    json!({"object": "x", "entry": [{"id": "1", "changes": [{"field": field, "value": value}]}]})
        .to_string()
        .into_bytes()
}

pub(crate) fn client(store: Option<&str>) -> Client {
    let client = Client::cloud("token-of-mine", "1066").app_secret(SECRET);
    match store {
        Some(store) => client.store(store).build().unwrap(),
        None => client.build().unwrap(),
    }
}

pub(crate) fn receiver(store: Option<&str>) -> WebhookReceiver {
    WebhookReceiver::new(client(store)).unwrap().verify_token("verify")
}

pub(crate) fn signed(receiver: &WebhookReceiver, body: &[u8]) -> WebhookDelivery {
    receiver.delivery(body, signature(body))
}

pub(crate) fn name(event: &Event) -> String {
    match event {
        Event::Message(message) => message.id.clone(),
        Event::Status(status) => status.status.clone(),
        event => serde_json::to_value(event).unwrap()["event"].as_str().unwrap().to_owned(),
    }
}

/// Hands over all events; `failing` fails with those of these names. What was handed over, and the status.
pub(crate) async fn deliver(delivery: &WebhookDelivery, failing: &[&str]) -> (Vec<String>, u16) {
    let mut names = Vec::new();
    while let Some(event) = delivery.next().await {
        let name = name(&event);
        if failing.contains(&name.as_str()) {
            delivery.failed().await;
        } else {
            delivery.handled().await;
        }
        names.push(name);
    }
    (names, delivery.answer().status)
}
