//! The messaging API's endpoints, in front of a sandbox that plays Meta, spoken to by the SDK's own gateway client and
//! by raw HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod admin;
mod bodies;
mod business;
mod counted;
mod faults;
mod forward;
mod forward_store;
mod forward_target;
mod house;
mod idempotency;
mod limited;
#[path = "../../../core/tests/meta_file/mod.rs"]
mod meta_file;
mod phone_events;
mod postgres;
mod routes;
mod sends;
mod smuggling;
mod start;
mod stolen;
mod template_checks;
mod texts;
mod vouched;
mod webhook;

use serde_json::{Value, json};
use wamid::{Button, ErrorKind, Image, Location, Message, Parameter, Template, Text};

use crate::house::House;

#[tokio::test]
async fn a_gateway_client_sends_all_three_and_sees_the_conversation() {
    let house = House::build().await;
    let client = house.client();
    let receipt = client.send_built(Message::new("+91 98765-43210", Text::new("Hello"))).await.unwrap();
    assert!(receipt.id.starts_with("wamid."));
    client
        .send_built(Message::new("919876543210", Location::new(28.6139, 77.2090).name("Our Office")))
        .await
        .unwrap();
    let template =
        Message::new("919876543210", Template::new("order_update").body_params(["Asha", "A-1042"]));
    assert_eq!(client.send_built(template).await.unwrap().status.as_deref(), Some("accepted"));

    let chats = client.chats().await.unwrap();
    assert_eq!(chats.len(), 1);
    assert_eq!(chats[0].phone_number, "919876543210");
    let arrived = house.sandbox.messages();
    assert_eq!(
        arrived.iter().map(|message| message.kind.as_str()).collect::<Vec<_>>(),
        ["text", "location", "template"]
    );
}

#[tokio::test]
async fn a_message_of_any_kind_goes_through_one_endpoint() {
    let house = House::build().await;
    let client = house.client();
    let image = Image::link("https://example.com/menu.jpg").caption("Menu");
    let receipt = client.send("+91 98765-43210", image).reference("menu-1").await.unwrap();
    assert_eq!(receipt.reference.as_deref(), Some("menu-1"));
    let post = async |body: Value| {
        let (status, answer) = house.raw("POST", "api/send/", Some(&house.key), &body.to_string()).await;
        (status, answer["field"].clone())
    };
    // The seed's kinds are taken there as well, a number as phone too.
    let text = json!({"phone": 919_876_543_210_u64, "content": {"type": "text", "message": "Hello"}});
    assert_eq!(post(text).await, (200, Value::Null));
    let content = json!({"type": "reaction", "message_id": receipt.id, "emoji": "👍"});
    assert_eq!(post(json!({"phone": "+919876543210", "content": content})).await, (200, Value::Null));
    for (body, field) in [
        (json!({"phone": "+919876543210"}), "content"),
        (json!({"phone": "+919876543210", "content": {"type": "poem"}}), "type"),
        (json!({"phone": "+919876543210", "content": {"type": "text", "mesage": "Hello"}}), "message"),
        (json!({"phone": "+919876543210", "content": content, "reply_too": "wamid.X"}), "reply_too"),
        (json!({"content": content}), "phone"),
    ] {
        assert_eq!(post(body).await, (400, field.into()));
    }
    let arrived: Vec<String> = house.sandbox.messages().iter().map(|message| message.kind.clone()).collect();
    assert_eq!(arrived, ["image", "text", "reaction"]);
}

#[tokio::test]
async fn what_goes_beyond_the_original_api_arrives_at_meta() {
    let house = House::build().await;
    let client = house.client();
    let text = Message::new("+6591234567", Text::new("Ten digits").preview_url(true))
        .reply_to("wamid.X")
        .reference("order-7");
    let receipt = client.send_built(text).await.unwrap();
    assert_eq!(receipt.phone, "6591234567");
    let template = Message::new(
        "919876543210",
        Template::new("order_update")
            .body_params([Parameter::named("first", "Asha"), Parameter::named("order", "A-1042")])
            .buttons([Button::url("A-1042")]),
    );
    client.send_built(template).await.unwrap();
    let extra = json!({"category": "utility", "direct_send_config": {"template_name": "a", "none": null}});
    client.send_message("+6591234567", "Hello").extra(extra.clone()).await.unwrap();
    let refused = json!({
        "phone": "+919876543210", "content": {"type": "text", "message": "Hello"}, "extra": {"to": "+1"}
    });
    let (status, answer) = house.raw("POST", "api/send/", Some(&house.key), &refused.to_string()).await;
    assert_eq!((status, &answer["field"]), (400, &"extra.to".into()));

    let arrived = house.sandbox.messages();
    assert_eq!(arrived.len(), 3);
    assert_eq!(arrived[2].body["category"], extra["category"]);
    assert_eq!(arrived[2].body["direct_send_config"], extra["direct_send_config"]);
    let text: &Value = &arrived[0].body;
    assert_eq!(text["to"], "+6591234567");
    assert_eq!(text["text"]["preview_url"], true);
    assert_eq!(text["context"]["message_id"], "wamid.X");
    assert_eq!(text["biz_opaque_callback_data"], "order-7");
    let components = &arrived[1].body["template"]["components"];
    assert_eq!(components[0]["parameters"][0]["parameter_name"], "first");
    assert_eq!(components[1]["sub_type"], "url");
}

#[tokio::test]
async fn errors_reach_the_client_as_the_gateway_judged_them() {
    let house = House::build().await;
    let client = house.client();
    for (recipient, kind, status, code, maybe_sent) in [
        ("15550131047", ErrorKind::Rejected, 400, Some(131_047), false),
        ("15550000190", ErrorKind::Authentication, 502, Some(190), false),
        ("15550131048", ErrorKind::RateLimited, 429, Some(131_048), false),
        ("15550131000", ErrorKind::Server, 502, Some(131_000), true),
        ("15550900003", ErrorKind::Connection, 502, None, true),
    ] {
        let error = client.send_built(Message::new(recipient, Text::new("Hello"))).await.unwrap_err();
        let seen = (error.kind(), error.status(), error.code(), error.maybe_sent());
        assert_eq!(seen, (kind, Some(status), code, maybe_sent), "{recipient}: {error:?}");
        assert!(!error.message().contains(house.sandbox.access_token()));
    }
}

#[tokio::test]
async fn only_those_with_a_key_are_served() {
    let house = House::build().await;
    for key in [None, Some("wamid_wrong"), Some("")] {
        for (method, path) in [("POST", "api/send-message/"), ("GET", "api/chats/"), ("GET", "api/")] {
            let (status, body) = house.raw(method, path, key, "{}").await;
            assert_eq!((status, &body["error"]), (401, &json!("Unauthorized")), "{method} {path} {key:?}");
        }
    }
    assert!(house.sandbox.messages().is_empty());
    // Whatever a query says, the header is what counts.
    let (status, body) = house.raw("GET", "api/?api_key=a&api_key=b", Some(&house.key), "").await;
    assert_eq!(status, 200, "{body}");
}

#[tokio::test]
async fn callers_of_the_original_notice_no_difference() {
    let house = House::build().await;
    let key = Some(house.key.as_str());
    // Numbers as phone, texts as coordinates, unknown keys, with and without the trailing slash.
    let text = r#"{"phone": 919876543210, "message": "Hi", "campaign": 7}"#;
    let (status, body) = house.raw("POST", "api/send-message", key, text).await;
    assert_eq!((status, &body["status"]), (200, &json!("sent")), "{body}");
    assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["status", "result"]);
    let pin = r#"{"phone": "919876543210", "latitude": "28.6139", "longitude": "77.2090"}"#;
    assert_eq!(house.raw("POST", "api/send-location/", key, pin).await.0, 200);
    assert_eq!(house.sandbox.messages()[1].body["location"]["latitude"], 28.6139);

    let (_, chats) = house.raw("GET", "api/chats", key, "").await;
    let row = chats["conversations"][0].as_object().unwrap();
    assert_eq!(
        row.keys().collect::<Vec<_>>(),
        ["id", "phone_number", "label", "unread_count", "last_message_at"]
    );

    let (status, body) = house.raw("POST", "api/send-message/", key, r#"{"message": "Hi"}"#).await;
    assert_eq!((status, &body["field"]), (400, &json!("phone")), "{body}");
    assert_eq!(house.raw("POST", "api/send-message/", key, "not json").await.0, 400);
    let large = format!(r#"{{"phone": "919876543210", "message": "{}"}}"#, "x".repeat(70_000));
    for (method, path, body, status) in [
        ("POST", "api/chats/", "", 405),
        ("POST", "api/send-messages/", "{}", 404),
        ("POST", "api/send-message/", large.as_str(), 413),
    ] {
        let (came, answer) = house.raw(method, path, key, body).await;
        assert_eq!((came, &answer["kind"]), (status, &json!("rejected")), "{method} {path}: {answer}");
        assert!(answer["error"].is_string());
    }
}

/// A number is read by its digits, not as a value of 64 bits.
#[tokio::test]
async fn numbers_go_out_digit_for_digit() {
    let house = House::build().await;
    let key = Some(house.key.as_str());
    let send = async |params: &str, more: &str| {
        let body = format!(
            r#"{{"phone": "919876543210", "template_name": "order_update", "body_params": {params}{more}}}"#
        );
        house.raw("POST", "api/send-template/", key, &body).await
    };
    for (params, first, second) in [
        (
            "[18446744073709551616, 123456789012345678901234567890]",
            "18446744073709551616",
            "123456789012345678901234567890",
        ),
        ("[-18446744073709551617, -0]", "-18446744073709551617", "0"),
        ("[1E5, 5.0]", "100000", "5"),
        ("[2.50, 0.12345678901234567890123]", "2.5", "0.12345678901234567890123"),
        ("[12345678901234567.5, 1e22]", "12345678901234567.5", "10000000000000000000000"),
        ("[18446744073709551615, -9223372036854775808]", "18446744073709551615", "-9223372036854775808"),
        ("[\"1e5\", {\"type\": \"text\", \"text\": \"2\"}]", "1e5", "2"),
    ] {
        let (status, answer) = send(params, "").await;
        assert_eq!(status, 200, "{params}: {answer}");
        let arrived = house.sandbox.messages().pop().unwrap();
        let sent = &arrived.body["template"]["components"][0]["parameters"];
        assert_eq!((&sent[0]["text"], &sent[1]["text"]), (&json!(first), &json!(second)), "{params}");
    }
    let before = house.sandbox.messages().len();
    for (params, more, field) in [
        ("[\"a\", 1e400]", "", "body"),
        ("[\"a\", true]", "", "body_params[1]"),
        (
            "[]",
            r#", "components": [{"type": "body", "parameters": [{"type": "x", "x": 18446744073709551616}]}]"#,
            "components",
        ),
        (
            r#"["a", "b"]"#,
            r#", "buttons": [{"sub_type": "flow", "flow_action_data": {"id": 18446744073709551616}}]"#,
            "buttons",
        ),
    ] {
        let (status, answer) = send(params, more).await;
        assert_eq!(
            (status, &answer["kind"], &answer["field"]),
            (400, &json!("invalid_input"), &json!(field)),
            "{answer}"
        );
    }
    assert_eq!(house.sandbox.messages().len(), before);
}

#[tokio::test]
async fn webhooks_of_meta_fill_the_chats() {
    let house = House::build().await;
    house.sandbox.phone("16505551234").named("Sheena").text("Is it open today?").unwrap();
    let chats = house.chats_when(|chats| chats.len() == 1).await;
    assert_eq!((chats[0].phone_number.as_str(), chats[0].unread_count), ("16505551234", 1));

    // Only Meta knows the app secret.
    let forged = r#"{"object":"whatsapp_business_account","entry":[]}"#;
    assert_eq!(house.raw("POST", "webhook/", None, forged).await.0, 401);
}

#[tokio::test]
async fn metas_subscription_check_wants_the_verify_token() {
    let house = House::build().await;
    let check =
        |token: &str| format!("webhook/?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=42");
    assert_eq!(house.raw("GET", &check("verify-me"), None, "").await, (200, json!(42)));
    assert_eq!(house.raw("GET", &check("guess"), None, "").await.0, 403);
}

/// A webhook with one inbound text.
fn inbound(number: &str, id: &str, text: &str) -> String {
    json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": number},
        "contacts": [{"profile": {"name": "Sheena"}, "wa_id": "16505551234"}],
        "messages": [{"from": "16505551234", "id": id, "timestamp": "1749416383", "type": "text", "text": {"body": text}}],
    }}]}]})
    .to_string()
}

#[tokio::test]
async fn webhooks_of_three_megabytes_are_taken_and_redelivery_is_harmless() {
    let house = House::build().await;
    let number = house.sandbox.phone_number_id().to_owned();
    let large = inbound(&number, "wamid.LARGE", &"x".repeat(2_999_000));
    for _ in 0..3 {
        let answer = house.raw_with("POST", "webhook/", &house.signature(&large), &large).await;
        assert_eq!(answer.0, 200, "{}", answer.1);
    }
    let chats = house.client().chats().await.unwrap();
    assert_eq!((chats.len(), chats[0].unread_count), (1, 1));
    let too_large = inbound(&number, "wamid.LARGER", &"x".repeat(3_200_000));
    assert_eq!(house.raw_with("POST", "webhook/", &house.signature(&too_large), &too_large).await.0, 413);
}

#[tokio::test]
async fn webhooks_of_unknown_types_are_taken() {
    let house = House::build().await;
    let body = r#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[
        {"field":"of_tomorrow","value":{"anything":[1,2,3]}}]}]}"#;
    assert_eq!(house.raw_with("POST", "webhook/", &house.signature(body), body).await.0, 200);
}
