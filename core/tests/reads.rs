//! What sends nothing goes another way than sends, and keeps the same rules.
#![allow(clippy::unwrap_used)]

#[path = "support/refusing.rs"]
mod refusing;
mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::{join_all, try_join_all};
use refusing::refusing;
use support::{HANG, NO_CHATS, Reply, Server, assert_error, chats, http, soon};
use tokio::runtime::{Builder, Runtime};
use wamid::{Client, Error, ErrorKind};

const TENTH: Duration = Duration::from_millis(100);

fn alone() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A gateway that is there whether or not the client's runtime runs.
fn served(reply: impl Fn(&support::Seen) -> Reply + Send + Sync + 'static) -> (Runtime, Server) {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::new(reply));
    (runtime, server)
}

/// Answers as `first` does, so many times, and then as a gateway without conversations.
async fn after(times: usize, first: fn() -> Reply) -> Server {
    let seen = AtomicUsize::new(0);
    Server::new(move |_| if seen.fetch_add(1, Ordering::Relaxed) < times { first() } else { chats() }).await
}

#[tokio::test]
async fn a_read_says_who_asks_and_carries_nothing_else() {
    let server = Server::new(|_| chats()).await;
    let client = server.gateway().user_agent("shop/2").build().unwrap();
    assert_eq!(soon(client.chats()).await.unwrap(), []);
    let seen = &server.seen()[0];
    assert_eq!(seen.line(), "GET /api/chats/ HTTP/1.1");
    assert_eq!(seen.header("x-api-key"), Some("KEY"));
    assert_eq!(seen.header("user-agent"), Some("shop/2"));
    assert_eq!(seen.header("host"), Some(format!("127.0.0.1:{}", server.port).as_str()));
    assert_eq!(seen.header("accept"), Some("*/*"));
    for name in ["content-type", "content-length", "accept-encoding", "cookie", "referer", "idempotency-key"]
    {
        assert_eq!(seen.header(name), None, "{name}");
    }
}

/// Lost connections, answers that break off, failures without a reason: a send would be in doubt, a read is made again.
#[tokio::test]
async fn a_read_is_made_again_after_whatever_would_leave_a_send_in_doubt() {
    let lost: [fn() -> Reply; 5] = [
        || Reply::Last(Vec::new()),
        || Reply::Last(b"HTTP/1.1 200 O".to_vec()),
        || Reply::Last(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"conv".to_vec()),
        || http(500, "", "down"),
        || http(200, "", "<html>"),
    ];
    for (number, first) in lost.into_iter().enumerate() {
        let server = after(1, first).await;
        let read = soon(server.gateway().build().unwrap().chats()).await;
        assert_eq!(read.unwrap(), [], "{number}");
        assert_eq!(server.seen().len(), 2, "{number}");
        let server = after(9, first).await;
        let error = soon(server.gateway().max_retries(1).build().unwrap().chats()).await.unwrap_err();
        assert!(!error.maybe_sent() && error.retryable() && error.attempts() == 2, "{number}: {error:?}");
        assert_eq!(server.seen().len(), 2, "{number}");
    }
}

#[tokio::test]
async fn what_a_host_refuses_is_not_asked_again() {
    for (status, body, kind) in [
        (401, "{}", ErrorKind::Authentication),
        (404, r#"{"error":"no such page"}"#, ErrorKind::Rejected),
        (404, "<html>", ErrorKind::UnexpectedResponse),
    ] {
        let server = Server::new(move |_| http(status, "", body)).await;
        let error = soon(server.gateway().build().unwrap().chats()).await.unwrap_err();
        assert_error(&error, kind, false, false, 1);
        assert_eq!(error.status(), Some(status));
    }
}

#[tokio::test]
async fn a_host_s_wait_is_kept_or_told() {
    let server = after(1, || http(429, "Retry-After: 0\r\n", "{}")).await;
    soon(server.gateway().build().unwrap().chats()).await.unwrap();
    assert_eq!(server.seen().len(), 2);
    let server = after(1, || http(503, "Retry-After: 3600\r\n", "{}")).await;
    let error = soon(server.gateway().build().unwrap().chats()).await.unwrap_err();
    assert_error(&error, ErrorKind::Server, false, true, 1);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
}

#[tokio::test]
async fn a_read_is_read_up_to_one_mebibyte() {
    const LIMIT: usize = 1 << 20;
    let padded = |len: usize| format!("{NO_CHATS}{}", " ".repeat(len - NO_CHATS.len()));
    let framed = |len: usize| {
        let body = padded(len);
        [
            format!("HTTP/1.1 200 OK\r\nContent-Length: {len}\r\n\r\n{body}"),
            format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{len:x}\r\n{body}\r\n0\r\n\r\n"),
            format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{body}"),
        ]
    };
    let read = async |reply: fn(Vec<u8>) -> Reply, answer: Vec<u8>| {
        let server = Server::new(move |_| reply(answer.clone())).await;
        soon(server.gateway().max_retries(0).timeout(HANG * 2).build().unwrap().chats()).await
    };
    for answer in framed(LIMIT) {
        assert_eq!(read(Reply::Last, answer.into_bytes()).await.unwrap(), []);
    }
    // Nor may what is too long keep the call: the rest of the last two never comes.
    let mut endless = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    endless.resize(LIMIT + 4096, b' ');
    let announced = b"HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n".to_vec();
    let whole = framed(LIMIT + 1).map(|answer| (Reply::Last as fn(Vec<u8>) -> Reply, answer.into_bytes()));
    for (reply, answer) in
        whole.into_iter().chain([(Reply::Stall as _, endless), (Reply::Stall as _, announced)])
    {
        let error = read(reply, answer).await.unwrap_err();
        assert_error(&error, ErrorKind::UnexpectedResponse, false, true, 1);
        assert!(error.message().contains("1 MiB"), "{error}");
    }
}

/// The answer must not come compressed, which nobody asked for, nor set anything that later requests carry.
#[tokio::test]
async fn a_host_cannot_make_later_requests_carry_anything() {
    let server = Server::new(|_| http(200, "Set-Cookie: a=b\r\n", NO_CHATS)).await;
    let client = server.gateway().build().unwrap();
    for _ in 0..2 {
        soon(client.chats()).await.unwrap();
    }
    assert_eq!(server.seen()[1].header("cookie"), None);
}

#[tokio::test]
async fn connecting_that_takes_too_long_is_told_from_an_answer_that_does_not_come() {
    let server = Server::new(|_| Reply::Silence).await;
    let client = |timeout, connect, retries| {
        Client::gateway(format!("https://127.0.0.1:{}", server.port), "KEY")
            .timeout(timeout)
            .connect_timeout(connect)
            .max_retries(retries)
            .build()
            .unwrap()
    };
    let error = soon(client(HANG, TENTH, 1).chats()).await.unwrap_err();
    assert_error(&error, ErrorKind::Connection, false, true, 2);
    assert!(error.message().contains("within 0.1 s"), "{error}");
    // Both clocks at once must not make the kind a matter of luck.
    for _ in 0..10 {
        let error = soon(client(TENTH, TENTH, 0).chats()).await.unwrap_err();
        assert_error(&error, ErrorKind::Connection, false, true, 1);
    }
    for _ in 0..5 {
        let error = soon(client(TENTH, HANG, 0).chats()).await.unwrap_err();
        assert_error(&error, ErrorKind::Timeout, false, true, 1);
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn a_host_that_is_not_there_is_named() {
    let (_held, address) = refusing();
    let url = format!("http://{address}");
    let client = Client::gateway(&url, "SECRET-API-KEY").max_retries(1).build().unwrap();
    let error = soon(client.chats()).await.unwrap_err();
    assert_error(&error, ErrorKind::Connection, false, true, 2);
    assert!(error.message().contains(&address.to_string()), "{error}");
    let mut shown = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        shown += &format!(" {cause} {cause:?}");
        source = cause.source();
    }
    assert!(!shown.contains("SECRET-API-KEY") && !shown.contains(&url), "{shown}");
}

#[test]
fn a_read_outside_a_runtime_is_an_error_and_no_panic() {
    let client = Client::gateway("http://127.0.0.1:9", "KEY").build().unwrap();
    let mut read = std::pin::pin!(client.chats());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = read.as_mut().poll(&mut context) else {
        panic!("it waits for nobody")
    };
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.message().contains("runtime"), "{error}");
}

#[tokio::test]
async fn reads_in_a_row_share_one_connection_and_an_idle_one_is_closed_in_time() {
    let server = Server::new(|_| chats()).await;
    let client = server.gateway().pool_idle_timeout(HANG).build().unwrap();
    for _ in 0..4 {
        soon(client.chats()).await.unwrap();
    }
    assert_eq!((server.state().connections, server.seen().len()), (1, 4));

    // Another, since on a busy machine as much may pass between two reads.
    let server = Server::new(|_| chats()).await;
    let client = server.gateway().pool_idle_timeout(TENTH).build().unwrap();
    soon(client.chats()).await.unwrap();
    server.until(|state| state.open == 0).await;
}

#[tokio::test]
async fn a_client_that_is_gone_leaves_no_connection_of_its_reads() {
    let server = Server::new(|_| chats()).await;
    let client = server.gateway().build().unwrap();
    soon(try_join_all((0..3).map(|_| client.chats()))).await.unwrap();
    drop(client);
    server.until(|state| state.open == 0).await;
}

/// A program that asks now and then, and does something else in between: its runtime stands still meanwhile.
#[test]
fn a_connection_closed_while_the_runtime_stood_still_fails_no_read() {
    let (background, server) = served(|_| Reply::Leave(chats_text()));
    let runtime = alone();
    let client = server.gateway().max_retries(0).build().unwrap();
    for round in 1..=3 {
        runtime.block_on(soon(client.chats())).unwrap();
        // Nothing of the client's runs while the server hangs up.
        background.block_on(server.until(|state| state.open == 0));
        assert_eq!(server.state().connections, round);
    }
}

fn chats_text() -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{NO_CHATS}", NO_CHATS.len()).into_bytes()
}

/// A connection belongs to the runtime that it was opened on: another must not wait for one that stands still, or is gone.
#[test]
fn one_client_reads_on_many_runtimes_that_stand_still_or_are_gone() {
    let (_background, server) = served(|_| chats());
    let client = server.gateway().max_retries(0).build().unwrap();
    let (first, second) = (alone(), alone());
    for _ in 0..3 {
        first.block_on(soon(client.chats())).unwrap();
        second.block_on(soon(client.chats())).unwrap();
    }
    assert_eq!(server.state().connections, 2);
    drop(first);
    second.block_on(soon(client.chats())).unwrap();
    for _ in 0..20 {
        alone().block_on(soon(client.chats())).unwrap();
    }
    second.block_on(soon(client.chats())).unwrap();
}

/// A crowd opens no more connections than it may, and is served all the same.
#[tokio::test]
async fn no_more_reads_than_allowed_are_under_way_whatever_the_crowd() {
    let server = Server::slow(|_| async {
        tokio::time::sleep(Duration::from_millis(5)).await;
        chats()
    })
    .await;
    let client = server.gateway().max_connections(3).build().unwrap();
    soon(try_join_all((0..60).map(|_| client.chats()))).await.unwrap();
    let state = server.state();
    assert_eq!(state.seen.len(), 60);
    assert!(state.most_busy <= 3 && state.connections <= 6, "{state:?}");
}

#[tokio::test]
async fn a_read_that_waited_too_long_for_a_connection_says_how_long() {
    let server = Server::new(|_| Reply::Silence).await;
    let client = server
        .gateway()
        .max_connections(1)
        .max_retries(0)
        .total_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let errors: Vec<Error> =
        soon(join_all([client.chats(), client.chats()])).await.into_iter().map(Result::unwrap_err).collect();
    assert_error(&errors[0], ErrorKind::Timeout, false, true, 1);
    assert_error(&errors[1], ErrorKind::Timeout, false, true, 0);
    assert!(errors[1].message().contains("max_connections") && errors[1].message().contains("Waited 0.3 s"));
    assert_eq!(server.seen().len(), 1);
}

/// Reads that hang keep no send from going out.
#[tokio::test]
async fn a_crowd_of_reads_takes_no_connection_from_a_send() {
    let server = Server::new(|seen| {
        if seen.line().starts_with("GET ") {
            return Reply::Silence;
        }
        http(200, "", &format!(r#"{{"status":"sent","result":{}}}"#, support::SENT))
    })
    .await;
    let client = Arc::new(server.gateway().max_connections(1).build().unwrap());
    let reading = tokio::spawn({
        let client = Arc::clone(&client);
        async move { client.chats().await }
    });
    server.until(|state| state.busy + state.seen.len() > 0).await;
    soon(client.send_built(support::text())).await.unwrap();
    reading.abort();
    server.until(|state| state.open == 1).await;
}

/// A runtime that runs only during calls, as that of Python's threads: what a call leaves undone there stays undone until the next call.
#[test]
fn a_read_that_fails_has_closed_its_connection_when_it_returns() {
    use std::io::{Read, Write};
    let description = "{\"id\":\"1\",\"url\":\"URL/content\",\"mime_type\":\"text/plain\",\"sha256\":\"00\",\"file_size\":9}";
    for download in [false, true] {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let description = description.replace("URL", &url);
        let (closed, was_closed) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            if download {
                let _ = stream.read(&mut [0; 4096]).unwrap();
                let length = description.len();
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{description}").unwrap();
                let _ = stream.read(&mut [0; 4096]).unwrap();
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal").unwrap();
            }
            while stream.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {}
            closed.send(()).unwrap();
        });
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let client = Client::cloud("TOKEN", "1066")
            .graph_url(url)
            .timeout(Duration::from_millis(500))
            .max_retries(0)
            .build()
            .unwrap();
        let error = if download {
            runtime.block_on(async { client.download_media("1").await }).unwrap_err()
        } else {
            runtime.block_on(async { client.profile().await }).unwrap_err()
        };
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        was_closed.recv_timeout(Duration::from_secs(20)).unwrap();
    }
}
