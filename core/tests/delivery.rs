//! What becomes of a send when the network does not behave: never twice in silence, never lost in silence.
#![allow(clippy::unwrap_used)]

#[path = "support/refusing.rs"]
mod refusing;
mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use refusing::refusing;
use support::log::Log;
use support::{HANG, Reply, SENT, Server, assert_error, http, sent, soon, text};
use wamid::{Client, ErrorKind, counting_retries};

const TENTH: Duration = Duration::from_millis(100);
const IN_DOUBT: &str = "the message may have gone out";

/// Runs the send until the other is done, then drops it.
async fn cancel_after<T>(send: impl Future<Output = T>, reached: impl Future) {
    tokio::select! {
        _ = send => panic!("it ended before it could be cancelled"),
        _ = reached => {}
    }
}

#[tokio::test]
async fn a_dropped_send_hangs_up_sends_nothing_more_and_is_logged_as_unknown() {
    let log = Log::start();
    let server = Server::new(|_| Reply::Silence).await;
    let client = server.cloud().build().unwrap();
    cancel_after(client.send_built(text()), server.until(|state| state.seen.len() == 1)).await;
    let state = server.until(|state| state.open == 0).await;
    assert_eq!((state.connections, state.seen.len()), (1, 1));
    let line = log.text().lines().find(|line| line.contains(IN_DOUBT)).map(str::to_owned).unwrap();
    assert!(line.contains("WARN") && line.contains("maybe_sent=true"), "{line}");
    assert!(line.contains(r#"operation="send_message""#) && line.contains("3210"), "whose? {line}");
}

#[tokio::test]
async fn a_send_dropped_before_it_was_written_is_not_logged_as_unknown() {
    let log = Log::start();
    let silent = Server::new(|_| Reply::Silence).await;
    let client = Client::cloud("TOKEN", "1066")
        .graph_url(format!("https://127.0.0.1:{}", silent.port))
        .build()
        .unwrap();
    cancel_after(client.send_built(text()), silent.until(|state| state.connections == 1)).await;

    let busy = Server::new(|_| http(429, "Retry-After: 20\r\n", "")).await;
    let client = busy.cloud().build().unwrap();
    cancel_after(client.send_built(text()), log.until("trying again")).await;
    assert_eq!(busy.seen().len(), 1);
    assert!(!log.text().contains(IN_DOUBT), "{}", log.text());
}

/// The first attempt may have sent it; that the caller left during the wait for the second changes nothing.
#[tokio::test]
async fn a_send_dropped_between_attempts_keeps_the_doubt_of_the_first() {
    let log = Log::start();
    let server = Server::new(|seen| match seen.line() {
        "GET /api/ HTTP/1.1" => http(200, "", r#"{"gateway":"wamid","extensions":["idempotency"]}"#),
        _ => http(500, "Retry-After: 20\r\n", "<html>"),
    })
    .await;
    let client = server.gateway().build().unwrap();
    cancel_after(client.send_built(text()), log.until("trying again")).await;
    assert!(log.text().contains(IN_DOUBT), "{}", log.text());
}

#[tokio::test]
async fn sends_in_a_row_share_one_connection() {
    let log = Log::start();
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().build().unwrap();
    for _ in 0..100 {
        soon(client.clone().send_built(text())).await.unwrap();
    }
    let state = server.state();
    assert_eq!((state.connections, state.seen.len()), (1, 100));
    let lines = log.text();
    assert!(
        lines.contains("answered") && !lines.contains(IN_DOUBT),
        "no doubt about what was answered: {lines}"
    );

    let unpooled = server.cloud().pool_max_idle(0).build().unwrap();
    for _ in 0..5 {
        soon(unpooled.send_built(text())).await.unwrap();
    }
    assert_eq!(server.state().connections, 6);
}

#[tokio::test]
async fn a_connection_that_the_host_closed_is_replaced() {
    let closing =
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{SENT}", SENT.len());
    let server = Server::new(move |_| Reply::Last(closing.clone().into_bytes())).await;
    let client = server.cloud().build().unwrap();
    for _ in 0..3 {
        soon(client.send_built(text())).await.unwrap();
    }
    assert_eq!(server.state().connections, 3);
}

/// A listener that takes connections and never answers the TLS handshake.
#[tokio::test]
async fn connecting_that_takes_too_long_is_a_connection_that_never_came_about() {
    let server = Server::new(|_| Reply::Silence).await;
    let client = |timeout, connect| {
        Client::cloud("TOKEN", "1066")
            .graph_url(format!("https://127.0.0.1:{}", server.port))
            .timeout(timeout)
            .connect_timeout(connect)
    };
    let error =
        soon(client(HANG, TENTH).max_retries(1).build().unwrap().send_built(text())).await.unwrap_err();
    assert_error(&error, ErrorKind::Connection, false, true, 2);
    assert_eq!((error.status(), server.state().connections), (None, 2));

    // Both clocks at once must not make the kind a matter of luck.
    for _ in 0..10 {
        let both = client(TENTH, TENTH).max_retries(0).build().unwrap();
        let error = soon(both.send_built(text())).await.unwrap_err();
        assert_error(&error, ErrorKind::Connection, false, true, 1);
    }
    for _ in 0..5 {
        let short = client(TENTH, HANG).max_retries(0).build().unwrap();
        let error = soon(short.send_built(text())).await.unwrap_err();
        assert_error(&error, ErrorKind::Timeout, false, true, 1);
    }
    assert_eq!(server.seen().len(), 0);
}

/// A listener that resets each connection as it takes it: now and then before the client has heard that there is one. What a caller is
/// told must not depend on that.
#[tokio::test]
async fn a_connection_that_is_reset_at_once_leaves_the_outcome_unknown_each_time() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap();
        }
    });
    let client = Client::cloud("TOKEN", "1066").graph_url(url).build().unwrap();
    for _ in 0..300 {
        let error = soon(client.send_built(text())).await.unwrap_err();
        assert_error(&error, ErrorKind::Connection, true, false, 1);
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_and_surely_not_sent() {
    let (_held, address) = refusing();
    let client =
        Client::cloud("TOKEN", "1066").graph_url(format!("http://{address}")).max_retries(1).build().unwrap();
    let error = soon(client.send_built(text())).await.unwrap_err();
    assert_error(&error, ErrorKind::Connection, false, true, 2);
    assert!(!error.message().contains(IN_DOUBT), "{error}");
}

#[tokio::test]
async fn an_answer_that_does_not_come_leaves_the_outcome_unknown() {
    for begun in ["", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"messages\""] {
        let server = Server::new(|_| Reply::Stall(begun.into())).await;
        let client = server.cloud().timeout(TENTH).build().unwrap();
        let error = soon(client.send_built(text())).await.unwrap_err();
        assert_error(&error, ErrorKind::Timeout, true, false, 1);
        assert_eq!((error.status(), server.seen().len()), (None, 1));

        let total = server.cloud().total_timeout(TENTH).build().unwrap();
        let error = soon(total.send_built(text())).await.unwrap_err();
        assert_error(&error, ErrorKind::Timeout, true, false, 1);

        let reading = server.gateway().timeout(TENTH).max_retries(1).build().unwrap();
        assert_error(&soon(reading.chats()).await.unwrap_err(), ErrorKind::Timeout, false, true, 2);
    }
}

#[tokio::test]
async fn an_answer_cut_off_leaves_the_outcome_unknown_unless_it_refused() {
    for (status, maybe_sent) in [(200, true), (500, true), (400, false), (302, false)] {
        let server = Server::new(move |_| {
            Reply::Last(
                format!("HTTP/1.1 {status} Said\r\nContent-Length: 500\r\n\r\n{{\"messages\"").into_bytes(),
            )
        })
        .await;
        let error = soon(server.cloud().build().unwrap().send_built(text())).await.unwrap_err();
        assert_error(&error, ErrorKind::Connection, maybe_sent, false, 1);
        assert_eq!(error.status(), Some(status));
    }
    let server = Server::new(|_| Reply::Last(b"HTTP/1.1 200 O".to_vec())).await;
    let error = soon(server.cloud().build().unwrap().send_built(text())).await.unwrap_err();
    assert_error(&error, ErrorKind::Connection, true, false, 1);
    assert_eq!(error.status(), None);
}

/// The key would travel to the other host, and a POST would turn into a GET.
#[tokio::test]
async fn redirects_are_not_followed() {
    let other = Server::new(|_| sent()).await;
    for status in [301, 302, 303, 307, 308] {
        let target = format!("{}/elsewhere", other.url());
        let location = format!("Location: {target}\r\n");
        let server = Server::new(move |_| http(status, &location, "")).await;
        for client in [server.cloud().build().unwrap(), server.gateway().build().unwrap()] {
            let error = soon(client.send_built(text())).await.unwrap_err();
            assert_error(&error, ErrorKind::UnexpectedResponse, false, false, 1);
            assert!(error.message().contains(&target), "{error}");
        }
        assert_error(
            &soon(server.gateway().build().unwrap().chats()).await.unwrap_err(),
            ErrorKind::UnexpectedResponse,
            false,
            false,
            1,
        );
    }
    assert_eq!(other.state().connections, 0);
}

#[tokio::test]
async fn answers_are_read_up_to_one_mebibyte() {
    const LIMIT: usize = 1 << 20;
    let padded = |len: usize| format!("{SENT}{}", " ".repeat(len - SENT.len()));
    let framed = |status: u16, len: usize| {
        let body = padded(len);
        [
            format!("HTTP/1.1 {status} Said\r\nContent-Length: {len}\r\n\r\n{body}"),
            format!(
                "HTTP/1.1 {status} Said\r\nTransfer-Encoding: chunked\r\n\r\n{len:x}\r\n{body}\r\n0\r\n\r\n"
            ),
            format!("HTTP/1.1 {status} Said\r\nConnection: close\r\n\r\n{body}"),
        ]
    };
    let send = async |answer: String| {
        let server = Server::new(move |_| Reply::Last(answer.clone().into_bytes())).await;
        soon(server.cloud().build().unwrap().send_built(text())).await
    };
    for answer in framed(200, LIMIT) {
        assert_eq!(send(answer).await.unwrap().id, "wamid.A");
    }
    for (status, maybe_sent) in [(200, true), (500, true), (400, false)] {
        for answer in framed(status, LIMIT + 1) {
            let error = send(answer).await.unwrap_err();
            assert_error(&error, ErrorKind::UnexpectedResponse, maybe_sent, false, 1);
            assert!(error.message().contains("1 MiB"), "{error}");
        }
    }
    // Nor may it keep the call: the rest of these never comes.
    let mut endless = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    endless.resize(LIMIT + 4096, b' ');
    let announced = b"HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n".to_vec();
    for begun in [endless, announced] {
        let server = Server::new(move |_| Reply::Stall(begun.clone())).await;
        let error =
            soon(server.cloud().timeout(HANG * 2).build().unwrap().send_built(text())).await.unwrap_err();
        assert_error(&error, ErrorKind::UnexpectedResponse, true, false, 1);
    }
}

/// A header of the host's must not be able to panic the caller's process.
#[tokio::test]
async fn waits_beyond_the_end_of_the_clock_are_told_and_not_begun() {
    for headers in [
        "Retry-After: 1e19\r\n",
        "Retry-After: 18446744073709551615\r\n",
        "x-business-use-case-usage: {\"1\":[{\"estimated_time_to_regain_access\":18446744073709551615}]}\r\n",
        "Retry-After: Wed, 01 Jan 9000 00:00:00 GMT\r\n",
    ] {
        let server = Server::new(move |_| http(429, headers, "")).await;
        let client = server.cloud().total_timeout(Duration::MAX).build().unwrap();
        let error = soon(client.send_built(text())).await.unwrap_err();
        assert_error(&error, ErrorKind::RateLimited, false, true, 1);
        assert!(
            error.retry_after().is_some_and(|wait| wait > Duration::from_secs(86_400)),
            "{headers}: {error:?}"
        );
    }
    let body =
        r#"{"error":"busy","kind":"rate_limited","retry_after":1e19,"retryable":true,"maybe_sent":false}"#;
    let server = Server::new(move |_| http(429, "", body)).await;
    let error = soon(server.gateway().build().unwrap().send_built(text())).await.unwrap_err();
    assert_error(&error, ErrorKind::RateLimited, false, true, 1);
}

#[tokio::test]
async fn nothing_is_tried_after_the_total_time_out() {
    let server = Server::new(|_| sent()).await;
    let client = server.cloud().total_timeout(Duration::from_nanos(1)).build().unwrap();
    let error = soon(client.send_built(text())).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.maybe_sent(), error.retryable()),
        (ErrorKind::Timeout, false, true),
        "{error:?}"
    );
    assert_eq!(server.state().connections, 0);
}

#[test]
fn a_call_outside_a_runtime_is_an_error_and_no_panic() {
    let client = Client::cloud("TOKEN", "1066").build().unwrap();
    let mut send = std::pin::pin!(client.send_built(text()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = send.as_mut().poll(&mut context) else {
        panic!("it waits for nobody")
    };
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.message().contains("runtime") && !error.maybe_sent(), "{error}");
}

/// A gateway's metrics tell of retries also where the receipt does not.
#[tokio::test]
async fn requests_made_again_are_counted_for_whoever_asks() {
    let throttled = |times: u64, then: fn() -> Reply| {
        let seen = AtomicU64::new(0);
        Server::new(move |_| match seen.fetch_add(1, Ordering::Relaxed) < times {
            true => http(429, "Retry-After: 0\r\n", ""),
            false => then(),
        })
    };
    let retries = Arc::new(AtomicU64::new(0));
    let twice = throttled(2, sent).await;
    let client = twice.cloud().build().unwrap();
    counting_retries(Arc::clone(&retries), client.send_built(text())).await.unwrap();
    assert_eq!(retries.load(Ordering::Relaxed), 2);

    // Also those of a call that is given up: nobody gets its error.
    let once = throttled(1, || Reply::Silence).await;
    let client = once.cloud().build().unwrap();
    let call = Box::pin(counting_retries(Arc::clone(&retries), client.send_built(text())));
    cancel_after(call, once.until(|state| state.seen.len() == 2)).await;
    assert_eq!(retries.load(Ordering::Relaxed), 3);
}
