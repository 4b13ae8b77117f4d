//! One key, one message: also at the same moment, also on two gateways, also after an unknown.

use std::collections::BTreeSet;

use wamid::{ErrorKind, Message, SendFilter, Text};

use crate::house::House;

const PHONE: &str = "919876543210";

fn text(recipient: &str, key: &str) -> Message {
    Message::new(recipient, Text::new("Hello")).idempotency_key(key)
}

#[tokio::test]
async fn the_same_key_is_the_same_message_on_every_gateway() {
    let house = House::build().await;
    let (_gateway, second) = house.second().await;
    let first = house.client();
    let receipt = first.send_built(text(PHONE, "k")).await.unwrap();
    for client in [&first, &second] {
        assert_eq!(client.send_built(text(PHONE, "k")).await.unwrap().id, receipt.id);
    }
    assert_ne!(first.send_built(text(PHONE, "other")).await.unwrap().id, receipt.id);
    assert_eq!(house.sandbox.messages().len(), 2);
}

#[tokio::test]
async fn twenty_at_the_same_moment_on_two_gateways_are_one_message() {
    let house = House::build().await;
    let (_gateway, second) = house.second().await;
    let first = house.client();
    // Taken slowly, so that all others come while it is under way.
    let slow = "15550900001";
    let mut sends = tokio::task::JoinSet::new();
    for n in 0..20 {
        let client = if n % 2 == 0 { first.clone() } else { second.clone() };
        sends.spawn(async move { client.send_built(text(slow, "k")).await.map(|receipt| receipt.id) });
    }
    let mut ids = Vec::new();
    while let Some(sent) = sends.join_next().await {
        ids.push(sent.unwrap().unwrap());
    }
    ids.dedup();
    assert_eq!((ids.len(), house.sandbox.messages().len()), (1, 1));
}

#[tokio::test]
async fn who_waits_for_a_turn_has_its_key() {
    let house = House::build().await;
    let (_narrow, client) = house.with_turns(1).await;
    let slow = client.clone();
    let slow = tokio::spawn(async move { slow.send_built(text("15550900001", "slow")).await });
    // From now on the one turn is taken for two seconds, and four may wait for it.
    while house.store.sends(&SendFilter::default()).await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    let mut same = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let client = client.clone();
        same.spawn(async move { client.send_built(text(PHONE, "k")).await });
    }
    let ended = same.join_all().await;
    let ids: BTreeSet<_> = ended.iter().flatten().map(|receipt| &receipt.id).collect();
    assert!(ids.len() == 1 && house.sandbox.messages().len() == 2, "{ended:?}");
    // Seven more than wait for a turn: told "nothing was sent", they would take it for the message's fate. One may be told so
    // before another takes the key over.
    assert!(ended.iter().filter(|ended| ended.is_err()).count() < 4, "{ended:?}");
    slow.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_key_with_other_arguments_is_refused() {
    let house = House::build().await;
    let client = house.client();
    client.send_built(text(PHONE, "k")).await.unwrap();
    let other_words = Message::new(PHONE, Text::new("Other")).idempotency_key("k");
    for other in [other_words, text("919876543211", "k")] {
        let error = client.send_built(other).await.unwrap_err();
        let seen = (error.kind(), error.status(), error.field(), error.maybe_sent());
        assert_eq!(seen, (ErrorKind::InvalidInput, Some(422), Some("idempotency_key"), false), "{error:?}");
    }
    // The same number in other words is the same message.
    client.send_built(text("+91 98765-43210", "k")).await.unwrap();
    assert_eq!(house.sandbox.messages().len(), 1);
}

#[tokio::test]
async fn an_unknown_outcome_stays_unknown_and_sends_nothing_again() {
    let house = House::build().await;
    let client = house.client();
    for _ in 0..3 {
        let error = client.send_built(text("15550900003", "k")).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.maybe_sent(), error.retryable()),
            (ErrorKind::Connection, true, false)
        );
    }
    assert_eq!(house.sandbox.messages().len(), 1);
}

#[tokio::test]
async fn what_surely_was_not_sent_can_be_sent_with_the_same_key() {
    let house = House::build().await;
    let client = house.client();
    let throttled_twice = "15550900010";
    for _ in 0..2 {
        let error = client.send_built(text(throttled_twice, "k")).await.unwrap_err();
        assert_eq!((error.code(), error.maybe_sent()), (Some(130_429), false));
    }
    client.send_built(text(throttled_twice, "k")).await.unwrap();
    let taken = house.sandbox.messages().into_iter().filter(|message| message.outcome.is_accepted()).count();
    assert_eq!(taken, 1);
}

#[tokio::test]
async fn a_key_belongs_to_its_api_key() {
    let house = House::build().await;
    let other = wamid_gateway::Keys::open(&house.store).await.unwrap().create("other").await.unwrap();
    let other = house.client_with(&other);
    let receipt = house.client().send_built(text(PHONE, "k")).await.unwrap();
    assert_ne!(other.send_built(text(PHONE, "k")).await.unwrap().id, receipt.id);
}

#[tokio::test]
async fn a_caller_that_hangs_up_does_not_stop_the_message() {
    let house = House::build().await;
    let client = house.client();
    let slow = "15550900001";
    let hung_up = client.send_built(text(slow, "k"));
    assert!(tokio::time::timeout(std::time::Duration::from_millis(300), hung_up).await.is_err());
    // Whoever comes with the key again waits for the answer of the first.
    client.send_built(text(slow, "k")).await.unwrap();
    assert_eq!(house.sandbox.messages().len(), 1);
}
