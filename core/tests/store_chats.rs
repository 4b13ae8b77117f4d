//! A conversation is one contact of one business number.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod store_support;

use serde_json::json;
use store_support::*;
use wamid::SendOutcome;

#[tokio::test]
async fn a_message_makes_a_conversation_and_adds_one_unread() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "wamid.1", SHEENA, "2026-01-01T00:00:00Z").await;
        receive(&store, "wamid.2", SHEENA, "2026-01-01T00:00:05Z").await;
        let [chat] = chats(&store).await.try_into().unwrap();
        assert_eq!((chat.phone_number.as_str(), chat.unread_count, chat.label), (SHEENA, 2, None));
        assert_eq!(chat.last_message_at, Some(at("2026-01-01T00:00:05Z")));
    })
    .await;
}

#[tokio::test]
async fn a_redelivered_message_changes_nothing() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "wamid.1", SHEENA, "2026-01-01T00:00:00Z").await;
        receive(&store, "wamid.1", SHEENA, "2026-01-01T00:00:00Z").await;
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
        send(&store, SHEENA, "r", &sent("wamid.out")).await;
        let before = chats(&store).await;
        receive(&store, "wamid.1", SHEENA, "2026-01-01T00:00:00Z").await;
        assert_eq!(chats(&store).await, before);
        // Also twice in one body.
        let element = json!({"id": "wamid.2", "from": SHEENA, "timestamp": "1", "type": "text"});
        store.record_events(&mut webhook(BUSINESS, "messages", json!([element, element]))).await.unwrap();
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn what_goes_out_answers_what_had_come_in() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "wamid.1", SHEENA, "2026-01-01T00:00:00Z").await;
        let id = store.begin_send(&new(SHEENA, "r")).await.unwrap();
        // Nobody had read this one when the answer was written.
        receive(&store, "wamid.2", SHEENA, "2026-01-01T00:00:01Z").await;
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 2)]);
        store.finish_send(&id, &sent("wamid.out")).await.unwrap();
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
        send(&store, SHEENA, "r2", &sent("wamid.out2")).await;
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 0)]);
    })
    .await;
}

#[tokio::test]
async fn the_time_never_goes_backwards() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "wamid.1", SHEENA, "2999-01-01T00:00:00Z").await;
        receive(&store, "wamid.2", SHEENA, "2026-01-01T00:00:00Z").await;
        send(&store, SHEENA, "r", &sent("wamid.out")).await;
        crash(&store, SHEENA, "r2").await;
        assert_eq!(chats(&store).await[0].last_message_at, Some(at("2999-01-01T00:00:00Z")));
    })
    .await;
}

#[tokio::test]
async fn the_fifty_most_recent_are_listed_newest_first() {
    everywhere(async |place| {
        let store = place.open().await;
        for n in 0..60 {
            receive(
                &store,
                &format!("wamid.{n}"),
                &format!("4915100000{n:02}"),
                &format!("2026-01-01T00:{n:02}:00Z"),
            )
            .await;
        }
        let listed: Vec<String> = unread(&store).await.into_iter().map(|(name, _)| name).collect();
        let expected: Vec<String> = (10..60).rev().map(|n| format!("4915100000{n:02}")).collect();
        assert_eq!(listed, expected);
        // Unknown sends bring up the oldest, above what is written of the others.
        for n in 0..3 {
            crash(&store, &format!("4915100000{n:02}"), "r").await;
        }
        let listed: Vec<String> = unread(&store).await.into_iter().map(|(name, _)| name).collect();
        assert_eq!(listed.len(), 50);
        assert_eq!(listed[..4], ["491510000002", "491510000001", "491510000000", "491510000059"]);
    })
    .await;
}

#[tokio::test]
async fn of_the_same_time_the_newest_conversation_is_first() {
    everywhere(async |place| {
        let store = place.open().await;
        for n in 0..3 {
            receive(&store, &format!("wamid.{n}"), &format!("491510000000{n}"), "2026-01-01T00:00:00Z").await;
        }
        let chats = chats(&store).await;
        assert!(chats.is_sorted_by(|a, b| a.id > b.id), "{chats:?}");
    })
    .await;
}

#[tokio::test]
async fn two_business_numbers_have_conversations_of_their_own() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "wamid.1", SHEENA, "2026-01-01T00:00:00Z").await;
        let element = json!({"id": "wamid.1", "from": SHEENA, "timestamp": "1750263773", "type": "text"});
        store.record_events(&mut webhook("2", "messages", json!([element]))).await.unwrap();
        let id = store
            .begin_send(&{
                let mut made = new(SHEENA, "r");
                made.phone_number_id = "2".into();
                made
            })
            .await
            .unwrap();
        store.finish_send(&id, &sent("wamid.out")).await.unwrap();
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
        assert_eq!(store.chats("2").await.unwrap()[0].unread_count, 0);
        assert!(store.chats("3").await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_user_id_stands_where_there_is_no_number_and_gives_way_to_it() {
    everywhere(async |place| {
        let store = place.open().await;
        store.record_events(&mut message("wamid.1", None, Some("US.1349"), 1)).await.unwrap();
        assert_eq!(unread(&store).await, [("US.1349".to_owned(), 1)]);
        let id = chats(&store).await[0].id;
        store.record_events(&mut message("wamid.2", Some(SHEENA), Some("US.1349"), 2)).await.unwrap();
        assert_eq!((unread(&store).await, chats(&store).await[0].id), (vec![(SHEENA.to_owned(), 2)], id));
        // Either name is that conversation from now on.
        store.record_events(&mut message("wamid.3", None, Some("US.1349"), 3)).await.unwrap();
        store.record_events(&mut message("wamid.4", Some(SHEENA), None, 4)).await.unwrap();
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 4)]);
        send(&store, "US.1349", "r", &sent("wamid.out")).await;
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 0)]);
    })
    .await;
}

#[tokio::test]
async fn two_conversations_of_one_contact_become_one() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "wamid.1", SHEENA, "2026-01-01T00:00:00Z").await;
        send(&store, SHEENA, "r1", &sent("wamid.out")).await;
        receive(&store, "wamid.2", SHEENA, "2026-01-01T00:00:02Z").await;
        store.record_events(&mut message("wamid.3", None, Some("US.1349"), 3)).await.unwrap();
        store.record_events(&mut message("wamid.4", None, Some("US.1349"), 4)).await.unwrap();
        assert_eq!(chats(&store).await.len(), 2);
        crash(&store, "US.1349", "r2").await;
        receive(&store, "wamid.5", SHEENA, "2026-01-01T00:00:05Z").await;
        // The send answered the two to the user id; the two to the number since the first answer are unread.
        store.record_events(&mut message("wamid.6", Some(SHEENA), Some("US.1349"), 6)).await.unwrap();
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 3)]);
        tell(
            &store,
            "wamid.x",
            "sent",
            json!({"biz_opaque_callback_data": "r2", "recipient_user_id": "US.1349"}),
        )
        .await;
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 3)]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_joins_two_conversations_leaves_nothing_unread_that_was_answered_in_either() {
    everywhere(async |place| {
        let both = |id: &str| SendOutcome::Sent {
            message_id: id.into(),
            wa_id: Some(SHEENA.into()),
            user_id: Some("US.1349".into()),
        };
        // Each is answered by a send of its own; the one to the user id is unknown.
        let store = place.open().await;
        receive(&store, "wamid.1", SHEENA, "2026-01-01T00:00:00Z").await;
        store.record_events(&mut message("wamid.2", None, Some("US.1349"), 2)).await.unwrap();
        let unknown = crash(&store, "US.1349", "r1").await;
        send(&store, SHEENA, "r2", &both("wamid.out")).await;
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 0)]);
        // It turns out not to have been sent. What it would have answered is unread.
        store.finish_send(&unknown, &SendOutcome::Failed { code: None }).await.unwrap();
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_send_goes_on_under_the_wa_id_that_meta_names() {
    everywhere(async |place| {
        let store = place.open().await;
        crash(&store, "5511987654321", "r0").await;
        let corrected = |id: &str| SendOutcome::Sent {
            message_id: id.into(),
            wa_id: Some("551187654321".into()),
            user_id: Some("BR.1".into()),
        };
        send(&store, "5511987654321", "r1", &corrected("wamid.1")).await;
        assert_eq!(unread(&store).await, [("551187654321".to_owned(), 0)]);
        receive(&store, "wamid.in", "551187654321", "2026-01-01T00:00:00Z").await;
        assert_eq!(unread(&store).await, [("551187654321".to_owned(), 1)]);
        // The number as it was written, and the user id, are known by now.
        crash(&store, "5511987654321", "r2").await;
        assert_eq!(unread(&store).await, [("551187654321".to_owned(), 0)]);
        store.record_events(&mut message("wamid.in2", None, Some("BR.1"), 2)).await.unwrap();
        assert_eq!(unread(&store).await, [("551187654321".to_owned(), 1)]);
        let user_id_only =
            SendOutcome::Sent { message_id: "wamid.2".into(), wa_id: None, user_id: Some("BR.1".into()) };
        send(&store, "5511987654321", "r3", &user_id_only).await;
        assert_eq!(unread(&store).await, [("551187654321".to_owned(), 0)]);
    })
    .await;
}

#[tokio::test]
async fn a_status_with_both_names_joins_them() {
    everywhere(async |place| {
        let store = place.open().await;
        send(&store, SHEENA, "r", &sent("wamid.1")).await;
        tell(&store, "wamid.1", "delivered", json!({"recipient_id": SHEENA, "recipient_user_id": "US.1349"}))
            .await;
        store.record_events(&mut message("wamid.in", None, Some("US.1349"), 1)).await.unwrap();
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_message_of_nobody_is_in_no_conversation() {
    everywhere(async |place| {
        let store = place.open().await;
        store.record_events(&mut message("wamid.1", None, None, 1)).await.unwrap();
        store.record_events(&mut []).await.unwrap();
        assert!(chats(&store).await.is_empty());
    })
    .await;
}

/// Meta may put a customer's user id where a number was: that is one contact under one name.
#[tokio::test]
async fn a_contact_whose_number_is_its_user_id_keeps_its_conversation() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = "US.13491208655302741918";
        let answered = SendOutcome::Sent {
            message_id: "wamid.OUT".to_owned(),
            wa_id: Some(id.to_owned()),
            user_id: Some(id.to_owned()),
        };
        send(&store, id, "r-1", &answered).await;
        for at in 0..3 {
            let mut events = message(&format!("wamid.{at}"), Some(id), Some(id), 1_800_000_000 + at);
            store.record_events(&mut events).await.unwrap();
        }
        tell(
            &store,
            "wamid.OUT",
            "delivered",
            serde_json::json!({"recipient_id": id, "recipient_user_id": id}),
        )
        .await;
        assert_eq!(unread(&store).await, [(id.to_owned(), 3)]);
    })
    .await;
}
