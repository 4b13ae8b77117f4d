//! Files as the phone page gets them.

use serde_json::{Value, json};

use crate::host::{Answer, Host, PATIENCE, start};
use crate::phone_acts::{act, entries};
use crate::phone_page::{ask, own};
use crate::receiver::{message, receiver};

const ADA: &str = "15551234567";

#[test]
fn no_file_is_markup_to_a_browser() {
    let host = start();
    let upload = |kind: &str| {
        ask(
            &host,
            "POST /_sandbox/phone/files",
            &format!("{}Content-Type: {kind}\r\n", own(&host)),
            b"<script>1</script>",
        )
    };
    for kind in ["image/svg+xml", "text/html", "application/xhtml+xml", "application/x-made-up"] {
        assert_eq!(upload(kind).status, 400, "{kind}");
    }
    let shown = |id: &str| ask(&host, &format!("GET /_sandbox/phone/files/{id}"), &own(&host), b"");
    for (kind, disposition, told) in [
        ("image/png", "inline", "image/png"),
        ("audio/ogg; codecs=opus", "inline", "audio/ogg; codecs=opus"),
        ("application/pdf", "attachment", "application/octet-stream"),
    ] {
        let id = upload(kind).json()["id"].as_str().unwrap().to_owned();
        let answer = shown(&id);
        assert_eq!((answer.status, answer.body.as_str()), (200, "<script>1</script>"));
        assert_eq!(
            (answer.header("content-disposition"), answer.header("content-type")),
            (Some(disposition), Some(told))
        );
        assert_eq!(answer.header("content-security-policy"), Some("sandbox; default-src 'none'"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
    // In process a test may send whatever it likes.
    host.set_webhook("http://127.0.0.1:9/").unwrap();
    for kind in ["image/svg+xml", "text/html", "IMAGE/SVG", "video\r\nx: y"] {
        host.phone(ADA).send_file(kind, b"<svg/>".as_slice(), None).unwrap();
        let body = entries(&host).last().unwrap()["body"].clone();
        let media = &body[body["type"].as_str().unwrap()];
        let answer = shown(media["id"].as_str().unwrap());
        assert_eq!(answer.header("x"), None, "{answer:?}");
        if !kind.starts_with("video") {
            assert_eq!(answer.header("content-disposition"), Some("attachment"), "{kind}");
        }
    }
    assert_eq!(shown("1").status, 404);
}

fn get(host: &Host, id: &str, headers: &str) -> Answer {
    ask(host, &format!("GET /_sandbox/phone/files/{id}"), &format!("{}{headers}", own(host)), b"")
}

fn sent(host: &Host, kind: &str, content: &'static [u8]) -> String {
    let id = host.phone(ADA).send_file(kind, content, None).unwrap();
    let entry = entries(host).into_iter().find(|entry| entry["id"] == json!(id)).unwrap();
    entry["body"][entry["type"].as_str().unwrap()]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_player_gets_the_part_of_a_file_that_it_asks_for() {
    let host = start();
    host.set_webhook("http://127.0.0.1:9/").unwrap();
    let id = sent(&host, "video/mp4", b"0123456789");
    let whole = get(&host, &id, "");
    assert_eq!((whole.status, whole.header("accept-ranges")), (200, Some("bytes")));
    for (range, part, told) in [("0-", "0123456789", "0-9"), ("2-4", "234", "2-4"), ("-1", "9", "9-9")] {
        let answer = get(&host, &id, &format!("Range: bytes={range}\r\n"));
        assert_eq!((answer.status, answer.body.as_str()), (206, part), "{range}");
        assert_eq!(answer.header("content-range"), Some(format!("bytes {told}/10").as_str()));
        assert_eq!(answer.header("content-type"), Some("video/mp4"));
    }
    let beyond = get(&host, &id, "Range: bytes=10-\r\n");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */10")));
    assert_eq!(get(&host, &id, "Range: bytes=1-2\r\nIf-Range: \"other\"\r\n").status, 200);
}

#[test]
fn the_file_of_another_run_is_not_shown() {
    let host = start();
    host.set_webhook("http://127.0.0.1:9/").unwrap();
    let id = sent(&host, "image/png", b"one");
    let answer = get(&host, &id, "");
    assert_eq!(answer.header("cache-control"), Some("private, no-cache"), "a browser asks each time");
    let tag = answer.header("etag").unwrap().to_owned();
    let known = |id: &str| get(&host, id, &format!("If-None-Match: {tag}\r\n"));
    let again = known(&id);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let other = known(&sent(&host, "image/png", b"two"));
    assert_eq!((other.status, other.body.as_str()), (200, "two"));
    host.clear();
    assert_eq!(known(&id).status, 404, "the files of customers are forgotten with what they wrote");
}

#[test]
fn a_document_is_saved_under_its_name() {
    let (url, deliveries) = receiver(&[200]);
    let host = start();
    host.set_webhook(&url).unwrap();
    let upload = format!("{}Content-Type: application/pdf\r\n", own(&host));
    let id = ask(&host, "POST /_sandbox/phone/files", &upload, b"%PDF").json()["id"].clone();
    let filename = "Rechnung \"Mai\"\r\nx: é.pdf";
    let media = json!({"act": "media", "id": id, "filename": filename});
    assert_eq!(act(&host, &media).status, 200);
    let told: Value = message(&deliveries.recv_timeout(PATIENCE).unwrap());
    assert_eq!(told["document"]["filename"], filename);
    let answer = get(&host, id.as_str().unwrap(), "");
    let expected = "attachment; filename*=UTF-8''Rechnung%20%22Mai%22%0D%0Ax%3A%20%C3%A9.pdf";
    assert_eq!(answer.header("content-disposition"), Some(expected));
}
