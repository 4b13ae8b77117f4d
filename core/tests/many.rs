//! Many sends at once, and how fast they go.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use support::{Reply, Seen, Server, http, sent, soon, text};
use tokio::sync::watch;
use wamid::{ErrorKind, Message, Progress, SendMany, Text};

fn texts(count: usize) -> Vec<Message> {
    (0..count).map(|n| Message::new("919876543210", Text::new(n.to_string()))).collect()
}

/// What the message said.
fn said(seen: &Seen) -> String {
    let body: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
    body["text"]["body"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn answers_come_in_the_order_of_the_list_whatever_order_the_host_has() {
    const COUNT: usize = 8;
    let done = Arc::new(watch::Sender::new(0));
    // The last is answered first, and so on.
    let server = Server::slow(move |seen| {
        let done = done.clone();
        async move {
            let number: usize = said(&seen).parse().unwrap();
            done.subscribe().wait_for(|done| *done == COUNT - 1 - number).await.unwrap();
            done.send_modify(|done| *done += 1);
            http(200, "", &format!(r#"{{"messages":[{{"id":"wamid.{number}"}}]}}"#))
        }
    })
    .await;
    let client = server.cloud().build().unwrap();
    let results = soon(client.send_many(texts(COUNT), SendMany::default())).await.unwrap();
    let ids: Vec<_> = results.into_iter().map(|result| result.unwrap().id).collect();
    assert_eq!(ids, (0..COUNT).map(|n| format!("wamid.{n}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn no_more_than_concurrency_are_under_way() {
    const BOUND: usize = 4;
    let under_way = Arc::new(watch::Sender::new(0));
    let server = Server::slow(move |_| {
        let under_way = under_way.clone();
        async move {
            under_way.send_modify(|count| *count += 1);
            // The bound is used up, and one too many would have time to come.
            under_way.subscribe().wait_for(|count| *count >= BOUND).await.unwrap();
            tokio::time::sleep(Duration::from_millis(10)).await;
            sent()
        }
    })
    .await;
    let client = server.cloud().build().unwrap();
    let results = soon(client.send_many(texts(30), SendMany::default().concurrency(BOUND))).await.unwrap();
    assert!(results.iter().all(Result::is_ok));
    let state = server.state();
    assert_eq!((state.most_busy, state.seen.len(), state.connections), (BOUND, 30, BOUND));
}

#[tokio::test]
async fn no_concurrency_at_all_is_refused() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().build().unwrap();
    let error = client.send_many(texts(1), SendMany::default().concurrency(0)).await.unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("concurrency")));
    assert_eq!(server.state().connections, 0);
}

#[tokio::test]
async fn dropping_it_stops_everything() {
    let server = Server::new(|_| Reply::Silence).await;
    let client = server.cloud().build().unwrap();
    tokio::select! {
        _ = client.send_many(texts(50), SendMany::default().concurrency(5)) => panic!("nobody answered"),
        _ = server.until(|state| state.seen.len() == 5) => {}
    }
    let state = server.until(|state| state.open == 0).await;
    assert_eq!((state.connections, state.seen.len()), (5, 5));
}

fn reports(how: SendMany) -> (SendMany, Arc<Mutex<Vec<Progress>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = seen.clone();
    (how.progress(move |progress| sink.lock().unwrap().push(progress)), seen)
}

#[tokio::test]
async fn one_failure_is_one_message_s_and_every_outcome_is_counted() {
    let server = Server::new(|seen| match said(seen).as_str() {
        "refused" => http(400, "", r#"{"error":{"message":"m","code":131026}}"#),
        "lost" => Reply::Last(Vec::new()),
        _ => sent(),
    })
    .await;
    let client = server.cloud().build().unwrap();
    let sends: Vec<Message> = ["ok", "refused", "lost", "", "ok", "lost", "ok"]
        .into_iter()
        .map(|words| Message::new("919876543210", Text::new(words)).reference(format!("r-{words}")))
        .collect();
    let (how, reports) = reports(SendMany::default());
    let results = soon(client.send_many(sends, how)).await.unwrap();
    let outcomes: Vec<&str> = results
        .iter()
        .map(|result| match result {
            Ok(_) => "ok",
            Err(error) if error.maybe_sent() => "lost",
            Err(error) => error.kind().as_str(),
        })
        .collect();
    assert_eq!(outcomes, ["ok", "rejected", "lost", "invalid_input", "ok", "lost", "ok"]);
    assert_eq!(
        results[3].as_ref().unwrap_err().reference(),
        Some("r-"),
        "an error says which message it was"
    );
    let reports = reports.lock().unwrap();
    let last = reports.last().unwrap();
    assert_eq!((last.sent, last.failed, last.unknown, last.left), (3, 2, 2, 0));
}

#[tokio::test]
async fn progress_is_told_at_most_ten_times_a_second_and_once_at_the_end() {
    const COUNT: usize = 400;
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().build().unwrap();
    let (how, reports) = reports(SendMany::default().concurrency(4));
    let begun = Instant::now();
    soon(client.send_many(texts(COUNT), how)).await.unwrap();
    let tenths = usize::try_from(begun.elapsed().as_millis() / 100).unwrap();
    let reports = reports.lock().unwrap().clone();
    assert!(reports.len() <= tenths + 2, "{} reports in {tenths} tenths of a second", reports.len());
    for pair in reports.windows(2) {
        assert!(pair[0].left > pair[1].left, "{pair:?}");
    }
    assert!(reports.iter().all(|report| report.sent + report.left == COUNT), "{reports:?}");
    assert_eq!(reports.iter().filter(|report| report.left == 0).count(), 1);
    assert!(reports.len() >= 2 && reports[0].left > 0, "a long list shows that it moves: {reports:?}");
}

/// Whoever waits for the end must hear of it also where there was nothing to do.
#[tokio::test]
async fn an_empty_list_ends_at_once() {
    let server = Server::new(|_| sent()).await;
    let (how, reports) = reports(SendMany::default());
    let results = soon(server.cloud().build().unwrap().send_many(Vec::new(), how)).await.unwrap();
    assert!(results.is_empty());
    assert_eq!(*reports.lock().unwrap(), [Progress::default()]);
    assert_eq!(server.state().connections, 0);
}

/// 20 a second with a bucket of 2: the last of 8 leaves 6 intervals after the first, whatever the concurrency.
#[tokio::test]
async fn the_pace_is_one_for_all_clones_and_counts_sends_only() {
    let server = Server::new(|seen| match seen.line().split(' ').next() {
        Some("GET") => http(200, "", r#"{"conversations":[]}"#),
        _ => http(200, "", &format!(r#"{{"status":"sent","result":{}}}"#, support::SENT)),
    })
    .await;
    let client = server.gateway().max_per_second(20.0).build().unwrap();
    let other = client.clone();
    let begun = Instant::now();
    let (here, there) = soon(async {
        tokio::join!(
            client.send_many(texts(4), SendMany::default()),
            other.send_many(texts(4), SendMany::default()),
        )
    })
    .await;
    assert!(here.unwrap().iter().chain(&there.unwrap()).all(Result::is_ok));
    assert!(begun.elapsed() >= Duration::from_millis(300), "{:?}", begun.elapsed());
    // A crawling pace for sends holds up no read.
    let slow = server.gateway().max_per_second(0.000_01).build().unwrap();
    soon(slow.send_built(text())).await.unwrap();
    for _ in 0..3 {
        soon(slow.chats()).await.unwrap();
    }
}

#[tokio::test]
async fn waiting_for_the_pace_or_a_place_is_not_held_against_the_time_allowed() {
    let server = Server::slow(|_| async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        sent()
    })
    .await;
    let paced = server
        .cloud()
        .max_per_second(4.0)
        .total_timeout(Duration::from_secs(1))
        .max_retries(0)
        .build()
        .unwrap();
    let results = soon(paced.send_many(texts(6), SendMany::default())).await.unwrap();
    assert!(results.iter().all(Result::is_ok), "the last waits 1.25 s: {results:?}");
    let queued = server.cloud().total_timeout(Duration::from_secs(1)).max_retries(0).build().unwrap();
    let results = soon(queued.send_many(texts(60), SendMany::default().concurrency(1))).await.unwrap();
    assert!(results.iter().all(Result::is_ok), "the last waits 1.2 s: {results:?}");
}

#[tokio::test]
async fn a_send_dropped_while_it_waits_for_its_turn_never_goes_out() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().max_per_second(0.001).build().unwrap();
    soon(client.send_built(text())).await.unwrap();
    let waiting = tokio::time::timeout(Duration::from_millis(50), client.send_built(text())).await;
    assert!(waiting.is_err(), "1000 s too early");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_send_that_a_language_could_not_read_fails_alone_and_is_counted() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().build().unwrap();
    let unread = wamid::unicode("message", vec![0xed, 0xa0, 0xbd]).unwrap_err();
    let last = Arc::new(Mutex::new(Progress::default()));
    let seen = last.clone();
    let how = SendMany::default().progress(move |progress| *seen.lock().unwrap() = progress);
    let mut sends: Vec<_> = texts(2).into_iter().map(Ok).collect();
    sends.insert(1, Err(unread));
    let results = soon(client.send_many_read(sends, how)).await.unwrap();
    let fields: Vec<_> = results.iter().map(|result| result.as_ref().err().and_then(|e| e.field())).collect();
    assert_eq!(fields, [None, Some("message"), None]);
    let last = *last.lock().unwrap();
    assert_eq!((last.sent, last.failed, last.unknown, last.left), (2, 1, 0, 0));
}
