use serde_json::json;

use super::*;
use crate::random::Random;

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
    check(body, &Templates::new(&Random::new(None), Vec::new()), &mut Checklist::default())
        .map_or_else(|error| error.code, |_| 0)
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
fn captions_and_voice_notes() {
    for (kind, media, expected) in [
        ("image", json!({ "id": "1", "caption": "é".repeat(1024) }), 0),
        ("image", json!({ "id": "1", "caption": "é".repeat(1025) }), 100),
        ("video", json!({ "id": "1", "caption": "é".repeat(1025) }), 100),
        ("document", json!({ "id": "1", "caption": "é".repeat(1025) }), 100),
        ("document", json!({ "id": "1", "filename": 5 }), 100),
        ("audio", json!({ "id": "1", "voice": "true" }), 100),
    ] {
        let mut body = changed("type", json!(kind));
        body[kind] = media.clone();
        assert_eq!(code(&body), expected, "{kind} {media}");
    }
}

#[test]
fn reactions() {
    for (reaction, expected) in [
        (json!({ "message_id": "wamid.A", "emoji": "👍🏽" }), 0),
        (json!({ "message_id": "wamid.A", "emoji": "" }), 0),
        (json!({ "message_id": "wamid.A" }), 100),
        (json!({ "emoji": "👍" }), 100),
        (json!({ "message_id": "", "emoji": "👍" }), 100),
        (json!({ "message_id": "wamid.A", "emoji": 5 }), 100),
        (json!({ "message_id": "wamid.A", "emoji": "👍", "id": "1" }), 100),
    ] {
        let mut body = changed("type", json!("reaction"));
        body["reaction"] = reaction.clone();
        assert_eq!(code(&body), expected, "{reaction}");
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

#[test]
fn a_null_is_an_absent_field_wherever_it_stands() {
    for (key, value, expected) in [
        ("recipient_type", Value::Null, 0),
        ("context", Value::Null, 0),
        ("context", json!({ "message_id": null }), 131_009),
        ("recipient", Value::Null, 0),
        ("biz_opaque_callback_data", Value::Null, 0),
        ("template", Value::Null, 0),
        ("text", json!({ "body": "hi", "preview_url": null }), 0),
        ("text", json!({ "body": null }), 100),
        ("text", Value::Null, 100),
    ] {
        assert_eq!(code(&changed(key, value.clone())), expected, "{key} {value}");
    }
    let mut pin = changed("type", json!("location"));
    pin["location"] = json!({ "latitude": 1, "longitude": 2, "name": null, "address": null });
    assert_eq!(code(&pin), 0);

    let mut template = changed("type", json!("template"));
    let known = Templates::new(&Random::new(None), vec!["order:0:1".parse().unwrap()]);
    let parameter = json!({ "type": "text", "text": "a", "parameter_name": null });
    template["template"] = json!({ "name": "order", "language": { "code": "en", "policy": null }, "components": [
        { "type": "body", "parameters": [parameter], "sub_type": null, "index": null },
        { "type": "header", "parameters": null },
        { "type": "button", "sub_type": "catalog", "index": 0, "parameters": null },
    ] });
    assert_eq!(
        check(&template, &known, &mut Checklist::default()).map(|taken| taken.kind),
        Ok("template".to_owned())
    );
    template["template"]["components"] = Value::Null;
    assert_eq!(check(&template, &known, &mut Checklist::default()).map_err(|error| error.code), Err(132_000));
}

#[test]
fn a_medium_has_one_source_and_no_key_of_another_kind() {
    for (kind, media, expected) in [
        ("image", json!({ "link": "https://example.com/a.png", "caption": "a" }), 0),
        ("image", json!({ "id": "1", "link": null }), 0),
        ("image", json!({ "id": "1", "link": "https://example.com/a.png" }), 100),
        ("image", json!({ "caption": "a" }), 100),
        ("image", json!({ "id": "1", "filename": "a.png" }), 100),
        ("video", json!({ "id": "1", "filename": "a.mp4" }), 100),
        ("video", json!({ "id": "1", "caption": "a" }), 0),
        ("audio", json!({ "id": "1", "voice": true }), 0),
        ("audio", json!({ "id": "1", "caption": "a" }), 100),
        ("sticker", json!({ "id": "1", "filename": "a.webp" }), 100),
        ("document", json!({ "id": "1", "filename": "a.pdf", "caption": "a" }), 0),
        ("image", json!({ "link": "ftp://example.com/a.png" }), 100),
        ("image", json!({ "link": "https://" }), 100),
    ] {
        let mut body = changed("type", json!(kind));
        body[kind] = media.clone();
        assert_eq!(code(&body), expected, "{kind} {media}");
    }
    let mut body = changed("type", json!("audio"));
    body["audio"] = json!({ "id": "1", "caption": "a" });
    let error =
        check(&body, &Templates::new(&Random::new(None), Vec::new()), &mut Checklist::default()).unwrap_err();
    assert_eq!(error.message, "(#100) Unexpected key \"caption\" on param \"audio\".");
}

#[test]
fn the_bodies_of_the_conformance_cases_are_taken() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/conformance/cases");
    let mut taken = std::collections::BTreeSet::new();
    for kind in [
        "audio",
        "catalog",
        "contact_request",
        "contacts",
        "cta_url",
        "document",
        "flow",
        "image",
        "list",
        "location_request",
        "product",
        "product_list",
        "reaction",
        "reply_buttons",
        "sticker",
        "video",
    ] {
        let cases = std::fs::read_to_string(folder.join(format!("{kind}.json"))).unwrap();
        let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
        let requests = cases.iter().filter_map(|case| case["expect"]["requests"].as_array()).flatten();
        for body in requests.map(|request| &request["json"]).filter(|body| body["type"].is_string()) {
            let answer =
                check(body, &Templates::new(&Random::new(None), Vec::new()), &mut Checklist::default())
                    .map(|taken| taken.kind);
            assert_eq!(answer.as_ref().map(String::as_str), Ok(body["type"].as_str().unwrap()), "{body}");
            taken.insert(kind);
        }
    }
    assert_eq!(taken.len(), 16);
}
