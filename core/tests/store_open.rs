//! What a store can be opened on, and what its errors tell one to do.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod store_support;

use store_support::*;
use wamid::{ErrorKind, Migration, Store};

#[tokio::test]
async fn another_scheme_is_refused() {
    for url in [
        "",
        "wamid.db",
        "mysql://root:hunter2@localhost/x",
        "sqlite",
        "sqlite:",
        "sqlite://",
        "sqlite:a?mode=ro",
        "sqlite:a\0b",
    ] {
        let error = Store::open(url).await.unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("store")), "{url}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

#[cfg(not(feature = "postgres"))]
#[tokio::test]
async fn postgresql_is_the_gateways() {
    for url in ["postgres://user:hunter2@localhost/x", "postgresql:///x"] {
        let error = Store::open(url).await.unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::Unsupported, Some("store")), "{url}");
        assert!(error.message().contains("sqlite:PATH") && !format!("{error:?}").contains("hunter2"));
    }
}

#[tokio::test]
async fn any_path_is_that_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["wamid.db", "with space.db", "100%.db", "a%20b.db", "#1.db", "ünï&=+.db", "..dots..db"] {
        let path = folder.path().join(name);
        for url in [format!("sqlite:{}", path.display()), format!("sqlite://{}", path.display())] {
            let store = Store::open(&url).await.unwrap();
            assert!(std::fs::metadata(&path).unwrap().len() > 0, "{name}");
            assert!(format!("{store:?}").contains(name));
            store.close().await;
        }
    }
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(files.len(), 7, "{files:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::sqlite();
    let store = place.open().await;
    send(&store, SHEENA, "r", &sent("wamid.1")).await;
    for file in std::fs::read_dir(place.folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let garbage = folder.path().join("garbage.db");
    std::fs::write(&garbage, "no database ".repeat(1000)).unwrap();
    for path in [folder.path().to_owned(), folder.path().join("no/such/folder.db"), garbage] {
        let error = Store::open(&format!("sqlite:{}", path.display())).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.retryable(), error.maybe_sent()),
            (ErrorKind::Store, false, false),
            "{error}"
        );
        assert!(error.message().contains(&path.display().to_string()), "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn the_tables_of_a_newer_version_are_left_alone() {
    everywhere(async |place| {
        let store = place.open().await;
        let future =
            Migration { version: 1000, statements: &["CREATE TABLE of_tomorrow (id {id}, data {bytes})"] };
        store.migrate("core", &[future]).await.unwrap();
        let error = Store::open(&place.url).await.unwrap_err();
        assert_eq!((error.kind(), error.retryable()), (ErrorKind::Store, false));
        assert!(error.message().contains("newer") && error.message().contains("1000"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn others_may_have_tables_beside_and_a_failed_step_leaves_nothing() {
    everywhere(async |place| {
        const ONE: Migration =
            Migration { version: 1, statements: &["CREATE TABLE keys (id {id}, hash {bytes})"] };
        const BAD: Migration =
            Migration { version: 2, statements: &["CREATE TABLE half (id {id})", "no SQL"] };
        const TWO: Migration =
            Migration { version: 2, statements: &["ALTER TABLE keys ADD COLUMN name TEXT"] };
        let store = place.open().await;
        store.migrate("gateway", &[ONE]).await.unwrap();
        store.migrate("gateway", &[ONE]).await.unwrap();
        assert_eq!(store.migrate("gateway", &[ONE, BAD]).await.unwrap_err().kind(), ErrorKind::Store);
        let other = place.open().await;
        let (one, two) =
            tokio::join!(store.migrate("gateway", &[ONE, TWO]), other.migrate("gateway", &[TWO, ONE]));
        one.and(two).unwrap();
        sqlx::query("INSERT INTO keys (hash, name) VALUES ($1, $2)")
            .bind(&b"\x00\xff"[..])
            .bind("n")
            .execute(store.pool())
            .await
            .unwrap();
        let half = sqlx::query("SELECT * FROM half").fetch_all(store.pool()).await;
        assert!(half.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_closed_store_says_so() {
    everywhere(async |place| {
        let store = place.open().await;
        let clone = store.clone();
        store.close().await;
        let error = clone.begin_send(&new(SHEENA, "r")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Store);
        assert_eq!(clone.chats(BUSINESS).await.unwrap_err().kind(), ErrorKind::Store);
    })
    .await;
}

#[tokio::test]
async fn what_was_written_is_there_after_opening_again() {
    everywhere(async |place| {
        let store = place.open().await;
        send(&store, SHEENA, "r", &sent("wamid.1")).await;
        let before = chats(&store).await;
        store.close().await;
        assert_eq!(chats(&place.open().await).await, before);
    })
    .await;
}
