//! What can be seen of a running gateway: health, request ids, log lines, and by whom.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use serde_json::Value;
use tracing::instrument::WithSubscriber;
use wamid::Store;

use crate::guard::{Guard, check};
use crate::health::{Health, live, ready};
use crate::house::House;
use crate::metrics::OutcomeKind;
use crate::trace;

#[tokio::test]
async fn ready_while_the_store_answers_and_no_shutdown_has_begun() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite:{}", folder.path().join("a.db").display())).await.unwrap();
    let router = |health: &Health| {
        Router::new().route("/healthz", get(live)).route("/readyz", get(ready)).with_state(health.clone())
    };
    let (stopping, broken) = (Health::new(store.clone()), Health::new(store.clone()));
    let house = House::build(router(&stopping)).await;
    assert_eq!(house.get("/readyz").await.json()["status"], "ok");
    stopping.stop();
    let answer = house.get("/readyz").await;
    assert_eq!((answer.status, &answer.json()["reason"]), (503, &Value::from("shutting down")));
    assert_eq!(house.get("/healthz").await.status, 200);

    let house = House::build(router(&broken)).await;
    assert_eq!(house.get("/readyz").await.status, 200);
    store.close().await;
    assert_eq!(house.get("/readyz").await.status, 503);
    assert_eq!(house.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn only_this_machine_and_key_holders_look_inside() {
    let router = |open| {
        let guard = Guard::new(open, |key| async move { key == "good" });
        Router::new()
            .route("/metrics", get(async || "numbers"))
            .layer(middleware::from_fn_with_state(guard, check))
    };
    let house = House::build(router(false)).await;
    assert_eq!(house.get("/metrics").await.body, "numbers");
    // A proxy on this machine speaks for somebody else.
    for proxied in [
        "X-Forwarded-For: 203.0.113.9\r\n",
        "Forwarded: for=203.0.113.9\r\n",
        "Via: 1.1 p\r\n",
        "X-Forwarded-Proto: https\r\n",
        "x-forwarded-host: gateway.example.com\r\n",
        "X-Real-IP: 203.0.113.9\r\n",
        "CF-Connecting-IP: 203.0.113.9\r\n",
        "True-Client-IP: 203.0.113.9\r\n",
        "X-Envoy-External-Address: 203.0.113.9\r\n",
    ] {
        let answer = house.get_with("/metrics", proxied).await;
        assert_eq!((answer.status, &answer.json()["error"]), (401, &Value::from("Unauthorized")));
        assert_eq!(house.get_with("/metrics", &format!("{proxied}X-API-Key: bad\r\n")).await.status, 401);
        assert_eq!(house.get_with("/metrics", &format!("{proxied}X-API-Key: good\r\n")).await.status, 200);
    }
    // A name that leads here, but is not this machine's own: a proxy that says nothing, or a page that rebound its name.
    let by = async |house: &House, target: &str, host: &str, key: &str| {
        let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{key}\r\n");
        house.raw(&request).await.status
    };
    for host in ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.9.9.9:80", "[::1]", "[::1]:8080"] {
        assert_eq!(by(&house, "/metrics", host, "").await, 200, "{host}");
    }
    for host in [
        "gateway.example.com",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "evil.localhost.example.com:8080",
        "0.0.0.0",
        "128.0.0.1",
        "[::2]",
        "10.0.0.1:8080",
        "2130706433",
        "",
    ] {
        assert_eq!(by(&house, "/metrics", host, "").await, 401, "{host}");
        assert_eq!(by(&house, "/metrics", host, "X-API-Key: good\r\n").await, 200, "{host}");
    }
    assert_eq!(by(&house, "http://example.com/metrics", "127.0.0.1", "").await, 401);
    assert_eq!(house.raw("GET /metrics HTTP/1.0\r\n\r\n").await.status, 401, "no name at all");
    let open = House::build(router(true)).await;
    assert_eq!(open.get_with("/metrics", "X-Forwarded-For: 203.0.113.9\r\n").await.status, 200);
}

#[tokio::test]
async fn a_sane_request_id_is_kept_and_any_other_replaced() {
    let echo = async |headers: http::HeaderMap| headers["x-request-id"].to_str().unwrap().to_owned();
    let house =
        House::build(Router::new().route("/", get(echo)).layer(middleware::from_fn(trace::log))).await;
    let answer = house.get_with("/", "X-Request-Id: order-42_a.b\r\n").await;
    assert_eq!((answer.header("x-request-id"), answer.body.as_str()), (Some("order-42_a.b"), "order-42_a.b"));
    for other in ["", "X-Request-Id: \r\n", "X-Request-Id: a b\r\n", "X-Request-Id: \"};drop\r\n"] {
        let answer = house.get_with("/", other).await;
        let id = answer.header("x-request-id").unwrap();
        assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        assert_eq!(id, answer.body);
    }
    let long = house.get_with("/", &format!("X-Request-Id: {}\r\n", "a".repeat(65))).await;
    assert_eq!(long.header("x-request-id").unwrap().len(), 32);
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn one_line_a_request_without_content_phone_or_key() {
    // Tests run beside this one without a subscriber. Where one of them comes first to the place that writes the line, `tracing`
    // would take it that nobody wants it.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry());
    let lines = Lines::default();
    let made = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .with_writer(move || made.clone())
        .finish();
    let handler = async || {
        trace::note_key(7);
        (StatusCode::BAD_REQUEST, Extension(OutcomeKind("invalid_input")), "no")
    };
    let router =
        Router::new().route("/whatsapp/{*any}", post(handler)).layer(middleware::from_fn(trace::log));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    // A connection's task does not inherit a subscriber, so this one is served in place.
    let served = async {
        let request = "POST /whatsapp/secret?phone=919876543210 HTTP/1.1\r\nHost: h\r\nX-API-Key: wamid_key\r\n\
                       X-Request-Id: r-1\r\nContent-Length: 5\r\n\r\nHello";
        let mut client = tokio::net::TcpStream::connect(address).await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut client, request.as_bytes()).await.unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        let service = hyper_util::service::TowerToHyperService::new(router);
        hyper::server::conn::http1::Builder::new()
            .keep_alive(false)
            .serve_connection(hyper_util::rt::TokioIo::new(stream), service)
            .await
            .unwrap();
    };
    served.with_subscriber(subscriber).await;

    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    let line: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(line["message"], "request");
    assert_eq!((&line["method"], &line["path"]), (&"POST".into(), &"/whatsapp/{*any}".into()));
    assert_eq!((&line["status"], &line["kind"]), (&400.into(), &"invalid_input".into()));
    assert_eq!((&line["key"], &line["span"]["id"]), (&7.into(), &"r-1".into()));
    assert!(line["duration_ms"].is_u64());
    for secret in ["919876543210", "wamid_key", "Hello", "secret"] {
        assert!(!text.contains(secret), "{text}");
    }
}
