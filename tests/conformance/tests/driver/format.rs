//! Cases are read strictly: a typing error must not make a test that cannot fail.

use serde_json::{Value, json};
use wamid_conformance::{Error, Options, run};

use crate::{drive, drive_with, fails, languages, passes, write};

fn sound() -> Value {
    json!({
        "name": "a case",
        "client": {"host": "cloud"},
        "calls": [{"op": "chats", "args": {"answer": {"ok": {}}}}],
        "server": [{"status": 200}],
        "expect": {"requests": [], "results": [{"ok": {}}]},
    })
}

/// The sound case with one place changed. A place ending in a new key adds it.
fn with(place: &str, value: Value) -> Value {
    let mut case = sound();
    let (parent, key) = place.rsplit_once('/').unwrap();
    case.pointer_mut(parent).unwrap()[key] = value;
    case
}

async fn refused(case: Value, texts: &[&str]) {
    let (result, _) = drive_with(&case, |_| {}).await;
    let message = match result {
        Err(why @ Error::Cases(_)) => why.to_string(),
        other => panic!("read without complaint: {case}: {other:?}"),
    };
    for text in texts {
        assert!(message.contains(text), "no {text:?} in {message}");
    }
}

#[tokio::test]
async fn the_sound_case_passes() {
    passes(sound()).await;
}

#[tokio::test]
async fn an_unknown_key_anywhere_names_file_case_and_place() {
    for (place, told) in [
        ("/expects", "expects: unknown"),
        ("/calls/0/arg", "calls[0].arg: unknown"),
        ("/server/0/body", "server[0].body: unknown"),
        ("/expect/result", "expect.result: unknown"),
        ("/expect/requests", "expect.requests"),
    ] {
        let value = if place == "/expect/requests" { json!([{"header": {}}]) } else { json!(1) };
        refused(with(place, value), &["cases.json: case `a case`: ", told]).await;
    }
    refused(with("/expect/elapsed_ms", json!({"maximum": 1})), &["expect.elapsed_ms.maximum: unknown"]).await;
}

#[tokio::test]
async fn what_could_never_fail_or_never_run_is_refused() {
    refused(with("/expect", json!({})), &["could not fail"]).await;
    refused(with("/expect/elapsed_ms", json!({})), &["neither min nor max"]).await;
    refused(with("/expect/results", json!([])), &["1 calls, 0 results"]).await;
    refused(with("/expect/results", json!([{}])), &["results[0]"]).await;
    refused(with("/expect/results", json!([{"okay": 1}])), &["results[0]"]).await;
    refused(with("/expect", json!({"results": [{"ok": {}}], "unordered": true})), &["no requests beside it"])
        .await;
    refused(with("/calls", json!([])), &["at least one"]).await;
    refused(with("/calls/0/op", json!("send_mesage")), &["calls[0].op: there is no operation `send_mesage`"])
        .await;
    refused(with("/calls/0/args", json!("text")), &["calls[0].args"]).await;
    refused(with("/only", json!([])), &["leave no language"]).await;
    refused(with("/only", json!(["phyton"])), &["no language `phyton`"]).await;
    refused(with("/skip", json!(["phyton"])), &["no language `phyton`"]).await;
    refused(with("/name", json!("")), &["cases.json: case 1: no name"]).await;
    refused(with("/expect/results", json!([{"error": {"message": {"$contains": 5}}}])), &["takes a text"])
        .await;
    refused(with("/expect/requests", json!([{"json": 1, "body_text": "1"}])), &["requests[0].body_text"])
        .await;
}

#[tokio::test]
async fn replies_that_contradict_themselves_are_refused() {
    for (reply, told) in [
        (json!({}), "status"),
        (json!({"status": 20}), "three digits"),
        (json!({"status": 200, "json": 1, "text": "1"}), "beside json"),
        (json!({"hang_ms": 1, "status": 200}), "server[0].status: unknown"),
        (json!({"hang_ms": 1, "close": "after_read"}), "beside hang_ms"),
        (json!({"close": "later"}), "no way `later`"),
        (json!({"status": 200, "headers": {"a": "b\r\nc: d"}}), "no header"),
    ] {
        refused(with("/server", json!([reply])), &["server[0]", told]).await;
    }
    refused(with("/server", json!("reject")), &["refuse"]).await;
}

#[tokio::test]
async fn a_key_that_stands_twice_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for text in [
        r#"{"name": "a", "name": "b"}"#,
        r#"{"name": "a", "calls": [{"op": "chats"}], "expect": {"results": [{"ok": {"id": 1, "id": 2}}]}}"#,
        r#"{"name": "a", "calls": [{"op": "chats"}], "expect": {"results": [{"ok": {}}]}"#,
    ] {
        write(folder.path(), "twice.json", text);
        let error = run(&Options::new(folder.path(), languages("rust")), &mut Vec::new()).await.unwrap_err();
        assert!(error.to_string().contains("twice.json"), "{error}");
    }
}

#[tokio::test]
async fn folders_are_read_to_their_depths_and_a_name_stands_once() {
    let folder = tempfile::tempdir().unwrap();
    let named = |name: &str| {
        let mut case = sound();
        case["name"] = name.into();
        case
    };
    write(folder.path(), "b/deep/two.json", &json!([named("second"), named("third")]).to_string());
    write(folder.path(), "a.json", &named("first").to_string());
    write(folder.path(), "notes.txt", "no case");
    let options = Options::new(folder.path(), languages("rust"));
    let summary = run(&options, &mut Vec::new()).await.unwrap();
    let names: Vec<&str> = summary.languages[0].cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["first", "second", "third"]);
    write(folder.path(), "c.json", &named("second").to_string());
    let error = run(&options, &mut Vec::new()).await.unwrap_err().to_string();
    assert!(error.contains("c.json: case `second`") && error.contains("two.json already"), "{error}");
}

#[tokio::test]
async fn the_client_gets_the_address_a_store_and_nothing_else() {
    let with = |client: Value, expected: Value| {
        json!({"name": "a case", "client": client, "calls": [{"op": "chats", "args": {}}],
               "expect": {"results": [{"ok": {"client": expected}}]}})
    };
    let address = json!({"$contains": "http://127.0.0.1:", "$not_contains": "$"});
    passes(with(
        json!({"host": "cloud", "timeout": 0.5}),
        json!({"graph_url": address, "base_url": null, "timeout": 0.5, "store": null}),
    ))
    .await;
    passes(with(json!({"host": "gateway"}), json!({"base_url": address, "graph_url": null}))).await;
    passes(with(
        json!({"host": "gateway", "base_url": "$server/whatsapp/"}),
        json!({"base_url": {"$contains": "/whatsapp/"}}),
    ))
    .await;
    passes(with(json!({"host": "cloud", "proxy": "$server"}), json!({"proxy": address}))).await;
    passes(with(json!({"host": "cloud", "graph_url": "ftp://x"}), json!({"graph_url": "ftp://x"}))).await;
    passes(with(json!({"host": "cloud", "store": "$store"}), json!({"store": {"$contains": "sqlite:/"}})))
        .await;
    fails(with(json!({"host": "cloud"}), json!({"graph_url": "http://127.0.0.1:1"})), &["client.graph_url"])
        .await;
    passes(json!({"name": "a case", "calls": [{"op": "verify_webhook"}],
                  "expect": {"results": [{"ok": {"client": null, "line": {"$contains": "{\"client\":null,\"op\":\"verify_webhook\",\"args\":{}}"}}}]}}))
        .await;
}

#[tokio::test]
async fn a_store_is_fresh_for_each_case_and_its_folder_is_there() {
    let call = json!({"op": "chats"});
    let expected = json!({"ok": {"client": {"store": "$same:store"}}});
    let case = |name: &str| {
        json!({"name": name, "client": {"host": "cloud", "store": "$store"}, "calls": [call, call],
               "expect": {"results": [expected, expected]}})
    };
    let (summary, text) = drive(&json!([case("one"), case("two")])).await;
    assert_eq!(summary.passed, 2, "{text}");
    let mut wrong = case("three");
    wrong["expect"]["results"] = json!([{"ok": {"client": {"store": "x"}}}, expected]);
    let mut other = wrong.clone();
    other["name"] = "four".into();
    let (summary, _) = drive(&json!([wrong, other])).await;
    let stores: Vec<&String> =
        summary.languages[0].cases.iter().map(|case| &case.differences[0].came).collect();
    assert_ne!(stores[0], stores[1], "two cases shared a store");
}

#[tokio::test]
async fn arguments_reach_the_runner_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let args =
        r#"{"lone": "\ud800", "text": "a \" {b} \\", "big": 123456789012345678901234567890, "float": 5.0}"#;
    let case = r#"{"name": "a case", "calls": [{"op": "chats", "args": ARGS}],
                   "expect": {"results": [{"ok": {"line": {"$contains": "LINE"}}}]}}"#;
    // The scripted runner cannot read a lone surrogate, but repeats the line it got.
    let line = r#"{"lone":"\ud800","text":"a \" {b} \\","big":123456789012345678901234567890,"float":5.0}"#;
    let line = serde_json::to_string(line).unwrap();
    let case = case.replace("ARGS", &args.replace(", ", ",\n  ")).replace("\"LINE\"", &line);
    write(folder.path(), "case.json", &case);
    let mut out = Vec::new();
    let summary = run(&Options::new(folder.path(), languages("rust")), &mut out).await.unwrap();
    assert_eq!(summary.passed, 1, "{}", String::from_utf8_lossy(&out));
}
