//! What goes wrong between Meta and a client.

use std::io::ErrorKind;
use std::io::Read;
use std::net::Shutdown;
use std::time::{Duration, Instant};

use wamid_sandbox::{Failure, Outcome};

use crate::host::{Host, PATIENCE, open, start, text};

/// The one message kept, and forgets it.
fn outcome(host: &Host) -> Option<Outcome> {
    let mut messages = host.messages();
    host.clear();
    assert!(messages.len() < 2, "{messages:?}");
    messages.pop().map(|message| message.outcome)
}

#[test]
fn answers_that_never_come() {
    let host = start();
    let error = host.send_text("15550900003").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedEof, "lost: an orderly end without a byte");
    assert_eq!(outcome(&host), Some(Outcome::AcceptedUnanswered));

    let error = host.send_text("15550900004").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(outcome(&host), None, "a reset connection took nothing");

    let error = host.send_text("15550900006").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedEof, "cut off: shorter than announced");
    assert_eq!(outcome(&host), Some(Outcome::AcceptedUnanswered));
}

#[test]
fn a_cut_off_answer_has_begun() {
    let host = start();
    let path = "/v26.0/106540352242922/messages";
    let body = text("15550900006").to_string();
    let mut stream = open(&host, "POST", path, Some("sandbox-token"), &body).unwrap();
    let mut bytes = String::new();
    stream.read_to_string(&mut bytes).unwrap();
    assert!(bytes.starts_with("HTTP/1.1 200") && bytes.contains("messaging_product"), "{bytes}");
}

#[test]
fn a_client_that_gives_up_waiting_was_heard() {
    let host = start();
    let path = "/v26.0/106540352242922/messages";
    let body = text("15550900002").to_string();
    let mut stream = open(&host, "POST", path, Some("sandbox-token"), &body).unwrap();
    let deadline = Instant::now() + PATIENCE;
    while host.messages().is_empty() {
        assert!(Instant::now() < deadline, "the message never arrived");
        std::thread::yield_now();
    }
    assert_eq!(outcome(&host), Some(Outcome::AcceptedUnanswered));
    stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    assert!(matches!(stream.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut));
    stream.shutdown(Shutdown::Both).unwrap();
    // Nor does it keep the sandbox from ending.
    host.finish();
}

#[test]
fn a_slow_answer_comes() {
    let host = start();
    let begin = Instant::now();
    assert_eq!(host.send_text("15550900001").unwrap().status, 200);
    assert!(begin.elapsed() >= Duration::from_secs(2));
    assert_eq!(outcome(&host), Some(Outcome::Accepted));
}

#[test]
fn answers_that_cannot_be_read() {
    let host = start();
    let taken = Some(Outcome::AcceptedUnanswered);
    let refused = |status, code| Some(Outcome::Refused { status, code });
    for (number, status, part, expected) in [
        (900_005, 200, "\"contacts\":[", taken.clone()),
        (900_007, 200, "", taken.clone()),
        (900_008, 502, "<html>", taken.clone()),
        (900_009, 500, "<html>", refused(500, None)),
        (900_014, 302, "<html>", refused(302, None)),
        (900_015, 200, "131026", refused(200, Some(131_026))),
        (900_016, 200, "xxxx", taken.clone()),
        (900_021, 401, "sandbox-token", refused(401, Some(190))),
        (900_022, 500, "\"error\"", refused(500, Some(135_999))),
        (900_023, 200, "success", taken),
        (900_024, 429, "Too Many", refused(429, None)),
    ] {
        let answer = host.send_text(&format!("15550{number}")).unwrap();
        assert_eq!(answer.status, status, "{number}");
        assert!(answer.body.contains(part), "{number} {:?}", answer.body.get(..200));
        assert_eq!(outcome(&host), expected, "{number}");
        match number {
            900_005 => assert!(serde_json::from_str::<serde_json::Value>(&answer.body).is_err()),
            900_007 => assert!(answer.body.is_empty()),
            900_014 => assert!(answer.header("location").is_some_and(|place| place.contains("login"))),
            900_016 => assert!(answer.body.len() > 1024 * 1024 && answer.json().is_object()),
            900_024 => assert_eq!(answer.header("retry-after"), Some("1")),
            _ => {}
        }
    }
}

#[test]
fn receipts_with_a_twist_are_receipts() {
    let host = start();
    let held = host.send_text("15550900017").unwrap().json();
    assert_eq!(held["messages"][0]["message_status"], "held_for_quality_assessment");
    let new = host.send_text("15550900018").unwrap().json();
    assert_eq!(new["messages"][0]["message_status"], "queued_on_the_moon");
    let bare = host.send_text("15550900019").unwrap().json();
    assert!(bare["contacts"][0].get("wa_id").is_none() && bare["messages"][0]["id"].is_string(), "{bare}");
    assert!(host.messages().iter().all(|message| message.outcome == Outcome::Accepted));
}

#[test]
fn failures_that_pass_come_in_the_same_round_every_time() {
    let host = start();
    for (number, statuses) in [
        (900_010, vec![400, 400, 200, 400, 400, 200]),
        (900_011, vec![400, 200, 400, 200]),
        (900_012, vec![429, 200, 429]),
        (900_013, vec![503, 200, 503]),
    ] {
        let seen: Vec<_> =
            statuses.iter().map(|_| host.send_text(&format!("15550{number}")).unwrap().status).collect();
        assert_eq!(seen, statuses, "{number}");
    }
}

#[test]
fn armed_failures_meet_whoever_comes_next() {
    let host = start();
    host.fail_next(Failure::code(131_016), 2);
    host.fail_next("lost".parse().unwrap(), 1);
    // A malformed message does not use one up.
    assert_eq!(host.send_text("1").unwrap().code(), 131_009);
    assert_eq!(host.send_text("15551234567").unwrap().code(), 131_016);
    assert_eq!(host.send_text("919876543210").unwrap().status, 500);
    assert_eq!(host.send_text("15551234567").unwrap_err().kind(), ErrorKind::UnexpectedEof);
    assert_eq!(host.send_text("15551234567").unwrap().status, 200);
}

#[test]
fn failures_can_be_armed_over_http() {
    let host = start();
    let arm = |body: &str| host.request("POST", "/_sandbox/fail", None, body).unwrap();
    assert_eq!(arm(r#"{"failure": 131056, "times": 1}"#).status, 200);
    assert_eq!(arm(r#"{"failure": "throttled_twice"}"#).status, 200);
    assert_eq!(host.send_text("15551234567").unwrap().code(), 131_056);
    assert_eq!(host.send_text("15551234567").unwrap().code(), 130_429);
    assert_eq!(host.send_text("15551234567").unwrap().status, 200);
    let unknown = arm(r#"{"failure": "lots"}"#);
    assert_eq!(unknown.status, 400);
    assert!(unknown.body.contains("lost"), "names what there is: {unknown:?}");
    assert_eq!(arm("{}").status, 400);
}
