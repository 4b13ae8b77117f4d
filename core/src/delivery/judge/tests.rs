//! Every row of the contract's error tables as a row here.

mod gateway;
mod hosts;

use std::time::Duration;

use super::*;

const GENERIC: [&str; 2] = [
    "Correct the request before you send it again; Meta's error reference explains the code.",
    "Meta does not say what failed.",
];

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, body: bytes::Bytes::copy_from_slice(body.as_bytes()), ..Answer::default() }
}

fn failed(host: HostKind, status: u16, body: &str) -> FailedAttempt {
    match send(host, &answer(status, body)) {
        Err(judged) => judged,
        Ok(accepted) => panic!("{status} {body} was taken for the success {accepted:?}"),
    }
}

/// What a caller branches on: kind, retryable, maybe_sent, and whether the SDK tries again by itself.
type Verdict = (ErrorKind, bool, bool, Retry);

fn verdict(judged: &FailedAttempt) -> Verdict {
    (judged.error.kind(), judged.error.retryable(), judged.error.maybe_sent(), judged.again)
}

fn graph_body(code: i64) -> String {
    format!(r#"{{"error":{{"message":"said","type":"OAuthException","code":{code},"fbtrace_id":"T"}}}}"#)
}

const REFUSED: Verdict = (ErrorKind::Rejected, false, false, Retry::No);
const NO_ACCESS: Verdict = (ErrorKind::Authentication, false, false, Retry::No);
const BAD_ANSWER: Verdict = (ErrorKind::UnexpectedResponse, false, false, Retry::No);
const UNREADABLE: Verdict = (ErrorKind::UnexpectedResponse, false, true, Retry::IfHarmless);
const SERVER_UNKNOWN: Verdict = (ErrorKind::Server, false, true, Retry::IfHarmless);

/// The codes whose meaning does not depend on the status.
fn listed() -> Vec<(i64, Verdict)> {
    use ErrorKind::{RateLimited, Server};
    let mut rows: Vec<(i64, Verdict)> =
        [0, 3, 10, 190, 200, 230, 299, 131_005].map(|code| (code, NO_ACCESS)).to_vec();
    rows.extend([
        (1, SERVER_UNKNOWN),
        (131_000, SERVER_UNKNOWN),
        (2, (Server, true, false, Retry::Backoff)),
        (131_016, (Server, true, false, Retry::Backoff)),
        (131_057, (Server, true, false, Retry::No)),
        (4, (RateLimited, true, false, Retry::No)),
        (80_007, (RateLimited, true, false, Retry::No)),
        (130_429, (RateLimited, true, false, Retry::Backoff)),
        (131_056, (RateLimited, true, false, Retry::PairRate)),
        (131_048, (RateLimited, false, false, Retry::No)),
        (131_064, (RateLimited, false, false, Retry::No)),
    ]);
    rows
}

/// The codes that Meta documents and the contract does not list: refusals, unless the server failed.
const UNLISTED: [i64; 25] = [
    131_049, 131_026, 131_047, 131_050, 131_051, 131_008, 131_009, 100, 131_031, 368, 130_497, 132_000,
    132_001, 132_005, 132_007, 132_012, 132_015, 132_016, 132_018, 132_068, 132_069, 133_010, 199, 300,
    999_999,
];

#[test]
fn a_listed_code_means_the_same_on_every_status_and_in_every_place() {
    for (code, expected) in listed() {
        let body = graph_body(code);
        let nested = format!(r#"{{"status":"sent","result":{body}}}"#);
        let text = format!(r#"{{"error":"(#{code}) said"}}"#);
        for status in [200, 400, 401, 403, 404, 429, 500, 503] {
            for (host, body) in [
                (HostKind::Cloud, &body),
                (HostKind::Gateway, &body),
                (HostKind::Gateway, &nested),
                (HostKind::Gateway, &text),
            ] {
                let judged = failed(host, status, body);
                assert_eq!(verdict(&judged), expected, "{host:?} {status} {body}");
                assert_eq!(
                    (judged.error.code(), judged.error.status()),
                    (Some(code), Some(status)),
                    "{body}"
                );
            }
        }
    }
}

#[test]
fn an_unlisted_code_is_a_refusal_unless_the_server_failed() {
    for code in UNLISTED {
        let body = graph_body(code);
        for status in [200, 400, 401, 403, 404, 429] {
            let judged = failed(HostKind::Cloud, status, &body);
            assert_eq!(verdict(&judged), REFUSED, "{code} {status}");
            assert_eq!(judged.error.code(), Some(code));
        }
        let judged = failed(HostKind::Cloud, 500, &body);
        assert_eq!(verdict(&judged), SERVER_UNKNOWN, "{code}");
        assert_eq!(judged.error.code(), Some(code));
        let text = failed(HostKind::Gateway, 400, &format!(r#"{{"error":"(#{code}) said"}}"#));
        assert_eq!((verdict(&text), text.error.code()), (REFUSED, Some(code)));
    }
}

/// Somebody who reads the sentence must learn what to do about this very code.
#[test]
fn each_documented_code_has_a_remedy_of_its_own() {
    let documented = listed().into_iter().map(|(code, _)| code).chain(UNLISTED.into_iter().take(22));
    for code in documented {
        let kind = failed(HostKind::Cloud, 400, &graph_body(code)).error;
        let remedy = remedy::of_code(code, kind.kind());
        assert!(kind.message().ends_with(remedy), "{code}: {kind}");
        assert!(kind.message().contains(&code.to_string()) && kind.message().contains("said"), "{kind}");
        let unknown = code == 1 || code == 131_000;
        assert_eq!(GENERIC.contains(&remedy), unknown, "{code}: {remedy}");
    }
    for (code, word) in [
        (190, "access token"),
        (131_056, "6 seconds"),
        (131_047, "template"),
        (131_050, "opted out"),
        (131_049, "24 hours"),
        (133_010, "Register"),
        (130_429, "max_per_second"),
        (132_018, "line breaks"),
    ] {
        let error = failed(HostKind::Cloud, 400, &graph_body(code)).error;
        assert!(error.message().contains(word), "{code}: {error}");
    }
}

#[test]
fn every_part_of_a_graph_error_has_its_field() {
    let body = r#"{"error":{"message":"m","code":"132000","error_subcode":7,"error_user_title":"t","error_user_msg":"u",
        "error_data":{"messaging_product":"whatsapp","details":"d"},"fbtrace_id":"f","is_transient":false}}"#;
    let error = failed(HostKind::Cloud, 400, body).error;
    assert_eq!((error.code(), error.subcode()), (Some(132_000), Some(7)));
    assert_eq!((error.title(), error.details(), error.trace_id()), (Some("t"), Some("d"), Some("f")));
    assert!(error.message().contains("m (d)"), "{error}");

    let bare = r#"{"error":{"code":100,"error_user_msg":"u","error_data":"text","fbtrace_id":null}}"#;
    let with_header = Answer {
        trace_id: Some("h".to_owned()),
        retry_after: Some(Duration::from_secs(9)),
        ..answer(400, bare)
    };
    let error = send(HostKind::Cloud, &with_header).unwrap_err().error;
    assert_eq!((error.details(), error.trace_id(), error.subcode()), (Some("u"), Some("h"), None));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(9)));
}

#[test]
fn a_graph_error_without_a_code_is_judged_by_its_status() {
    let body = r#"{"error":{"message":"odd"}}"#;
    for (status, expected) in [
        (200, REFUSED),
        (400, REFUSED),
        (401, NO_ACCESS),
        (429, (ErrorKind::RateLimited, true, false, Retry::Backoff)),
        (500, SERVER_UNKNOWN),
    ] {
        let judged = failed(HostKind::Cloud, status, body);
        assert_eq!(verdict(&judged), expected, "{status}");
        assert!(judged.error.message().contains("odd"), "{}", judged.error);
    }
    let nested = failed(HostKind::Gateway, 200, r#"{"status":"sent","result":{"error":{"message":"odd"}}}"#);
    assert_eq!(verdict(&nested), REFUSED, "the original host passes Meta's 200 with an error through");
}
