use serde_json::{Value, json};

use super::*;

/// The code that Meta refuses it with; 0 where it takes it.
fn code(interactive: &Value) -> u32 {
    check(interactive.as_object().unwrap(), &mut Checklist::default()).map_or_else(|error| error.code, |()| 0)
}

/// One with a value changed, by its JSON pointer; null takes it away.
fn changed(of: &Value, pointer: &str, value: &Value) -> Value {
    let mut of = of.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match of.pointer_mut(parent).unwrap() {
        Value::Object(object) if value.is_null() => drop(object.remove(key)),
        Value::Object(object) => drop(object.insert(key.to_owned(), value.clone())),
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value.clone(),
        _ => panic!("{pointer}"),
    }
    of
}

fn expect(of: &Value, table: &[(&str, Value, u32)]) {
    assert_eq!(code(of), 0, "{of}");
    for (pointer, value, expected) in table {
        assert_eq!(code(&changed(of, pointer, value)), *expected, "{pointer} {value}");
    }
}

fn around(kind: &str, action: &Value) -> Value {
    json!({ "type": kind, "body": { "text": "Hello" }, "action": action })
}

fn reply(id: &str, title: &str) -> Value {
    json!({ "type": "reply", "reply": { "id": id, "title": title } })
}

fn buttons() -> Value {
    around("button", &json!({ "buttons": [reply("yes", "Yes"), reply("no", "No")] }))
}

#[test]
fn what_stands_around_an_action() {
    let media = |kind: &str, media: Value| json!({ "type": kind, kind: media });
    expect(
        &buttons(),
        &[
            ("/type", json!("buttons"), 100),
            ("/type", Value::Null, 100),
            ("/action", Value::Null, 100),
            ("/body", Value::Null, 100),
            ("/body", json!("Hello"), 100),
            ("/body/text", json!(""), 100),
            ("/body/text", json!("é".repeat(1024)), 0),
            ("/body/text", json!("é".repeat(1025)), 131_009),
            ("/footer", json!({ "text": "é".repeat(60) }), 0),
            ("/footer", json!({ "text": "é".repeat(61) }), 131_009),
            ("/footer", json!({}), 100),
            ("/title", json!("x"), 100),
            ("/header", json!({ "type": "text", "text": "é".repeat(60) }), 0),
            ("/header", json!({ "type": "text", "text": "é".repeat(61) }), 131_009),
            ("/header", json!({ "type": "text" }), 100),
            ("/header", json!("Hello"), 100),
            ("/header", media("image", json!({ "id": "1" })), 0),
            ("/header", media("image", json!({ "id": "1", "caption": "x" })), 100),
            ("/header", media("image", json!({ "id": "1", "filename": "x" })), 100),
            ("/header", media("video", json!({ "link": "https://example.com/a" })), 0),
            ("/header", media("video", json!({})), 100),
            ("/header", media("document", json!({ "id": "1", "filename": "a.pdf" })), 0),
            ("/header", media("audio", json!({ "id": "1" })), 100),
        ],
    );
}

#[test]
fn buttons_that_answer() {
    let many = |count: usize| {
        let all = (0..count).map(|at| reply(&at.to_string(), &format!("Button {at}")));
        Value::Array(all.collect())
    };
    expect(
        &buttons(),
        &[
            ("/action/buttons", many(0), 131_009),
            ("/action/buttons", many(3), 0),
            ("/action/buttons", many(4), 131_009),
            ("/action/buttons", json!("x"), 100),
            ("/action/buttons", Value::Null, 100),
            ("/action/buttons/0", json!("x"), 100),
            ("/action/buttons/1/type", json!("url"), 100),
            ("/action/buttons/1/reply/id", json!("yes"), 131_009),
            ("/action/buttons/1/reply/id", json!(" no"), 131_009),
            ("/action/buttons/1/reply/id", json!(""), 100),
            ("/action/buttons/1/reply/id", json!("x".repeat(256)), 0),
            ("/action/buttons/1/reply/id", json!("x".repeat(257)), 131_009),
            ("/action/buttons/1/reply/title", json!("Yes"), 131_009),
            ("/action/buttons/1/reply/title", json!("👍".repeat(20)), 0),
            ("/action/buttons/1/reply/title", json!("👍".repeat(21)), 131_009),
        ],
    );
}

#[test]
fn lists() {
    let rows = |from: usize, count: usize| {
        let all = (from..from + count).map(|at| json!({ "id": at.to_string(), "title": "Row" }));
        Value::Array(all.collect())
    };
    let sections = |count: usize| {
        let all = (0..count).map(|at| json!({ "title": "Section", "rows": rows(at, 1) }));
        Value::Array(all.collect())
    };
    let action = json!({ "button": "Times", "sections": [
        { "title": "A", "rows": rows(0, 5) }, { "title": "B", "rows": rows(5, 5) },
    ] });
    expect(
        &around("list", &action),
        &[
            ("/body/text", json!("é".repeat(4096)), 0),
            ("/body/text", json!("é".repeat(4097)), 131_009),
            ("/header", json!({ "type": "text", "text": "Hello" }), 0),
            ("/header", json!({ "type": "image", "image": { "id": "1" } }), 131_009),
            ("/action/button", json!("x".repeat(20)), 0),
            ("/action/button", json!("x".repeat(21)), 131_009),
            ("/action/button", Value::Null, 100),
            ("/action/sections", json!([]), 131_009),
            ("/action/sections", sections(10), 0),
            ("/action/sections", sections(11), 131_009),
            ("/action/sections", json!([{ "rows": rows(0, 10) }]), 0),
            ("/action/sections", json!([{ "rows": rows(0, 11) }]), 131_009),
            ("/action/sections/1/title", Value::Null, 100),
            ("/action/sections/1/title", json!("x".repeat(24)), 0),
            ("/action/sections/1/title", json!("x".repeat(25)), 131_009),
            ("/action/sections/1/rows", rows(5, 6), 131_009),
            ("/action/sections/1/rows", json!([]), 131_009),
            ("/action/sections/1/rows/0/id", json!("0"), 131_009),
            ("/action/sections/1/rows/0/id", json!("x".repeat(200)), 0),
            ("/action/sections/1/rows/0/id", json!("x".repeat(201)), 131_009),
            ("/action/sections/1/rows/0/title", json!(""), 100),
            ("/action/sections/1/rows/0/title", json!("x".repeat(25)), 131_009),
            ("/action/sections/1/rows/0/description", json!("x".repeat(72)), 0),
            ("/action/sections/1/rows/0/description", json!("x".repeat(73)), 131_009),
            ("/action/sections/1/rows/0/description", json!(""), 100),
        ],
    );
}

#[test]
fn addresses_and_requests() {
    let parameters = json!({ "display_text": "Open", "url": "https://example.com" });
    expect(
        &around("cta_url", &json!({ "name": "cta_url", "parameters": parameters })),
        &[
            ("/action/name", json!("url"), 100),
            ("/action/parameters", Value::Null, 100),
            ("/action/parameters/display_text", json!("x".repeat(20)), 0),
            ("/action/parameters/display_text", json!("x".repeat(21)), 131_009),
            ("/action/parameters/url", json!("ftp://example.com"), 100),
            ("/action/parameters/url", Value::Null, 100),
        ],
    );
    for (kind, name) in
        [("location_request_message", "send_location"), ("request_contact_info", "request_contact_info")]
    {
        expect(
            &around(kind, &json!({ "name": name })),
            &[
                ("/action/name", json!("other"), 100),
                ("/header", json!({ "type": "text", "text": "Hello" }), 100),
                ("/footer", json!({ "text": "Hello" }), 100),
            ],
        );
    }
}

#[test]
fn products() {
    expect(
        &around("product", &json!({ "catalog_id": "1", "product_retailer_id": "a" })),
        &[
            ("/body", Value::Null, 0),
            ("/footer", json!({ "text": "Hello" }), 0),
            ("/header", json!({ "type": "text", "text": "Hello" }), 100),
            ("/action/catalog_id", Value::Null, 100),
            ("/action/product_retailer_id", json!(""), 100),
        ],
    );
    expect(
        &around("catalog_message", &json!({ "name": "catalog_message" })),
        &[
            ("/action/parameters", json!({ "thumbnail_product_retailer_id": "a" }), 0),
            ("/action/parameters", json!({}), 100),
            ("/header", json!({ "type": "text", "text": "Hello" }), 100),
        ],
    );
    let items = |count: usize| Value::Array(vec![json!({ "product_retailer_id": "a" }); count]);
    let action = json!({ "catalog_id": "1", "sections": [{ "product_items": items(30) }] });
    let list =
        changed(&around("product_list", &action), "/header", &json!({ "type": "text", "text": "Hello" }));
    expect(
        &list,
        &[
            ("/header", Value::Null, 100),
            ("/header", json!({ "type": "image", "image": { "id": "1" } }), 131_009),
            ("/action/sections/0/product_items", items(31), 131_009),
            ("/action/sections/0/product_items", items(0), 131_009),
            ("/action/sections/0/product_items", json!(["a"]), 100),
            ("/action/sections/0/title", json!("x".repeat(25)), 131_009),
            ("/action/catalog_id", Value::Null, 100),
        ],
    );
}

#[test]
fn flows() {
    let parameters = json!({
        "flow_message_version": "3", "flow_id": "1", "flow_cta": "Open", "flow_token": "t", "mode": "draft",
        "flow_action": "navigate", "flow_action_payload": { "screen": "A", "data": { "a": 1 } },
    });
    expect(
        &around("flow", &json!({ "name": "flow", "parameters": parameters })),
        &[
            ("/action/parameters/flow_message_version", json!("2"), 131_009),
            ("/action/parameters/flow_message_version", Value::Null, 100),
            ("/action/parameters/flow_name", json!("x"), 100),
            ("/action/parameters/flow_id", Value::Null, 100),
            ("/action/parameters/flow_cta", json!("x".repeat(30)), 0),
            ("/action/parameters/flow_cta", json!("x".repeat(31)), 131_009),
            ("/action/parameters/mode", json!("other"), 100),
            ("/action/parameters/flow_action", json!("other"), 100),
            ("/action/parameters/flow_action", json!("data_exchange"), 131_009),
            ("/action/parameters/flow_action", Value::Null, 0),
            ("/action/parameters/flow_action_payload/screen", Value::Null, 100),
            ("/action/parameters/flow_action_payload/data", json!({}), 131_009),
            ("/action/parameters/flow_action_payload/data", Value::Null, 0),
        ],
    );
}
