//! Slow clients, many clients, and the end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Semaphore;

use crate::house::{House, rest};
use crate::listen::Limits;

const SHORT: Duration = Duration::from_millis(100);

fn router() -> Router {
    Router::new().route("/", get(async || "here")).route("/echo", post(async |body: Bytes| body)).route(
        "/peer",
        get(async |peer: axum::extract::ConnectInfo<std::net::SocketAddr>| peer.0.to_string()),
    )
}

/// Whoever puts a proxy in front has to know these.
#[test]
fn the_documentation_tells_the_limits() {
    let Limits { first_head, next_head, body, last_head, answer, drain, connections, headers, head_size } =
        Limits::default();
    let documented =
        include_str!("../../../docs/gateway.md").split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        format!("first request's head within {} s", first_head.as_secs()),
        format!("next one's within {} s", next_head.as_secs()),
        format!("body within {} s", body.as_secs()),
        format!("at most {} KiB and {headers} headers", head_size >> 10),
        format!("{connections} connections"),
        format!("begun head {} s", last_head.as_secs()),
        format!("answer must be taken within {} s", answer.as_secs()),
        format!("answered, for up to {} s", drain.as_secs()),
    ] {
        assert!(documented.contains(&said), "docs/gateway.md does not say: {said}");
    }
}

#[tokio::test]
async fn a_first_head_that_does_not_come_closes_the_connection() {
    let house = House::with(router(), Limits { first_head: SHORT, ..Limits::default() }).await;
    for begun in ["", "GET / HTTP/1.1\r\nHost: h\r\nX-A"] {
        let mut stream = house.connect().await;
        stream.write_all(begun.as_bytes()).await.unwrap();
        assert_eq!(rest(&mut stream).await.body, "");
    }
    assert_eq!(house.get("/").await.body, "here");
}

#[tokio::test]
async fn a_connection_is_kept_between_requests_but_not_for_ever() {
    let limits = Limits { first_head: SHORT, next_head: Duration::from_millis(600), ..Limits::default() };
    let house = House::with(router(), limits).await;
    let mut stream = house.connect().await;
    let mut buffer = [0; 1024];
    for _ in 0..3 {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n").await.unwrap();
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(buffer[..read].ends_with(b"here"));
        // Longer than a first head may take.
        tokio::time::sleep(SHORT * 2).await;
    }
    assert_eq!(rest(&mut stream).await.body, "");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_answered_and_closed() {
    let house = House::with(router(), Limits { body: SHORT * 3, ..Limits::default() }).await;
    let mut stream = house.connect().await;
    stream.write_all(b"POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n").await.unwrap();
    // A drip now and then does not help.
    let dripped = async {
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(20)).await;
            if stream.write_all(b"x").await.is_err() {
                break;
            }
        }
        rest(&mut stream).await
    };
    let started = Instant::now();
    let answer = dripped.await;
    // Whether a reset overtakes the answer is the system's business.
    assert!(answer.status == 408 || answer.status == 0, "{answer:?}");
    assert!(started.elapsed() < Duration::from_secs(50));

    let mut stream = house.connect().await;
    stream.write_all(b"POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf").await.unwrap();
    let answer = rest(&mut stream).await;
    assert_eq!((answer.status, answer.header("connection")), (408, Some("close")));
    assert_eq!(answer.json()["kind"], "timeout");
    assert_eq!(answer.json()["maybe_sent"], false);
}

#[tokio::test]
async fn bodies_in_pieces_and_in_chunks_arrive_whole() {
    let house = House::build(router()).await;
    let mut stream = house.connect().await;
    let head = "POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 8\r\n\r\nhalf";
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(SHORT).await;
    stream.write_all(b"half").await.unwrap();
    assert_eq!(rest(&mut stream).await.body, "halfhalf");
    let chunked = "POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    assert_eq!(house.raw(chunked).await.body, "abcde");
    assert!(house.get("/peer").await.body.starts_with("127.0.0.1:"));
}

#[tokio::test]
async fn heads_are_bounded() {
    let house = House::with(router(), Limits { headers: 10, head_size: 8 << 10, ..Limits::default() }).await;
    let many: String = (0..20).map(|n| format!("X-{n}: y\r\n")).collect();
    assert_eq!(house.get_with("/", &many).await.status, 431);
    assert_eq!(house.get_with("/", &format!("X-Long: {}\r\n", "y".repeat(20_000))).await.status, 431);
    assert_eq!(house.get("/").await.status, 200);
}

#[tokio::test]
async fn connections_beyond_the_limit_wait() {
    let house = House::with(router(), Limits { connections: 2, ..Limits::default() }).await;
    let (one, two) = (house.connect().await, house.connect().await);
    let mut third = house.connect().await;
    third.write_all(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut byte = [0];
    assert!(tokio::time::timeout(SHORT, third.read(&mut byte)).await.is_err());
    drop(one);
    assert!(rest(&mut third).await.body.ends_with("here"));
    drop(two);
}

#[tokio::test]
async fn a_shutdown_lets_requests_under_way_finish() {
    let (arrived, gate) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let handler = {
        let (arrived, gate) = (arrived.clone(), gate.clone());
        async move || {
            arrived.add_permits(1);
            gate.acquire().await.unwrap().forget();
            "finished"
        }
    };
    let mut house = House::build(router().route("/slow", get(handler))).await;
    let mut idle = house.connect().await;
    idle.write_all(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n").await.unwrap();
    idle.read_exact(&mut [0; 10]).await.unwrap();
    let mut slow = house.connect().await;
    slow.write_all(b"GET /slow HTTP/1.1\r\nHost: h\r\n\r\n").await.unwrap();
    arrived.acquire().await.unwrap().forget();
    let address = house.address;
    house.stop();
    // The unused one is closed at once, and no new one is taken.
    idle.read_to_end(&mut Vec::new()).await.unwrap();
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    gate.add_permits(1);
    let answer = rest(&mut slow).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "finished"));
    house.stopped().await;
}

#[tokio::test]
async fn a_shutdown_waits_no_longer_than_it_was_told() {
    let router = router().route("/never", get(std::future::pending::<()>));
    let mut house = House::with(router, Limits { drain: SHORT, ..Limits::default() }).await;
    let mut stream = house.connect().await;
    stream.write_all(b"GET /never HTTP/1.1\r\nHost: h\r\n\r\n").await.unwrap();
    // So that the server has taken it.
    assert_eq!(house.get("/").await.status, 200);
    house.stop();
    house.stopped().await;
    assert_eq!(rest(&mut stream).await.status, 0);
}

#[tokio::test]
async fn a_connection_without_a_request_does_not_hold_a_shutdown_up() {
    let limits = Limits { drain: Duration::from_secs(60), ..Limits::default() };
    let mut house = House::with(router(), limits).await;
    let _silent = house.connect().await;
    assert_eq!(house.get("/").await.status, 200);
    let started = Instant::now();
    house.stop();
    house.stopped().await;
    assert!(started.elapsed() < Duration::from_secs(50));
}
