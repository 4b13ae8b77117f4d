//! Connections that end early, are not read, or carry no HTTP.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::house::{House, rest};
use crate::listen::Limits;

const SHORT: Duration = Duration::from_millis(100);
const LARGE: usize = 32 << 20;

fn router() -> Router {
    Router::new()
        .route("/", get(async |headers: HeaderMap| format!("{} headers", headers.len())))
        .route("/slow", get(async || tokio::time::sleep(SHORT * 3).await))
        .route(
            "/echo",
            post(async |body: Bytes| {
                tokio::time::sleep(SHORT).await;
                body
            }),
        )
        .route("/unread", post(async || (http::StatusCode::UNAUTHORIZED, "no")))
        .route("/large", get(async || vec![b'x'; LARGE]))
}

#[tokio::test]
async fn who_closes_its_half_after_the_request_is_answered() {
    let house = House::build(router()).await;
    let chunked = "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    for (request, body) in [
        ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "1 headers"),
        ("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n", ""),
        ("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nHello", "Hello"),
        ("POST /unread HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nHello", "no"),
        (chunked, "abcde"),
    ] {
        for pieces in [1, 2, 7] {
            let mut stream = house.connect().await;
            for piece in request.as_bytes().chunks(request.len().div_ceil(pieces)) {
                stream.write_all(piece).await.unwrap();
                tokio::task::yield_now().await;
            }
            stream.shutdown().await.unwrap();
            let answer = rest(&mut stream).await;
            assert!(answer.status >= 200 && answer.body == body, "{request} in {pieces}: {answer:?}");
        }
    }
    let mut stream = house.connect().await;
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
        .await
        .unwrap();
    stream.shutdown().await.unwrap();
    let both = rest(&mut stream).await;
    assert!(both.status == 200 && both.body.contains("HTTP/1.1 200"), "two in a row: {both:?}");
}

#[tokio::test]
async fn a_body_that_ends_early_is_no_body() {
    let house = House::with(router(), Limits { body: Duration::from_secs(600), ..Limits::default() }).await;
    for begun in [
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\nHello",
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHel",
    ] {
        let mut stream = house.connect().await;
        stream.write_all(begun.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let answer = rest(&mut stream).await;
        assert!(answer.status == 0 || answer.status == 400, "{answer:?}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_taken_ends_the_connection() {
    // The next connection is taken when the one before has ended.
    let limits = Limits { connections: 1, answer: SHORT, ..Limits::default() };
    let house = House::with(router(), limits).await;
    let mut silent = house.connect().await;
    silent.write_all(b"GET /large HTTP/1.1\r\nHost: h\r\n\r\n").await.unwrap();
    assert_eq!(house.get("/").await.status, 200);
    let mut taken = Vec::new();
    let _ = silent.read_to_end(&mut taken).await;
    assert!(taken.len() < LARGE, "it never took the whole");
}

#[tokio::test]
async fn a_large_answer_that_is_taken_arrives_whole() {
    let house = House::with(router(), Limits { answer: SHORT * 20, ..Limits::default() }).await;
    assert_eq!(house.get("/large").await.body.len(), LARGE);
}

#[tokio::test]
async fn neither_who_reads_nothing_nor_half_a_head_holds_a_shutdown_up() {
    let drain = Duration::from_secs(600);
    let limits = Limits { answer: SHORT * 5, last_head: SHORT, drain, ..Limits::default() };
    let mut house = House::with(router(), limits).await;
    let mut silent = house.connect().await;
    silent.write_all(b"GET /large HTTP/1.1\r\nHost: h\r\n\r\n").await.unwrap();
    let mut half = house.connect().await;
    half.write_all(b"GET / HTTP/1.1\r\nHost: h").await.unwrap();
    let mut second = house.connect().await;
    second.write_all(b"GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HT").await.unwrap();
    second.read_exact(&mut [0; 12]).await.unwrap();
    assert_eq!(house.get("/").await.status, 200);
    house.stop();
    house.stopped().await;
}

#[tokio::test]
async fn what_is_no_http_gets_the_answer_of_every_error() {
    let house = House::build(router()).await;
    let long = format!("GET / HTTP/1.1\r\nHost: h\r\nX-Long: {}\r\n\r\n", "y".repeat(40_000));
    let endless = format!("GET / HTTP/1.1\r\nHost: h\r\nX-Long: {}", "y".repeat(100_000));
    let many: String = (0..70).map(|n| format!("X-{n}: y\r\n")).collect();
    let many = format!("GET / HTTP/1.1\r\nHost: h\r\n{many}\r\n");
    let path = format!("GET /{} HTTP/1.1\r\nHost: h\r\n\r\n", "y".repeat(66_000));
    let mut refused = 0.0;
    for (request, status) in [
        ("nonsense\r\n\r\n", 400),
        ("\u{16}\u{3}\u{1}\u{2}\r\n\r\n", 400),
        ("GET / HTTP/9.9\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n", 400),
        ("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n", 400),
        ("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: user@a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: h\r\nX-API-Key: a\r\nX-API-Key: b\r\n\r\n", 400),
        ("POST /echo HTTP/1.1\r\nHost: h\r\nIdempotency-Key: a\r\nidempotency-key: a\r\n\r\n", 400),
        ("POST /echo HTTP/1.1\r\nHost: h\r\nX-Hub-Signature-256: a\r\nX-Hub-Signature-256: b\r\n\r\n", 400),
        (long.as_str(), 431),
        (endless.as_str(), 431),
        (many.as_str(), 431),
        (path.as_str(), 431),
    ] {
        let answer = house.raw(request).await;
        let shown = &request[..request.len().min(70)];
        // A path of 64 KiB and more is too long in itself.
        let as_wanted = answer.status == status || (status == 431 && answer.status == 414);
        assert!(as_wanted, "{shown:?}: {answer:?}");
        let json = answer.json();
        assert_eq!((&json["kind"], &json["maybe_sent"]), (&"rejected".into(), &false.into()), "{shown:?}");
        assert!(json["error"].as_str().is_some_and(|error| error.ends_with('.')), "{json}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("connection"), Some("close"));
        refused += 1.0;
        let counted: f64 = house
            .metrics
            .render()
            .lines()
            .filter(|line| line.starts_with("wamid_requests_total") && line.contains("kind=\"rejected\""))
            .map(|line| line.rsplit(' ').next().unwrap().parse::<f64>().unwrap())
            .sum();
        assert_eq!(counted, refused, "{shown:?} is counted");
    }
    // The last that passes.
    let fits = format!("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: {}\r\n\r\n", "y".repeat(32_000));
    assert_eq!(house.raw(&fits).await.status, 200);
    assert_eq!(house.raw("GET / HTTP/1.0\r\n\r\n").await.status, 200);
}

#[tokio::test]
async fn who_is_refused_in_mid_sentence_hears_of_it() {
    let house = House::build(router()).await;
    let body = "x".repeat(3 << 20);
    let request = format!("POST /unread HTTP/1.1\r\nHost: h\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    assert_eq!(house.raw(&request).await.status, 401);
    // Who asks before it sends is not told to go on.
    let asked = "POST /unread HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3000000\r\n\r\n";
    let answer = house.raw(asked).await;
    assert_eq!(answer.status, 401, "{answer:?}");
}
