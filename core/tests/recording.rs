//! A client that records what it sends: before it goes out, and again when it ends.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;
use std::time::Duration;

use support::log::Log;
use support::{Reply, Server, sent, soon, text};
use wamid::{ErrorKind, SendFilter, SendStatus, Store};

fn url(folder: &tempfile::TempDir) -> String {
    format!("sqlite:{}", folder.path().join("wamid.db").display())
}

async fn only_status(store: &Store) -> SendStatus {
    let sends = store.sends(&SendFilter::default()).await.unwrap();
    assert_eq!(sends.len(), 1, "one call is one record");
    sends[0].status
}

#[tokio::test]
async fn each_outcome_is_on_record() {
    for (reply, status) in [
        (sent as fn() -> Reply, SendStatus::Sent),
        (|| Reply::Last(Vec::new()), SendStatus::Unknown),
        (|| support::http(400, "", r#"{"error":{"message":"no","code":131026}}"#), SendStatus::Failed),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::new(move |_| reply()).await;
        let client = server.cloud().store(url(&folder)).build().unwrap();
        let _ = soon(client.send_built(text())).await;
        assert_eq!(only_status(&Store::open(&url(&folder)).await.unwrap()).await, status);
    }
}

#[tokio::test]
async fn it_is_on_record_before_meta_hears_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&url(&folder)).await.unwrap();
    let (at_meta, seen) = (Arc::new(store.clone()), Arc::new(std::sync::Mutex::new(None)));
    let told = seen.clone();
    let server = Server::slow(move |_| {
        let (store, told) = (at_meta.clone(), told.clone());
        async move {
            let status = only_status(&store).await;
            *told.lock().unwrap() = Some(status);
            sent()
        }
    })
    .await;
    let client = server.cloud().open_store(store).build().unwrap();
    let receipt = soon(client.send_built(text())).await.unwrap();
    assert_eq!(*seen.lock().unwrap(), Some(SendStatus::Sending));
    assert!(receipt.reference.is_some(), "without a reference no webhook could settle it");
}

#[tokio::test]
async fn a_store_that_is_held_costs_no_more_than_the_total_time_out_and_sends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let other = Store::open(&url(&folder)).await.unwrap();
    let server = Server::new(|_| sent()).await;
    let client =
        server.cloud().store(url(&folder)).total_timeout(Duration::from_millis(300)).build().unwrap();
    let held = other.begin().await.unwrap();
    let error = soon(client.send_built(text())).await.unwrap_err();
    drop(held);
    assert_eq!(
        (error.kind(), error.maybe_sent(), error.retryable()),
        (ErrorKind::Timeout, false, true),
        "{error:?}"
    );
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn if_the_outcome_cannot_be_recorded_the_caller_still_gets_it_and_it_is_logged() {
    let log = Log::start();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&url(&folder)).await.unwrap();
    let closing = store.clone();
    let server = Server::slow(move |_| {
        let store = closing.clone();
        async move {
            store.close().await;
            sent()
        }
    })
    .await;
    let client = server.cloud().open_store(store).build().unwrap();
    assert_eq!(soon(client.send_built(text())).await.unwrap().id, "wamid.A");
    assert!(log.text().contains("could not be recorded"), "{}", log.text());
}

/// The status of the send of that reference, once it is no longer under way.
async fn ended(store: &Store, reference: &str) -> SendStatus {
    soon(async {
        loop {
            let sends = store.sends(&SendFilter::default().reference(reference)).await.unwrap();
            match sends.first().map(|send| send.status) {
                None | Some(SendStatus::Sending) => tokio::time::sleep(Duration::from_millis(5)).await,
                Some(status) => return status,
            }
        }
    })
    .await
}

async fn begun(store: &Store, reference: &str) {
    soon(async {
        while store.sends(&SendFilter::default().reference(reference)).await.unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_send_that_panicked_before_its_request_was_not_sent() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().open_store(store.clone()).build().unwrap();
    soon(client.send_built(text().reference("wamid-test-panic"))).await.unwrap_err();
    assert_eq!(ended(&store, "wamid-test-panic").await, SendStatus::Failed);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_send_that_is_given_up_ends_by_what_is_known_of_its_request() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let server = Server::new(|seen| match seen.body.contains("throttled") {
        true => support::http(429, "Retry-After: 50\r\n", "{}"),
        false => Reply::Silence,
    })
    .await;
    let client = server
        .cloud()
        .open_store(store.clone())
        .max_connections(1)
        .total_timeout(Duration::from_secs(90))
        .build()
        .unwrap();
    let send = |reference: &'static str| {
        let client = client.clone();
        tokio::spawn(async move { client.send_built(text().reference(reference)).await })
    };
    // Meta refused it, and it waits to be sent again.
    let throttled = send("throttled");
    soon(server.until(|state| state.seen.len() == 1 && state.busy == 0)).await;
    // Meta has it.
    let written = send("written");
    soon(server.until(|state| state.seen.len() == 2)).await;
    // It waits for the only connection.
    let waiting = send("waiting");
    begun(&store, "waiting").await;
    for (given_up, reference, status) in [
        (throttled, "throttled", SendStatus::Failed),
        (waiting, "waiting", SendStatus::Failed),
        (written, "written", SendStatus::Unknown),
    ] {
        given_up.abort();
        assert_eq!(ended(&store, reference).await, status, "{reference}");
    }
    assert_eq!(server.seen().len(), 2);
}
