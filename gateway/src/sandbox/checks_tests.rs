use serde_json::json;

use super::*;

/// A well-formed message with one key changed; null takes the key away.
fn changed(key: &str, value: Value) -> Value {
    let mut body = json!({
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": "15551234567",
        "type": "text", "text": { "body": "hi", "preview_url": false },
    });
    body[key] = value;
    body
}

fn code(body: &Value) -> u32 {
    check(body, &[]).map_or_else(|error| error.code, |_| 0)
}

#[test]
fn the_envelope() {
    for (key, value, expected) in [
        ("messaging_product", json!("whatsapp"), 0),
        ("messaging_product", Value::Null, 100),
        ("messaging_product", json!("sms"), 100),
        ("recipient_type", json!("group"), 131_009),
        ("to", Value::Null, 100),
        ("to", json!(15_551_234_567_u64), 100),
        ("to", json!("+1 (555) 123-4567"), 0),
        ("to", json!("123456"), 131_009),
        ("to", json!("1234567890123456"), 131_009),
        ("to", json!("0155512345"), 131_009),
        ("to", json!("١٢٣٤٥٦٧٨"), 131_009),
        ("to", json!(""), 131_009),
        ("type", Value::Null, 131_008),
        ("type", json!("telegram"), 100),
        ("type", json!("location"), 100),
        ("context", json!({ "message_id": "wamid.x" }), 0),
        ("context", json!({ "message_id": "" }), 131_009),
        ("context", json!("wamid.x"), 131_009),
        ("biz_opaque_callback_data", json!("é".repeat(512)), 0),
        ("biz_opaque_callback_data", json!("e".repeat(513)), 100),
        ("biz_opaque_callback_data", json!(5), 100),
        ("something_new", json!(5), 0),
    ] {
        assert_eq!(code(&changed(key, value.clone())), expected, "{key} {value}");
    }
    assert_eq!(code(&json!([])), 100);
}

#[test]
fn texts() {
    for (text, expected) in [
        (json!({ "body": "x".repeat(4096) }), 0),
        (json!({ "body": "😀".repeat(4096) }), 0),
        (json!({ "body": "x".repeat(4097) }), 100),
        (json!({ "body": "" }), 100),
        (json!({ "body": " \n" }), 100),
        (json!({ "body": 5 }), 100),
        (json!({}), 100),
        (json!("hi"), 100),
        (json!({ "body": "hi", "preview_url": "true" }), 100),
    ] {
        assert_eq!(code(&changed("text", text.clone())), expected, "{text}");
    }
}

#[test]
fn locations() {
    for (location, expected) in [
        (json!({ "latitude": 28.6, "longitude": -77.2, "name": "a", "address": "b" }), 0),
        (json!({ "latitude": "28.6", "longitude": "-77.2" }), 0),
        (json!({ "latitude": 90, "longitude": -180 }), 0),
        (json!({ "latitude": 90.1, "longitude": 0 }), 131_009),
        (json!({ "latitude": 0, "longitude": 180.5 }), 131_009),
        (json!({ "longitude": 0 }), 100),
        (json!({ "latitude": 1, "longitude": null }), 100),
        (json!({ "latitude": "north", "longitude": 0 }), 100),
        (json!({ "latitude": "NaN", "longitude": 0 }), 100),
        (json!({ "latitude": 1, "longitude": 2, "name": 5 }), 100),
    ] {
        let mut body = changed("type", json!("location"));
        body["location"] = location.clone();
        assert_eq!(code(&body), expected, "{location}");
    }
}

#[test]
fn user_ids_go_to_recipient() {
    for (id, expected) in [
        ("US.13491208655302741918", 0),
        ("IN.ENT.ab12", 0),
        ("US.", 131_009),
        ("us.123", 131_009),
        ("123", 131_009),
    ] {
        let mut body = changed("recipient", json!(id));
        body.as_object_mut().unwrap().remove("to");
        assert_eq!(code(&body), expected, "{id}");
    }
}
