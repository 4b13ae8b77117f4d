//! What a case's server does to a client.

use std::time::Instant;

use serde_json::json;

use crate::{case, fails, passes};

#[tokio::test]
async fn a_request_is_shown_as_it_was_sent_and_the_reply_as_it_was_written() {
    passes(case(
        json!([{"send": "POST /v26.0/1/messages?a=b%20c", "headers": {"Authorization": "Bearer T"}, "json": {"n": 5.0}}]),
        json!([{"status": 201, "headers": {"X-Some-Thing": "yes", "Retry-After": 7}, "json": {"b": 1.0, "a": "\u{e9}"}}]),
        json!({
            "requests": [{"method": "POST", "path": "/v26.0/1/messages?a=b%20c",
                          "headers": {"AUTHORIZATION": "Bearer T"}, "absent_headers": ["X-API-Key"], "json": {"n": 5}}],
            "results": [{"ok": {"heard": [{"status": "201", "body": "{\"b\":1.0,\"a\":\"\u{e9}\"}",
                                           "head": {"$contains": "X-Some-Thing: yes\r\nRetry-After: 7\r\nContent-Type: application/json\r\n"}}]}}],
        }),
    ))
    .await;
}

#[tokio::test]
async fn a_text_reply_is_plain_unless_it_says_what_it_is() {
    let html = json!([{"status": 502, "text": "<html>"},
                      {"status": 502, "headers": {"content-type": "text/html"}, "text": "<html>"}]);
    passes(case(
        json!([{"send": "GET /"}, {"send": "GET /"}]),
        html,
        json!({"results": [{"ok": {"heard": [
            {"body": "<html>", "head": {"$contains": "text/plain"}},
            {"body": "<html>", "head": {"$contains": "content-type: text/html\r\n", "$not_contains": "plain"}}]}}]}),
    ))
    .await;
}

#[tokio::test]
async fn replies_go_to_requests_in_order_over_one_kept_connection() {
    passes(case(
        json!([{"send": "GET /1"}, {"send": "GET /2"}, {"send": "GET /3", "fresh": true}]),
        json!([{"status": 200, "text": "one"}, {"status": 200, "text": "two"}, {"status": 200, "text": "three"}]),
        json!({
            "requests": [{"path": "/1"}, {"path": "/2"}, {"path": "/3"}],
            "results": [{"ok": {"heard": [{"body": "one", "new_connection": true}, {"body": "two", "new_connection": false},
                                          {"body": "three", "new_connection": true}]}}],
        }),
    ))
    .await;
}

#[tokio::test]
async fn a_chunked_body_is_read_and_a_chunked_answer_can_be_given() {
    passes(case(
        json!([{"send": "POST /", "body": "{\"text\": \"in small parts\"}", "chunks": 3}, {"send": "GET /next"}]),
        json!([{"status": 200, "headers": {"Transfer-Encoding": "chunked"}, "text": "parts"}, {"status": 204}]),
        json!({
            "requests": [{"json": {"text": "in small parts"}}, {"path": "/next", "json": null}],
            "results": [{"ok": {"heard": [{"body": "5\r\nparts\r\n0\r\n\r\n"}, {"status": "204", "head": {"$not_contains": "Length"}}]}}],
        }),
    ))
    .await;
}

#[tokio::test]
async fn a_request_after_the_last_reply_gets_599_and_fails_the_case() {
    let expect = json!({"results": [{"ok": {"heard": [{"status": "200"}, {"status": "599"}]}}]});
    let steps = json!([{"send": "GET /1"}, {"send": "GET /again"}]);
    fails(
        case(steps, json!([{"status": 200}]), expect),
        &["requests[1]: expected no request after the last reply, came GET /again"],
    )
    .await;
}

#[tokio::test]
async fn a_hang_ends_with_the_connection() {
    passes(case(
        json!([{"send": "GET /"}]),
        json!([{"hang_ms": 300}]),
        json!({"requests": [{"path": "/"}], "results": [{"ok": {"heard": [{"failed": "closed"}]}}],
               "elapsed_ms": {"min": 300}}),
    ))
    .await;
}

#[tokio::test]
async fn a_client_may_give_up_on_a_hang_or_a_late_reply() {
    let begin = Instant::now();
    for reply in [json!({"hang_ms": 60_000}), json!({"status": 200, "text": "late", "delay_ms": 60_000})] {
        passes(case(
            json!([{"send": "GET /1", "patience_ms": 100}, {"send": "GET /2", "fresh": true}]),
            json!([reply, {"status": 200, "text": "two"}]),
            json!({"requests": [{"path": "/1"}, {"path": "/2"}],
                   "results": [{"ok": {"heard": [{"failed": "timeout"}, {"body": "two"}]}}]}),
        ))
        .await;
    }
    assert!(begin.elapsed().as_secs() < 30, "the case waited for its own server");
}

#[tokio::test]
async fn a_delayed_reply_comes_late_and_whole() {
    passes(case(
        json!([{"send": "GET /"}]),
        json!([{"status": 200, "text": "late", "delay_ms": 250}]),
        json!({"results": [{"ok": {"heard": [{"body": "late"}]}}], "elapsed_ms": {"min": 250, "max": 5000}}),
    ))
    .await;
}

#[tokio::test]
async fn a_close_after_reading_leaves_a_request_and_no_answer() {
    passes(case(
        json!([{"send": "POST /", "json": {"a": 1}}, {"send": "GET /2"}]),
        json!([{"close": "after_read"}, {"status": 200}]),
        json!({"requests": [{"json": {"a": 1}}, {"path": "/2"}],
               "results": [{"ok": {"heard": [{"failed": "closed"}, {"status": "200"}]}}]}),
    ))
    .await;
}

#[tokio::test]
async fn a_close_on_accept_takes_the_next_connection_and_no_request() {
    passes(case(
        json!([{"send": "GET /1"}, {"send": "GET /2"}]),
        json!([{"close": "on_accept"}, {"status": 200}]),
        json!({"requests": [{"path": "/2"}],
               "results": [{"ok": {"heard": [{"failed": "$any", "new_connection": true}, {"status": "200"}]}}]}),
    ))
    .await;
}

#[tokio::test]
async fn a_close_on_accept_does_not_wait_for_a_request() {
    passes(case(
        json!([{"send": "", "raw": true, "patience_ms": 5000}]),
        json!([{"close": "on_accept"}]),
        json!({"requests": [], "results": [{"ok": {"heard": [{"failed": "closed"}]}}]}),
    ))
    .await;
}

#[tokio::test]
async fn calls_at_the_same_time_lose_exactly_one_connection_to_a_close_on_accept() {
    let sends = json!([{"send": "GET /"}, {"send": "GET /"}, {"send": "GET /"}]);
    for _ in 0..20 {
        passes(case(
            json!([{"together": sends}]),
            json!([{"status": 200}, {"close": "on_accept"}, {"status": 200}]),
            json!({"requests": [{}, {}]}),
        ))
        .await;
    }
}

#[tokio::test]
async fn a_close_on_accept_in_the_middle_sends_the_client_to_a_new_connection() {
    for _ in 0..20 {
        passes(case(
            json!([{"send": "GET /1"}, {"send": "GET /2"}, {"send": "GET /3"}, {"send": "GET /4"}]),
            json!([{"status": 200}, {"close": "on_accept"}, {"close": "on_accept"}, {"status": 200}]),
            json!({"requests": [{"path": "/1"}, {"path": "/4"}],
                   "results": [{"ok": {"heard": [
                       {"status": "200", "head": {"$contains": "Connection: close"}},
                       {"failed": "$any", "new_connection": true}, {"failed": "$any", "new_connection": true},
                       {"status": "200", "new_connection": true}]}}]}),
        ))
        .await;
    }
}

#[tokio::test]
async fn a_body_cut_off_promises_more_than_it_sends() {
    for reply in
        [json!({"close": "mid_body"}), json!({"close": "mid_body", "status": 200, "json": {"all": "of it"}})]
    {
        passes(case(
            json!([{"send": "GET /"}]),
            json!([reply]),
            json!({"requests": [{"path": "/"}], "results": [{"ok": {"heard": [{"failed": "cut off"}]}}]}),
        ))
        .await;
    }
}

#[tokio::test]
async fn refuse_means_that_nothing_listens() {
    passes(case(
        json!([{"send": "GET /"}]),
        json!("refuse"),
        json!({"requests": [], "results": [{"ok": {"heard": [{"failed": "connection refused"}]}}]}),
    ))
    .await;
}

#[tokio::test]
async fn what_is_no_http_fails_the_case() {
    let expect = json!({"requests": []});
    let steps = json!([{"send": "\u{16}\u{3}\u{1}nonsense\r\n\r\n", "raw": true}]);
    fails(case(steps, json!([]), expect), &["requests: expected HTTP, came something else"]).await;
}

#[tokio::test]
async fn half_a_request_is_none() {
    let steps = json!([{"send": "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf", "raw": true, "patience_ms": 50},
                       {"send": "GET /whole"}]);
    passes(case(steps, json!([{"status": 200}]), json!({"requests": [{"path": "/whole"}]}))).await;
}

#[tokio::test]
async fn the_server_s_address_can_stand_in_a_redirect() {
    let reply = json!([{"status": 302, "headers": {"Location": "$server/elsewhere"}}]);
    let expect =
        json!({"results": [{"ok": {"heard": [{"head": {"$contains": "Location: http://127.0.0.1:"}}]}}]});
    passes(case(json!([{"send": "GET /"}]), reply, expect)).await;
}
