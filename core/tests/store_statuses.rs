//! Status webhooks settle the sends that they are about.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod store_support;

use futures_util::future::join_all;
use serde_json::json;
use store_support::*;
use wamid::{SendOutcome, SendStatus};

#[tokio::test]
async fn a_status_never_goes_backwards_in_any_order_and_any_number_of_deliveries() {
    everywhere(async |place| {
        let store = place.open().await;
        let names = ["sent", "delivered", "read", "failed"];
        let last = [SendStatus::Sent, SendStatus::Delivered, SendStatus::Read, SendStatus::Failed];
        for a in 0..4 {
            for b in 0..4 {
                for c in 0..4 {
                    let message = format!("wamid.{a}{b}{c}");
                    let id = send(&store, SHEENA, "r", &sent(&message)).await;
                    for at in [a, b, c, a] {
                        tell(&store, &message, names[at], json!({})).await;
                    }
                    let most = last[a.max(b).max(c)];
                    assert_eq!(status_of(&store, id).await, most, "{a} {b} {c}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_status_of_tomorrow_changes_nothing() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = send(&store, SHEENA, "r", &sent("wamid.1")).await;
        tell(&store, "wamid.1", "delivered", json!({})).await;
        tell(&store, "wamid.1", "pondered", json!({})).await;
        assert_eq!(status_of(&store, id).await, SendStatus::Delivered);
        // A message that nobody here sent.
        tell(
            &store,
            "wamid.other",
            "read",
            json!({"recipient_id": "4915112345678", "biz_opaque_callback_data": "x"}),
        )
        .await;
        assert_eq!(chats(&store).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_status_that_overtakes_the_answer_stays() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = store.begin_send(&new(SHEENA, "r1")).await.unwrap();
        tell(
            &store,
            "wamid.1",
            "delivered",
            json!({"biz_opaque_callback_data": "r1", "recipient_id": SHEENA}),
        )
        .await;
        for outcome in [sent("wamid.1"), SendOutcome::Failed { code: None }, SendOutcome::Unknown] {
            store.finish_send(&id, &outcome).await.unwrap();
            let row = record(&store, id).await;
            assert_eq!(
                (row.status, row.message_id.as_deref()),
                (SendStatus::Delivered, Some("wamid.1")),
                "{outcome:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_status_matched_to_the_wrong_one_of_two_is_handed_over() {
    everywhere(async |place| {
        let store = place.open().await;
        let one = store.begin_send(&new(SHEENA, "both")).await.unwrap();
        let two = store.begin_send(&new(SHEENA, "both")).await.unwrap();
        // It is about the second, whose id nobody knows yet.
        tell(
            &store,
            "wamid.2",
            "delivered",
            json!({"biz_opaque_callback_data": "both", "recipient_id": SHEENA}),
        )
        .await;
        store.finish_send(&one, &sent("wamid.1")).await.unwrap();
        store.finish_send(&two, &sent("wamid.2")).await.unwrap();
        assert_eq!(
            (record(&store, one).await.status, record(&store, one).await.message_id.unwrap()),
            (SendStatus::Sent, "wamid.1".into())
        );
        assert_eq!(
            (record(&store, two).await.status, record(&store, two).await.message_id.unwrap()),
            (SendStatus::Delivered, "wamid.2".into())
        );
    })
    .await;
}

#[tokio::test]
async fn a_send_that_a_status_is_handed_over_to_counts_in_its_conversation() {
    everywhere(async |place| {
        let store = place.open().await;
        let one = store.begin_send(&new(SHEENA, "both")).await.unwrap();
        receive(&store, "wamid.in", SHEENA, "2026-01-01T00:00:00Z").await;
        let two = store.begin_send(&new(SHEENA, "both")).await.unwrap();
        let told = json!({"biz_opaque_callback_data": "both", "recipient_id": SHEENA});
        tell(&store, "wamid.2", "delivered", told).await;
        store.finish_send(&one, &sent("wamid.1")).await.unwrap();
        // Its own answer never comes.
        assert_eq!(status_of(&store, two).await, SendStatus::Delivered);
        let (chat, began) = (chats(&store).await.remove(0), record(&store, two).await.created_at);
        assert_eq!((chat.unread_count, chat.last_message_at), (0, Some(began)));
    })
    .await;
}

#[tokio::test]
async fn a_reference_settles_the_oldest_unsettled_send_to_that_recipient() {
    everywhere(async |place| {
    let store = place.open().await;
    let settled = send(&store, SHEENA, "campaign", &sent("wamid.0")).await;
    let stranger = crash(&store, "4915112345678", "campaign").await;
    let (older, newer) = (crash(&store, SHEENA, "campaign").await, crash(&store, SHEENA, "campaign").await);
    let to = |recipient: &str| json!({"biz_opaque_callback_data": "campaign", "recipient_id": recipient});
    tell(&store, "wamid.1", "read", to(SHEENA)).await;
    assert_eq!(status_of(&store, older).await, SendStatus::Read);
    assert_eq!(status_of(&store, newer).await, SendStatus::Unknown);
    assert_eq!(status_of(&store, settled).await, SendStatus::Sent);
    // Again: by its message id, so the next one stays.
    tell(&store, "wamid.1", "read", to(SHEENA)).await;
    assert_eq!(status_of(&store, newer).await, SendStatus::Unknown);
    tell(&store, "wamid.2", "sent", to(SHEENA)).await;
    assert_eq!(status_of(&store, newer).await, SendStatus::Sent);
    tell(&store, "wamid.3", "sent", to("16505550000")).await;
    assert_eq!(status_of(&store, stranger).await, SendStatus::Unknown);
    // Another business number's reference is another.
    let elsewhere = json!([{"id": "wamid.4", "status": "sent", "timestamp": "1", "biz_opaque_callback_data": "campaign"}]);
    store.record_events(&mut webhook("2", "statuses", elsewhere)).await.unwrap();
    assert_eq!(status_of(&store, stranger).await, SendStatus::Unknown);
    // A recipient that the webhook does not name fits.
    tell(&store, "wamid.5", "sent", json!({"biz_opaque_callback_data": "campaign"})).await;
    assert_eq!(status_of(&store, stranger).await, SendStatus::Sent);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_meta_corrected_is_the_same_recipient() {
    everywhere(async |place| {
        let store = place.open().await;
        for (written, corrected) in [
            ("5511987654321", "551187654321"),
            ("525512345678", "5215512345678"),
            ("541112345678", "5491112345678"),
        ] {
            let id = crash(&store, written, "r").await;
            tell(
                &store,
                &format!("wamid.{written}"),
                "sent",
                json!({"biz_opaque_callback_data": "r", "recipient_id": corrected}),
            )
            .await;
            assert_eq!(status_of(&store, id).await, SendStatus::Sent, "{written}");
            assert_eq!(chats(&store).await[0].phone_number, corrected);
        }
        assert_eq!(chats(&store).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_user_id_settles_what_was_sent_to_it() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = crash(&store, "US.1349", "r").await;
        tell(
            &store,
            "wamid.1",
            "sent",
            json!({"biz_opaque_callback_data": "r", "recipient_id": SHEENA, "recipient_user_id": "US.1349"}),
        )
        .await;
        assert_eq!(status_of(&store, id).await, SendStatus::Sent);
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 0)]);
    })
    .await;
}

#[tokio::test]
async fn a_status_that_comes_before_the_answer_does_not_settle_an_older_send_of_the_same_reference() {
    everywhere(async |place| {
        for (name, after) in [("delivered", SendStatus::Delivered), ("failed", SendStatus::Failed)] {
            let store = place.open().await;
            // The first was lost on the way; its caller sends it again, under the same reference.
            let reference = format!("order {name}");
            let lost = crash(&store, SHEENA, &reference).await;
            let again = store.begin_send(&new(SHEENA, &reference)).await.unwrap();
            let others = (0..8).map(|n| new(SHEENA, &format!("other {n}")));
            let others = join_all(others.map(async |new| store.begin_send(&new).await.unwrap())).await;
            let id = format!("wamid.{name}");
            let told = json!({"biz_opaque_callback_data": reference, "recipient_id": SHEENA,
                "errors": if name == "failed" { json!([{"code": 131_026, "title": "x"}]) } else { json!([]) }});
            tell(&store, &id, name, told).await;

            // So many at once share a transaction.
            let outcomes = others.iter().map(|other| (*other, sent(&format!("{id}.{}", other.get()))));
            let outcomes = outcomes.chain(std::iter::once((again, sent(&id))));
            join_all(outcomes.map(async |(id, outcome)| store.finish_send(&id, &outcome).await.unwrap())).await;
            let (lost_record, record_again) = (record(&store, lost).await, record(&store, again).await);
            assert_eq!((lost_record.status, lost_record.message_id, lost_record.code), (SendStatus::Unknown, None, None));
            assert_eq!((record_again.status, record_again.message_id.as_deref()), (after, Some(id.as_str())));
            assert_eq!(record_again.code, (after == SendStatus::Failed).then_some(131_026));
            // From here on its message id finds it.
            tell(&store, &id, "read", json!({})).await;
            let expected = if after == SendStatus::Failed { SendStatus::Failed } else { SendStatus::Read };
            assert_eq!((status_of(&store, lost).await, status_of(&store, again).await), (SendStatus::Unknown, expected));
            store.close().await;
        }
    })
    .await;
}
