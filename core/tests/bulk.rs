//! Bulks that are stopped or read one outcome at a time, and panics.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use support::{Reply, Seen, Server, assert_error, http, sent, soon, text};
use wamid::{ErrorKind, Message, SendMany, Text};

fn texts(count: usize) -> impl Iterator<Item = Message> + Send {
    (0..count).map(|n| Message::new("919876543210", Text::new(n.to_string())))
}

/// What the message said.
fn number(seen: &Seen) -> usize {
    let body: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
    body["text"]["body"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_stopped_bulk_says_of_each_message_what_is_known() {
    let server = Server::new(|seen| match number(seen) {
        0 => sent(),
        1 => http(400, "", r#"{"error":{"message":"m","code":131026}}"#),
        _ => Reply::Silence,
    })
    .await;
    let client = server.cloud().build().unwrap();
    let stop = async { drop(server.until(|state| state.seen.len() == 4).await) };
    let all = soon(client.send_many_until(texts(6), SendMany::default().concurrency(2), stop)).await.unwrap();
    assert_eq!(all.outcomes.len(), 6);
    assert!(all.outcomes[0].as_ref().unwrap().is_ok());
    assert_error(
        all.outcomes[1].as_ref().unwrap().as_ref().unwrap_err(),
        ErrorKind::Rejected,
        false,
        false,
        1,
    );
    for under_way in &all.outcomes[2..4] {
        let error = under_way.as_ref().unwrap().as_ref().unwrap_err();
        assert_error(error, ErrorKind::Timeout, true, false, 1);
        assert!(error.message().contains("stopped"), "{error}");
    }
    assert!(all.outcomes[4..].iter().all(Option::is_none), "{all:?}");
    let wamid::Progress { sent, failed, unknown, left, .. } = all.progress;
    assert_eq!((sent, failed, unknown, left), (1, 1, 2, 2));
    server.until(|state| state.open == 0).await;
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn what_waits_for_its_turn_or_its_next_attempt_was_not_begun() {
    // The first goes out, the second waits for the pace.
    let server = Server::new(|_| sent()).await;
    let paced = server.cloud().max_per_second(0.001).build().unwrap();
    let stop = async { drop(server.until(|state| state.seen.len() == 1).await) };
    let all = soon(paced.send_many_until(texts(2), SendMany::default(), stop)).await.unwrap();
    assert!(all.outcomes[1].is_none(), "{all:?}");

    // A refusal that surely sent nothing is waiting for its second attempt.
    let throttling = Server::new(|_| http(429, "Retry-After: 30\r\n", "{}")).await;
    let client = throttling.cloud().build().unwrap();
    let stop = async {
        throttling.until(|state| state.seen.len() == 1 && state.busy == 0).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let all = soon(client.send_many_until(texts(1), SendMany::default(), stop)).await.unwrap();
    assert!(all.outcomes[0].is_none(), "{all:?}");
    assert_eq!((all.progress.failed, all.progress.left), (0, 1));
}

/// What one attempt left open stays open, also where the next one had not been written.
#[tokio::test]
async fn an_earlier_unknown_attempt_keeps_a_stopped_send_unknown() {
    let server = Server::new(|seen| {
        if seen.line().starts_with("GET") {
            return http(200, "", r#"{"gateway":"wamid","version":"1","extensions":["idempotency"]}"#);
        }
        http(503, "Retry-After: 30\r\n", "busy")
    })
    .await;
    let client = server.gateway().build().unwrap();
    let stop = async {
        server.until(|state| state.seen.len() == 2 && state.busy == 0).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let all = soon(client.send_many_until(texts(1), SendMany::default(), stop)).await.unwrap();
    assert_error(all.outcomes[0].as_ref().unwrap().as_ref().unwrap_err(), ErrorKind::Timeout, true, false, 1);
}

#[tokio::test]
async fn a_bulk_that_nothing_stops_has_an_outcome_for_each() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().build().unwrap();
    let all = client.send_many_until(texts(5), SendMany::default().concurrency(2), std::future::pending());
    let all = soon(all).await.unwrap();
    assert!(all.outcomes.iter().all(|outcome| matches!(outcome, Some(Ok(_)))), "{all:?}");
    assert_eq!((all.progress.sent, all.progress.left), (5, 0));
}

#[tokio::test]
async fn outcomes_come_as_they_end_with_their_index() {
    // The first is answered last.
    let done = Arc::new(tokio::sync::watch::Sender::new(0));
    let server = Server::slow(move |seen| {
        let done = done.clone();
        async move {
            let number = number(&seen);
            done.subscribe().wait_for(|done| *done == 3 - number).await.unwrap();
            done.send_modify(|done| *done += 1);
            http(200, "", &format!(r#"{{"messages":[{{"id":"wamid.{number}"}}]}}"#))
        }
    })
    .await;
    let client = server.cloud().build().unwrap();
    let outcomes = client.send_each(texts(4), SendMany::default()).unwrap();
    let outcomes: Vec<_> = soon(outcomes.map(|(at, outcome)| (at, outcome.unwrap().id)).collect()).await;
    let mut indices: Vec<_> = outcomes.iter().map(|(at, _)| *at).collect();
    assert!(outcomes.iter().all(|(at, id)| *id == format!("wamid.{at}")), "{outcomes:?}");
    indices.sort_unstable();
    assert_eq!(indices, [0, 1, 2, 3]);
    assert_eq!(outcomes[3].0, 0, "{outcomes:?}");
}

#[tokio::test]
async fn no_more_is_taken_from_the_source_than_concurrency() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().build().unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let count = taken.clone();
    // It never ends.
    let endless = texts(usize::MAX).inspect(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let mut outcomes = client.send_each(endless, SendMany::default().concurrency(3)).unwrap();
    for yielded in 1..=20 {
        soon(outcomes.next()).await.unwrap().1.unwrap();
        let taken = taken.load(Ordering::SeqCst);
        assert!(taken <= yielded - 1 + 3, "{taken} taken when {yielded} were yielded");
    }
}

#[tokio::test]
async fn a_slow_reader_makes_no_send_time_out() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().timeout(Duration::from_millis(300)).max_retries(0).build().unwrap();
    let mut outcomes = client.send_each(texts(6), SendMany::default().concurrency(3)).unwrap();
    let mut count = 0;
    while let Some((_, outcome)) = soon(outcomes.next()).await {
        outcome.unwrap();
        count += 1;
        // It does something else for longer than an attempt may take.
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    assert_eq!(count, 6);
}

#[tokio::test]
async fn messages_may_come_from_a_stream_that_is_slow() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().build().unwrap();
    let slow = stream::iter(texts(3)).then(|text| async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        text
    });
    let outcomes = client.send_each_stream(slow, SendMany::default()).unwrap();
    let outcomes: Vec<_> = soon(outcomes.collect::<Vec<_>>()).await;
    assert_eq!(outcomes.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 1, 2]);
    assert!(outcomes.iter().all(|(_, outcome)| outcome.is_ok()));
}

#[tokio::test]
async fn a_stream_that_is_dropped_sends_nothing_more() {
    let server = Server::new(|_| Reply::Silence).await;
    let client = server.cloud().build().unwrap();
    let mut outcomes = client.send_each(texts(50), SendMany::default().concurrency(5)).unwrap();
    tokio::select! {
        _ = outcomes.next() => panic!("nobody answered"),
        _ = server.until(|state| state.seen.len() == 5) => drop(outcomes),
    }
    let state = server.until(|state| state.open == 0).await;
    assert_eq!((state.connections, state.seen.len()), (5, 5));
}

#[tokio::test]
async fn a_stream_that_is_stopped_yields_what_is_known_and_ends() {
    let server = Server::new(|seen| if number(seen) == 0 { sent() } else { Reply::Silence }).await;
    let client = server.cloud().build().unwrap();
    let mut outcomes = client.send_each(texts(50), SendMany::default().concurrency(3)).unwrap();
    let (at, first) = soon(outcomes.next()).await.unwrap();
    assert!(at == 0 && first.is_ok());
    tokio::select! {
        _ = outcomes.next() => panic!("nobody answered"),
        _ = server.until(|state| state.seen.len() == 4) => outcomes.stop(),
    }
    let rest: Vec<_> = soon(outcomes.collect::<Vec<_>>()).await;
    assert_eq!(rest.len(), 3);
    for (_, outcome) in rest {
        assert_error(&outcome.unwrap_err(), ErrorKind::Timeout, true, false, 1);
    }
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn no_concurrency_at_all_is_refused() {
    let client = Server::new(|_| sent()).await.cloud().build().unwrap();
    let error = client.send_each(texts(1), SendMany::default().concurrency(0)).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("concurrency")));
}

#[tokio::test]
async fn progress_that_panics_stops_nothing() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().build().unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let count = calls.clone();
    let how = SendMany::default().concurrency(2).progress(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        panic!("the display is gone");
    });
    let results = soon(client.send_many(texts(20), how)).await.unwrap();
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(calls.load(Ordering::SeqCst), 1, "it is not called again");
}

#[tokio::test]
async fn a_panic_is_the_error_of_its_call_and_the_client_goes_on() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().build().unwrap();
    let error = soon(client.send_built(text().reference("wamid-test-panic"))).await.unwrap_err();
    assert_error(&error, ErrorKind::UnexpectedResponse, true, false, 0);
    assert!(error.message().contains("report"), "{error}");
    assert_eq!(error.reference(), Some("wamid-test-panic"));
    let sends = [text(), text().reference("wamid-test-panic"), text()];
    let results = soon(client.send_many(sends.clone(), SendMany::default())).await.unwrap();
    assert_eq!(results.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
    let outcomes = client.send_each(sends, SendMany::default()).unwrap();
    let failed: Vec<_> =
        soon(outcomes.filter_map(async |(at, outcome)| outcome.is_err().then_some(at)).collect()).await;
    assert_eq!(failed, [1]);
    soon(client.send_built(text())).await.unwrap();
}

#[cfg(feature = "store")]
#[tokio::test]
async fn the_record_agrees_with_what_a_stopped_bulk_says() {
    use wamid::{SendFilter, SendStatus, Store};
    let server = Server::new(|seen| match number(seen) {
        0 => sent(),
        1 => Reply::Silence,
        _ => http(429, "Retry-After: 30\r\n", "{}"),
    })
    .await;
    let store = Store::open("sqlite::memory:").await.unwrap();
    let client = server.cloud().open_store(store.clone()).build().unwrap();
    let stop = async {
        server.until(|state| state.seen.len() == 3 && state.busy == 0).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let all = soon(client.send_many_until(texts(3), SendMany::default(), stop)).await.unwrap();
    assert!(all.outcomes[2].is_none(), "{all:?}");
    assert!(all.outcomes[1].as_ref().unwrap().as_ref().unwrap_err().maybe_sent());
    let mut found: Vec<_> =
        store.sends(&SendFilter::default()).await.unwrap().into_iter().map(|send| send.status).collect();
    found.sort_unstable_by_key(|status| format!("{status:?}"));
    assert_eq!(found, [SendStatus::Failed, SendStatus::Sent, SendStatus::Unknown]);
}
