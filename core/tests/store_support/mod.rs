//! A store of its own for each test, and webhooks to feed it.
#![allow(dead_code)]

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use wamid::{
    Conversation, Event, NewSend, SendFilter, SendId, SendOutcome, SendRecord, SendStatus, Store,
    parse_webhook,
};

pub(crate) const BUSINESS: &str = "106540352242922";
pub(crate) const SHEENA: &str = "16505551234";

/// An empty database that goes away with this. The one place to change for another kind of database.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) folder: tempfile::TempDir,
}

pub(crate) fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    Place { url: format!("sqlite:{}", folder.path().join("wamid.db").display()), folder }
}

impl Place {
    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }
}

pub(crate) async fn store() -> (Store, Place) {
    let place = place();
    (place.open().await, place)
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn soon() -> Timestamp {
    Timestamp::now() + 1.hour()
}

pub(crate) fn past() -> Timestamp {
    Timestamp::now() - 1.hour()
}

pub(crate) fn new(recipient: &str, reference: &str) -> NewSend {
    NewSend {
        phone_number_id: BUSINESS.into(),
        recipient: recipient.into(),
        operation: "send_message".into(),
        reference: Some(reference.into()),
        deadline: soon(),
    }
}

pub(crate) fn sent(message_id: &str) -> SendOutcome {
    SendOutcome::Sent { message_id: message_id.into(), wa_id: None, user_id: None }
}

/// Begins a send and finishes it.
pub(crate) async fn send(store: &Store, recipient: &str, reference: &str, outcome: &SendOutcome) -> SendId {
    let id = store.begin_send(&new(recipient, reference)).await.unwrap();
    store.finish_send(&id, outcome).await.unwrap();
    id
}

/// Begins a send whose process died.
pub(crate) async fn crash(store: &Store, recipient: &str, reference: &str) -> SendId {
    store.begin_send(&NewSend { deadline: past(), ..new(recipient, reference) }).await.unwrap()
}

pub(crate) fn webhook(business: &str, key: &str, elements: Value) -> Vec<Event> {
    let value = json!({"metadata": {"phone_number_id": business}, key: elements});
    let body = json!({"entry": [{"changes": [{"field": "messages", "value": value}]}]});
    parse_webhook(body.to_string().as_bytes()).unwrap()
}

pub(crate) fn message(id: &str, from: Option<&str>, user_id: Option<&str>, time: i64) -> Vec<Event> {
    let message = json!({"id": id, "from": from, "from_user_id": user_id, "timestamp": time.to_string(), "type": "text"});
    webhook(BUSINESS, "messages", json!([message]))
}

pub(crate) async fn receive(store: &Store, id: &str, from: &str, time: &str) {
    store.record_events(&message(id, Some(from), None, at(time).as_second())).await.unwrap();
}

/// A status with what `more` says besides.
pub(crate) fn status(id: &str, status: &str, more: Value) -> Vec<Event> {
    let mut element = json!({"id": id, "status": status, "timestamp": "1750263773"});
    element.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    webhook(BUSINESS, "statuses", json!([element]))
}

pub(crate) async fn tell(store: &Store, id: &str, name: &str, more: Value) {
    store.record_events(&status(id, name, more)).await.unwrap();
}

pub(crate) async fn chats(store: &Store) -> Vec<Conversation> {
    store.chats(BUSINESS).await.unwrap()
}

/// Name and unread count of each conversation, the newest first.
pub(crate) async fn unread(store: &Store) -> Vec<(String, i64)> {
    chats(store).await.into_iter().map(|chat| (chat.phone_number, chat.unread_count)).collect()
}

pub(crate) async fn record(store: &Store, id: SendId) -> SendRecord {
    let all = store.sends(&SendFilter { limit: Some(10_000), ..SendFilter::default() }).await.unwrap();
    all.into_iter().find(|send| send.id == id).unwrap()
}

pub(crate) async fn status_of(store: &Store, id: SendId) -> SendStatus {
    record(store, id).await.status
}
