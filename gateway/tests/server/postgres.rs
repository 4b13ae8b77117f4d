//! Gateways that share one PostgreSQL, at the moments at which they are in each other's way.

use std::process::Command;
use std::time::Duration;

use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use tokio::task::JoinSet;
use wamid::{Options, Store};
use wamid_gateway::{ANSWER_WITHIN, Accounts, Keys, NewAccount};

use crate::house::{House, SECRET_KEY};

/// A new database of the server that `WAMID_TEST_POSTGRES` names; gone after the test.
pub(crate) struct Database {
    server: String,
    name: String,
    pub(crate) url: String,
}

impl Database {
    pub(crate) fn create() -> Option<Self> {
        let Ok(server) = std::env::var("WAMID_TEST_POSTGRES") else {
            println!("PostgreSQL skipped: WAMID_TEST_POSTGRES is not set");
            return None;
        };
        let name = format!("gateway_{:016x}", fastrand::u64(..));
        psql(&server, &format!("CREATE DATABASE {name}"));
        let (base, query) = server.split_once('?').unwrap_or((&server, ""));
        let url = format!("{}/{name}?{query}", base.rsplit_once('/').unwrap().0);
        Some(Self { url: url.trim_end_matches('?').to_owned(), name, server })
    }

    /// The accounts, as a process of its own opens them.
    async fn accounts(url: String) -> Accounts {
        let store = Store::open(&url).await.unwrap();
        Accounts::open(&store, &url, Some(SECRET_KEY), Options::default()).await.unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        psql(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn psql(server: &str, sql: &str) {
    assert!(Command::new("psql").args([server, "--quiet", "--command", sql]).status().unwrap().success());
}

fn account(number: usize) -> NewAccount {
    NewAccount {
        name: format!("shop {number}"),
        phone_number_id: number.to_string(),
        business_account_id: None,
        access_token: "ACCESS-TOKEN".to_owned(),
        app_secret: None,
        verify_token: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gateways_may_start_on_a_new_database_at_the_same_moment() {
    let Some(database) = Database::create() else { return };
    let mut starting = JoinSet::new();
    for _ in 0..8 {
        starting.spawn(Database::accounts(database.url.clone()));
    }
    assert_eq!(starting.join_all().await.len(), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_the_default_account_at_the_same_moment_all_succeed_and_leave_one() {
    let Some(database) = Database::create() else { return };
    let accounts = Database::accounts(database.url.clone()).await;
    let mut ids = Vec::new();
    for number in 1000..1020 {
        ids.push(accounts.add(&account(number)).await.unwrap());
    }
    for _ in 0..5 {
        let mut changing = JoinSet::new();
        for id in ids.iter().copied() {
            let accounts = accounts.clone();
            changing.spawn(async move { accounts.set_default(id).await });
        }
        for changed in changing.join_all().await {
            assert!(changed.unwrap());
        }
    }
    let mut adding = JoinSet::new();
    let empty = Database::create().unwrap();
    for number in 1..10 {
        let accounts = Database::accounts(empty.url.clone()).await;
        adding.spawn(async move { accounts.add(&account(number)).await.unwrap() });
    }
    adding.join_all().await;
    for accounts in [&accounts, &Database::accounts(empty.url.clone()).await] {
        let defaults = accounts.list().await.unwrap().into_iter().filter(|account| account.is_default);
        assert_eq!(defaults.count(), 1);
    }
}

#[tokio::test]
async fn names_may_hold_any_character() {
    let Some(database) = Database::create() else { return };
    let accounts = Database::accounts(database.url.clone()).await;
    accounts.add(&NewAccount { name: "a\0b \u{1f600}".to_owned(), ..account(1) }).await.unwrap();
    assert_eq!(accounts.list().await.unwrap()[0].name, "a\u{fffd}b \u{1f600}");
    let keys = Keys::open(&Store::open(&database.url).await.unwrap()).await.unwrap();
    let key = keys.create("a\0b").await.unwrap();
    assert_eq!(keys.list().await.unwrap()[0].name, "a\u{fffd}b");
    assert!(keys.accepts(&key).await.unwrap().is_some());
}

/// The tables of a webhook are held one after the other, each for less than what a statement waits for: all together is still one
/// request, and the caller waits for it no longer than it was promised.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_locked_for_long_answers_webhooks_in_time_and_takes_them_afterwards() {
    let Some(database) = Database::create() else { return };
    let house = House::on_postgres(&database.url).await;
    let number = house.sandbox.phone_number_id().to_owned();
    let alone = format!("SELECT pg_advisory_lock(hashtextextended('{number}', 7811109))::text");
    let mut holders = Vec::new();
    for lock in [
        "BEGIN; LOCK TABLE gateway_accounts",
        &alone,
        "BEGIN; LOCK TABLE wamid_received",
        "BEGIN; LOCK TABLE wamid_conversations",
    ] {
        let mut holder = AnyConnection::connect(&database.url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(lock.to_owned())).execute(&mut holder).await.unwrap();
        holders.push(holder);
    }
    let message = json!({"id": "wamid.IN", "from": "919876543210", "timestamp": "1750263773", "type": "text", "text": {"body": "x"}});
    let value = json!({"metadata": {"phone_number_id": number}, "messages": [message]});
    let body = json!({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).to_string();
    let signature = house.signature(&body);
    let last = holders.pop();
    let releasing = tokio::spawn(async move {
        for holder in holders {
            tokio::time::sleep(Duration::from_secs(7)).await;
            holder.close().await.unwrap();
        }
    });
    let answered = house.raw_with("POST", "webhook/", &signature, &body);
    let (status, answer) = tokio::time::timeout(ANSWER_WITHIN, answered).await.expect("an answer in time");
    assert_eq!((status, &answer["kind"]), (503, &json!("store")), "{answer}");
    releasing.await.unwrap();
    drop(last);
    let mut status = 503;
    while status == 503 {
        (status, _) = house.raw_with("POST", "webhook/", &signature, &body).await;
    }
    assert_eq!(status, 200);
    assert_eq!(house.store.chats(&number).await.unwrap()[0].unread_count, 1);
}
