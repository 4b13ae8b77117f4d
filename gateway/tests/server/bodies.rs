//! What is looked at before a body is, and how much of all bodies is held.

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::house::House;

/// Sends a head that announces a body, and no byte of it; what is answered.
async fn announced(house: &House, method: &str, path: &str, headers: &str, length: usize) -> String {
    let (address, prefix) = house.address();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "{method} /{prefix}/{path} HTTP/1.1\r\nHost: {address}\r\n{headers}Expect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 1024];
    let read = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

#[tokio::test]
async fn what_the_head_shows_to_be_wrong_is_refused_there() {
    let house = House::build().await;
    let key = format!("X-API-Key: {}\r\n", house.key);
    let signed = house.signature("{}");
    for (path, headers, length, status) in [
        ("webhook/", "", 100, 401),
        ("webhook/", "X-Hub-Signature-256: sha256=0\r\n", 100, 401),
        ("webhook/", "X-Hub-Signature-256: md5\r\n", 100, 401),
        ("webhook", "", 100, 401),
        ("webhook/", signed.as_str(), (3 << 20) + 1, 413),
        ("api/send-message/", "", 100, 401),
        ("api/send-location/", "X-API-Key: wamid_wrong\r\n", 100, 401),
        ("api/send-template", "X-API-Key: \r\n", 100, 401),
        ("api/send-message/", key.as_str(), (64 << 10) + 1, 413),
        ("api/nothing", "", 100, 404),
        ("api/chats/", "", 100, 405),
    ] {
        let answer = announced(&house, "POST", path, headers, length).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path} {headers}: {answer}");
    }
    for (path, headers) in [("webhook/", signed.as_str()), ("api/send-message/", key.as_str())] {
        let answer = announced(&house, "POST", path, headers, 100).await;
        assert!(answer.starts_with("HTTP/1.1 100"), "{path}: {answer}");
    }
    assert!(announced(&house, "GET", "api/chats/", "", 100).await.starts_with("HTTP/1.1 401"));
}

#[tokio::test]
async fn what_nobody_signed_is_not_looked_into() {
    let house = House::build().await;
    let forged = format!("X-Hub-Signature-256: sha256={}\r\n", "0".repeat(64));
    for body in ["", "not json", "[]", r#"{"entry":[{"changes":[0,0]}]}"#, "\u{0}"] {
        let (status, answer) = house.raw_with("POST", "webhook/", &forged, body).await;
        assert_eq!((status, &answer["kind"]), (401, &json!("authentication")), "{body}: {answer}");
        let (status, answer) = house.raw_with("POST", "webhook/", &house.signature(body), body).await;
        assert_ne!(status, 401, "{body}: {answer}");
    }
}

#[tokio::test]
async fn bodies_that_do_not_end_leave_room_for_sends_and_are_bounded() {
    let house = House::build().await;
    let (address, prefix) = house.address();
    let forged = format!("X-Hub-Signature-256: sha256={}\r\n", "0".repeat(64));
    let length = 3 << 20;
    let head = format!(
        "POST /{prefix}/webhook/ HTTP/1.1\r\nHost: {address}\r\n{forged}Content-Length: {length}\r\n\r\n"
    );
    let body = vec![b'x'; length - 1];
    let mut held = Vec::new();
    let mut refused = 0;
    for _ in 0..24 {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // Who is turned away may be cut off in mid-sentence.
        let _ = stream.write_all(&body).await;
        held.push(stream);
    }
    // More than 48 MiB in all: some of them are turned away, and told when to come again.
    for stream in &mut held {
        let mut answer = vec![0; 1024];
        let quiet = std::time::Duration::from_millis(200);
        if let Ok(Ok(read)) = tokio::time::timeout(quiet, stream.read(&mut answer)).await {
            let answer = String::from_utf8_lossy(&answer[..read]).to_lowercase();
            assert!(answer.starts_with("http/1.1 503") && answer.contains("retry-after:"), "{answer}");
            refused += 1;
        }
    }
    assert!((4..24).contains(&refused), "{refused} of {} were turned away", held.len());
    assert_eq!(house.counted("wamid_shed_total").await, f64::from(refused));
    let body = r#"{"phone": "919876543210", "message": "Hello"}"#;
    let (status, answer) = house.raw("POST", "api/send-message/", Some(&house.key), body).await;
    assert_eq!(status, 200, "{answer}");
    drop(held);
    // Their room is free again once they are gone.
    let freed = async {
        loop {
            let body = "x".repeat(3 << 20);
            let (status, _) = house.raw_with("POST", "webhook/", &forged, &body).await;
            if status == 401 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), freed).await.expect("the room stays taken");
}
