//! A database that fails in the middle: each call ends in a store error or in success, and the store works again by itself.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod store_support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use store_support::*;
use wamid::{
    Client, Error, ErrorKind, Message, Migration, Options, Prune, SendFilter, SendStatus, Store, Text,
};

fn assert_store(error: &Error) {
    assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::Store, false), "{error:?}");
}

async fn run(store: &Store, statement: &'static str) {
    let mut tx = store.begin().await.unwrap();
    sqlx::raw_sql(statement).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn works(store: &Store, reference: &str) {
    let id = send(store, SHEENA, reference, &sent(&format!("wamid.{reference}"))).await;
    assert_eq!(status_of(store, id).await, SendStatus::Sent);
    store.check_writing().await.unwrap();
    store.check_file().await.unwrap();
}

/// Every kind of transaction that the store makes, on a database that rolls each back by itself.
#[tokio::test]
async fn a_database_that_rolls_back_by_itself_can_be_written_afterwards() {
    for memory in [false, true] {
        let place = Place::sqlite();
        let store = if memory { Store::open("sqlite::memory:").await.unwrap() } else { place.open().await };
        let id = store.begin_send(&new(SHEENA, "first")).await.unwrap();
        store.finish_send(&crash(&store, SHEENA, "old").await, &sent("wamid.old")).await.unwrap();
        run(
            &store,
            "CREATE TABLE full (on_insert TEXT);
             CREATE TRIGGER full_sends BEFORE INSERT ON wamid_sends
                BEGIN SELECT RAISE(ROLLBACK, 'full') WHERE EXISTS (SELECT 1 FROM full); END;
             CREATE TRIGGER full_ends BEFORE UPDATE ON wamid_sends
                BEGIN SELECT RAISE(ROLLBACK, 'full') WHERE EXISTS (SELECT 1 FROM full); END;
             CREATE TRIGGER full_prune BEFORE DELETE ON wamid_sends
                BEGIN SELECT RAISE(ROLLBACK, 'full') WHERE EXISTS (SELECT 1 FROM full); END;
             CREATE TRIGGER full_received BEFORE INSERT ON wamid_received
                BEGIN SELECT RAISE(ROLLBACK, 'full') WHERE EXISTS (SELECT 1 FROM full); END;
             CREATE TRIGGER full_tables BEFORE INSERT ON wamid_migrations
                BEGIN SELECT RAISE(ROLLBACK, 'full') WHERE EXISTS (SELECT 1 FROM full); END;",
        )
        .await;
        const STEP: Migration = Migration { version: 1, statements: &["CREATE TABLE of_others (id {id})"] };
        for round in 0..2 {
            run(&store, "INSERT INTO full VALUES ('yes')").await;
            assert_store(&store.begin_send(&new(SHEENA, "r")).await.unwrap_err());
            assert_store(&store.finish_send(&id, &sent("wamid.1")).await.unwrap_err());
            let all = Prune::before(Timestamp::now()).with_unknown(true);
            assert_store(&store.prune(&all).await.unwrap_err());
            let mut came = message("wamid.in", Some(SHEENA), None, 1_750_000_000);
            assert_store(&store.record_events(&mut came).await.unwrap_err());
            assert_store(&store.migrate("others", &[STEP]).await.unwrap_err());
            assert_store(&store.check_writing().await.unwrap_err());
            // In a transaction of one's own, as the gateway's are.
            let mut tx = store.begin().await.unwrap();
            let failed =
                sqlx::query("INSERT INTO wamid_received VALUES ('1', '2', 3)").execute(&mut *tx).await;
            assert!(failed.is_err());
            assert_store(&tx.commit().await.unwrap_err());
            run(&store, "DELETE FROM full").await;
            works(&store, &format!("after{round}")).await;
        }
        assert_eq!(status_of(&store, id).await, SendStatus::Sending, "in memory: {memory}");
        store.finish_send(&id, &sent("wamid.1")).await.unwrap();
        assert_eq!(status_of(&store, id).await, SendStatus::Sent);
    }
}

/// A small disk of its own; gone after the test.
struct Disk(PathBuf);

impl Disk {
    /// None where this user may not mount one.
    fn of(size: &str, at: &Path) -> Option<Self> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .output()
            .is_ok_and(|done| done.status.success());
        if !mounted {
            println!("full disk skipped: this user cannot mount a tmpfs");
        }
        mounted.then(|| Self(at.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[tokio::test]
async fn a_full_disk_is_an_error_until_there_is_room() {
    let place = Place::sqlite();
    let Some(_disk) = Disk::of("3m", place.folder.path()) else { return };
    let store = place.open().await;
    works(&store, "before").await;
    let filler = place.folder.path().join("filler");
    for round in 0..2 {
        // The disk fills up to the last byte.
        let mut most = 3 << 20;
        while most > 0 {
            use std::io::Write as _;
            let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&filler).unwrap();
            if file.write_all(&vec![1; most]).is_err() {
                most /= 2;
            }
        }
        let mut refused = None;
        for n in 0..500 {
            match store.begin_send(&new(&format!("49151{n:07}"), &"long".repeat(100))).await {
                Ok(_) => {}
                Err(error) => {
                    refused = Some(error);
                    break;
                }
            }
        }
        let refused = refused.expect("the disk is full");
        assert_store(&refused);
        assert!(refused.retryable() && refused.message().contains("room"), "{refused}");
        assert_store(&store.check_writing().await.unwrap_err());
        std::fs::remove_file(&filler).unwrap();
        works(&store, &format!("after{round}")).await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn nothing_goes_into_a_file_that_was_removed_or_replaced() {
    let place = Place::sqlite();
    let store = place.open().await;
    let id = store.begin_send(&new(SHEENA, "first")).await.unwrap();
    let path = place.folder.path().join("wamid.db");
    let away = place.folder.path().join("away.db");
    std::fs::rename(&path, &away).unwrap();
    let removed = store.begin_send(&new(SHEENA, "r")).await.unwrap_err();
    assert_store(&removed);
    assert!(removed.message().contains("removed"), "{removed}");
    assert_store(&store.finish_send(&id, &sent("wamid.1")).await.unwrap_err());
    assert_store(&store.begin().await.unwrap_err());
    assert_store(&store.check_file().await.unwrap_err());
    assert!(!path.exists(), "an empty file must not take its place");
    // Another one, as of a backup.
    std::fs::copy(&away, &path).unwrap();
    let replaced = store.begin_send(&new(SHEENA, "r")).await.unwrap_err();
    assert_store(&replaced);
    assert!(replaced.message().contains("replaced"), "{replaced}");
    // One that was begun in time does not end in it either.
    std::fs::rename(&away, &path).unwrap();
    let tx = store.begin().await.unwrap();
    std::fs::rename(&path, &away).unwrap();
    assert_store(&tx.commit().await.unwrap_err());
    std::fs::rename(&away, &path).unwrap();
    works(&store, "after").await;
    assert_eq!(store.sends(&SendFilter::default()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_damaged_file_is_found_though_this_process_remembers_what_was_in_it() {
    let place = Place::sqlite();
    let store = place.open().await;
    for n in 0..20 {
        works(&store, &format!("r{n}")).await;
    }
    let tx = store.begin().await.unwrap();
    tx.commit().await.unwrap();
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(store.pool()).await.unwrap();
    let path = place.folder.path().join("wamid.db");
    // Written by another program: a handle of this one would take the locks away when it is closed.
    let size = std::fs::metadata(&path).unwrap().len();
    let dd = Command::new("dd")
        .args(["if=/dev/urandom", "bs=4096", "seek=1", "conv=notrunc", "status=none"])
        .args([format!("of={}", path.display()), format!("count={}", size / 4096 - 1)])
        .status();
    assert!(dd.unwrap().success());
    let mut tries = 0;
    let error = loop {
        match store.check_file().await {
            Err(error) => break error,
            // An earlier look is believed for a while.
            Ok(()) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        tries += 1;
        assert!(tries < 600, "the damage was never found");
    };
    assert_store(&error);
}

/// Holds the only write lock, as another process does, until it is dropped.
async fn hold(place: &Place) -> AnyConnection {
    sqlx::any::install_default_drivers();
    let mut holder = AnyConnection::connect(&place.url).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut holder).await.unwrap();
    holder
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_whose_caller_gave_up_has_no_effect() {
    let place = Place::sqlite();
    let store = place.open().await;
    let mut holder = hold(&place).await;
    for n in 0..20 {
        let reference = format!("r{n}");
        let send = new(SHEENA, &reference);
        let begin = store.begin_send(&send);
        let given_up = tokio::time::timeout(Duration::from_millis(1 + n * 10), begin).await;
        assert!(given_up.is_err());
    }
    sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
    works(&store, "after").await;
    let left = store.sends(&SendFilter::default()).await.unwrap();
    assert_eq!(left.len(), 1, "{left:?}");
}

/// At whatever moment a caller gives up, nothing is left that looks as if it were under way.
#[tokio::test(flavor = "multi_thread")]
async fn whenever_a_caller_gives_up_nothing_stays_under_way() {
    everywhere(async |place| {
        let store = place.open().await;
        let mut asked = tokio::task::JoinSet::new();
        for n in 0..200_u64 {
            let store = store.clone();
            asked.spawn(async move {
                let send = new(SHEENA, &format!("r{n}"));
                let begin = store.begin_send(&send);
                tokio::time::timeout(Duration::from_micros(fastrand::u64(1..20_000)), begin).await.is_ok()
            });
        }
        let kept = asked.join_all().await.into_iter().filter(|kept| *kept).count();
        let mut under_way = SendFilter::default();
        (under_way.status, under_way.limit) = (Some(SendStatus::Sending), Some(1000));
        for _ in 0..200 {
            if store.sends(&under_way).await.unwrap().len() == kept {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{kept} were kept, and {} are under way", store.sends(&under_way).await.unwrap().len());
    })
    .await;
}

/// Waits until each has ended.
const END_ALL: &str = "SELECT COUNT(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_are_cut_under_load_are_replaced() {
    on_postgres(async |place| {
        let (store, other) = (place.open().await, place.open().await);
        let mut load = tokio::task::JoinSet::new();
        for worker in 0..8 {
            let store = store.clone();
            load.spawn(async move {
                for n in 0..60 {
                    let begun = store.begin_send(&new(SHEENA, &format!("r{worker}-{n}"))).await;
                    match begun {
                        Ok(id) => {
                            if let Err(error) =
                                store.finish_send(&id, &sent(&format!("wamid.{worker}-{n}"))).await
                            {
                                assert_store(&error);
                            }
                        }
                        Err(error) => assert_store(&error),
                    }
                }
            });
        }
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_millis(30)).await;
            let mut admin = AnyConnection::connect(&place.url).await.unwrap();
            let mut asked = sqlx::query(END_ALL).fetch_all(&mut admin).await;
            if asked.is_err() {
                asked = Ok(Vec::new());
            }
            drop(asked);
            let _ = admin.close().await;
        }
        for done in load.join_all().await {
            let () = done;
        }
        drop(other);
        // At once, without a failing call in between.
        for n in 0..30 {
            works(&store, &format!("after{n}")).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_the_server_broke_off_is_an_error_and_its_connection_is_replaced() {
    on_postgres(async |place| {
        let store = place.open().await;
        let mut tx = store.begin().await.unwrap();
        let mut other = AnyConnection::connect(&place.url).await.unwrap();
        sqlx::query(END_ALL).fetch_all(&mut other).await.unwrap();
        let lost = sqlx::query("SELECT 1").execute(&mut *tx).await;
        assert!(lost.is_err());
        assert_store(&tx.commit().await.unwrap_err());
        works(&store, "after").await;

        // Idle for too long inside a transaction; a statement that takes too long.
        let mut tx = store.begin().await.unwrap();
        sqlx::raw_sql("SET idle_in_transaction_session_timeout = '50ms'").execute(&mut *tx).await.unwrap();
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_store(&tx.commit().await.unwrap_err());
        let mut tx = store.begin().await.unwrap();
        sqlx::raw_sql("SET LOCAL statement_timeout = '50ms'").execute(&mut *tx).await.unwrap();
        assert!(sqlx::query("SELECT pg_sleep(5)::text").execute(&mut *tx).await.is_err());
        drop(tx);
        works(&store, "later").await;
    })
    .await;
}

/// What a failover leaves behind: a server that takes no writes.
#[tokio::test]
async fn a_server_that_takes_no_writes_is_an_error_until_it_does() {
    on_postgres(async |place| {
        let store = place.open().await;
        works(&store, "before").await;
        let mut admin = AnyConnection::connect(&place.url).await.unwrap();
        let refuse = "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION 'cannot execute in a read-only transaction' USING ERRCODE = '25006'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON wamid_sends FOR EACH ROW EXECUTE FUNCTION refuse();
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON wamid_migrations FOR EACH ROW EXECUTE FUNCTION refuse();";
        sqlx::raw_sql(AssertSqlSafe(refuse)).execute(&mut admin).await.unwrap();
        let error = store.begin_send(&new(SHEENA, "r")).await.unwrap_err();
        assert_store(&error);
        assert!(error.retryable() && error.message().contains("primary"), "{error}");
        assert_store(&store.check_writing().await.unwrap_err());
        let allow = "DROP TRIGGER refuse ON wamid_sends; DROP TRIGGER refuse ON wamid_migrations;";
        sqlx::raw_sql(AssertSqlSafe(allow)).execute(&mut admin).await.unwrap();
        works(&store, "after").await;
        // A default of the database does not keep the gateway from writing.
        let name = place.url.rsplit_once('/').unwrap().1.split('?').next().unwrap();
        let set = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
        sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut admin).await.unwrap();
        works(&place.open().await, "read-only by default").await;
    })
    .await;
}

/// Cut off in the middle, nobody would know what became of it.
#[tokio::test]
async fn a_send_that_cannot_end_in_time_is_not_begun() {
    let place = Place::sqlite();
    let store = place.open().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut options = Options::default();
    options.graph_url = Some(format!("http://{}", listener.local_addr().unwrap()));
    let client =
        Client::cloud("ACCESS-TOKEN", BUSINESS).options(options).open_store(store.clone()).build().unwrap();
    let until = tokio::time::Instant::now() + Duration::from_secs(1);
    let error =
        client.send_until(Message::new(SHEENA, Text::new("Hello")), None, 1, until).await.unwrap_err();
    let said = (error.kind(), error.maybe_sent(), error.retryable(), error.attempts());
    assert_eq!(said, (ErrorKind::Timeout, false, true, 0), "{error}");
    assert!(
        tokio::time::timeout(Duration::from_millis(50), listener.accept()).await.is_err(),
        "a connection"
    );
    let left = store.sends(&SendFilter::default()).await.unwrap();
    assert_eq!((left.len(), left[0].status), (1, SendStatus::Failed));
}
