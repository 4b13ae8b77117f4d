//! What becomes of connections between calls: none is used that the host has left, none is kept that nobody wants.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use support::{Reply, SENT, Server, sent, soon, text};
use tokio::runtime::{Builder, Runtime};

/// Longer than a connection may rest before it is looked at.
const REST: Duration = Duration::from_millis(60);

/// One that runs only while somebody waits for a call, as in a script.
fn standing_still() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// One for servers, which go on meanwhile.
fn running() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// Written into a connection that the host has closed, a send would have an unknown outcome.
#[test]
fn a_host_that_hung_up_while_the_program_did_something_else_is_noticed_before_the_send() {
    let (servers, script) = (running(), standing_still());
    let keeping = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{SENT}", SENT.len());
    let server = servers.block_on(Server::new(move |_| Reply::Leave(keeping.clone().into_bytes())));
    let client = server.cloud().max_retries(0).build().unwrap();
    for round in 1..=5 {
        script.block_on(soon(client.send_built(text()))).unwrap();
        let state = servers.block_on(server.until(|state| state.open == 0));
        assert_eq!((state.connections, state.seen.len()), (round, round));
        std::thread::sleep(REST);
    }
}

#[test]
fn a_client_serves_several_runtimes_each_with_its_own_connections() {
    let servers = running();
    let server = servers.block_on(Server::new(|_| sent()));
    let client = server.cloud().build().unwrap();
    let (first, second) = (standing_still(), standing_still());
    for _ in 0..3 {
        // The other one stands still, and would never tell that an answer has come.
        first.block_on(soon(client.send_built(text()))).unwrap();
        second.block_on(soon(client.send_built(text()))).unwrap();
        std::thread::sleep(REST);
    }
    assert_eq!(server.state().connections, 2);

    drop(first);
    servers.block_on(server.until(|state| state.open == 1));
    second.block_on(soon(client.send_built(text()))).unwrap();
    assert_eq!((server.state().connections, server.seen().len()), (2, 7));
}

#[tokio::test]
async fn idle_connections_are_closed_in_time_without_another_call() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().pool_idle_timeout(REST).build().unwrap();
    for round in 1..=3 {
        let sends = (0..4).map(|_| client.send_built(text()));
        soon(futures_util::future::try_join_all(sends)).await.unwrap();
        let state = server.until(|state| state.open == 0).await;
        assert_eq!(state.connections, round * 4);
    }
}

#[tokio::test]
async fn no_more_idle_connections_are_kept_than_wanted_and_none_after_the_client() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().pool_max_idle(2).build().unwrap();
    let sends = (0..6).map(|_| client.send_built(text()));
    soon(futures_util::future::try_join_all(sends)).await.unwrap();
    let state = server.until(|state| state.open == 2).await;
    assert_eq!(state.connections, 6);
    drop(client);
    server.until(|state| state.open == 0).await;
}

/// A thousand single calls at once use up no file descriptors: they share a few connections.
#[tokio::test]
async fn no_more_connections_than_allowed_are_in_use_whatever_the_crowd() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().max_connections(3).build().unwrap();
    let sends = (0..200).map(|_| client.send_built(text()));
    soon(futures_util::future::try_join_all(sends)).await.unwrap();
    assert_eq!((server.state().connections, server.seen().len()), (3, 200));
}

#[tokio::test]
async fn a_call_that_waited_too_long_for_a_connection_was_surely_not_sent() {
    let server = Server::new(|_| Reply::Silence).await;
    let client = server
        .cloud()
        .max_connections(1)
        .max_retries(0)
        .total_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let (first, second) =
        soon(Box::pin(async { tokio::join!(client.send_built(text()), client.send_built(text())) })).await;
    let (first, second) = (first.unwrap_err(), second.unwrap_err());
    support::assert_error(&first, wamid::ErrorKind::Timeout, true, false, 1);
    support::assert_error(&second, wamid::ErrorKind::Timeout, false, true, 0);
    assert!(
        second.message().contains("max_connections") && second.message().contains("Waited 0.3 s"),
        "{second}"
    );
    assert_eq!(server.seen().len(), 1);
}

/// Who gives up waiting takes no place with him, and the wait is no part of an attempt's time.
#[tokio::test]
async fn a_wait_given_up_leaves_the_place_to_the_next() {
    let server = Server::slow(|_| async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        sent()
    })
    .await;
    let client =
        server.cloud().max_connections(1).timeout(Duration::from_millis(390)).max_retries(0).build().unwrap();
    let given_up = async {
        let waiting = tokio::time::timeout(Duration::from_millis(20), client.send_built(text())).await;
        assert!(waiting.is_err(), "the place was taken");
    };
    let (first, (), second, third) = soon(Box::pin(async {
        tokio::join!(
            client.send_built(text()),
            given_up,
            client.send_built(text()),
            client.send_built(text())
        )
    }))
    .await;
    for sent in [first, second, third] {
        sent.unwrap();
    }
    assert_eq!((server.state().connections, server.seen().len()), (1, 3));
}
