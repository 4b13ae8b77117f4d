//! What is PostgreSQL's own: its errors, its locks, and a server that goes away.
#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

#[path = "support/refusing.rs"]
mod refusing;
mod store_support;

use std::error::Error as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use refusing::refusing;
use serde_json::json;
use sqlx::any::AnyConnectOptions;
use store_support::*;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use wamid::{ErrorKind, SendFilter, Store};

/// The URL with some of it changed.
fn changed(place: &Place, change: impl FnOnce(&mut AnyConnectOptions)) -> String {
    let mut options: AnyConnectOptions = place.url.parse().unwrap();
    change(&mut options);
    options.database_url.to_string()
}

#[tokio::test]
async fn what_is_no_url_or_has_unknown_options_is_refused_without_the_password() {
    for url in [
        "postgres://user:hunter2/x@localhost/x",
        "postgres://user:hunter2?x@localhost/x",
        "postgresql://user:hunter2@local host/x",
        "postgres:user:hunter2@localhost/x",
        "postgres://user@localhost/x?passwrod=hunter2",
        "postgres://user@localhost/x?hunter2",
    ] {
        let error = Store::open(url).await.unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("store")), "{url}");
        assert!(!format!("{error:?} {error}").contains("hunter2"), "{error:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named_without_the_password() {
    let (_held, free) = refusing();
    for url in [
        format!("postgres://user:hunter2@{free}/x"),
        format!("postgresql://user@{free}/x?password=hunter2&sslmode=require"),
    ] {
        let error = Store::open(&url).await.unwrap_err();
        assert_eq!((error.kind(), error.retryable(), error.maybe_sent()), (ErrorKind::Store, true, false));
        assert!(error.message().contains(&format!("postgres://user@{free}/x")), "{error}");
        assert!(!format!("{error:?} {error} {:?}", error.source()).contains("hunter2"), "{error:?}");
    }
}

/// Messages, phone numbers and tokens cross the network to the database: whoever asks for a checked certificate gets one.
#[tokio::test]
async fn a_server_is_known_by_its_certificate() {
    let Ok(certificate) = std::env::var("WAMID_TEST_POSTGRES_CERTIFICATE") else {
        println!("TLS skipped: WAMID_TEST_POSTGRES_CERTIFICATE is not set");
        return;
    };
    on_postgres(async |place| {
        let with = |host: &str, options: &str| {
            changed(place, |url| {
                url.database_url.set_host(Some(host)).unwrap();
                url.database_url.set_query(Some(options));
            })
        };
        let trusted = format!("sslmode=verify-full&sslrootcert={certificate}");
        let store = Store::open(&with("127.0.0.1", &trusted)).await.unwrap();
        send(&store, SHEENA, "order-1", &sent("wamid.A")).await;
        assert_eq!(chats(&store).await.len(), 1);
        store.close().await;

        for (url, advice) in [
            // Signed by nobody whom one knows; for another name; no such file.
            (with("127.0.0.1", "sslmode=verify-full"), "the server's certificate"),
            (with("localhost", &trusted), "the server's certificate"),
            (with("127.0.0.1", "sslmode=verify-full&sslrootcert=/nowhere.crt"), "such as sslrootcert"),
        ] {
            let error = Store::open(&url).await.unwrap_err();
            assert_eq!((error.kind(), error.retryable()), (ErrorKind::Store, false), "{error}");
            assert!(error.message().contains(advice), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_opened_is_named_without_the_password() {
    on_postgres(async |place| {
        let wrong = changed(place, |options| options.database_url.set_password(Some("hunter2")).unwrap());
        let missing = changed(place, |options| options.database_url.set_path("no_such_database"));
        for (url, advice) in [(wrong, "check the user and the password"), (missing, "create the database")] {
            let error = Store::open(&url).await.unwrap_err();
            assert_eq!((error.kind(), error.retryable()), (ErrorKind::Store, false), "{error}");
            assert!(error.message().contains(advice), "{error}");
            assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
        }
        let mut password = String::new();
        changed(place, |options| password = options.database_url.password().unwrap_or("none").to_owned());
        let store = place.open().await;
        let shown = format!("{store:?} {:?}", store.begin().await.unwrap());
        assert!(shown.contains("postgres://") && !shown.contains(&password), "{shown}");
    })
    .await;
}

/// Stands between the store and the server until it is told to break off.
async fn between(place: &Place) -> (String, Arc<Notify>) {
    let (mut host, mut port) = (String::new(), 0);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let own = listener.local_addr().unwrap().port();
    let url = changed(place, |options| {
        let url = &mut options.database_url;
        (host, port) = (url.host_str().unwrap().to_owned(), url.port().unwrap_or(5432));
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(own)).unwrap();
    });
    let broken = Arc::new(Notify::new());
    let breaks = Arc::clone(&broken);
    tokio::spawn(async move {
        let mut links = tokio::task::JoinSet::new();
        loop {
            tokio::select! {
                () = breaks.notified() => return,
                link = listener.accept() => {
                    let (mut near, _) = link.unwrap();
                    let mut far = TcpStream::connect((host.as_str(), port)).await.unwrap();
                    links.spawn(async move { copy_bidirectional(&mut near, &mut far).await });
                }
            }
        }
    });
    (url, broken)
}

#[tokio::test]
async fn a_server_that_goes_away_in_the_middle_of_a_call_is_a_retryable_error() {
    on_postgres(async |place| {
        let (url, broken) = between(place).await;
        let store = Store::open(&url).await.unwrap();
        let id = store.begin_send(&new(SHEENA, "r")).await.unwrap();
        // Somebody holds the row, so that the call is under way when it happens.
        let direct = place.open().await;
        let mut holder = direct.begin().await.unwrap();
        sqlx::query("SELECT id FROM wamid_sends FOR UPDATE").execute(&mut *holder).await.unwrap();
        let outcome = sent("wamid.1");
        let call = store.finish_send(&id, &outcome);
        let cut = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            broken.notify_one();
        };
        let (ended, ()) = tokio::join!(call, cut);
        let error = ended.unwrap_err();
        assert_eq!((error.kind(), error.retryable(), error.maybe_sent()), (ErrorKind::Store, true, false));
        let started = Instant::now();
        let error = store.begin_send(&new(SHEENA, "r")).await.unwrap_err();
        assert!(error.kind() == ErrorKind::Store && error.retryable(), "{error}");
        // The lock's own time-out is 8 s; without it this waits for good.
        assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
        // Once the server is free of it, the record goes on.
        drop(holder);
        direct.finish_send(&id, &outcome).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn connections_that_the_server_closed_meanwhile_are_replaced() {
    on_postgres(async |place| {
        let store = place.open().await;
        send(&store, SHEENA, "r", &sent("wamid.1")).await;
        let end = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let other = place.open().await;
        sqlx::query(end).fetch_all(other.pool()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(1100)).await;
        send(&store, SHEENA, "r", &sent("wamid.2")).await;
    })
    .await;
}

#[tokio::test]
async fn a_lock_that_is_not_given_back_is_an_error_and_no_hang() {
    on_postgres(async |place| {
        let store = place.open().await;
        let id = store.begin_send(&new(SHEENA, "r")).await.unwrap();
        let mut holder = store.begin().await.unwrap();
        sqlx::query("SELECT id FROM wamid_sends FOR UPDATE").execute(&mut *holder).await.unwrap();
        let error = store.finish_send(&id, &sent("wamid.1")).await.unwrap_err();
        assert_eq!((error.kind(), error.retryable()), (ErrorKind::Store, true), "{error}");
        assert!(error.message().contains("another transaction"), "{error}");
        // The holder's transaction is still its own.
        holder.commit().await.unwrap();
        store.finish_send(&id, &sent("wamid.1")).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_that_turn_out_to_be_one_while_sends_begin_stay_whole() {
    on_postgres(async |place| {
        let (one, two) = tokio::join!(place.open(), place.open());
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..200_usize {
            let store = if n % 2 == 0 { one.clone() } else { two.clone() };
            tasks.spawn(async move {
                let (number, user) = (format!("49151000000{:02}", n % 10), format!("DE.{}", n % 10));
                let to = if n % 3 == 0 { &number } else { &user };
                let id = store.begin_send(&new(to, &format!("r{n}"))).await.unwrap();
                let mut from = message(&format!("in.{n}"), (n % 5 > 0).then_some(&*number), Some(&user), 1);
                store.record_events(&mut from).await.unwrap();
                let told = json!({"recipient_id": number, "recipient_user_id": user,
                    "biz_opaque_callback_data": format!("r{n}")});
                let message_id = format!("wamid.{n}");
                let outcome = sent(&message_id);
                tokio::join!(
                    async { store.finish_send(&id, &outcome).await.unwrap() },
                    tell(&store, &message_id, "sent", told.clone()),
                    tell(&store, &message_id, "delivered", told.clone()),
                );
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.unwrap();
        }
        let chats = chats(&one).await;
        assert_eq!(chats.len(), 10, "{chats:?}");
        let mut all = SendFilter::default();
        all.status = Some(wamid::SendStatus::Delivered);
        all.limit = Some(1000);
        assert_eq!(one.sends(&all).await.unwrap().len(), 200);
    })
    .await;
}
