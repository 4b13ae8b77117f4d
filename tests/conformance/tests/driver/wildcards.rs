//! The wildcards, in every place where something can be expected.

use serde_json::{Value, json};

use crate::{answered, case, fails, passes};

const UUID: &str = "7f3b0c1e-9a55-4f6e-8f0a-0123456789aB";

async fn fits(expected: Value, came: Value) {
    passes(answered(json!({"ok": {"v": came}}), json!({"ok": {"v": expected}}))).await;
}

async fn differs(expected: Value, came: Value) {
    let line = ["rust: a case: results[0].ok.v"];
    fails(answered(json!({"ok": {"v": came}}), json!({"ok": {"v": expected}})), &line).await;
}

#[tokio::test]
async fn any_is_there_and_not_null() {
    for came in [json!(0), json!(""), json!(false), json!([]), json!({})] {
        fits(json!("$any"), came).await;
    }
    differs(json!("$any"), json!(null)).await;
    fails(answered(json!({"ok": {}}), json!({"ok": {"v": "$any"}})), &["expected \"$any\", came nothing"])
        .await;
}

#[tokio::test]
async fn uuid_is_the_form_of_one() {
    fits(json!("$uuid"), json!(UUID)).await;
    for came in
        ["", "7f3b0c1e9a554f6e8f0a0123456789ab", &UUID.replace('f', "g"), &format!("{UUID} "), "$uuid"]
    {
        differs(json!("$uuid"), json!(came)).await;
    }
    differs(json!("$uuid"), json!(null)).await;
}

#[tokio::test]
async fn contains_looks_into_texts_lists_and_objects() {
    fits(json!({"$contains": "b c"}), json!("a b c")).await;
    fits(json!({"$contains": "b\"c"}), json!({"k": ["a b\"c"]})).await;
    fits(json!({"$contains": "131056"}), json!(131_056)).await;
    fits(json!({"$contains": "a", "$not_contains": "d"}), json!("abc")).await;
    differs(json!({"$contains": "x"}), json!("abc")).await;
    differs(json!({"$contains": "null"}), json!(null)).await;
    differs(json!({"$contains": "a", "$not_contains": "c"}), json!("abc")).await;
}

#[tokio::test]
async fn not_contains_finds_a_secret_wherever_it_hides() {
    fits(json!({"$not_contains": "SECRET"}), json!({"message": "no", "list": [1, null]})).await;
    fits(json!({"$not_contains": "SECRET"}), json!(null)).await;
    for came in [json!("a SECRET"), json!({"SECRET": 1}), json!({"a": [{"b": "SECRET"}]})] {
        differs(json!({"$not_contains": "SECRET"}), came).await;
    }
}

#[tokio::test]
async fn wildcards_stand_in_lists_and_in_requests() {
    let steps = json!([{"send": "POST /v26.0/9?k=1", "headers": {"Idempotency-Key": UUID, "User-Agent": "wamid/0.1"},
                        "json": {"list": ["x", {"deep": "text"}], "more": 1}}]);
    let with = |request: Value| {
        let expect = json!({"requests": [request]});
        case(steps.clone(), json!([{"status": 200}]), expect)
    };
    passes(with(json!({
        "method": "$any", "path": {"$contains": "k=1"},
        "headers": {"idempotency-key": "$uuid", "user-agent": {"$contains": "wamid/"}},
        "json": {"list": ["$any", {"deep": {"$contains": "ex"}}], "more": "$any"},
    })))
    .await;
    passes(with(json!({"json": "$any"}))).await;
    passes(with(json!({"body_text": {"$contains": "\"deep\"", "$not_contains": "SECRET"}}))).await;
    fails(with(json!({"path": {"$not_contains": "k=1"}})), &["requests[0].path"]).await;
    fails(with(json!({"headers": {"user-agent": "$uuid"}})), &["requests[0].headers.user-agent"]).await;
    fails(with(json!({"headers": {"x-none": {"$not_contains": "a"}}})), &["headers.x-none", "came nothing"])
        .await;
    fails(with(json!({"json": {"list": ["$any", {"deep": "$uuid"}], "more": 1}})), &["json.list[1].deep"])
        .await;
    fails(with(json!({"json": {"list": ["$any"], "more": 1}})), &["a list of 1", "a list of 2"]).await;
    fails(
        with(json!({"json": {"list": "$any", "more": 1, "absent": {"$not_contains": "x"}}})),
        &["json.absent"],
    )
    .await;
    fails(with(json!({"body_text": {"$contains": "not there"}})), &["requests[0].body_text"]).await;
}

#[tokio::test]
async fn same_is_equal_in_requests_and_results() {
    let with = |first: &str, second: &str, came: &str| {
        let key = |value: &str| json!({"send": "POST /", "headers": {"Idempotency-Key": value}, "json": {"ref": value}});
        json!({
            "name": "a case",
            "client": {"host": "cloud"},
            "calls": [{"op": "chats", "args": {"steps": [key(first), key(second)], "answer": {"ok": {"reference": came}}}}],
            "server": [{"status": 200}, {"status": 200}],
            "expect": {
                "requests": [{"headers": {"idempotency-key": "$same:k"}, "json": {"ref": "$same:k"}},
                             {"headers": {"idempotency-key": "$same:k"}}],
                "results": [{"ok": {"reference": "$same:k"}}],
            },
        })
    };
    passes(with("one", "one", "one")).await;
    fails(
        with("one", "two", "one"),
        &["requests[1].headers.idempotency-key", "which is \"one\" at results[0].ok.reference"],
    )
    .await;
    fails(with("one", "one", "two"), &["requests[0].headers.idempotency-key"]).await;
}

#[tokio::test]
async fn same_is_never_two_absent_values() {
    let expected = json!({"ok": {"a": "$same:x", "b": "$same:x"}});
    fails(answered(json!({"ok": {}}), expected.clone()), &["results[0].ok.a", "results[0].ok.b"]).await;
    fails(answered(json!({"ok": {"a": null, "b": null}}), expected.clone()), &["results[0].ok.a"]).await;
    passes(answered(json!({"ok": {"a": 5, "b": 5.0}}), expected)).await;
}
