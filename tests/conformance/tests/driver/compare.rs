//! What is equal and what is not.

use serde_json::{Value, json};

use crate::{answered, case, fails, passes};

fn sent(body: Value, expected: Value) -> Value {
    let steps = json!([{"send": "POST /", "json": body}]);
    case(steps, json!([{"status": 200}]), json!({"requests": [{"json": expected}]}))
}

#[tokio::test]
async fn a_request_s_json_is_equal_and_not_merely_alike() {
    passes(sent(json!({"a": 1, "b": [1.5, null]}), json!({"b": [1.5, null], "a": 1.0}))).await;
    fails(
        sent(json!({"a": 1, "extra": 2}), json!({"a": 1})),
        &["requests[0].json.extra: expected no such key, came 2"],
    )
    .await;
    fails(
        sent(json!({"a": 1}), json!({"a": 1, "b": null})),
        &["requests[0].json.b: expected null, came nothing"],
    )
    .await;
    fails(sent(json!({"a": {"b": 1}}), json!({"a": {}})), &["requests[0].json.a.b"]).await;
    fails(sent(json!({"a": "1"}), json!({"a": 1})), &["expected 1, came \"1\""]).await;
    fails(sent(json!({"a": 0}), json!({"a": false})), &["expected false, came 0"]).await;
    fails(sent(json!([1, 2]), json!([2, 1])), &["json[0]", "json[1]"]).await;
}

#[tokio::test]
async fn large_whole_numbers_are_compared_exactly() {
    fails(
        sent(json!({"id": 9_007_199_254_740_993_u64}), json!({"id": 9_007_199_254_740_992_u64})),
        &["json.id"],
    )
    .await;
    fails(
        sent(json!({"id": 9_007_199_254_740_993_u64}), json!({"id": 9_007_199_254_740_992.0})),
        &["json.id"],
    )
    .await;
    passes(sent(json!({"id": u64::MAX, "low": i64::MIN}), json!({"id": u64::MAX, "low": i64::MIN}))).await;
}

#[tokio::test]
async fn a_body_that_is_no_json_or_has_a_key_twice_is_told() {
    for body in ["to=91987", "{\"to\":1,\"to\":1}"] {
        let steps = json!([{"send": "POST /", "body": body}]);
        let expect = json!({"requests": [{"json": {"to": 1}}]});
        fails(case(steps, json!([{"status": 200}]), expect), &["requests[0].json", "no JSON", body]).await;
    }
}

#[tokio::test]
async fn a_body_can_be_compared_as_text() {
    let with = |text: &str| {
        let steps = json!([{"send": "POST /", "body": "a=b"}]);
        case(steps, json!([{"status": 200}]), json!({"requests": [{"body_text": text}]}))
    };
    passes(with("a=b")).await;
    fails(with("a=c"), &["requests[0].body_text: expected \"a=c\", came \"a=b\""]).await;
}

#[tokio::test]
async fn method_path_and_headers_are_compared() {
    let with = |request: Value| {
        let steps = json!([{"send": "POST /a?b=1", "headers": {"X-Key": "k"}}]);
        case(steps, json!([{"status": 200}]), json!({"requests": [request]}))
    };
    fails(with(json!({"method": "GET"})), &["requests[0].method: expected \"GET\", came \"POST\""]).await;
    fails(with(json!({"path": "/a"})), &["requests[0].path: expected \"/a\", came \"/a?b=1\""]).await;
    fails(with(json!({"headers": {"x-key": "K"}})), &["requests[0].headers.x-key"]).await;
    fails(with(json!({"headers": {"x-other": "$any"}})), &["requests[0].headers.x-other", "came nothing"])
        .await;
    fails(with(json!({"absent_headers": ["x-KEY"]})), &["expected no such header, came \"k\""]).await;
}

#[tokio::test]
async fn missing_and_additional_requests_are_told() {
    let with = |requests: Value| {
        let steps = json!([{"send": "GET /1"}, {"send": "GET /2"}]);
        case(steps, json!([{"status": 200}, {"status": 200}]), json!({"requests": requests}))
    };
    fails(with(json!([])), &["expected 0 requests, came 2 requests: GET /1, GET /2"]).await;
    fails(with(json!([{}, {}, {}])), &["expected 3 requests, came 2 requests"]).await;
    fails(with(json!([{"path": "/2"}, {"path": "/1"}])), &["requests[0].path", "requests[1].path"]).await;
}

#[tokio::test]
async fn of_a_result_only_the_listed_keys_are_compared() {
    let came = json!({"ok": {"id": "a", "more": 1, "list": [{"x": 1, "y": 2}, {"x": 3}], "none": null}});
    let with = |expected: Value| answered(came.clone(), json!({"ok": expected}));
    passes(with(json!({"id": "a", "list": [{"x": 1.0}, {}], "none": null, "absent": null}))).await;
    fails(with(json!({"list": [{"x": 1}]})), &["results[0].ok.list: expected a list of 1"]).await;
    fails(with(json!({"list": [{"x": 1}, {"x": 4}]})), &["results[0].ok.list[1].x: expected 4, came 3"])
        .await;
    fails(with(json!({"id": null})), &["results[0].ok.id: expected null, came \"a\""]).await;
    fails(with(json!({"absent": "x"})), &["results[0].ok.absent: expected \"x\", came nothing"]).await;
    fails(with(json!([])), &["results[0].ok"]).await;
}

#[tokio::test]
async fn an_error_is_no_result_even_where_nothing_is_listed() {
    let error = json!({"error": {"kind": "UNTYPED", "message": "TypeError: phone"}});
    for expected in [json!({"ok": null}), json!({"ok": {}}), json!({"ok": "$any"})] {
        fails(answered(error.clone(), expected), &["results[0]", "TypeError: phone"]).await;
    }
    fails(answered(json!({"ok": {}}), json!({"error": null})), &["results[0]"]).await;
    fails(
        answered(error, json!({"error": {"kind": "invalid_input"}})),
        &["expected \"invalid_input\", came \"UNTYPED\""],
    )
    .await;
}

#[tokio::test]
async fn each_call_has_its_result_and_its_client() {
    let call = |n: u64| json!({"op": "chats", "args": {"answer": {"ok": {"n": n}}}});
    let with = |second: u64| {
        json!({"name": "a case", "calls": [call(1), call(2)],
               "expect": {"results": [{"ok": {"n": 1}}, {"ok": {"n": second}}]}})
    };
    passes(with(2)).await;
    fails(with(3), &["results[1].ok.n: expected 3, came 2"]).await;
}

#[tokio::test]
async fn elapsed_time_has_two_bounds() {
    let with = |bounds: Value| case(json!([{"sleep_ms": 200}]), json!([]), json!({"elapsed_ms": bounds}));
    passes(with(json!({"min": 200, "max": 20_000}))).await;
    fails(with(json!({"min": 20_000})), &["elapsed_ms: expected at least 20000"]).await;
    fails(with(json!({"max": 100})), &["elapsed_ms: expected at most 100"]).await;
}
