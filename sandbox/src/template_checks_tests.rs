use serde_json::json;

use super::*;
use crate::random::Random;

fn code(template: &Value) -> u32 {
    let known = ["plain:0:0", "two:0:2", "headed:1:1"].iter().map(|text| text.parse().unwrap()).collect();
    check(
        template.as_object().unwrap(),
        &Templates::new(&Random::new(None), known),
        &mut Checklist::default(),
    )
    .map_or_else(|error| error.code, |()| 0)
}

fn two(parameters: Value) -> Value {
    json!({ "name": "two", "language": { "code": "en_US" },
        "components": [{ "type": "body", "parameters": parameters }] })
}

fn with_button(button: Value) -> Value {
    json!({ "name": "plain", "language": { "code": "en" }, "components": [button] })
}

#[test]
fn names_and_languages() {
    for (name, language, expected) in [
        (json!("plain"), json!({ "code": "en" }), 0),
        (json!("plain"), json!({ "code": "zh_Hant_HK", "policy": "deterministic" }), 0),
        (json!("plain"), json!({ "code": "en-US" }), 100),
        (json!("plain"), json!({ "code": "english" }), 100),
        (json!("plain"), json!({}), 100),
        (json!("plain"), json!("en"), 100),
        (json!("Plain"), json!({ "code": "en" }), 100),
        (json!(null), json!({ "code": "en" }), 100),
        (json!("unknown"), json!({ "code": "en" }), 132_001),
    ] {
        let template = json!({ "name": name, "language": language });
        assert_eq!(code(&template), expected, "{template}");
    }
}

#[test]
fn counts_and_parameters() {
    let text = |text: &str| json!({ "type": "text", "text": text });
    for (parameters, expected) in [
        (json!([text("a"), text("b")]), 0),
        (json!([{ "type": "text", "parameter_name": "x", "text": "a" }, text("b")]), 0),
        (json!([text("a")]), 132_000),
        (json!([text("a"), text("b"), text("c")]), 132_000),
        (json!([text("a"), text("")]), 131_008),
        (json!([text("a"), text("b\nc")]), 132_018),
        (json!([text("a"), text("b\tc")]), 132_018),
        (json!([text("a"), text("b    c")]), 0),
        (json!([text("a"), text("b     c")]), 132_018),
        (json!([text("a"), { "type": "text" }]), 100),
        (json!([text("a"), { "type": "text", "text": 5 }]), 132_012),
        (json!([text("a"), "b"]), 132_012),
        (json!([text("a"), { "text": "b" }]), 132_012),
        (json!([text("a"), { "type": "date_time", "date_time": { "fallback_value": "today" } }]), 0),
        (json!([text("a"), { "type": "date_time", "date_time": {} }]), 132_012),
        (
            json!([text("a"), { "type": "currency",
            "currency": { "fallback_value": "€5", "code": "EUR", "amount_1000": 5000 } }]),
            0,
        ),
        (json!([text("a"), { "type": "currency", "currency": { "code": "EUR" } }]), 132_012),
        (json!([text("a"), text(&"x".repeat(32_769))]), 132_005),
    ] {
        assert_eq!(code(&two(parameters.clone())), expected, "{parameters}");
    }
    assert_eq!(code(&json!({ "name": "two", "language": { "code": "en" } })), 132_000);
}

#[test]
fn headers() {
    let headed = |header: Value| {
        json!({ "name": "headed", "language": { "code": "en" }, "components": [
            { "type": "header", "parameters": [header] },
            { "type": "body", "parameters": [{ "type": "text", "text": "a" }] },
        ] })
    };
    for (header, expected) in [
        (json!({ "type": "text", "text": "a" }), 0),
        (json!({ "type": "image", "image": { "link": "https://example.com/a.png" } }), 0),
        (json!({ "type": "image", "image": {} }), 132_012),
        (
            json!({ "type": "image", "image": { "link": "https://example.com/a.png", "filename": "a.png" } }),
            100,
        ),
        (json!({ "type": "video", "video": { "id": "1", "filename": "a.mp4" } }), 100),
        (json!({ "type": "document", "document": { "id": "1", "filename": "a.pdf" } }), 0),
        (json!({ "type": "image", "image": { "id": "1", "link": "https://example.com/a.png" } }), 132_012),
        (json!({ "type": "location", "location": { "latitude": 1, "longitude": 2 } }), 0),
        (json!({ "type": "hologram", "hologram": { "id": "1" } }), 132_012),
    ] {
        assert_eq!(code(&headed(header.clone())), expected, "{header}");
    }
}

#[test]
fn buttons() {
    let button = |sub_type: &str, index: Value, parameter: Value| {
        with_button(
            json!({ "type": "button", "sub_type": sub_type, "index": index, "parameters": [parameter] }),
        )
    };
    let url = json!({ "type": "text", "text": "a" });
    let payload = |length: usize| json!({ "type": "payload", "payload": "x".repeat(length) });
    let coupon = |length: usize| json!({ "type": "coupon_code", "coupon_code": "x".repeat(length) });
    for (template, expected) in [
        (button("url", json!("0"), url.clone()), 0),
        (button("url", json!("9"), url.clone()), 0),
        (button("url", json!("10"), url.clone()), 131_009),
        (button("url", json!(0), url.clone()), 0),
        (button("url", json!(9), url.clone()), 0),
        (button("url", json!(10), url.clone()), 131_009),
        (button("url", json!(-1), url.clone()), 131_009),
        (button("url", json!(0.5), url.clone()), 131_009),
        (button("url", json!("+1"), url.clone()), 131_009),
        (button("url", json!(true), url.clone()), 131_009),
        (button("url", Value::Null, url.clone()), 131_009),
        (button("telepathy", json!("0"), url.clone()), 100),
        (button("phone_number", json!("0"), url.clone()), 100),
        (button("reminder", json!("0"), url.clone()), 0),
        (button("BOOKING_CONFIRMATION", json!(1), url.clone()), 0),
        (button("voice_call", json!(0), json!({ "type": "ttl_minutes", "ttl_minutes": 5 })), 0),
        (with_button(json!({ "type": "button", "sub_type": "voice_call" })), 0),
        (button("quick_reply", json!("0"), url), 132_012),
        (button("quick_reply", json!("0"), payload(256)), 0),
        (button("quick_reply", json!("0"), payload(257)), 131_009),
        (button("quick_reply", json!("0"), payload(0)), 131_008),
        (button("copy_code", json!("0"), coupon(20)), 0),
        (button("copy_code", json!("0"), coupon(21)), 131_009),
        (button("FLOW", json!("0"), json!({ "type": "action", "action": { "flow_token": "t" } })), 0),
        (button("flow", json!("0"), json!({ "type": "action" })), 132_012),
        (button("flow", json!("0"), json!({ "type": "action", "action": {} })), 131_008),
        (button("catalog", json!("0"), json!({ "type": "action", "action": {} })), 131_008),
        (with_button(json!({ "type": "button", "sub_type": "url", "index": "0" })), 131_008),
        (with_button(json!({ "type": "button", "sub_type": "mpm", "index": "0" })), 131_008),
        (with_button(json!({ "type": "button", "sub_type": "catalog", "index": "0" })), 0),
        (with_button(json!({ "type": "footer" })), 100),
    ] {
        assert_eq!(code(&template), expected, "{template}");
    }
}

#[test]
fn products() {
    let section = |title: &str, count: usize| {
        let items: Vec<Value> =
            (0..count).map(|at| json!({ "product_retailer_id": at.to_string() })).collect();
        json!({ "title": title, "product_items": items })
    };
    let button = |action: Value| {
        with_button(json!({ "type": "button", "sub_type": "mpm", "index": "0",
            "parameters": [{ "type": "action", "action": action }] }))
    };
    let of = |sections: Value| json!({ "thumbnail_product_retailer_id": "1", "sections": sections });
    let many = |count: usize| Value::from(vec![section("a", 1); count]);
    for (action, expected) in [
        (of(json!([section("", 1)])), 0),
        (of(json!([section("", 1), section("b", 1)])), 131_009),
        (of(json!([])), 131_009),
        (of(many(10)), 0),
        (of(many(11)), 131_009),
        (of(json!([section("a", 15), section("b", 15)])), 0),
        (of(json!([section("a", 15), section("b", 16)])), 131_009),
        (of(json!([section(&"x".repeat(24), 1)])), 0),
        (of(json!([section(&"x".repeat(25), 1)])), 131_009),
        (of(json!([section("a", 0)])), 131_009),
        (json!({ "sections": [section("a", 1)] }), 131_009),
        (json!({ "thumbnail_product_retailer_id": "1" }), 131_009),
    ] {
        assert_eq!(code(&button(action.clone())), expected, "{action}");
    }
}
