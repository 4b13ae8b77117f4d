//! Every row of the contract's error tables as a row here.

use super::*;

const GENERIC: [&str; 2] = [
    "Correct the request before you send it again; Meta's error reference explains the code.",
    "Meta does not say what failed.",
];

fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status,
        body: bytes::Bytes::copy_from_slice(body.as_bytes()),
        ..Answer::default()
    }
}

fn failed(host: HostKind, status: u16, body: &str) -> Judged {
    match send(host, &answer(status, body)) {
        Err(judged) => judged,
        Ok(accepted) => panic!("{status} {body} was taken for the success {accepted:?}"),
    }
}

/// What a caller branches on: kind, retryable, maybe_sent, and whether the SDK tries again by itself.
type Verdict = (ErrorKind, bool, bool, Again);

fn verdict(judged: &Judged) -> Verdict {
    (
        judged.error.kind(),
        judged.error.retryable(),
        judged.error.maybe_sent(),
        judged.again,
    )
}

fn graph_body(code: i64) -> String {
    format!(r#"{{"error":{{"message":"said","type":"OAuthException","code":{code},"fbtrace_id":"T"}}}}"#)
}

const REFUSED: Verdict = (ErrorKind::Rejected, false, false, Again::No);
const NO_ACCESS: Verdict = (ErrorKind::Authentication, false, false, Again::No);
const BAD_ANSWER: Verdict = (ErrorKind::UnexpectedResponse, false, false, Again::No);
const UNREADABLE: Verdict = (ErrorKind::UnexpectedResponse, false, true, Again::IfHarmless);
const SERVER_UNKNOWN: Verdict = (ErrorKind::Server, false, true, Again::IfHarmless);

/// The codes whose meaning does not depend on the status.
fn listed() -> Vec<(i64, Verdict)> {
    use ErrorKind::{RateLimited, Server};
    let mut rows: Vec<(i64, Verdict)> = [0, 3, 10, 190, 200, 230, 299, 131_005]
        .map(|code| (code, NO_ACCESS))
        .to_vec();
    rows.extend([
        (1, SERVER_UNKNOWN),
        (131_000, SERVER_UNKNOWN),
        (2, (Server, true, false, Again::Backoff)),
        (131_016, (Server, true, false, Again::Backoff)),
        (131_057, (Server, true, false, Again::No)),
        (4, (RateLimited, true, false, Again::No)),
        (80_007, (RateLimited, true, false, Again::No)),
        (130_429, (RateLimited, true, false, Again::Backoff)),
        (131_056, (RateLimited, true, false, Again::PairRate)),
        (131_048, (RateLimited, false, false, Again::No)),
        (131_064, (RateLimited, false, false, Again::No)),
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
            // A 401 is about the token, whatever the code: Meta answers a missing one with 401 and code 104.
            let expected = if status == 401 { NO_ACCESS } else { REFUSED };
            assert_eq!(verdict(&judged), expected, "{code} {status}");
            assert_eq!(judged.error.code(), Some(code));
        }
        let judged = failed(HostKind::Cloud, 500, &body);
        assert_eq!(verdict(&judged), SERVER_UNKNOWN, "{code}");
        assert_eq!(judged.error.code(), Some(code));
        let text = failed(
            HostKind::Gateway,
            400,
            &format!(r#"{{"error":"(#{code}) said"}}"#),
        );
        assert_eq!((verdict(&text), text.error.code()), (REFUSED, Some(code)));
    }
}

/// Somebody who reads the sentence must learn what to do about this very code.
#[test]
fn each_documented_code_has_a_remedy_of_its_own() {
    let documented = listed()
        .into_iter()
        .map(|(code, _)| code)
        .chain(UNLISTED.into_iter().take(22));
    for code in documented {
        let kind = failed(HostKind::Cloud, 400, &graph_body(code)).error;
        let remedy = remedy::of_code(code, kind.kind());
        assert!(kind.message().ends_with(remedy), "{code}: {kind}");
        assert!(
            kind.message().contains(&code.to_string()) && kind.message().contains("said"),
            "{kind}"
        );
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
    assert_eq!(
        (error.title(), error.details(), error.trace_id()),
        (Some("t"), Some("d"), Some("f"))
    );
    assert!(error.message().contains("m (d)"), "{error}");

    let bare = r#"{"error":{"code":100,"error_user_msg":"u","error_data":"text","fbtrace_id":null}}"#;
    let with_header = Answer {
        trace_id: Some("h".to_owned()),
        retry_after: Some(Duration::from_secs(9)),
        ..answer(400, bare)
    };
    let error = send(HostKind::Cloud, &with_header).unwrap_err().error;
    assert_eq!(
        (error.details(), error.trace_id(), error.subcode()),
        (Some("u"), Some("h"), None)
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(9)));
}

#[test]
fn a_graph_error_without_a_code_is_judged_by_its_status() {
    let body = r#"{"error":{"message":"odd"}}"#;
    for (status, expected) in [
        (200, REFUSED),
        (400, REFUSED),
        (401, NO_ACCESS),
        (429, (ErrorKind::RateLimited, true, false, Again::Backoff)),
        (500, SERVER_UNKNOWN),
    ] {
        let judged = failed(HostKind::Cloud, status, body);
        assert_eq!(verdict(&judged), expected, "{status}");
        assert!(judged.error.message().contains("odd"), "{}", judged.error);
    }
    let nested = failed(
        HostKind::Gateway,
        200,
        r#"{"status":"sent","result":{"error":{"message":"odd"}}}"#,
    );
    assert_eq!(
        verdict(&nested),
        REFUSED,
        "the original host passes Meta's 200 with an error through"
    );
}

/// The rows of the table of the original host's failures, for a send.
#[test]
fn the_original_host_s_texts_say_what_became_of_the_message() {
    use ErrorKind::{Connection, Rejected, Timeout, UnexpectedResponse};
    let unknown = |kind| (kind, false, true, Again::IfHarmless);
    let pool = "HTTPSConnectionPool(host='graph.facebook.com', port=443)";
    let refused = format!("{pool}: Max retries exceeded with url: /v19.0/1/messages (Caused by");
    let never = (Connection, true, false, Again::Backoff);
    let rows: Vec<(String, Verdict)> = vec![
        (
            format!("{pool}: Read timed out. (read timeout=15)"),
            unknown(Timeout),
        ),
        (
            "('Connection aborted.', RemoteDisconnected('Remote end closed connection'))".to_owned(),
            unknown(Connection),
        ),
        (
            "('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))".to_owned(),
            unknown(Connection),
        ),
        (
            "('Connection broken: IncompleteRead(12 bytes read)', IncompleteRead(12))".to_owned(),
            unknown(Connection),
        ),
        (
            format!("{refused} SSLError(SSLEOFError(8, 'EOF occurred in violation of protocol')))"),
            unknown(Connection),
        ),
        (
            format!(
                "{refused} NewConnectionError('<x>: Failed to establish a new connection: [Errno 111]'))"
            ),
            never,
        ),
        (
            format!("{refused} NameResolutionError('<x>: Failed to resolve graph.facebook.com'))"),
            never,
        ),
        (
            format!("{refused} ConnectTimeoutError(<x>, 'Connection to graph.facebook.com timed out.'))"),
            never,
        ),
        (
            format!("{refused} ReadTimeoutError('Read timed out.'))"),
            unknown(Timeout),
        ),
        (
            "Expecting value: line 1 column 1 (char 0)".to_owned(),
            unknown(UnexpectedResponse),
        ),
        ("'phone'".to_owned(), REFUSED),
        ("'template_name'".to_owned(), REFUSED),
        ("could not convert string to float: 'north'".to_owned(), REFUSED),
        (
            "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)".to_owned(),
            REFUSED,
        ),
        ("Extra data: line 1 column 3 (char 2)".to_owned(), REFUSED),
        (
            "Unterminated string starting at: line 1 column 1 (char 0)".to_owned(),
            REFUSED,
        ),
        (
            "Invalid control character at: line 1 column 5 (char 4)".to_owned(),
            REFUSED,
        ),
        (
            "Expecting ',' delimiter: line 1 column 5 (char 4)".to_owned(),
            REFUSED,
        ),
        (
            "Expecting ':' delimiter: line 1 column 5 (char 4)".to_owned(),
            REFUSED,
        ),
        ("Missing Meta WhatsApp credentials".to_owned(), REFUSED),
        (
            "'NoneType' object has no attribute 'access_token'".to_owned(),
            unknown(Rejected),
        ),
        ("something nobody has seen".to_owned(), unknown(Rejected)),
        (String::new(), unknown(Rejected)),
    ];
    for (text, expected) in rows {
        let body = serde_json::json!({ "error": text }).to_string();
        let judged = failed(HostKind::Gateway, 400, &body);
        assert_eq!(verdict(&judged), expected, "{text}");
        assert!(
            judged.error.message().contains(text.trim_end_matches('.')),
            "{}",
            judged.error
        );
        assert_eq!(judged.error.code(), None, "{text}");
        assert!(!judged.of_read().error.maybe_sent(), "{text}");
    }
}

/// Pages and bare statuses, on both hosts.
#[test]
fn a_status_without_json_says_where_to_look() {
    use HostKind::{Cloud, Gateway};
    let csrf = "<html><h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p></html>";
    let html = "<!doctype html><title>Page</title>";
    let busy = (ErrorKind::RateLimited, true, false, Again::Backoff);
    for (host, status, body, expected, word) in [
        (Gateway, 401, r#"{"error":"Unauthorized"}"#, NO_ACCESS, "API key"),
        (Cloud, 401, "", NO_ACCESS, "access token"),
        (Gateway, 403, csrf, NO_ACCESS, "wamid.django"),
        (Gateway, 403, html, BAD_ANSWER, "base_url"),
        (Cloud, 403, html, BAD_ANSWER, "graph_url"),
        (Gateway, 404, html, BAD_ANSWER, "base_url"),
        (Gateway, 400, html, BAD_ANSWER, "ALLOWED_HOSTS"),
        (Cloud, 404, html, BAD_ANSWER, "graph_url"),
        (Cloud, 400, r#"{"error":"odd"}"#, REFUSED, "odd"),
        (Gateway, 413, "", BAD_ANSWER, "413"),
        (Cloud, 429, "", busy, "fewer requests"),
        (Gateway, 429, html, busy, "fewer requests"),
        (Gateway, 429, r#"{"error":"slow down"}"#, busy, "slow down"),
        (Gateway, 500, html, SERVER_UNKNOWN, "500"),
        (Cloud, 502, "", SERVER_UNKNOWN, "502"),
        (Cloud, 503, r#"{"error":"odd"}"#, SERVER_UNKNOWN, "odd"),
        (Cloud, 304, "", BAD_ANSWER, "redirected"),
    ] {
        let judged = failed(host, status, body);
        assert_eq!(verdict(&judged), expected, "{host:?} {status} {body}");
        assert!(
            judged.error.message().contains(word),
            "{host:?} {status}: {}",
            judged.error
        );
        assert_eq!(judged.error.status(), Some(status));
    }
    for status in [301, 302, 303, 307, 308] {
        let moved = Answer {
            location: Some("https://example.com/x/".to_owned()),
            ..answer(status, html)
        };
        let judged = send(HostKind::Gateway, &moved).unwrap_err();
        assert_eq!(verdict(&judged), BAD_ANSWER, "{status}");
        let message = judged.error.message();
        assert!(
            message.contains("https://example.com/x/") && message.contains("base_url"),
            "{message}"
        );
    }
}

/// A 2xx that cannot be read may stand for a message that went out.
#[test]
fn an_unreadable_success_is_an_unknown_outcome() {
    let meta = r#"{"messaging_product":"whatsapp","messages":[{"id":"wamid.A"}]}"#;
    for (host, body) in [
        (HostKind::Cloud, ""),
        (HostKind::Cloud, "<html>"),
        (HostKind::Cloud, "null"),
        (HostKind::Cloud, "[]"),
        (HostKind::Cloud, "{}"),
        (HostKind::Cloud, r#"[{"messages":[{"id":"wamid.A"}]}]"#),
        (HostKind::Cloud, r#"{"messages":[]}"#),
        (HostKind::Cloud, r#"{"messages":{}}"#),
        (HostKind::Cloud, r#"{"messages":[{"id":""}]}"#),
        (HostKind::Cloud, r#"{"messages":[{"id":7}]}"#),
        (HostKind::Cloud, r#"{"messages":[{"id":"wamid.A"}]"#),
        (HostKind::Gateway, meta),
        (HostKind::Gateway, r#"{"status":"sent"}"#),
        (HostKind::Gateway, r#"{"status":"sent","result":null}"#),
        (HostKind::Gateway, r#"{"status":"sent","result":[]}"#),
    ] {
        assert_eq!(verdict(&failed(host, 200, body)), UNREADABLE, "{host:?} {body}");
    }
    let not_utf8 = Answer {
        status: 200,
        body: bytes::Bytes::from_static(b"{\"messages\":\"\xff\"}"),
        ..Answer::default()
    };
    assert_eq!(
        verdict(&send(HostKind::Cloud, &not_utf8).unwrap_err()),
        UNREADABLE
    );
}

/// Only the message's id decides: all else in Meta's answer may change without notice.
#[test]
fn an_accepted_message_is_recognised_by_its_id_alone() {
    for (contacts, wa_id, user_id) in [
        (
            r#"[{"input":"1","wa_id":"2","user_id":"US.3"}]"#,
            Some("2"),
            Some("US.3"),
        ),
        (r#"[{"input":"1"}]"#, None, None),
        (r#"[{"wa_id":7,"user_id":null}]"#, None, None),
        ("[]", None, None),
        ("null", None, None),
        (r#""later""#, None, None),
    ] {
        let meta = format!(
            r#"{{ "messages":[{{"id":"wamid.A","message_status":"of_tomorrow","new":[1.0]}},"x"],"contacts":{contacts}}}"#
        );
        for (host, body) in [
            (HostKind::Cloud, format!(" {meta}\n")),
            (
                HostKind::Gateway,
                format!(r#"{{"status":"sent","result":{meta}}}"#),
            ),
        ] {
            let accepted =
                send(host, &answer(200, &body)).unwrap_or_else(|failed| panic!("{body}: {failed:?}"));
            assert_eq!(
                (accepted.wa_id.as_deref(), accepted.user_id.as_deref()),
                (wa_id, user_id),
                "{contacts}"
            );
            assert_eq!(
                (accepted.id.as_str(), accepted.status.as_deref()),
                ("wamid.A", Some("of_tomorrow"))
            );
            assert_eq!(accepted.raw.as_str(), meta, "raw is Meta's text to the letter");
        }
    }
    for status in ["7", "null", "{}"] {
        let body = format!(r#"{{"messages":[{{"id":"wamid.A","message_status":{status}}}]}}"#);
        assert_eq!(
            send(HostKind::Cloud, &answer(201, &body)).unwrap().status,
            None,
            "{status}"
        );
    }
}

fn gateway(status: u16, rest: &str) -> Judged {
    failed(
        HostKind::Gateway,
        status,
        &format!(r#"{{"error":"said","kind":{rest}}}"#),
    )
}

#[test]
fn our_gateway_s_word_is_taken_as_it_stands() {
    for kind in ErrorKind::ALL {
        for status in [200, 400, 422, 429, 502, 503, 504] {
            let judged = gateway(status, &format!(r#""{kind}","maybe_sent":true,"retryable":true"#));
            assert_eq!(
                verdict(&judged),
                (kind, false, true, Again::IfHarmless),
                "{kind} {status}"
            );
            let judged = gateway(
                status,
                &format!(r#""{kind}","maybe_sent":false,"retryable":true,"code":null"#),
            );
            let again = if kind == ErrorKind::RateLimited && status == 429 {
                Again::Backoff
            } else {
                Again::No
            };
            assert_eq!(verdict(&judged), (kind, true, false, again), "{kind} {status}");
            assert_eq!(judged.error.message(), "said");
        }
    }
    for (code, again) in [
        (2, Again::Backoff),
        (130_429, Again::Backoff),
        (131_016, Again::Backoff),
        (131_056, Again::PairRate),
    ] {
        let judged = gateway(
            502,
            &format!(r#""server","code":{code},"retryable":true,"maybe_sent":false"#),
        );
        assert_eq!((judged.again, judged.error.code()), (again, Some(code)));
    }
    for code in [1, 4, 190, 80_007, 131_000, 131_048, 131_057, 132_000] {
        let judged = gateway(
            502,
            &format!(r#""server","code":{code},"retryable":true,"maybe_sent":false"#),
        );
        assert_eq!(
            verdict(&judged),
            (ErrorKind::Server, true, false, Again::No),
            "{code}"
        );
    }
    let full = gateway(
        429,
        r#""rate_limited","code":131056,"subcode":5,"title":"t","details":"d","trace_id":"f","field":"phone",
            "reference":"r","retry_after":1.5,"retryable":true,"maybe_sent":false,"attempts":9"#,
    )
    .error;
    assert_eq!(
        (full.code(), full.subcode(), full.status()),
        (Some(131_056), Some(5), Some(429))
    );
    assert_eq!(
        (full.title(), full.details(), full.trace_id()),
        (Some("t"), Some("d"), Some("f"))
    );
    assert_eq!((full.field(), full.reference()), (Some("phone"), Some("r")));
    assert_eq!(full.retry_after(), Some(Duration::from_millis(1500)));
}

/// Meta itself has no `kind`: there it must not talk the client out of an unknown outcome.
#[test]
fn only_a_gateway_may_state_a_kind() {
    let body = r#"{"error":"said","kind":"invalid_input","maybe_sent":false}"#;
    assert_eq!(verdict(&failed(HostKind::Cloud, 500, body)), SERVER_UNKNOWN);
    let strange = failed(
        HostKind::Gateway,
        500,
        r#"{"error":"said","kind":"of_tomorrow","maybe_sent":false}"#,
    );
    assert_eq!(
        verdict(&strange),
        SERVER_UNKNOWN,
        "an unknown kind cannot vouch for anything"
    );
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
        (HostKind::Gateway, 500, "<html>", true, Again::Backoff),
        (HostKind::Gateway, 200, "<html>", true, Again::Backoff),
        (HostKind::Gateway, 429, "", true, Again::Backoff),
        (HostKind::Gateway, 401, "", false, Again::No),
        (HostKind::Gateway, 404, "<html>", false, Again::No),
        (HostKind::Gateway, 301, "", false, Again::No),
        (
            HostKind::Gateway,
            503,
            r#"{"error":"busy","kind":"server","retryable":true,"maybe_sent":false}"#,
            true,
            Again::Backoff,
        ),
        (
            HostKind::Gateway,
            504,
            r#"{"error":"slow","kind":"timeout","retryable":false,"maybe_sent":true}"#,
            true,
            Again::Backoff,
        ),
        (
            HostKind::Gateway,
            500,
            r#"{"error":"broken","kind":"store","retryable":false,"maybe_sent":false}"#,
            false,
            Again::No,
        ),
        (
            HostKind::Gateway,
            400,
            r#"{"error":"no","kind":"rejected","retryable":false,"maybe_sent":false}"#,
            false,
            Again::No,
        ),
        (
            HostKind::Gateway,
            400,
            r#"{"error":"(#80007) said"}"#,
            true,
            Again::No,
        ),
        (
            HostKind::Gateway,
            400,
            r#"{"error":"(#131056) said"}"#,
            true,
            Again::PairRate,
        ),
    ] {
        let judged = failed(host, status, body).of_read();
        assert!(!judged.error.maybe_sent());
        assert_eq!(
            (judged.error.retryable(), judged.again),
            (retryable, again),
            "{status} {body}"
        );
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

mod extensions {
    use super::*;
    use crate::extensions::Extensions;

    #[test]
    fn only_a_host_that_names_the_gateway_has_extensions() {
        let ours = r#"{"gateway":"wamid","version":"0.1.0","extensions":["reply_to","of_tomorrow"],"new":1}"#;
        let known = Extensions::of(&answer(200, ours)).unwrap();
        assert!(known.has("reply_to") && known.has("of_tomorrow") && !known.has("buttons"));
        let other = r#"{"gateway":"other","extensions":["reply_to"]}"#;
        for (status, body) in [
            (200, other),
            (200, "<html>"),
            (200, ""),
            (204, ours),
            (301, ""),
            (302, ours),
            (404, "<html>"),
        ] {
            let none = Extensions::of(&answer(status, body)).unwrap();
            assert_eq!(none, Extensions::default(), "{status} {body}");
        }
    }

    #[test]
    fn a_failed_ask_is_surely_not_sent() {
        for (status, body, kind, retryable) in [
            (
                401,
                r#"{"error":"Unauthorized"}"#,
                ErrorKind::Authentication,
                false,
            ),
            (
                403,
                "<p>CSRF verification failed</p>",
                ErrorKind::Authentication,
                false,
            ),
            (403, "<html>", ErrorKind::UnexpectedResponse, false),
            (429, "", ErrorKind::RateLimited, true),
            (500, "<html>", ErrorKind::Server, true),
            (
                503,
                r#"{"error":"busy","kind":"server","maybe_sent":true}"#,
                ErrorKind::Server,
                true,
            ),
            (
                400,
                r#"{"error":"what became of it?"}"#,
                ErrorKind::Rejected,
                true,
            ),
        ] {
            let error = Extensions::of(&answer(status, body)).unwrap_err().error;
            assert_eq!(
                (error.kind(), error.retryable(), error.maybe_sent()),
                (kind, retryable, false),
                "{status} {body}"
            );
        }
    }
}
