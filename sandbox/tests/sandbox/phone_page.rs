//! The phone page: who may ask for it, its files, its stream.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::host::{Answer, Host, PATIENCE, read, start};
use crate::phone_acts::entries;

const ADA: &str = "15551234567";
const STATE: &str = "GET /_sandbox/phone/state";

/// A request with these header lines; the first of them is the host.
pub(crate) fn ask(host: &Host, line: &str, headers: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(host.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let length = body.len();
    write!(stream, "{line} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n")
        .unwrap();
    stream.write_all(body).unwrap();
    read(stream).unwrap()
}

pub(crate) fn own(host: &Host) -> String {
    format!("Host: {}\r\n", host.address())
}

#[test]
fn no_web_page_of_another_site_gets_in() {
    let host = start();
    let own = own(&host);
    let navigate = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    for (line, headers, expected) in [
        (STATE, "Host: evil.example\r\n".to_owned(), 403),
        (STATE, format!("{own}Origin: http://evil.example\r\n"), 403),
        (STATE, format!("{own}Sec-Fetch-Site: cross-site\r\n"), 403),
        (STATE, format!("{own}Sec-Fetch-Site: same-site\r\n"), 403),
        (STATE, format!("{own}Sec-Fetch-Site: cross-site\r\n{navigate}"), 403),
        (STATE, format!("{own}Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n"), 403),
        (STATE, format!("{own}Sec-Fetch-Site: same-origin\r\n"), 200),
        (STATE, format!("{own}Sec-Fetch-Site: none\r\n"), 200),
        (STATE, own.clone(), 200),
        ("GET /_sandbox/phone/", format!("{own}Sec-Fetch-Site: cross-site\r\n{navigate}"), 200),
        (
            "GET /_sandbox/phone/",
            format!("{own}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"),
            403,
        ),
        ("GET /_sandbox/phone/events", format!("{own}Sec-Fetch-Site: cross-site\r\n"), 403),
        ("GET /_sandbox/phone/files/1", format!("{own}Sec-Fetch-Site: cross-site\r\n"), 403),
        ("POST /_sandbox/phone/chats/15551234567", format!("{own}Content-Type: text/plain\r\n"), 415),
        ("POST /_sandbox/phone/files", format!("{own}Content-Type: text/plain\r\n"), 415),
        (
            "POST /_sandbox/phone/files",
            format!("{own}Content-Type: multipart/form-data; boundary=x\r\n"),
            415,
        ),
        ("POST /_sandbox/phone/files", own.clone(), 415),
        ("POST /_sandbox/inbound", format!("{own}Content-Type: application/json\r\n"), 400),
    ] {
        let answer = ask(&host, line, &headers, br#"{"act": "text", "text": "Hi"}"#);
        assert_eq!(answer.status, expected, "{line} {headers}");
    }
    assert_eq!(entries(&host).len(), 0);
}

#[test]
fn the_page_says_what_a_browser_may_do_with_it() {
    let host = start();
    let answer = ask(&host, "GET /_sandbox/phone/", &own(&host), b"");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html; charset=utf-8")));
    for path in
        ["/_sandbox/phone/", "/_sandbox/phone/index.html", "/_sandbox/phone/state", "/_sandbox/phone/nothing"]
    {
        let answer = ask(&host, &format!("GET {path}"), &own(&host), b"");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'") && !policy.contains("unsafe"),
            "{policy}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
    }
    let tag = answer.header("etag").unwrap();
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    let again = ask(&host, "GET /_sandbox/phone/", &format!("{}If-None-Match: {tag}\r\n", own(&host)), b"");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[test]
fn names_that_lead_elsewhere_lead_nowhere() {
    let host = start();
    for path in [
        "../Cargo.toml",
        "..%2fCargo.toml",
        "%2e%2e/Cargo.toml",
        "%00",
        "index.html%00.css",
        "INDEX.HTML",
        "chats",
        "chats/",
        "chats/../state",
        "//etc/passwd",
        "kinds",
    ] {
        let answer = ask(&host, &format!("GET /_sandbox/phone/{path}"), &own(&host), b"");
        assert!((400..500).contains(&answer.status), "{path}: {answer:?}");
    }
    for phone in ["ada", "0", "%3Cscript%3E", "US.", "1555123456789012345", "..%2f.."] {
        let answer = ask(&host, &format!("GET /_sandbox/phone/chats/{phone}"), &own(&host), b"");
        assert_eq!(answer.status, 400, "{phone}: {answer:?}");
    }
}

#[test]
fn a_browser_is_led_to_the_page_and_a_program_is_not() {
    let host = start();
    let html = format!("{}Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n", own(&host));
    let answer = ask(&host, "GET /", &html, b"");
    assert_eq!((answer.status, answer.header("location")), (302, Some("/_sandbox/phone/")));
    for accept in ["", "Accept: */*\r\n", "Accept: application/json, text/html\r\n"] {
        let answer = ask(&host, "GET /", &format!("{}{accept}", own(&host)), b"");
        assert!(answer.status == 200 && answer.body.contains("/_sandbox/phone/"), "{accept}");
    }
}

#[test]
fn ten_thousand_entries_come_in_pages() {
    let host = start();
    let path = format!("/_sandbox/phone/chats/{ADA}");
    // On one connection: as many new ones would take the machine's ports.
    let mut stream = TcpStream::connect(host.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    let body = r#"{"act": "text", "text": "Hi"}"#;
    let head = "Content-Type: application/json\r\nContent-Length: 29\r\n";
    let request = format!("POST {path} HTTP/1.1\r\n{}{head}\r\n{body}", own(&host));
    for _ in 0..10_010 {
        stream.write_all(request.as_bytes()).unwrap();
        let (mut line, mut length) = (String::new(), 0);
        while line != "\r\n" {
            line.clear();
            answers.read_line(&mut line).unwrap();
            if let Some(number) = line.strip_prefix("content-length: ") {
                length = number.trim().parse().unwrap();
            }
        }
        let mut answer = vec![0; length];
        answers.read_exact(&mut answer).unwrap();
        assert!(answer.ends_with(br#""webhook_sent":false}"#), "{}", String::from_utf8_lossy(&answer));
    }
    let (mut before, mut seen) = (String::new(), Vec::new());
    loop {
        let page = host.request("GET", &format!("{path}?limit=500{before}"), None, "").unwrap().json();
        let mut ids: Vec<String> = page["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["id"].as_str().unwrap().to_owned())
            .collect();
        before = format!("&before={}", ids[0]);
        ids.append(&mut seen);
        seen = ids;
        if page["more"] == json!(false) {
            break;
        }
    }
    assert_eq!(seen.len(), 10_000);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 10_000, "no entry twice");
    for limit in ["0", "501", "-1", "x"] {
        let refused = host.request("GET", &format!("{path}?limit={limit}"), None, "").unwrap();
        assert_eq!((refused.status, &refused.json()["error"]), (400, &json!("limit is from 1 to 500")));
    }
}
