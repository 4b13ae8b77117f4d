//! Real PostgreSQL servers that are restarted, fail over to a standby, and run out of disk while messages are sent: no message
//! is sent twice or without a record, each error is true, and the record goes on by itself once it can.
#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod postgres_servers;
mod store_support;
mod support;

use std::collections::HashMap;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use postgres_servers::{Servers, url};
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use store_support::{BUSINESS, SHEENA, new};
use support::{Reply, Server, http};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use wamid::{Client, Error, ErrorKind, Message, SendFilter, SendMany, SendStatus, Store, StoredSend, Text};

/// What a message was asked to be known by.
fn reference_in(body: &str) -> String {
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    body["biz_opaque_callback_data"].as_str().unwrap().to_owned()
}

/// How often Meta heard of each reference.
fn heard(server: &Server) -> HashMap<String, usize> {
    let mut heard = HashMap::new();
    for seen in server.seen() {
        *heard.entry(reference_in(&seen.body)).or_default() += 1;
    }
    heard
}

fn accepted(reference: &str) -> Reply {
    let body = format!(
        r#"{{"messaging_product":"whatsapp","contacts":[{{"input":"x","wa_id":"{SHEENA}"}}],"messages":[{{"id":"wamid.{reference}"}}]}}"#
    );
    http(200, "", &body)
}

fn text(reference: &str) -> Message {
    Message::new(SHEENA, Text::new("Hello")).reference(reference)
}

fn assert_not_sent(error: &Error) {
    assert!(!error.maybe_sent() && error.retryable(), "{error:?}");
    assert!(matches!(error.kind(), ErrorKind::Store | ErrorKind::Timeout), "{error:?}");
}

async fn records(store: &Store) -> Vec<StoredSend> {
    let mut all = SendFilter::default();
    all.limit = Some(1000);
    store.sends(&all).await.unwrap()
}

/// Waits until nothing is under way any more.
async fn settled(store: &Store) -> HashMap<String, SendStatus> {
    for _ in 0..1000 {
        let all = records(store).await;
        if all.iter().all(|send| send.status != SendStatus::Sending) {
            return all.into_iter().map(|send| (send.reference.unwrap(), send.status)).collect();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("something stays under way: {:?}", records(store).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn restarts_under_load_lose_no_record_and_send_nothing_twice() {
    let Some(mut servers) = Servers::new() else { return };
    let port = servers.primary("a");
    let meta = Server::slow(|seen| {
        let reference = reference_in(&seen.body);
        async move {
            tokio::time::sleep(Duration::from_millis(fastrand::u64(1..400))).await;
            accepted(&reference)
        }
    })
    .await;
    let client = meta.cloud().store(url(port)).max_retries(0).build().unwrap();
    client.send_built(text("first")).await.unwrap();
    let mut outcomes: Vec<(String, Result<(), Error>)> = vec![("first".to_owned(), Ok(()))];
    for mode in ["fast", "immediate"] {
        let sends: Vec<_> = (0..200).map(|n| format!("{mode}{n}")).collect();
        let each = client.send_each(
            sends.clone().into_iter().map(|name| text(&name)),
            SendMany::default().concurrency(40),
        );
        let mut each = each.unwrap();
        // In the middle of it.
        for _ in 0..40 {
            let (at, outcome) = each.next().await.unwrap();
            outcomes.push((sends[at].clone(), outcome.map(drop)));
        }
        let restarting = tokio::task::spawn_blocking(move || {
            servers.restart("a", mode);
            servers
        });
        while let Some((at, outcome)) = each.next().await {
            outcomes.push((sends[at].clone(), outcome.map(drop)));
        }
        servers = restarting.await.unwrap();
        client.send_built(text(&format!("after {mode}"))).await.unwrap();
        outcomes.push((format!("after {mode}"), Ok(())));
    }
    let store = Store::open(&url(port)).await.unwrap();
    let (statuses, heard) = (settled(&store).await, heard(&meta));
    assert_eq!(statuses.len(), records(&store).await.len(), "one record for each");
    assert_eq!(outcomes.len(), 403);
    for (reference, outcome) in outcomes {
        let times = heard.get(&reference).copied().unwrap_or_default();
        match outcome {
            Ok(()) => {
                assert_eq!((times, statuses.get(&reference)), (1, Some(&SendStatus::Sent)), "{reference}")
            }
            Err(error) => {
                assert_not_sent(&error);
                assert_eq!(times, 0, "{reference}: {error:?}");
                assert!(
                    matches!(statuses.get(&reference), None | Some(SendStatus::Failed)),
                    "{reference}: {statuses:?}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failover_refuses_sends_until_the_standby_is_promoted_and_then_they_go_on() {
    let Some(mut servers) = Servers::new() else { return };
    let port = servers.primary("a");
    let gate = Arc::new(Semaphore::new(0));
    let opened = gate.clone();
    let meta = Server::slow(move |seen| {
        let (reference, opened) = (reference_in(&seen.body), opened.clone());
        async move {
            if reference.starts_with("held") {
                opened.acquire().await.unwrap().forget();
            }
            accepted(&reference)
        }
    })
    .await;
    let client = meta.cloud().store(url(port)).max_retries(0).build().unwrap();
    client.send_built(text("before")).await.unwrap();
    let standby = servers.standby("b", port);

    // Whoever opens the standby as a store hears what is wrong, and can send once it takes writes.
    let at_standby = meta.cloud().store(url(standby)).max_retries(0).build().unwrap();
    for _ in 0..2 {
        let error = at_standby.send_built(text("at the standby")).await.unwrap_err();
        assert_not_sent(&error);
        assert!(error.message().contains("name the primary"), "{error}");
    }

    // Messages are on their way when the primary goes away.
    let mut held = JoinSet::new();
    for n in 0..5 {
        let client = client.clone();
        held.spawn(async move { client.send_built(text(&format!("held{n}"))).await });
    }
    meta.until(|state| state.busy == 5).await;
    servers.stop("a", "fast");
    servers.stop("b", "fast");
    servers.start("b", port);
    for n in 0..3 {
        let error = client.send_built(text(&format!("refused{n}"))).await.unwrap_err();
        assert_not_sent(&error);
        assert!(error.message().contains("name the primary"), "{error}");
    }
    // Meta's answers do not wait for the store.
    gate.add_permits(5);
    for sent in held.join_all().await {
        sent.unwrap();
    }
    servers.promote("b");
    client.send_built(text("after")).await.unwrap();
    let store = Store::open(&url(port)).await.unwrap();
    let statuses = settled(&store).await;
    let mut sent: Vec<_> = statuses.iter().map(|(name, status)| (name.as_str(), *status)).collect();
    sent.sort_by_key(|(name, _)| *name);
    let names = ["after", "before", "held0", "held1", "held2", "held3", "held4"];
    assert_eq!(sent, names.map(|name| (name, SendStatus::Sent)));
    assert!(heard(&meta).values().all(|times| *times == 1));
    assert_eq!(heard(&meta).len(), 7);
}

/// What stands at the store's address may change while connections to the old server stay: a proxy, or a name.
#[tokio::test(flavor = "multi_thread")]
async fn connections_to_a_server_that_takes_no_writes_are_not_kept() {
    let Some(mut servers) = Servers::new() else { return };
    let primary = servers.primary("a");
    Store::open(&url(primary)).await.unwrap().close().await;
    let standby = servers.standby("b", primary);
    let target = Arc::new(std::sync::atomic::AtomicU16::new(primary));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = listener.local_addr().unwrap().port();
    let aim = target.clone();
    tokio::spawn(async move {
        loop {
            let (mut near, _) = listener.accept().await.unwrap();
            let port = aim.load(std::sync::atomic::Ordering::Acquire);
            tokio::spawn(async move {
                let mut far = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    let store = Store::open(&url(proxy)).await.unwrap();
    target.store(standby, std::sync::atomic::Ordering::Release);
    // The idle connections are the primary's still.
    let all = std::iter::repeat_with(|| store.begin()).take(10).collect::<Vec<_>>();
    let begun = futures_util::future::join_all(all).await;
    let refused = begun.iter().filter_map(|begun| begun.as_ref().err()).collect::<Vec<_>>();
    assert!(!refused.is_empty(), "all connections are the primary's");
    refused.into_iter().for_each(assert_not_sent);
    drop(begun);
    assert_not_sent(&store.begin_send(&new(SHEENA, "refused")).await.unwrap_err());
    target.store(primary, std::sync::atomic::Ordering::Release);
    for n in 0..20 {
        store.begin_send(&new(SHEENA, &format!("r{n}"))).await.unwrap();
    }
    assert_eq!(store.chats(BUSINESS).await.unwrap().len(), 0);
}

/// A small disk of its own; gone after the test.
struct Disk(std::path::PathBuf);

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_an_error_until_there_is_room() {
    let Some(mut servers) = Servers::new() else { return };
    let port = servers.primary("a");
    servers.run(r#"mkdir "$folder/small""#);
    let small = servers.folder().join("small");
    let mount =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m,mode=1777", "tmpfs"]).arg(&small).output();
    if !mount.is_ok_and(|done| done.status.success()) {
        println!("full disk skipped: this user cannot mount a tmpfs");
        return;
    }
    let _disk = Disk(small);
    servers.run(r#"mkdir "$folder/small/space""#);
    sqlx::any::install_default_drivers();
    let mut admin = AnyConnection::connect(&url(port)).await.unwrap();
    let space = servers.folder().join("small/space");
    for statement in [
        format!("CREATE TABLESPACE small LOCATION '{}'", space.display()),
        "CREATE DATABASE small TABLESPACE small".to_owned(),
    ] {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut admin).await.unwrap();
    }
    let meta = Server::new(|seen| accepted(&reference_in(&seen.body))).await;
    let store = Store::open(&url(port).replace("/postgres?", "/small?")).await.unwrap();
    let client = meta.cloud().open_store(store.clone()).max_retries(0).build().unwrap();
    client.send_built(text("before")).await.unwrap();
    for round in 0..2 {
        // The disk fills up to the last byte; what is free in the tables' own pages is used up after that.
        let _ = servers.try_run(r#"dd if=/dev/zero of="$folder/small/filler" bs=4096"#);
        let mut refused = None;
        for n in 0..2000 {
            let reference = format!("{round} {n} {}", "long".repeat(100));
            if let Err(error) = client.send_built(text(&reference)).await {
                refused = Some(error);
                break;
            }
        }
        let refused = refused.expect("the disk is full");
        assert_not_sent(&refused);
        assert!(refused.message().contains("disk"), "{refused}");
        servers.run(r#"rm "$folder/small/filler""#);
        client.send_built(text(&format!("after {round}"))).await.unwrap();
    }
    let statuses = settled(&store).await;
    let heard = heard(&meta);
    assert!(heard.values().all(|times| *times == 1));
    for (reference, status) in statuses {
        assert_eq!(heard.contains_key(&reference), status == SendStatus::Sent, "{reference}");
    }
    let _: &Client = &client;
}
