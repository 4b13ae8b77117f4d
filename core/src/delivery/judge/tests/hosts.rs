//! Answers without a code: the original host's texts, pages, bare statuses, and successes.

use super::*;

/// The rows of the table of the original host's failures, for a send.
#[test]
fn the_original_host_s_texts_say_what_became_of_the_message() {
    use ErrorKind::{Connection, Rejected, Timeout, UnexpectedResponse};
    let unknown = |kind| (kind, false, true, Retry::IfHarmless);
    let pool = "HTTPSConnectionPool(host='graph.facebook.com', port=443)";
    let refused = format!("{pool}: Max retries exceeded with url: /v19.0/1/messages (Caused by");
    let never = (Connection, true, false, Retry::Backoff);
    let rows: Vec<(String, Verdict)> = vec![
        (format!("{pool}: Read timed out. (read timeout=15)"), unknown(Timeout)),
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
        (format!("{refused} NameResolutionError('<x>: Failed to resolve graph.facebook.com'))"), never),
        (
            format!("{refused} ConnectTimeoutError(<x>, 'Connection to graph.facebook.com timed out.'))"),
            never,
        ),
        (format!("{refused} ReadTimeoutError('Read timed out.'))"), unknown(Timeout)),
        ("Expecting value: line 1 column 1 (char 0)".to_owned(), unknown(UnexpectedResponse)),
        ("'phone'".to_owned(), REFUSED),
        ("'template_name'".to_owned(), REFUSED),
        ("'messages'".to_owned(), unknown(Rejected)),
        ("could not convert string to float: 'north'".to_owned(), REFUSED),
        (
            "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)".to_owned(),
            unknown(UnexpectedResponse),
        ),
        ("Extra data: line 1 column 3 (char 2)".to_owned(), unknown(UnexpectedResponse)),
        ("Unterminated string starting at: line 1 column 1 (char 0)".to_owned(), unknown(UnexpectedResponse)),
        ("Invalid control character at: line 1 column 5 (char 4)".to_owned(), unknown(UnexpectedResponse)),
        ("Expecting ',' delimiter: line 1 column 5 (char 4)".to_owned(), unknown(UnexpectedResponse)),
        ("Expecting ':' delimiter: line 1 column 5 (char 4)".to_owned(), unknown(UnexpectedResponse)),
        ("Invalid \\escape: line 1 column 5 (char 4)".to_owned(), unknown(UnexpectedResponse)),
        ("Invalid \\uXXXX escape: line 1 column 5 (char 4)".to_owned(), unknown(UnexpectedResponse)),
        (
            "Illegal trailing comma before end of object: line 1 column 9 (char 8)".to_owned(),
            unknown(UnexpectedResponse),
        ),
        (
            "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)".to_owned(),
            unknown(UnexpectedResponse),
        ),
        ("Key name must be string: line 1 column 2 (char 1)".to_owned(), unknown(UnexpectedResponse)),
        ("Missing Meta WhatsApp credentials".to_owned(), REFUSED),
        ("'NoneType' object has no attribute 'access_token'".to_owned(), unknown(Rejected)),
        ("something nobody has seen".to_owned(), unknown(Rejected)),
        (String::new(), unknown(Rejected)),
    ];
    for (text, expected) in rows {
        let body = serde_json::json!({ "error": text }).to_string();
        let judged = failed(HostKind::Gateway, 400, &body);
        assert_eq!(verdict(&judged), expected, "{text}");
        assert!(judged.error.message().contains(text.trim_end_matches('.')), "{}", judged.error);
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
    let busy = (ErrorKind::RateLimited, true, false, Retry::Backoff);
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
        assert!(judged.error.message().contains(word), "{host:?} {status}: {}", judged.error);
        assert_eq!(judged.error.status(), Some(status));
    }
    for status in [301, 302, 303, 307, 308] {
        let moved = Answer { location: Some("https://example.com/x/".to_owned()), ..answer(status, html) };
        let judged = send(Gateway, &moved).unwrap_err();
        assert_eq!(verdict(&judged), BAD_ANSWER, "{status}");
        let message = judged.error.message();
        assert!(message.contains("https://example.com/x/") && message.contains("base_url"), "{message}");
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
    assert_eq!(verdict(&send(HostKind::Cloud, &not_utf8).unwrap_err()), UNREADABLE);
}

/// Only the message's id decides: all else in Meta's answer may change without notice.
#[test]
fn an_accepted_message_is_recognised_by_its_id_alone() {
    for (contacts, wa_id, user_id) in [
        (r#"[{"input":"1","wa_id":"2","user_id":"US.3"}]"#, Some("2"), Some("US.3")),
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
            (HostKind::Gateway, format!(r#"{{"status":"sent","result":{meta}}}"#)),
        ] {
            let accepted =
                send(host, &answer(200, &body)).unwrap_or_else(|failed| panic!("{body}: {failed:?}"));
            assert_eq!(
                (accepted.wa_id.as_deref(), accepted.user_id.as_deref()),
                (wa_id, user_id),
                "{contacts}"
            );
            assert_eq!((accepted.id.as_str(), accepted.status.as_deref()), ("wamid.A", Some("of_tomorrow")));
            assert_eq!(accepted.raw.as_str(), meta, "raw is Meta's text to the letter");
        }
    }
    for status in ["7", "null", "{}"] {
        let body = format!(r#"{{"messages":[{{"id":"wamid.A","message_status":{status}}}]}}"#);
        assert_eq!(send(HostKind::Cloud, &answer(201, &body)).unwrap().status, None, "{status}");
    }
}
