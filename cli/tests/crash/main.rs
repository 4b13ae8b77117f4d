//! Kills a serving gateway at random moments under load, and counts afterwards: for each message that Meta took exactly
//! one record, never two messages for one idempotency key; and each event that came in is passed on, in order for a sender.
//!
//! `WAMID_CRASH_KILLS` says how often (5, and 50 where events are counted); `WAMID_TEST_POSTGRES` adds PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod forwarded;
#[path = "../gateway_processes/mod.rs"]
mod gateway_processes;
mod killed;
mod midsend;

use std::collections::HashMap;

use wamid::{SendFilter, SendStatus, Store};

use crate::killed::{Outcome, Trial};

#[tokio::test(flavor = "multi_thread")]
async fn no_kill_loses_a_record_or_sends_twice_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("wamid.db").display());
    trial(&url, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_kill_of_one_of_three_loses_a_record_or_sends_twice_on_postgresql() {
    let Ok(server) = std::env::var("WAMID_TEST_POSTGRES") else {
        eprintln!("skipped: WAMID_TEST_POSTGRES is not set");
        return;
    };
    let database = gateway_processes::Database::create(&server);
    trial(&database.url, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_killed_in_mid_send_answers_what_webhooks_say_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    midsend::settled_by_webhooks(&format!("sqlite:{}", folder.path().join("wamid.db").display())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_killed_in_mid_send_answers_what_webhooks_say_on_postgresql() {
    let Ok(server) = std::env::var("WAMID_TEST_POSTGRES") else {
        eprintln!("skipped: WAMID_TEST_POSTGRES is not set");
        return;
    };
    let database = gateway_processes::Database::create(&server);
    midsend::settled_by_webhooks(&database.url).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_kill_loses_an_event_or_its_order_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("wamid.db").display());
    forwarded::trial(&url, 1, kills(50)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_kill_of_one_of_three_loses_an_event_or_its_order_on_postgresql() {
    let Ok(server) = std::env::var("WAMID_TEST_POSTGRES") else {
        eprintln!("skipped: WAMID_TEST_POSTGRES is not set");
        return;
    };
    let database = gateway_processes::Database::create(&server);
    forwarded::trial(&database.url, 3, kills(50)).await;
}

/// How often something is killed.
fn kills(usual: usize) -> usize {
    std::env::var("WAMID_CRASH_KILLS").map_or(usual, |kills| kills.parse().unwrap())
}

async fn trial(url: &str, gateways: usize) {
    let kills = kills(5);
    let mut trial = Trial::start(url, gateways).await;
    let seed = fastrand::get_seed();
    for kill in 0..kills {
        trial.load_until_killed().await;
        assert!(trial.outcomes() > 0, "no request was made before kill {kill} (seed {seed})");
    }
    let outcomes = trial.ask_again().await;

    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut references = Vec::new();
    for message in trial.sandbox.messages().iter().filter(|message| message.outcome.is_accepted()) {
        *taken.entry(message.body["text"]["body"].as_str().unwrap().to_owned()).or_default() += 1;
        references.push(message.body["biz_opaque_callback_data"].as_str().unwrap().to_owned());
    }
    let times = |key: &str| taken.get(key).copied().unwrap_or_default();
    for (key, outcome) in &outcomes {
        match outcome {
            Outcome::Sent => assert_eq!(times(key), 1, "{key} was answered as sent (seed {seed})"),
            Outcome::Unknown => assert!(times(key) <= 1, "{key} went out {} times (seed {seed})", times(key)),
            Outcome::NotSent(why) => panic!("{key} should be sent or unknown: {why} (seed {seed})"),
        }
    }
    let sent = outcomes.values().filter(|outcome| matches!(outcome, Outcome::Sent)).count();
    // As many as there are workers may be caught by each kill.
    assert!(sent > 0, "{sent} of {} were sent (seed {seed})", outcomes.len());

    trial.stop().await;
    let store = Store::open(url).await.unwrap();
    for reference in references {
        let mut filter = SendFilter::default();
        filter.reference = Some(reference.clone());
        let records = store.sends(&filter).await.unwrap();
        assert_eq!(records.len(), 1, "{reference} has so many records (seed {seed})");
    }
    let mut under_way = SendFilter::default();
    under_way.status = Some(SendStatus::Sending);
    assert!(store.sends(&under_way).await.unwrap().is_empty(), "what was caught in between shows as unknown");
    store.close().await;
}
