//! The sandbox's own endpoints against web pages, and Meta's own examples against its checks.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};
use wamid_sandbox::magic_recipients;

use crate::host::{Host, PATIENCE, start, text};

/// The status that a request with these header lines gets.
fn status(host: &Host, line: &str, headers: &str, body: &str) -> u16 {
    let mut stream = TcpStream::connect(host.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let length = body.len();
    write!(stream, "{line} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_web_page_can_neither_read_nor_arm_anything() {
    let host = start();
    let port = host.address().port();
    let json = "Content-Type: application/json\r\n";
    let arm = r#"{"failure": 131016, "times": 1}"#;
    for (line, headers, expected) in [
        ("POST /_sandbox/fail", format!("Host: evil.example\r\n{json}"), 403),
        ("POST /_sandbox/fail", format!("Host: evil.example:{port}\r\n{json}"), 403),
        ("POST /_sandbox/fail", format!("Host: 127.0.0.1.evil.example:{port}\r\n{json}"), 403),
        ("POST /_sandbox/fail", format!("Host: 192.168.1.5:{port}\r\n{json}"), 403),
        ("POST /_sandbox/fail", format!("Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n{json}"), 403),
        ("POST /_sandbox/fail", format!("Host: a@127.0.0.1:{port}\r\n{json}"), 403),
        (
            "POST /_sandbox/fail",
            format!("Host: 127.0.0.1:{port}\r\nOrigin: https://evil.example\r\n{json}"),
            403,
        ),
        ("POST /_sandbox/fail", format!("Host: 127.0.0.1:{port}\r\nOrigin: null\r\n{json}"), 403),
        (
            "POST /_sandbox/fail",
            format!("Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:1\r\n{json}"),
            403,
        ),
        ("POST /_sandbox/fail", format!("Host: 127.0.0.1:{port}\r\nContent-Type: text/plain\r\n"), 415),
        ("POST /_sandbox/fail", format!("Host: 127.0.0.1:{port}\r\n"), 415),
        (
            "POST /_sandbox/phone/chats/15551234567",
            format!("Host: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"),
            415,
        ),
        ("GET /_sandbox/messages", "Host: evil.example\r\n".to_owned(), 403),
        ("GET /_sandbox/messages", format!("Host: 127.0.0.1:{port}\r\nSec-Fetch-Site: cross-site\r\n"), 403),
        ("GET /_sandbox/magic", format!("Host: localhost:{port}\r\nOrigin: http://evil.example\r\n"), 403),
        ("DELETE /_sandbox/messages", format!("Host: [::1]:{port}\r\nOrigin: http://evil.example\r\n"), 403),
    ] {
        assert_eq!(status(&host, line, &headers, arm), expected, "{line} {headers}");
    }
    // None of these armed anything.
    assert_eq!(host.send_text("15551234567").unwrap().status, 200);

    for headers in [
        format!("Host: localhost:{port}\r\nContent-Type: application/json; charset=utf-8\r\n"),
        format!("Host: [::1]:{port}\r\n{json}"),
        format!("Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n{json}"),
    ] {
        assert_eq!(status(&host, "POST /_sandbox/fail", &headers, arm), 200, "{headers}");
        assert_eq!(host.send_text("15551234567").unwrap().code(), 131_016);
    }
}

#[test]
fn numbers_that_no_table_lists_are_ordinary_ones() {
    let host = start();
    let listed: Vec<String> = magic_recipients().into_iter().map(|magic| magic.recipient).collect();
    for number in
        ["15550001111", "+1 555-000-1111", "15550783881", "15550001234", "15550777777", "15550000250"]
    {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        assert!(!listed.contains(&digits), "{number}");
        let answer = host.send_text(number).unwrap();
        assert_eq!(answer.status, 200, "{number}: {answer:?}");
        assert_eq!(answer.json()["contacts"][0]["wa_id"], digits);
    }
    for code in ["131030", "131037", "131045", "131060", "131062", "134011"] {
        assert_eq!(host.send_text(&format!("+15550{code}")).unwrap().code().to_string(), code);
    }
}

#[test]
fn what_meta_says_of_buttons_and_media_is_said_here() {
    let host = start();
    let send = |component: Value| {
        let mut body = text("15551234567");
        body["type"] = json!("template");
        body["template"] =
            json!({ "name": "hello_world", "language": { "code": "en_US" }, "components": [component] });
        host.send(&body).unwrap()
    };
    // Meta's own catalog example.
    let action = json!({ "type": "action", "action": { "thumbnail_product_retailer_id": "2lc20305pt" } });
    let taken = send(json!({ "type": "button", "sub_type": "CATALOG", "index": 0, "parameters": [action] }));
    assert_eq!(taken.status, 200, "{taken:?}");

    let number = json!({ "type": "text", "text": "+919876543210" });
    let refused =
        send(json!({ "type": "button", "sub_type": "phone_number", "index": "0", "parameters": [number] }));
    assert_eq!(
        refused.json()["error"]["message"],
        "(#100) Param template['components'][0]['sub_type'] must be one of {BOOKING_CONFIRMATION, CATALOG, COPY_CODE, \
         FLOW, MPM, ORDER_DETAILS, QUICK_REPLY, REMINDER, URL, VOICE_CALL} - got \"phone_number\"."
    );

    let host = Host::start(wamid_sandbox::SandboxOptions {
        templates: vec!["menu:1:0".parse().unwrap()],
        ..wamid_sandbox::SandboxOptions::default()
    });
    let image =
        json!({ "type": "image", "image": { "link": "https://example.com/a", "filename": "menu.jpg" } });
    let mut body = text("15551234567");
    body["type"] = json!("template");
    body["template"] = json!({ "name": "menu", "language": { "code": "en" },
        "components": [{ "type": "header", "parameters": [image] }] });
    let refused = host.send(&body).unwrap();
    assert_eq!((refused.status, refused.code()), (400, 100));
    assert_eq!(
        refused.json()["error"]["message"],
        "(#100) Unexpected key \"filename\" on param \"template['components'][0]['parameters'][0]['image']\"."
    );
}

#[test]
fn a_null_is_an_absent_field() {
    let host = start();
    // As pywa writes it.
    let mut body = text("+15551234567");
    body["type"] = json!("location");
    body["location"] =
        json!({ "latitude": 28.6139, "longitude": 77.209, "name": "Our Office", "address": null });
    for key in ["recipient", "context", "biz_opaque_callback_data", "recipient_type"] {
        body[key] = Value::Null;
    }
    let answer = host.send(&body).unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(host.messages()[0].body, body, "kept as it came");
}
