//! Old sends can be forgotten; what one still has to know stays.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod store_support;

use jiff::{Timestamp, ToSpan};
use serde_json::json;
use store_support::*;
use wamid::{ErrorKind, Prune, SendFilter, SendOutcome, SendStatus, Store};

/// Makes everything that is in the store by now so many days older.
async fn age(store: &Store, days: i64) {
    let by = days * 24 * 3_600 * 1_000_000;
    let mut tx = store.begin().await.unwrap();
    for statement in [
        "UPDATE wamid_sends SET created_at = created_at - $1, updated_at = updated_at - $1, deadline = deadline - $1",
        "UPDATE wamid_received SET received_at = received_at - $1",
        "UPDATE wamid_conversations SET last_message_at = last_message_at - $1",
    ] {
        sqlx::query(statement).bind(by).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn older_than(days: i64, with_unknown: bool) -> Prune {
    Prune::before(Timestamp::now() - (24 * days).hours()).with_unknown(with_unknown)
}

async fn references(store: &Store) -> Vec<String> {
    let mut filter = SendFilter::default();
    filter.limit = Some(10_000);
    let mut all: Vec<_> =
        store.sends(&filter).await.unwrap().into_iter().map(|send| send.reference.unwrap()).collect();
    all.sort();
    all
}

#[tokio::test]
async fn what_ended_long_ago_goes_and_the_rest_stays() {
    everywhere(async |place| {
        let store = place.open().await;
        send(&store, SHEENA, "old-sent", &sent("wamid.1")).await;
        send(&store, SHEENA, "old-read", &sent("wamid.2")).await;
        tell(&store, "wamid.2", "read", json!({})).await;
        send(&store, SHEENA, "old-failed", &SendOutcome::Failed { code: Some(131_026) }).await;
        send(&store, "16505550000", "old-unknown", &SendOutcome::Unknown).await;
        crash(&store, SHEENA, "old-crashed").await;
        age(&store, 90).await;
        // Its deadline is far: it may still be under way, however old it is.
        let mut long = new(SHEENA, "old-sending");
        long.deadline = soon() + 20_000.hours();
        store.begin_send(&long).await.unwrap();
        age(&store, 10).await;
        send(&store, SHEENA, "new-sent", &sent("wamid.3")).await;
        crash(&store, SHEENA, "new-crashed").await;

        let before = chats(&store).await;
        let pruned = store.prune(&older_than(60, false)).await.unwrap();
        assert_eq!(pruned.sends, 3);
        let left = ["new-crashed", "new-sent", "old-crashed", "old-sending", "old-unknown"];
        assert_eq!(references(&store).await, left);
        assert_eq!(chats(&store).await, before, "conversations stay");
        assert_eq!(store.prune(&older_than(60, false)).await.unwrap().sends, 0);

        assert_eq!(store.prune(&older_than(60, true)).await.unwrap().sends, 2);
        assert_eq!(references(&store).await, ["new-crashed", "new-sent", "old-sending"]);
        assert_eq!(
            chats(&store).await,
            before,
            "conversations stay, also those that only an unknown send made"
        );

        // A status for one that is forgotten changes nothing, and is no error.
        tell(&store, "wamid.1", "read", json!({"biz_opaque_callback_data": "old-sent"})).await;
        assert_eq!(references(&store).await, ["new-crashed", "new-sent", "old-sending"]);
    })
    .await;
}

#[tokio::test]
async fn an_answered_conversation_stays_answered() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "wamid.in.1", SHEENA, "2026-01-01T00:00:00Z").await;
        send(&store, SHEENA, "r", &SendOutcome::Unknown).await;
        receive(&store, "wamid.in.2", SHEENA, "2026-01-02T00:00:00Z").await;
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
        age(&store, 100).await;
        assert_eq!(store.prune(&older_than(60, true)).await.unwrap().sends, 1);
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_redelivery_is_known_for_thirty_days_whatever_is_pruned() {
    everywhere(async |place| {
        let store = place.open().await;
        receive(&store, "wamid.in.old", SHEENA, "2026-01-01T00:00:00Z").await;
        age(&store, 40).await;
        receive(&store, "wamid.in.new", SHEENA, "2026-02-01T00:00:00Z").await;
        assert_eq!(store.prune(&older_than(0, true)).await.unwrap().received, 1);
        receive(&store, "wamid.in.new", SHEENA, "2026-02-01T00:00:00Z").await;
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 2)]);
    })
    .await;
}

#[tokio::test]
async fn thousands_go_in_small_steps_while_sends_go_out() {
    everywhere(async |place| {
        let store = place.open().await;
        let first = send(&store, SHEENA, "first", &sent("wamid.1")).await;
        let mut tx = store.begin().await.unwrap();
        // Many at once, as years of traffic leave them.
        let many = "INSERT INTO wamid_sends (phone_number_id, conversation_id, recipient, operation, reference, status,
                received_before, deadline, created_at, updated_at)
            SELECT s.phone_number_id, s.conversation_id, s.recipient, s.operation, 'many', 1, 0, 0, 0, 0
            FROM wamid_sends s, (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3500)
                SELECT i FROM n) AS n WHERE s.id = $1";
        sqlx::query(many).bind(first.get()).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        let (prune, outcome) = (older_than(1, false), sent("wamid.2"));
        let (pruned, new) = tokio::join!(Box::pin(store.prune(&prune)), Box::pin(send(&store, SHEENA, "new", &outcome)));
        assert_eq!(pruned.unwrap().sends, 3500);
        assert_eq!(status_of(&store, new).await, SendStatus::Sent);
        assert_eq!(references(&store).await, ["first", "new"]);

        store.close().await;
        let error = store.prune(&prune).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Store);
    })
    .await;
}
