//! Requests that two servers could read in two ways: no part of one is taken for a request of its own.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::house::House;

/// What must become of it.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Outcome {
    /// One refusal, and the connection is closed: nothing behind it is read.
    Refused,
    /// Its end is clear, so the request behind it is one, and is answered.
    Clear,
    /// What looks like a request behind it is its body.
    Swallowed,
}
use Outcome::{Clear, Refused, Swallowed};

/// All that is answered, until the gateway closes.
async fn answered(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // Who is refused may be hung up on before all is written.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let read =
        tokio::time::timeout(std::time::Duration::from_secs(60), stream.read_to_end(&mut answer)).await;
    let _ = read.expect("the gateway never closed the connection");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_whose_end_is_in_doubt_is_refused_and_nothing_behind_it_is_read() {
    let house = House::build().await;
    let (address, prefix) = house.address();
    let key = &house.key;
    // A send, so that it can be counted where it counts.
    let body = r#"{"phone":"919876543210","message":"smuggled"}"#;
    let smuggled = format!(
        "POST /{prefix}/api/send-message/ HTTP/1.1\r\nHost: h\r\nX-API-Key: {key}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let long = "a".repeat(70_000);
    let trailers = "X-A: b\r\n".repeat(20_000);
    let whole = smuggled.len();
    for (headers, body, outcome) in [
        ("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", Refused),
        ("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n", Refused),
        // RFC 9112, section 6.3: the same length twice is that length.
        ("Content-Length: 2\r\nContent-Length: 2\r\n", "{}", Clear),
        ("Content-Length: 2\r\nContent-Length: 40\r\n", "{}", Refused),
        ("Content-Length: 2, 2\r\n", "{}", Refused),
        ("Content-Length: +2\r\n", "{}", Refused),
        ("Content-Length: 0x2\r\n", "{}", Refused),
        ("Content-Length: -1\r\n", "{}", Refused),
        ("Content-Length: 2 2\r\n", "{}", Refused),
        ("Content-Length: 99999999999999999999999\r\n", "{}", Refused),
        ("Content-Length : 2\r\n", "{}", Refused),
        ("Content-Length:  2 \r\n", "{}", Clear),
        ("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n", Refused),
        ("Transfer-Encoding: identity\r\nContent-Length: 2\r\n", "{}", Refused),
        ("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n", Refused),
        ("Transfer-Encoding: gzip, chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", Refused),
        ("Transfer-Encoding: chunked, chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", Refused),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", Refused),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", "2\r\n{}\r\n0\r\n\r\n", Refused),
        ("Transfer-Encoding: \x0bchunked\r\n", "0\r\n\r\n", Refused),
        ("Transfer-Encoding : chunked\r\n", "0\r\n\r\n", Refused),
        ("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n", Refused),
        ("X-A: b\r\n Content-Length: 2\r\nContent-Length: 2\r\n", "{}", Refused),
        ("X-A: b\rContent-Length: 2\r\n", "", Refused),
        ("X-A: b\0c\r\nContent-Length: 2\r\n", "{}", Refused),
        ("X\0A: b\r\nContent-Length: 2\r\n", "{}", Refused),
        ("Transfer-Encoding: CHUNKED\r\n", "2\r\n{}\r\n0\r\n\r\n", Clear),
        ("Transfer-Encoding:\tchunked\r\n", "2\r\n{}\r\n0\r\n\r\n", Clear),
        ("Transfer-Encoding: chunked\r\n", "2;a=b\r\n{}\r\n0\r\n\r\n", Clear),
        (
            "Transfer-Encoding: chunked\r\n",
            "2\r\n{}\r\n0\r\nX-API-Key: a\r\nContent-Length: 40\r\n\r\n",
            Clear,
        ),
        ("Transfer-Encoding: chunked\r\n", "2;a\n{}\r\n0\r\n\r\n", Refused),
        ("Transfer-Encoding: chunked\r\n", &format!("2;{long}\r\n{{}}\r\n0\r\n\r\n"), Refused),
        ("Transfer-Encoding: chunked\r\n", "10000000000000002\r\n{}\r\n0\r\n\r\n", Refused),
        ("Transfer-Encoding: chunked\r\n", "0x2\r\n{}\r\n0\r\n\r\n", Refused),
        ("Transfer-Encoding: chunked\r\n", "-2\r\n{}\r\n0\r\n\r\n", Refused),
        ("Transfer-Encoding: chunked\r\n", "2\n{}\n0\n\n", Refused),
        ("Transfer-Encoding: chunked\r\n", "2\r\n{}XX0\r\n\r\n", Refused),
        ("Transfer-Encoding: chunked\r\n", &format!("2\r\n{{}}\r\n0\r\n{trailers}\r\n"), Refused),
        (&format!("Content-Length: {whole}\r\n"), "", Swallowed),
    ] {
        let sent = house.sandbox.messages().len();
        let request = format!(
            "POST /{prefix}/api/read/ HTTP/1.1\r\nHost: h\r\nX-API-Key: {key}\r\n{headers}\r\n{body}{smuggled}"
        );
        // The body that swallows ends the connection itself.
        let request = if outcome == Swallowed {
            request.replacen("Host: h\r\n", "Host: h\r\nConnection: close\r\n", 1)
        } else {
            request
        };
        let answer = answered(&address, request.as_bytes()).await;
        let shown = &headers[..headers.len().min(80)];
        let answers = answer.matches("\r\nx-request-id: ").count();
        let arrived = house.sandbox.messages().len() - sent;
        match outcome {
            Clear => assert_eq!((answers, arrived), (2, 1), "{shown:?} {body:.40?}: {answer}"),
            // A reset may take the answer along.
            Refused | Swallowed => assert!(answers <= 1 && arrived == 0, "{shown:?} {body:.40?}: {answer}"),
        }
        if answers == 1 {
            assert!(
                answer.starts_with("HTTP/1.1 400") || answer.starts_with("HTTP/1.1 431"),
                "{shown:?}: {answer}"
            );
        }
    }
}

/// The body of a request that was refused before it was read is not taken for the next request.
#[tokio::test(flavor = "multi_thread")]
async fn the_body_of_a_refused_request_is_no_request() {
    let house = House::build().await;
    let (address, prefix) = house.address();
    let body = r#"{"phone":"919876543210","message":"smuggled"}"#;
    let smuggled = format!(
        "POST /{prefix}/api/send-message/ HTTP/1.1\r\nHost: h\r\nX-API-Key: {}\r\nContent-Length: {}\r\n\r\n{body}",
        house.key,
        body.len()
    );
    for (line, headers) in [
        (format!("POST /{prefix}/api/read/"), String::new()),
        (format!("POST /{prefix}/api/read/"), "X-API-Key: wrong\r\n".to_owned()),
        (format!("POST /{prefix}/webhook/"), String::new()),
        (format!("POST /{prefix}/api/chats/"), format!("X-API-Key: {}\r\n", house.key)),
        (format!("GET /{prefix}/api/chats/"), format!("X-API-Key: {}\r\n", house.key)),
        ("POST /nothing".to_owned(), String::new()),
        ("GET /healthz".to_owned(), String::new()),
    ] {
        let request = format!(
            "{line} HTTP/1.1\r\nHost: h\r\n{headers}Connection: close\r\nContent-Length: {}\r\n\r\n{smuggled}",
            smuggled.len()
        );
        let answer = answered(&address, request.as_bytes()).await;
        assert!(answer.matches("\r\nx-request-id: ").count() <= 1, "{line}: {answer}");
    }
    assert!(house.sandbox.messages().is_empty());
}

/// What is for this machine alone is not had by another name of it, in whatever way the name is written.
#[tokio::test(flavor = "multi_thread")]
async fn no_way_to_write_a_path_or_a_host_opens_what_is_for_this_machine() {
    let house = House::build().await;
    let (address, _) = house.address();
    for (line, headers) in [
        ("GET /config HTTP/1.1", "Host: evil.example\r\n"),
        ("GET /config HTTP/1.1", "Host: 127.0.0.1.evil.example\r\n"),
        ("GET /config HTTP/1.1", "Host: localhost:80@evil.example\r\n"),
        ("GET /config HTTP/1.1", "Host:\r\n"),
        ("GET /config HTTP/1.0", ""),
        ("GET http://evil.example/config HTTP/1.1", "Host: 127.0.0.1\r\n"),
        ("GET http://127.0.0.1/config HTTP/1.1", "Host: evil.example\r\n"),
        ("GET //config HTTP/1.1", "Host: evil.example\r\n"),
        ("GET /%63onfig HTTP/1.1", "Host: evil.example\r\n"),
        ("GET /x/../config HTTP/1.1", "Host: evil.example\r\n"),
        ("GET /config HTTP/1.1", "Host: 127.0.0.1\r\nX-Forwarded-For: 1.2.3.4\r\n"),
        ("GET /config HTTP/1.1", "Host: 127.0.0.1\r\nForwarded: for=1.2.3.4\r\n"),
        ("GET /metrics HTTP/1.1", "Host: evil.example\r\n"),
        ("GET http://127.0.0.1/metrics HTTP/1.1", "Host: evil.example\r\n"),
        ("GET /docs/..%2f..%2fetc%2fpasswd HTTP/1.1", "Host: 127.0.0.1\r\n"),
        ("CONNECT evil.example:80 HTTP/1.1", "Host: evil.example:80\r\n"),
        ("TRACE / HTTP/1.1", "Host: 127.0.0.1\r\nX-API-Key: secret\r\n"),
    ] {
        let answer =
            answered(&address, format!("{line}\r\n{headers}Connection: close\r\n\r\n").as_bytes()).await;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(status.starts_with('4'), "{line} {headers}: {answer}");
        assert!(
            !answer.contains("wamid_requests_total")
                && !answer.contains("root:")
                && !answer.contains("secret")
        );
    }
    let answer =
        answered(&address, b"GET /config HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    for secret in [
        house.sandbox.access_token(),
        house.sandbox.app_secret(),
        &house.key,
        "verify-me",
        crate::house::SECRET_KEY,
    ] {
        assert!(!answer.contains(secret), "{secret}");
    }
}
