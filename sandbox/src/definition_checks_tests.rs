use serde_json::json;

use super::super::account::Templates;
use super::super::checklist::Checklist;
use super::super::template_checks;
use super::*;
use crate::random::Random;

/// The code of a message with these components, to a template that was made of those; 0 where it is taken.
fn code_of(template: &Value, components: &Value) -> u32 {
    let mut templates = Templates::new(&Random::new(None), Vec::new());
    templates.create(&Random::new(None), template.as_object().unwrap().clone()).unwrap();
    let sent = json!({ "name": "made", "language": { "code": "en_US" }, "components": components });
    template_checks::check(sent.as_object().unwrap(), &templates, &mut Checklist::default())
        .map_or_else(|error| error.code, |()| 0)
}

fn made(components: Value) -> Value {
    json!({ "name": "made", "language": "en_US", "category": "MARKETING", "components": components })
}

fn text(text: &str) -> Value {
    json!({ "type": "text", "text": text })
}

fn image() -> Value {
    json!({ "type": "image", "image": { "id": "1" } })
}

fn part(kind: &str, parameters: Value) -> Value {
    json!({ "type": kind, "parameters": parameters })
}

fn button(sub_type: &str, index: u64, parameter: Value) -> Value {
    json!({ "type": "button", "sub_type": sub_type, "index": index.to_string(), "parameters": [parameter] })
}

#[test]
fn counts_and_names() {
    let counted = made(json!([{ "type": "HEADER", "format": "TEXT", "text": "Order {{1}}" },
        { "type": "BODY", "text": "{{1}}, {{2}} and {{1}}" }]));
    let header = part("header", json!([text("a")]));
    let body = part("body", json!([text("a"), text("b")]));
    assert_eq!(code_of(&counted, &json!([header, body])), 0);
    assert_eq!(code_of(&counted, &json!([body])), 132_000);
    assert_eq!(code_of(&counted, &json!([header, part("body", json!([text("a")]))])), 132_000);
    assert_eq!(code_of(&counted, &json!([part("header", json!([image()])), body])), 132_012);

    let mut named = made(json!([{ "type": "BODY", "text": "{{name}}, {{order}}" }]));
    named["parameter_format"] = json!("NAMED");
    let value = |name: &str| json!({ "type": "text", "parameter_name": name, "text": "a" });
    for (names, expected) in [
        (json!([value("order"), value("name")]), 0),
        (json!([value("order"), value("nickname")]), 132_012),
        (json!([value("order"), value("order")]), 132_012),
        (json!([value("order")]), 132_000),
        (json!([text("a"), text("b")]), 100),
    ] {
        assert_eq!(code_of(&named, &json!([part("body", names.clone())])), expected, "{names}");
    }
}

#[test]
fn names_languages_and_statuses() {
    let mut templates = Templates::new(&Random::new(None), Vec::new());
    for template in [
        made(json!([])),
        json!({ "name": "rejected_one", "language": "en_US", "category": "UTILITY", "components": [] }),
    ] {
        templates.create(&Random::new(None), template.as_object().unwrap().clone()).unwrap();
    }
    for (name, language, expected) in [
        ("made", "en_US", 0),
        ("made", "de", 132_001),
        ("rejected_one", "en_US", 132_001),
        ("other", "en_US", 132_001),
    ] {
        let sent = json!({ "name": name, "language": { "code": language } });
        let code = template_checks::check(sent.as_object().unwrap(), &templates, &mut Checklist::default())
            .map_or_else(|error| error.code, |()| 0);
        assert_eq!(code, expected, "{name} {language}");
    }
}

#[test]
fn headers() {
    for (format, fits) in [
        ("IMAGE", image()),
        ("VIDEO", json!({ "type": "video", "video": { "id": "1" } })),
        ("DOCUMENT", json!({ "type": "document", "document": { "id": "1" } })),
        ("LOCATION", json!({ "type": "location", "location": { "latitude": 1, "longitude": 2 } })),
    ] {
        let template =
            made(json!([{ "type": "HEADER", "format": format }, { "type": "BODY", "text": "Hello." }]));
        assert_eq!(code_of(&template, &json!([part("header", json!([fits]))])), 0, "{format}");
        assert_eq!(code_of(&template, &json!([part("header", json!([text("a")]))])), 132_012, "{format}");
        assert_eq!(code_of(&template, &json!([])), 132_012, "{format}");
    }
    let bare = made(json!([{ "type": "BODY", "text": "Hello." }]));
    assert_eq!(code_of(&bare, &json!([part("header", json!([image()]))])), 132_000);
}

#[test]
fn buttons() {
    let template = made(json!([{ "type": "BODY", "text": "Hello." }, { "type": "BUTTONS", "buttons": [
        { "type": "QUICK_REPLY", "text": "Stop" },
        { "type": "URL", "text": "Track", "url": "https://example.com/{{1}}" },
        { "type": "URL", "text": "Shop", "url": "https://example.com" },
        { "type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550051310" },
    ] }]));
    let track = button("url", 1, text("a"));
    let payload = json!({ "type": "payload", "payload": "STOP" });
    for (buttons, expected) in [
        (json!([track]), 0),
        (json!([button("quick_reply", 0, payload.clone()), track]), 0),
        (json!([]), 131_008),
        (json!([track, button("url", 0, text("a"))]), 132_012),
        (json!([track, button("url", 2, text("a"))]), 132_018),
        (json!([track, button("quick_reply", 3, payload.clone())]), 132_012),
        (json!([track, button("quick_reply", 4, payload)]), 132_018),
    ] {
        assert_eq!(code_of(&template, &buttons), expected, "{buttons}");
    }
}

#[test]
fn offers_and_codes() {
    let offer = |offer: Value| {
        made(
            json!([{ "type": "LIMITED_TIME_OFFER", "limited_time_offer": offer }, { "type": "BODY", "text": "Hello." }]),
        )
    };
    let ends = json!({ "type": "limited_time_offer", "parameters": [{ "type": "limited_time_offer",
        "limited_time_offer": { "expiration_time_ms": 1_800_000_000_000_u64 } }] });
    assert_eq!(code_of(&offer(json!({ "text": "Soon", "has_expiration": true })), &json!([ends])), 0);
    assert_eq!(code_of(&offer(json!({ "text": "Soon", "has_expiration": true })), &json!([])), 132_012);
    assert_eq!(code_of(&offer(json!({ "text": "Soon" })), &json!([])), 0);
    assert_eq!(code_of(&made(json!([{ "type": "BODY", "text": "Hello." }])), &json!([ends])), 132_012);

    let mut code = made(json!([{ "type": "BODY", "add_security_recommendation": true },
        { "type": "BUTTONS", "buttons": [{ "type": "OTP", "otp_type": "COPY_CODE" }] }]));
    code["category"] = json!("AUTHENTICATION");
    let body = part("body", json!([text("123456")]));
    assert_eq!(code_of(&code, &json!([body, button("url", 0, text("123456"))])), 0);
    assert_eq!(code_of(&code, &json!([body])), 131_008);
    assert_eq!(code_of(&code, &json!([])), 132_000);
}

#[test]
fn carousels() {
    let card = |format: &str| json!({ "components": [{ "type": "HEADER", "format": format }, { "type": "BODY", "text": "{{1}}" }] });
    let sent = |at: u64, header: Value| json!({ "card_index": at, "components": [part("header", json!([header])), part("body", json!([text("a")]))] });
    let carousel = |cards: Value| json!([{ "type": "carousel", "cards": cards }]);
    let template = made(
        json!([{ "type": "BODY", "text": "New:" }, { "type": "CAROUSEL", "cards": [card("IMAGE"), card("IMAGE")] }]),
    );
    let video = json!({ "type": "video", "video": { "id": "1" } });
    for (cards, expected) in [
        (json!([sent(0, image()), sent(1, image())]), 0),
        (json!([sent(1, image()), sent(0, image())]), 0),
        (json!([sent(0, image())]), 132_012),
        (json!([sent(0, image()), sent(2, image())]), 132_012),
        (json!([sent(0, image()), sent(1, video)]), 132_012),
        (
            json!([sent(0, image()), { "card_index": 1, "components": [part("header", json!([image()]))] }]),
            132_000,
        ),
        (json!([sent(0, image()), { "components": [] }]), 100),
    ] {
        assert_eq!(code_of(&template, &carousel(cards.clone())), expected, "{cards}");
    }
    assert_eq!(code_of(&template, &json!([])), 132_012);
    assert_eq!(
        code_of(&made(json!([{ "type": "BODY", "text": "New:" }])), &carousel(json!([sent(0, image())]))),
        132_012
    );

    let product =
        || json!({ "type": "product", "product": { "product_retailer_id": "a", "catalog_id": "1" } });
    let products = made(json!([{ "type": "CAROUSEL", "cards": [card("PRODUCT"), card("PRODUCT")] }]));
    let three = json!([sent(0, product()), sent(1, product()), sent(2, product())]);
    assert_eq!(code_of(&products, &carousel(three)), 0);
}
