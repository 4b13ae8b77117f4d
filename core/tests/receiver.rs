//! Receiving webhooks without any server: what is answered, and which events are handed over.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod receiver_support;
mod store_support;

use std::time::Duration;

use receiver_support::*;
use serde_json::json;
use store_support::{Place, everywhere};
use tokio::time::{sleep, timeout};
use wamid::{Client, ErrorKind, Prune, Timestamp, WebhookReceiver};

const SOON: Duration = Duration::from_millis(50);

#[test]
fn the_handshake_wants_the_verify_token() {
    let receiver = receiver(None);
    let asked = |query: &str| receiver.answer_to("GET", query).unwrap();
    let right = asked("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify");
    assert_eq!((right.status, right.body.as_str()), (200, "1158201444"));
    assert!(right.headers().contains(&("content-type", "text/plain; charset=utf-8")));
    for query in [
        "",
        "hub.mode=subscribe&hub.challenge=1&hub.verify_token=other",
        "hub.mode=subscribe&hub.challenge=1&hub.verify_token=",
        "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify",
    ] {
        assert_eq!(asked(query).status, 403, "{query}");
    }
    // Escaped, as it comes in a query.
    let spaced = receiver.verify_token("a b&c");
    let right =
        spaced.answer_to("GET", "hub.verify_token=a+b%26c&hub.mode=subscribe&hub.challenge=x%20y").unwrap();
    assert_eq!((right.status, right.body.as_str()), (200, "x y"));
    // Without a token nobody can know it.
    let none = spaced.verify_token("");
    let asked = none.answer_to("GET", "hub.mode=subscribe&hub.challenge=1&hub.verify_token=").unwrap();
    assert_eq!(asked.status, 403);
}

#[test]
fn methods_and_clients_that_cannot_be() {
    let receiver = receiver(None);
    assert_eq!(receiver.answer_to("POST", ""), None);
    for method in ["PUT", "DELETE", "HEAD", "OPTIONS", "post"] {
        let answer = receiver.answer_to(method, "").unwrap();
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.headers().contains(&("allow", "GET, POST")));
    }
    let without = Client::cloud("token", "1066").build().unwrap();
    let error = WebhookReceiver::new(without).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::Unsupported, Some("app_secret")));
}

#[tokio::test]
async fn a_gateway_client_receives_what_its_gateway_passes_on() {
    let gateway = || Client::gateway("https://example.com/whatsapp", "api-key-of-mine").build().unwrap();
    assert_eq!(WebhookReceiver::new(gateway()).unwrap_err().kind(), ErrorKind::Unsupported);
    assert_eq!(WebhookReceiver::with_app_secret(gateway(), "").unwrap_err().field(), Some("app_secret"));
    let receiver = WebhookReceiver::with_app_secret(gateway(), SECRET).unwrap();
    let body = messages(&[("wamid.A", "1"), ("wamid.B", "1")]);
    assert_eq!(deliver(&receiver.delivery(body.clone(), "sha256=00"), &[]).await.1, 401);
    assert_eq!(deliver(&signed(&receiver, &body), &["wamid.A"]).await.1, 500);
    assert_eq!(deliver(&signed(&receiver, &body), &[]).await, (vec!["wamid.A".to_owned()], 200));
    // In place of the client's own.
    let other = WebhookReceiver::with_app_secret(client(None), "another").unwrap();
    assert_eq!(deliver(&signed(&other, &body), &[]).await.1, 401);
}

#[tokio::test]
async fn a_body_that_is_not_meta_s_hands_nothing_over() {
    let receiver = receiver(None);
    let body = messages(&[("wamid.A", "16505551234")]);
    for (body, signature, status) in [
        (body.clone(), signature(b"{}"), 401),
        (body.clone(), String::new(), 401),
        (b"no JSON".to_vec(), signature(b"no JSON"), 400),
        (vec![b' '; WebhookReceiver::LARGEST_BODY + 1], String::new(), 413),
    ] {
        let delivery = receiver.delivery(body, signature);
        // Before it was looked at nothing is promised.
        assert_eq!(delivery.answer().status, 500);
        assert_eq!(deliver(&delivery, &[]).await, (vec![], status));
    }
    assert_eq!(deliver(&signed(&receiver, b"{}"), &[]).await, (vec![], 200));
}

/// Runs a test with the record in a store, and in memory.
async fn both(test: impl AsyncFn(WebhookReceiver)) {
    test(receiver(None)).await;
    test(receiver(Some("sqlite::memory:"))).await;
}

#[tokio::test]
async fn only_what_failed_is_handed_over_again() {
    both(async |receiver| {
        let body = messages(&[("wamid.A", "1"), ("wamid.B", "1"), ("wamid.C", "2")]);
        let (names, status) = deliver(&signed(&receiver, &body), &["wamid.B"]).await;
        assert_eq!((names.join(" "), status), ("wamid.A wamid.B wamid.C".to_owned(), 500));
        let (names, status) = deliver(&signed(&receiver, &body), &["wamid.B"]).await;
        assert_eq!((names.join(" "), status), ("wamid.B".to_owned(), 500));
        // Also in another body.
        let other = messages(&[("wamid.D", "1"), ("wamid.B", "1"), ("wamid.A", "1")]);
        let (names, status) = deliver(&signed(&receiver, &other), &[]).await;
        assert_eq!((names.join(" "), status), ("wamid.D wamid.B".to_owned(), 200));
        assert_eq!(deliver(&signed(&receiver, &body), &[]).await, (vec![], 200));
    })
    .await;
}

#[tokio::test]
async fn each_status_of_a_message_is_an_event_of_its_own() {
    both(async |receiver| {
        let status =
            |status: &str| json!({"id": "wamid.S", "status": status, "timestamp": "1", "recipient_id": "1"});
        let body = |names: &[&str]| {
            let statuses: Vec<_> = names.iter().map(|name| status(name)).collect();
            change("messages", json!({"metadata": {"phone_number_id": "1066"}, "statuses": statuses}))
        };
        let handed = async |names: &[&str]| deliver(&signed(&receiver, &body(names)), &[]).await.0.join(" ");
        assert_eq!(handed(&["sent", "delivered"]).await, "sent delivered");
        assert_eq!(handed(&["delivered", "read"]).await, "read");
    })
    .await;
}

#[tokio::test]
async fn what_has_no_name_is_known_by_its_body() {
    both(async |receiver| {
        let paused = |time: i64| {
            let value = json!({"event": "PAUSED", "message_template_id": 1});
            json!({"entry": [{"id": "1", "time": time, "changes": [
                {"field": "of_tomorrow", "value": value}, {"field": "of_tomorrow", "value": value}
            ]}]})
            .to_string()
        };
        let delivered = async |body: String| deliver(&signed(&receiver, body.as_bytes()), &[]).await.0.len();
        assert_eq!(delivered(paused(1)).await, 2);
        assert_eq!(delivered(paused(1)).await, 0);
        // It was paused once more.
        assert_eq!(delivered(paused(2)).await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_event_that_nobody_answered_for_has_failed() {
    let receiver = receiver(None);
    let body = messages(&[("wamid.A", "1"), ("wamid.B", "2")]);
    let delivery = signed(&receiver, &body);
    assert!(delivery.next().await.is_some());
    assert!(delivery.next().await.is_some());
    delivery.handled().await;
    assert!(delivery.next().await.is_none());
    assert_eq!(delivery.answer().status, 500);
    // So has one whose delivery is dropped, as a server does with a handler that it cancels.
    let delivery = signed(&receiver, &body);
    assert_eq!(name(&delivery.next().await.unwrap()), "wamid.A");
    drop(delivery);
    assert_eq!(deliver(&signed(&receiver, &body), &[]).await, (vec!["wamid.A".to_owned()], 200));
}

#[tokio::test]
async fn events_of_one_sender_wait_for_each_other() {
    both(async |receiver| {
        let (first, second) =
            (messages(&[("wamid.A", "1"), ("wamid.B", "1")]), messages(&[("wamid.C", "1")]));
        let (first, second) = (signed(&receiver, &first), signed(&receiver, &second));
        assert_eq!(name(&first.next().await.unwrap()), "wamid.A");
        // It waits behind both; a wait that is given up loses nothing.
        assert!(timeout(SOON, second.next()).await.is_err());
        first.handled().await;
        assert!(timeout(SOON, second.next()).await.is_err());
        // Another sender does not wait.
        let other = signed(&receiver, &messages(&[("wamid.X", "2")]));
        assert_eq!(name(&other.next().await.unwrap()), "wamid.X");
        assert_eq!(name(&first.next().await.unwrap()), "wamid.B");
        let waits = async {
            let event = second.next().await.unwrap();
            assert_eq!(first.answer().status, 200);
            name(&event)
        };
        let ends = async {
            sleep(SOON).await;
            first.handled().await;
        };
        assert_eq!(tokio::join!(waits, ends).0, "wamid.C");
    })
    .await;
}

#[tokio::test]
async fn the_same_event_twice_at_once_is_handed_over_once() {
    both(async |receiver| {
        let body = messages(&[("wamid.A", "1"), ("wamid.B", "1")]);
        let (first, again) = (signed(&receiver, &body), signed(&receiver, &body));
        assert_eq!(name(&first.next().await.unwrap()), "wamid.A");
        let handles = async {
            sleep(SOON).await;
            first.handled().await;
            assert_eq!(name(&first.next().await.unwrap()), "wamid.B");
            sleep(SOON).await;
            first.failed().await;
            first.next().await
        };
        // The second waits: it has nothing to do with what was handled, and takes what failed.
        let (left, delivered) = tokio::join!(handles, deliver(&again, &[]));
        assert_eq!((left, first.answer().status), (None, 500));
        assert_eq!(delivered, (vec!["wamid.B".to_owned()], 200));
    })
    .await;
}

#[tokio::test]
async fn what_another_request_has_handled_since_the_body_was_read_is_not_handed_over() {
    both(async |receiver| {
        let body = messages(&[("wamid.A", "1"), ("wamid.B", "2")]);
        let (first, again) = (signed(&receiver, &body), signed(&receiver, &body));
        assert_eq!(name(&first.next().await.unwrap()), "wamid.A");
        first.failed().await;
        assert_eq!(name(&first.next().await.unwrap()), "wamid.B");
        // Delivered again while the first still has B: it reads that neither was handled.
        assert_eq!(name(&again.next().await.unwrap()), "wamid.A");
        first.handled().await;
        assert_eq!(first.next().await, None);
        again.handled().await;
        assert_eq!((again.next().await, again.answer().status), (None, 200));
    })
    .await;
}

#[tokio::test]
async fn a_message_that_stands_twice_in_one_body_is_handed_over_once() {
    both(async |receiver| {
        let body = messages(&[("wamid.A", "1"), ("wamid.A", "1")]);
        assert_eq!(deliver(&signed(&receiver, &body), &[]).await, (vec!["wamid.A".to_owned()], 200));
    })
    .await;
}

#[tokio::test]
async fn before_all_is_handed_over_the_answer_is_that_meta_delivers_it_again() {
    let receiver = receiver(None);
    let delivery = signed(&receiver, &messages(&[("wamid.A", "1"), ("wamid.B", "1")]));
    let _ = delivery.next().await;
    assert_eq!(delivery.answer().status, 500);
    delivery.handled().await;
    let _ = delivery.next().await;
    assert_eq!(delivery.answer().status, 200);
}

#[tokio::test]
async fn requests_that_wait_for_each_other_s_senders_both_end() {
    let receiver = receiver(None);
    let (here, there) =
        (messages(&[("wamid.A", "1"), ("wamid.B", "2")]), messages(&[("wamid.C", "2"), ("wamid.D", "1")]));
    let (here, there) = (signed(&receiver, &here), signed(&receiver, &there));
    let both = async { tokio::join!(deliver(&here, &[]), deliver(&there, &[])) };
    let ((_, here), (_, there)) = timeout(Duration::from_secs(10), both).await.unwrap();
    assert_eq!((here, there), (200, 200));
}

/// A receiver of another process, as it were.
async fn receiver_on(place: &Place) -> WebhookReceiver {
    let client = Client::cloud("token-of-mine", "1066").app_secret(SECRET).open_store(place.open().await);
    WebhookReceiver::new(client.build().unwrap()).unwrap()
}

#[tokio::test]
async fn a_store_remembers_beyond_the_process_and_forgets_what_is_old() {
    everywhere(async |place| {
        let body = messages(&[("wamid.A", "1"), ("wamid.B\0", "1")]);
        let receiver = receiver_on(place).await;
        let (names, status) = deliver(&signed(&receiver, &body), &["wamid.B\0"]).await;
        assert_eq!((names.len(), status), (2, 500));
        // Each event is recorded by now, and only one of them was handled.
        let (names, _) = deliver(&signed(&receiver_on(place).await, &body), &[]).await;
        assert_eq!(names, ["wamid.B\0"]);
        let (names, _) = deliver(&signed(&receiver_on(place).await, &body), &[]).await;
        assert_eq!(names, [""; 0]);

        let store = place.open().await;
        let pruned = async || store.prune(&Prune::before(Timestamp::now())).await.unwrap().handled;
        assert_eq!(pruned().await, 0);
        let mut tx = store.begin().await.unwrap();
        let age = "UPDATE wamid_handled SET handled_at = handled_at - $1 WHERE event_id = 'wamid.A'";
        sqlx::query(age).bind(31 * 24 * 3600 * 1_000_000_i64).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(pruned().await, 1);
        let (names, _) = deliver(&signed(&receiver_on(place).await, &body), &[]).await;
        assert_eq!(names, ["wamid.A"]);
    })
    .await;
}

#[tokio::test]
async fn no_debug_shows_what_was_written() {
    let receiver = receiver(None);
    let delivery = signed(&receiver, &messages(&[("wamid.A", "16505551234"), ("wamid.B", "16505551234")]));
    for _ in 0..2 {
        let shown = format!("{delivery:?} {receiver:?}");
        for secret in ["16505551234", "wamid.A", "sha256", SECRET, "verify\""] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
        delivery.next().await;
    }
}

#[tokio::test]
async fn memory_has_the_last_ten_thousand() {
    let receiver = receiver(None);
    let ids: Vec<String> = (0..10_001).map(|number| format!("wamid.{number}")).collect();
    let body = messages(&Vec::from_iter(ids.iter().map(|id| (id.as_str(), "1"))));
    assert_eq!(deliver(&signed(&receiver, &body), &[]).await.0.len(), 10_001);
    let again = messages(&[("wamid.1", "1"), ("wamid.0", "1"), ("wamid.10000", "1")]);
    assert_eq!(deliver(&signed(&receiver, &again), &[]).await.0, ["wamid.0"]);
}

#[tokio::test]
async fn a_store_that_fails_makes_meta_deliver_again() {
    let receiver = receiver(Some("sqlite:/no/such/folder/w.db"));
    let body = messages(&[("wamid.A", "1")]);
    assert_eq!(deliver(&signed(&receiver, &body), &[]).await, (vec![], 500));
}
