//! A store of its own for each test, and webhooks to feed it.
#![allow(dead_code, clippy::print_stdout, clippy::print_stderr)]

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use wamid::{
    Conversation, Event, NewSend, SendFilter, SendId, SendOutcome, SendStatus, Store, StoredSend,
    parse_webhook,
};

pub(crate) const BUSINESS: &str = "106540352242922";
pub(crate) const SHEENA: &str = "16505551234";

/// An empty database that goes away after the test.
pub(crate) struct Place {
    pub(crate) url: String,
    /// Where SQLite has its files.
    pub(crate) folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { url: format!("sqlite:{}", folder.path().join("wamid.db").display()), folder }
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }
}

/// Runs a test on each kind of database that there is here.
pub(crate) async fn everywhere(test: impl AsyncFn(&Place)) {
    let place = Place::sqlite();
    named("SQLite", test(&place)).await;
    on_postgres(test).await;
}

/// Runs a test on a new database of the PostgreSQL that `WAMID_TEST_POSTGRES` names, where it names one.
pub(crate) async fn on_postgres(test: impl AsyncFn(&Place)) {
    let Some(server) = postgres_server() else { return };
    let database = format!("wamid_test_{}", uuid::Uuid::new_v4().simple());
    administer(&server, &format!("CREATE DATABASE {database}")).await;
    let mut options = server.clone();
    options.database_url.set_path(&database);
    let place = Place { url: options.database_url.to_string(), folder: tempfile::tempdir().unwrap() };
    let tested = AssertUnwindSafe(named("PostgreSQL", test(&place))).catch_unwind().await;
    administer(&server, &format!("DROP DATABASE {database} WITH (FORCE)")).await;
    if let Err(panic) = tested {
        std::panic::resume_unwind(panic);
    }
}

/// Says on which database a test failed.
async fn named(database: &str, test: impl Future<Output = ()>) {
    if let Err(panic) = AssertUnwindSafe(test).catch_unwind().await {
        eprintln!("this was on {database}");
        std::panic::resume_unwind(panic);
    }
}

fn postgres_server() -> Option<AnyConnectOptions> {
    if !cfg!(feature = "postgres") {
        println!("PostgreSQL skipped: built without the feature `postgres`");
        return None;
    }
    let Ok(url) = std::env::var("WAMID_TEST_POSTGRES") else {
        println!("PostgreSQL skipped: WAMID_TEST_POSTGRES is not set");
        return None;
    };
    Some(url.parse().unwrap())
}

pub(crate) async fn administer(server: &AnyConnectOptions, statement: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect_with(server).await.unwrap();
    sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
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
    NewSend::new(BUSINESS, recipient, "text", soon()).reference(reference)
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
    store
        .begin_send(&{
            let mut made = new(recipient, reference);
            made.deadline = past();
            made
        })
        .await
        .unwrap()
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
    store.record_events(&mut message(id, Some(from), None, at(time).as_second())).await.unwrap();
}

/// A status with what `more` says besides.
pub(crate) fn status(id: &str, status: &str, more: Value) -> Vec<Event> {
    let mut element = json!({"id": id, "status": status, "timestamp": "1750263773"});
    element.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    webhook(BUSINESS, "statuses", json!([element]))
}

pub(crate) async fn tell(store: &Store, id: &str, name: &str, more: Value) {
    store.record_events(&mut status(id, name, more)).await.unwrap();
}

pub(crate) async fn chats(store: &Store) -> Vec<Conversation> {
    store.chats(BUSINESS).await.unwrap()
}

/// Name and unread count of each conversation, the newest first.
pub(crate) async fn unread(store: &Store) -> Vec<(String, i64)> {
    chats(store).await.into_iter().map(|chat| (chat.phone_number, chat.unread_count)).collect()
}

pub(crate) async fn record(store: &Store, id: SendId) -> StoredSend {
    let all = store
        .sends(&{
            let mut made = SendFilter::default();
            made.limit = Some(10_000);
            made
        })
        .await
        .unwrap();
    all.into_iter().find(|send| send.id == id).unwrap()
}

pub(crate) async fn status_of(store: &Store, id: SendId) -> SendStatus {
    record(store, id).await.status
}
