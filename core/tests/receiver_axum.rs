//! The `tower` service, in axum, over a real connection.
#![cfg(all(feature = "tower", feature = "store"))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod receiver_support;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use receiver_support::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::sleep;
use wamid::{Event, WebhookReceiver};

/// A server whose handler notes what it gets, and does to it what its id says.
struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
    /// The slow handler waits for this.
    go_on: Arc<Notify>,
}

impl Server {
    async fn start() -> Self {
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let go_on: Arc<Notify> = Arc::default();
        let (noted, waited_for) = (Arc::clone(&seen), Arc::clone(&go_on));
        let receiver = receiver(None).answer_within(Duration::from_millis(300));
        let webhook = receiver.service(move |event: Event| {
            let (seen, go_on) = (Arc::clone(&noted), Arc::clone(&waited_for));
            async move {
                let name = name(&event);
                let is_first = {
                    let mut seen = seen.lock().unwrap();
                    seen.push(name.clone());
                    seen.iter().filter(|other| **other == name).count() == 1
                };
                match name.as_str() {
                    "wamid.FAILS" if is_first => return Err("the database is away"),
                    "wamid.PANICS" => {
                        assert!(!is_first, "a bug of the handler's");
                    }
                    "wamid.SLOW" => {
                        go_on.notified().await;
                        seen.lock().unwrap().push("slow is done".to_owned());
                    }
                    _ => {}
                }
                Ok(())
            }
        });
        let app = Router::new().route_service("/webhook", webhook);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, seen, go_on }
    }

    async fn request(&self, head: &str, body: &[u8]) -> (u16, String) {
        let mut connection = TcpStream::connect(self.address).await.unwrap();
        let head = format!("{head}\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        connection.write_all(head.as_bytes()).await.unwrap();
        // A server that has refused it already may have closed.
        let _ = connection.write_all(body).await;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8(answer).unwrap();
        (answer[9..12].parse().unwrap(), answer)
    }

    async fn post(&self, body: &[u8], signature: &str) -> u16 {
        let length = body.len();
        let head = format!(
            "POST /webhook HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nx-hub-signature-256: {signature}"
        );
        self.request(&head, body).await.0
    }

    async fn deliver(&self, messages_: &[(&str, &str)]) -> u16 {
        let body = messages(messages_);
        self.post(&body, &signature(&body)).await
    }

    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}

#[tokio::test]
async fn the_handshake_and_what_is_refused() {
    let server = Server::start().await;
    let query = "hub.mode=subscribe&hub.challenge=42&hub.verify_token=verify";
    let (status, answer) = server.request(&format!("GET /webhook?{query} HTTP/1.1"), b"").await;
    assert_eq!(status, 200);
    assert!(answer.ends_with("\r\n\r\n42"), "{answer}");
    assert_eq!(server.request("GET /webhook HTTP/1.1", b"").await.0, 403);
    let (status, answer) = server.request("PUT /webhook HTTP/1.1", b"").await;
    assert_eq!(status, 405);
    assert!(answer.contains("allow: GET, POST"), "{answer}");

    let body = messages(&[("wamid.A", "1")]);
    assert_eq!(server.post(&body, &signature(b"{}")).await, 401);
    let large = vec![b' '; WebhookReceiver::LARGEST_BODY + 1];
    assert_eq!(server.post(&large, &signature(&large)).await, 413);
    // Without a length, it is counted as it comes.
    let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", large.len(), String::from_utf8(large).unwrap());
    let head = "POST /webhook HTTP/1.1\r\ntransfer-encoding: chunked";
    assert_eq!(server.request(head, chunked.as_bytes()).await.0, 413);
    assert_eq!(server.seen(), Vec::<String>::new());
}

#[tokio::test]
async fn events_come_in_order_and_only_what_failed_comes_again() {
    let server = Server::start().await;
    let sent = [("wamid.A", "1"), ("wamid.FAILS", "1"), ("wamid.PANICS", "2"), ("wamid.B", "1")];
    assert_eq!(server.deliver(&sent).await, 500);
    assert_eq!(server.seen(), ["wamid.A", "wamid.FAILS", "wamid.PANICS", "wamid.B"]);
    server.seen.lock().unwrap().extend(["wamid.FAILS".to_owned(), "wamid.PANICS".to_owned()]);
    assert_eq!(server.deliver(&sent).await, 200);
    assert_eq!(server.seen()[2..], ["wamid.FAILS", "wamid.PANICS"]);
    assert_eq!(server.deliver(&sent).await, 200);
    assert_eq!(server.seen(), Vec::<String>::new());
}

#[tokio::test]
async fn a_long_handler_runs_on_behind_the_answer() {
    let server = Server::start().await;
    assert_eq!(server.deliver(&[("wamid.SLOW", "1")]).await, 200);
    assert_eq!(server.seen(), ["wamid.SLOW"]);
    server.go_on.notify_one();
    while server.seen.lock().unwrap().is_empty() {
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(server.seen(), ["slow is done"]);
}

#[tokio::test]
async fn what_waits_behind_a_long_handler_is_delivered_again_and_handed_over_once() {
    let server = Server::start().await;
    assert_eq!(server.deliver(&[("wamid.SLOW", "1"), ("wamid.B", "1")]).await, 500);
    assert_eq!(server.seen(), ["wamid.SLOW"]);
    // What comes meanwhile waits for it.
    assert_eq!(server.deliver(&[("wamid.C", "1")]).await, 500);
    server.go_on.notify_one();
    while server.seen.lock().unwrap().len() < 3 {
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(server.seen(), ["slow is done", "wamid.B", "wamid.C"]);
    for again in [&[("wamid.SLOW", "1"), ("wamid.B", "1")][..], &[("wamid.C", "1")]] {
        assert_eq!(server.deliver(again).await, 200);
    }
    assert_eq!(server.seen(), Vec::<String>::new());
}

#[test]
fn the_page_has_the_example_as_it_is_built() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("../docs/receivers.md")).unwrap();
    let (_, block) = page.split_once("```rust\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    assert_eq!(block, include_str!("../examples/axum_webhook.rs"));
}
