//! What the store makes of webhooks that are no plain text messages. What shows in the chats of every language is in
//! `tests/conformance/cases/store_events.json`; here is what only the record of sends shows, on every database.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod store_support;

use serde_json::{Value, json};
use store_support::*;
use wamid::{Event, SendStatus, Store};

async fn system(store: &Store, id: &str, from: Option<&str>, system: Value) {
    let message =
        json!({"id": id, "from": from, "timestamp": "1763805600", "type": "system", "system": system});
    store.record_events(&mut webhook(BUSINESS, "messages", json!([message]))).await.unwrap();
}

#[tokio::test]
async fn what_becomes_of_a_payment_or_a_call_changes_no_send() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = send(&store, SHEENA, "r", &sent("wamid.out")).await;
        tell(&store, "wamid.out", "read", json!({"recipient_id": SHEENA})).await;
        for (status, kind) in
            [("failed", "payment"), ("captured", "payment"), ("failed", "call"), ("failed", "of_tomorrow")]
        {
            let more =
                json!({"recipient_id": SHEENA, "type": kind, "biz_opaque_callback_data": "r", "payment": {}});
            tell(&store, "wamid.out", status, more).await;
            assert_eq!(status_of(&store, id).await, SendStatus::Read, "{kind} {status}");
        }
        // Nor does one settle a send of unknown outcome.
        let crashed = crash(&store, SHEENA, "r2").await;
        tell(&store, "wamid.x", "failed", json!({"type": "payment", "biz_opaque_callback_data": "r2"})).await;
        assert_eq!(status_of(&store, crashed).await, SendStatus::Unknown);
        // A status that says that it is a message's is one.
        let second = send(&store, SHEENA, "r3", &sent("wamid.out3")).await;
        tell(&store, "wamid.out3", "failed", json!({"type": "message", "recipient_id": SHEENA})).await;
        assert_eq!(status_of(&store, second).await, SendStatus::Failed);
    })
    .await;
}

#[tokio::test]
async fn a_voice_note_that_was_played_was_read() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = send(&store, SHEENA, "r", &sent("wamid.out")).await;
        tell(&store, "wamid.out", "played", json!({"recipient_id": SHEENA})).await;
        tell(&store, "wamid.out", "delivered", json!({"recipient_id": SHEENA})).await;
        assert_eq!(status_of(&store, id).await, SendStatus::Read);
    })
    .await;
}

#[tokio::test]
async fn sends_to_the_old_name_count_in_the_conversation_that_moved() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "in.1", SHEENA, "2026-01-01T00:00:00Z").await;
        send(&store, SHEENA, "before", &sent("wamid.1")).await;
        receive(&store, "in.2", SHEENA, "2026-01-01T00:00:01Z").await;
        let change = json!({"type": "user_changed_number", "wa_id": "16505559999", "user_id": "US.2", "previous_user_id": "US.1"});
        system(&store, "sys.1", Some(SHEENA), change).await;
        assert_eq!(unread(&store).await, [("16505559999".to_owned(), 1)]);
        for (name, reference) in [(SHEENA, "a"), ("US.1", "b"), ("US.2", "c"), ("16505559999", "d")] {
            send(&store, name, reference, &sent(&format!("wamid.{reference}"))).await;
        }
        assert_eq!(unread(&store).await, [("16505559999".to_owned(), 0)]);
    })
    .await;
}

#[tokio::test]
async fn three_conversations_of_one_contact_become_one() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "in.1", SHEENA, "2026-01-01T00:00:00Z").await;
        store.record_events(&mut message("in.2", None, Some("US.2"), 1_767_225_601)).await.unwrap();
        receive(&store, "in.3", "16505559999", "2026-01-01T00:00:02Z").await;
        let change = json!({"type": "user_changed_number", "wa_id": "16505559999", "user_id": "US.2"});
        system(&store, "sys.1", Some(SHEENA), change.clone()).await;
        system(&store, "sys.1", Some(SHEENA), change).await;
        assert_eq!(unread(&store).await, [("16505559999".to_owned(), 3)]);
        assert_eq!(chats(&store).await[0].address.as_deref(), Some("+16505559999"));
    })
    .await;
}

#[tokio::test]
async fn what_was_seen_before_is_marked() {
    everywhere(async |place| {
        let store = place.open().await;
        let mut events = message("in.1", Some(SHEENA), None, 1);
        events.extend(status("wamid.1", "sent", json!({"recipient_id": SHEENA})));
        let mut again = events.clone();
        store.record_events(&mut events).await.unwrap();
        store.record_events(&mut again).await.unwrap();
        let marks = |events: &[Event]| -> Vec<bool> {
            events
                .iter()
                .map(|event| match event {
                    Event::Message(message) => message.redelivered,
                    Event::Status(status) => status.redelivered,
                    event => panic!("{event:?}"),
                })
                .collect()
        };
        assert_eq!((marks(&events), marks(&again)), (vec![false, false], vec![true, true]));
        // After the store was opened anew, too.
        let store = place.open().await;
        store.record_events(&mut events).await.unwrap();
        assert_eq!(marks(&events), [true, true]);
    })
    .await;
}
