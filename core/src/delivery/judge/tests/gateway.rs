//! What our own gateway says, what a read makes of failures, and what a gateway says it knows.

use super::*;
use crate::delivery::extensions::Extensions;

fn gateway(status: u16, rest: &str) -> FailedAttempt {
    failed(HostKind::Gateway, status, &format!(r#"{{"error":"said","kind":{rest}}}"#))
}

#[test]
fn our_gateway_s_word_is_taken_as_it_stands() {
    for &kind in ErrorKind::ALL {
        for status in [200, 400, 422, 429, 502, 503, 504] {
            let judged = gateway(status, &format!(r#""{kind}","maybe_sent":true,"retryable":true"#));
            assert_eq!(verdict(&judged), (kind, false, true, Retry::IfHarmless), "{kind} {status}");
            let judged =
                gateway(status, &format!(r#""{kind}","maybe_sent":false,"retryable":true,"code":null"#));
            let again =
                if kind == ErrorKind::RateLimited && status == 429 { Retry::Backoff } else { Retry::No };
            assert_eq!(verdict(&judged), (kind, true, false, again), "{kind} {status}");
            assert_eq!(judged.error.message(), "said");
        }
    }
    for (code, again) in [
        (2, Retry::Backoff),
        (130_429, Retry::Backoff),
        (131_016, Retry::Backoff),
        (131_056, Retry::PairRate),
    ] {
        let judged = gateway(502, &format!(r#""server","code":{code},"retryable":true,"maybe_sent":false"#));
        assert_eq!((judged.again, judged.error.code()), (again, Some(code)));
    }
    for code in [1, 4, 190, 80_007, 131_000, 131_048, 131_057, 132_000] {
        let judged = gateway(502, &format!(r#""server","code":{code},"retryable":true,"maybe_sent":false"#));
        assert_eq!(verdict(&judged), (ErrorKind::Server, true, false, Retry::No), "{code}");
    }
    let full = gateway(
        429,
        r#""rate_limited","code":131056,"subcode":5,"title":"t","details":"d","trace_id":"f","field":"phone",
            "reference":"r","retry_after":1.5,"retryable":true,"maybe_sent":false,"attempts":9"#,
    )
    .error;
    assert_eq!((full.code(), full.subcode(), full.status()), (Some(131_056), Some(5), Some(429)));
    assert_eq!((full.title(), full.details(), full.trace_id()), (Some("t"), Some("d"), Some("f")));
    assert_eq!((full.field(), full.reference()), (Some("phone"), Some("r")));
    assert_eq!(full.retry_after(), Some(Duration::from_millis(1500)));
}

/// Meta itself has no `kind`: there it must not talk the client out of an unknown outcome.
#[test]
fn only_a_gateway_may_state_a_kind() {
    let body = r#"{"error":"said","kind":"invalid_input","maybe_sent":false}"#;
    assert_eq!(verdict(&failed(HostKind::Cloud, 500, body)), SERVER_UNKNOWN);
    let strange =
        failed(HostKind::Gateway, 500, r#"{"error":"said","kind":"of_tomorrow","maybe_sent":false}"#);
    assert_eq!(verdict(&strange), SERVER_UNKNOWN, "an unknown kind cannot vouch for anything");
}

/// Only an answer that the gateway gives after it looked at the idempotency key tells of an earlier attempt.
#[test]
fn refusals_before_the_key_was_looked_at_say_nothing_of_an_earlier_attempt() {
    for (status, kind, code, settles) in [
        (400, "rejected", "131026", true),
        (400, "rejected", "null", true),
        (502, "server", "131016", true),
        (502, "connection", "null", true),
        (504, "timeout", "null", true),
        (429, "rate_limited", "131056", true),
        (429, "rate_limited", "null", false),
        (401, "authentication", "null", false),
        (413, "invalid_input", "null", false),
        (503, "server", "null", false),
    ] {
        let judged = gateway(status, &format!(r#""{kind}","code":{code},"maybe_sent":false"#));
        assert_eq!(judged.by_gateway, settles, "{status} {kind} {code}");
    }
    assert!(!failed(HostKind::Gateway, 400, r#"{"error":"'phone'"}"#).by_gateway);
}

/// A read sends nothing: what would be unknown for a send may simply be read again.
#[test]
fn a_read_is_never_maybe_sent_and_tries_again() {
    for (host, status, body, retryable, again) in [
        (HostKind::Gateway, 500, "<html>", true, Retry::Backoff),
        (HostKind::Gateway, 200, "<html>", true, Retry::Backoff),
        (HostKind::Gateway, 429, "", true, Retry::Backoff),
        (HostKind::Gateway, 401, "", false, Retry::No),
        (HostKind::Gateway, 404, "<html>", false, Retry::No),
        (HostKind::Gateway, 301, "", false, Retry::No),
        (
            HostKind::Gateway,
            503,
            r#"{"error":"busy","kind":"server","retryable":true,"maybe_sent":false}"#,
            true,
            Retry::Backoff,
        ),
        (
            HostKind::Gateway,
            504,
            r#"{"error":"slow","kind":"timeout","retryable":false,"maybe_sent":true}"#,
            true,
            Retry::Backoff,
        ),
        (
            HostKind::Gateway,
            500,
            r#"{"error":"broken","kind":"store","retryable":false,"maybe_sent":false}"#,
            false,
            Retry::No,
        ),
        (
            HostKind::Gateway,
            400,
            r#"{"error":"no","kind":"rejected","retryable":false,"maybe_sent":false}"#,
            false,
            Retry::No,
        ),
        (HostKind::Gateway, 400, r#"{"error":"(#80007) said"}"#, true, Retry::No),
        (HostKind::Gateway, 400, r#"{"error":"(#131056) said"}"#, true, Retry::PairRate),
    ] {
        let judged = failed(host, status, body).of_read();
        assert!(!judged.error.maybe_sent());
        assert_eq!((judged.error.retryable(), judged.again), (retryable, again), "{status} {body}");
    }
}

#[test]
fn a_2xx_that_states_no_failure_is_no_refusal() {
    for (host, body) in [
        (HostKind::Gateway, r#"{"conversations":[]}"#),
        (HostKind::Gateway, r#"{"conversations":[],"error":null}"#),
        (HostKind::Cloud, r#"{"messages":[{"id":"wamid.A"}],"error":null}"#),
        (HostKind::Cloud, ""),
    ] {
        assert!(refusal(host, &answer(200, body)).is_none(), "{body}");
    }
}

#[test]
fn only_a_host_that_names_the_gateway_has_extensions() {
    let ours = r#"{"gateway":"wamid","version":"0.1.0","extensions":["reply_to","of_tomorrow"],"new":1}"#;
    let known = Extensions::of(&answer(200, ours)).unwrap();
    assert!(known.has("reply_to") && known.has("of_tomorrow") && !known.has("buttons"));
    let other = r#"{"gateway":"other","extensions":["reply_to"]}"#;
    for (status, body) in
        [(200, other), (200, "<html>"), (200, ""), (204, ours), (301, ""), (302, ours), (404, "<html>")]
    {
        let none = Extensions::of(&answer(status, body)).unwrap();
        assert_eq!(none, Extensions::default(), "{status} {body}");
    }
}

#[test]
fn a_failed_ask_is_surely_not_sent() {
    for (status, body, kind, retryable) in [
        (401, r#"{"error":"Unauthorized"}"#, ErrorKind::Authentication, false),
        (403, "<p>CSRF verification failed</p>", ErrorKind::Authentication, false),
        (403, "<html>", ErrorKind::UnexpectedResponse, false),
        (429, "", ErrorKind::RateLimited, true),
        (500, "<html>", ErrorKind::Server, true),
        (503, r#"{"error":"busy","kind":"server","maybe_sent":true}"#, ErrorKind::Server, true),
        (400, r#"{"error":"what became of it?"}"#, ErrorKind::Rejected, true),
    ] {
        let error = Extensions::of(&answer(status, body)).unwrap_err().error;
        assert_eq!(
            (error.kind(), error.retryable(), error.maybe_sent()),
            (kind, retryable, false),
            "{status} {body}"
        );
    }
}
