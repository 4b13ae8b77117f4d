//! A send is written down before it goes out, settled once, and never taken back.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod store_support;

use serde_json::json;
use store_support::*;
use wamid::{ErrorKind, SendFilter, SendOutcome, SendStatus, Store};

#[tokio::test]
async fn a_send_is_sending_until_it_ends() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = store.begin_send(&new(SHEENA, "r1")).await.unwrap();
        let begun = record(&store, id).await;
        assert_eq!((begun.status, begun.message_id, begun.code), (SendStatus::Sending, None, None));
        assert_eq!((begun.phone_number_id.as_str(), begun.recipient.as_str()), (BUSINESS, SHEENA));
        assert_eq!((begun.operation.as_str(), begun.reference.as_deref()), ("text", Some("r1")));
        assert!(chats(&store).await.is_empty());

        store.finish_send(&id, &sent("wamid.1")).await.unwrap();
        let ended = record(&store, id).await;
        assert_eq!((ended.status, ended.message_id.as_deref()), (SendStatus::Sent, Some("wamid.1")));
        assert_eq!(ended.created_at, begun.created_at);
        assert!(ended.updated_at >= begun.updated_at);
        assert_eq!(chats(&store).await[0].last_message_at, Some(begun.created_at));
    })
    .await;
}

#[tokio::test]
async fn a_failed_send_counts_nowhere() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = send(&store, SHEENA, "r1", &SendOutcome::Failed { code: Some(131_026) }).await;
        assert_eq!(
            (record(&store, id).await.status, record(&store, id).await.code),
            (SendStatus::Failed, Some(131_026))
        );
        assert!(chats(&store).await.is_empty());

        receive(&store, "wamid.in", SHEENA, "2026-01-01T00:00:00Z").await;
        send(&store, SHEENA, "r2", &SendOutcome::Failed { code: None }).await;
        let chat = &chats(&store).await[0];
        assert_eq!((chat.unread_count, chat.last_message_at), (1, Some(at("2026-01-01T00:00:00Z"))));
    })
    .await;
}

#[tokio::test]
async fn an_unknown_send_is_unknown_at_once_and_counts() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "wamid.in", SHEENA, "2026-01-01T00:00:00Z").await;
        let id = send(&store, SHEENA, "r1", &SendOutcome::Unknown).await;
        let row = record(&store, id).await;
        assert_eq!(row.status, SendStatus::Unknown);
        let chat = &chats(&store).await[0];
        assert_eq!((chat.unread_count, chat.last_message_at), (0, Some(row.created_at)));
    })
    .await;
}

#[tokio::test]
async fn a_send_past_its_deadline_is_unknown_by_that_alone_and_its_webhook_settles_it() {
    everywhere(async |place| {
        let id = {
            // This store is never closed, as in a crash.
            let first = place.open().await;
            receive(&first, "wamid.in", SHEENA, "2026-01-01T00:00:00Z").await;
            std::mem::forget(first.clone());
            crash(&first, SHEENA, "r1").await
        };
        let store = place.open().await;
        let row = record(&store, id).await;
        assert_eq!(row.status, SendStatus::Unknown);
        let mut unknown = SendFilter::default();
        unknown.status = Some(SendStatus::Unknown);
        assert_eq!(store.sends(&unknown).await.unwrap().len(), 1);
        let chat = &chats(&store).await[0];
        assert_eq!((chat.unread_count, chat.last_message_at), (0, Some(row.created_at)));

        // What came in since is unread; settling the send later does not change that.
        receive(&store, "wamid.in2", SHEENA, "2026-01-02T00:00:00Z").await;
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
        tell(
            &store,
            "wamid.out",
            "delivered",
            json!({"biz_opaque_callback_data": "r1", "recipient_id": SHEENA}),
        )
        .await;
        let settled = record(&store, id).await;
        assert_eq!(
            (settled.status, settled.message_id.as_deref()),
            (SendStatus::Delivered, Some("wamid.out"))
        );
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
        assert_eq!(chats(&store).await[0].last_message_at, Some(row.created_at));
        // From here on its message id finds it.
        tell(&store, "wamid.out", "read", json!({})).await;
        assert_eq!(status_of(&store, id).await, SendStatus::Read);
        assert!(store.sends(&unknown).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_unknown_send_that_failed_no_longer_counts() {
    everywhere(async |place| {
    let store = place.open().await;
    receive(&store, "wamid.in", SHEENA, "2026-01-01T00:00:00Z").await;
    let id = crash(&store, SHEENA, "r1").await;
    assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 0)]);
    let failed =
        json!({"biz_opaque_callback_data": "r1", "errors": [{"code": 131_026, "title": "Undeliverable"}]});
    tell(&store, "wamid.out", "failed", failed).await;
    assert_eq!(
        (status_of(&store, id).await, record(&store, id).await.code),
        (SendStatus::Failed, Some(131_026))
    );
    assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn sends_are_listed_newest_first_by_any_of_their_marks() {
    everywhere(async |place| {
        let store = place.open().await;
        for at in 0..5 {
            send(&store, SHEENA, &format!("r{}", at % 2), &sent(&format!("wamid.{at}"))).await;
        }
        store
            .begin_send(&{
                let mut made = new(SHEENA, "");
                made.phone_number_id = "2".into();
                made.reference = None;
                made
            })
            .await
            .unwrap();
        let list = async |filter: SendFilter| {
            store
                .sends(&filter)
                .await
                .unwrap()
                .into_iter()
                .map(|send| send.message_id.unwrap_or_default())
                .collect::<Vec<_>>()
        };
        let of = |phone_number_id: Option<&str>, status, reference: Option<&str>, limit| {
            let mut made = SendFilter::default();
            made.phone_number_id = phone_number_id.map(Into::into);
            made.status = status;
            made.reference = reference.map(Into::into);
            made.limit = limit;
            made
        };
        assert_eq!(list(of(None, None, None, None)).await.len(), 6);
        assert_eq!(list(of(Some("2"), Some(SendStatus::Sending), None, None)).await, [""]);
        assert_eq!(
            list(of(Some(BUSINESS), Some(SendStatus::Sent), Some("r0"), None)).await,
            ["wamid.4", "wamid.2", "wamid.0"]
        );
        assert_eq!(list(of(Some(BUSINESS), None, None, Some(2))).await, ["wamid.4", "wamid.3"]);
        assert!(list(of(None, Some(SendStatus::Failed), None, None)).await.is_empty());
        assert!(list(of(None, None, Some("x' OR 1=1 --"), None)).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn texts_with_u0000_are_stored() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = crash(&store, SHEENA, "a\0b").await;
        assert_eq!(record(&store, id).await.reference.as_deref(), Some("a\u{fffd}b"));
        tell(&store, "wamid.\u{0}", "sent", json!({"biz_opaque_callback_data": "a\u{0}b"})).await;
        assert_eq!(status_of(&store, id).await, SendStatus::Sent);
        store.finish_send(&id, &sent("wamid.\0")).await.unwrap();
        tell(&store, "wamid.\u{0}", "read", json!({})).await;
        assert_eq!(status_of(&store, id).await, SendStatus::Read);
        store.record_events(&mut message("in\0", Some("x\0"), Some("\0"), 1)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_send_that_is_not_there_cannot_be_finished() {
    everywhere(async |place| {
        let other = Store::open("sqlite::memory:").await.unwrap();
        let id = send(&other, SHEENA, "r", &sent("wamid.1")).await;
        let error = place.open().await.finish_send(&id, &SendOutcome::Unknown).await.unwrap_err();
        assert_eq!((error.kind(), error.retryable()), (ErrorKind::Store, false));
    })
    .await;
}

#[tokio::test]
async fn a_sender_sees_what_is_its_own() {
    everywhere(async |place| {
        let store = place.open().await;
        // So many at once share a transaction.
        let begun = (0..12_i64).map(|at| {
            let store = store.clone();
            async move {
                let send = new(SHEENA, &format!("r{at}"));
                let send = if at % 3 == 0 { send } else { send.sent_by(at % 3) };
                store.begin_send(&send).await.unwrap()
            }
        });
        futures_util::future::join_all(begun).await;
        for sender in [1, 2] {
            let found = store.sends(&SendFilter::default().sent_by(sender)).await.unwrap();
            assert_eq!(found.len(), 4);
            assert!(found.iter().all(|send| send.sent_by == Some(sender)), "{found:?}");
        }
        assert!(store.sends(&SendFilter::default().sent_by(3)).await.unwrap().is_empty());
        assert_eq!(store.sends(&SendFilter::default()).await.unwrap().len(), 12);
        let both = SendFilter::default().sent_by(1).reference("r4").status(SendStatus::Sending).limit(5);
        assert_eq!(store.sends(&both).await.unwrap()[0].reference.as_deref(), Some("r4"));
        assert!(store.sends(&both.reference("r5")).await.unwrap().is_empty(), "r5 is another's");
    })
    .await;
}

#[tokio::test]
async fn a_message_is_found_by_its_id() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = send(&store, SHEENA, "r1", &sent("wamid.1")).await;
        send(&store, SHEENA, "r2", &sent("wamid.2")).await;
        let found = store.sends(&SendFilter::default().message_id("wamid.1")).await.unwrap();
        assert_eq!(found.iter().map(|send| send.id).collect::<Vec<_>>(), [id]);
        assert!(store.sends(&SendFilter::default().message_id("wamid.3")).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_older_versions_called_a_text_is_one() {
    everywhere(async |place| {
        let store = place.open().await;
        for (written, read) in [
            ("send_message", "text"),
            ("send_location", "location"),
            ("send_template", "template"),
            ("image", "image"),
        ] {
            let mut old = new(SHEENA, "r1");
            old.operation = written.to_owned();
            let id = store.begin_send(&old).await.unwrap();
            assert_eq!(record(&store, id).await.operation, read);
        }
    })
    .await;
}
