//! What a gateway is asked, and what is made of its answer.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use support::{Reply, Server, assert_error, http, soon, text};
use wamid::{Error, ErrorKind, Message, SendMany, Text};

/// A gateway that first loses an attempt, then answers `second` for the same key.
async fn after_an_unknown(
    extensions: &'static str,
    status: u16,
    second: &'static str,
) -> (Error, Vec<support::Seen>) {
    let sends = AtomicUsize::new(0);
    let server = Server::new(move |seen| match seen.line() {
        "GET /api/ HTTP/1.1" => http(200, "", extensions),
        _ if sends.fetch_add(1, Ordering::Relaxed) == 0 => Reply::Last(Vec::new()),
        _ => http(status, "", second),
    })
    .await;
    let client = server.gateway().max_retries(1).build().unwrap();
    let error = soon(client.send_built(text())).await.unwrap_err();
    (error, server.seen())
}

#[tokio::test]
async fn an_unknown_attempt_is_repeated_only_where_the_gateway_knows_keys() {
    let knows = r#"{"gateway":"wamid","extensions":["idempotency"]}"#;
    let rejected = r#"{"error":"no","kind":"rejected","code":131026,"maybe_sent":false,"retryable":false}"#;
    let (error, seen) = after_an_unknown(knows, 400, rejected).await;
    assert_error(&error, ErrorKind::Rejected, false, false, 2);
    let keys: Vec<_> = seen.iter().filter_map(|seen| seen.header("idempotency-key")).collect();
    assert!(keys.len() == 2 && keys[0] == keys[1] && keys[0].len() >= 32, "{keys:?}");

    // Not an answer for the key: the gateway turned the request away at the door.
    for (status, shed) in [
        (503, r#"{"error":"busy","kind":"server","maybe_sent":false,"retryable":true}"#),
        (429, r#"{"error":"busy","kind":"rate_limited","maybe_sent":false,"retryable":true}"#),
        (401, r#"{"error":"Unauthorized","kind":"authentication","maybe_sent":false,"retryable":false}"#),
        (401, r#"{"error":"Unauthorized"}"#),
        (404, "<html>"),
    ] {
        let (error, _) = after_an_unknown(knows, status, shed).await;
        assert!(error.maybe_sent() && !error.retryable(), "{status}: {error:?}");
        assert!(error.message().contains("may have gone out"), "{error}");
    }

    let (error, seen) =
        after_an_unknown(r#"{"gateway":"wamid","extensions":["reply_to"]}"#, 400, rejected).await;
    assert_error(&error, ErrorKind::Connection, true, false, 1);
    assert_eq!(seen.len(), 2, "the send and the question");
}

#[tokio::test]
async fn tries_do_not_multiply_with_those_of_the_gateway() {
    for (attempts, requests) in [(1, 2), (3, 1)] {
        let body = format!(
            r#"{{"error":"busy","kind":"server","code":2,"retryable":true,"maybe_sent":false,"retry_after":0,"attempts":{attempts}}}"#
        );
        let server = Server::new(move |_| http(502, "", &body)).await;
        let client = server.gateway().max_retries(1).build().unwrap();
        let error = soon(client.send_built(text())).await.unwrap_err();
        assert_error(&error, ErrorKind::Server, false, true, requests);
        assert_eq!(server.seen().len(), requests as usize, "the gateway had tried {attempts} times itself");
    }
}

#[tokio::test]
async fn many_calls_to_a_dead_gateway_fail_together() {
    let asked = Arc::new(tokio::sync::Semaphore::new(0));
    let waiting = asked.clone();
    let server = Server::slow(move |_| {
        let waiting = waiting.clone();
        async move {
            // Every call is waiting for this one answer.
            let _ = waiting.acquire().await;
            http(503, "", "")
        }
    })
    .await;
    let client = server.gateway().max_retries(0).build().unwrap();
    let sends = (0..50).map(|n| Message::new("919876543210", Text::new(format!("{n}"))).reply_to("wamid.X"));
    let (results, ()) =
        tokio::join!(soon(client.send_many(sends, SendMany::default().concurrency(50))), async {
            server.until(|state| state.busy == 1).await;
            asked.add_permits(50);
        });
    for result in results.unwrap() {
        let error = result.unwrap_err();
        assert_eq!(
            (error.kind(), error.maybe_sent(), error.attempts()),
            (ErrorKind::Server, false, 0),
            "{error:?}"
        );
    }
    assert_eq!(server.seen().len(), 1, "one question is enough for all who waited for its answer");
}
