//! Bodies to the letter: the order of their names and the form of their numbers stay as they are.
#![allow(clippy::unwrap_used)]

use serde_json::json;
use wamid::{Button, Client, Components, Json, Location, Media, Message, Parameter, Template, Text};

const PHONE: &str = "+91 98765-43210";

fn bodies(message: Message) -> [String; 2] {
    let cloud = Client::cloud("TOKEN", "1066").build().unwrap();
    let gateway = Client::gateway("https://example.com/whatsapp", "KEY").build().unwrap();
    [cloud, gateway].map(|client| client.preview(&message).unwrap().body.as_str().to_owned())
}

fn every_parameter() -> Vec<Parameter> {
    let json = |value| Parameter::Json(value);
    vec![
        "Asha \"A\" \\ / \u{1}\u{7f} ₹ 👍".into(),
        2.50.into(),
        (-0.0).into(),
        1e21.into(),
        5_i64.into(),
        Parameter::Currency {
            fallback_value: "₹ 1,499".into(), code: "INR".into(), amount_1000: -1_499_000
        },
        Parameter::DateTime { fallback_value: "Friday".into() },
        Parameter::Image(Media::link("https://example.com/a.jpg")),
        Parameter::Video(Media::id("77")),
        Parameter::Document(Media::id("78").filename("bill.pdf")),
        Parameter::Location {
            latitude: 28.0,
            longitude: -77.209_000_1,
            name: Some("Office".into()),
            address: Some(String::new()),
        },
        Parameter::Location {
            latitude: 1e-7,
            longitude: 180.0,
            name: None,
            address: Some("New Delhi".into()),
        },
        Parameter::Product { product_retailer_id: "P1".into(), catalog_id: "C1".into() },
        json(json!("text")),
        json(json!(18_446_744_073_709_551_615_u64)),
        json(json!(1.0)),
        json(json!({"text": "two", "type": "text"})),
        json(json!({"longitude": 2, "type": "location", "latitude": 1, "name": ""})),
    ]
}

fn every_button() -> Vec<Button> {
    let data = Json::parse("data", r#"{ "b": 1.50, "a": [ 1e2, {"z": null} ] }"#).unwrap();
    vec![
        Button::url("A-1042\"").index(9),
        Button::quick_reply("STOP").index(3),
        Button::copy_code("SPRING"),
        Button::flow(Some("token".into()), Some(data.clone())).index(4),
        Button::flow(None, Some(data)).index(5),
        Button::flow(Some("token".into()), None).index(6),
        Button::flow(None, None).index(7),
        Button::catalog(Some("P1".into())).index(8),
        Button::catalog(None).index(1),
        Button::json(json!({"payload": "yes", "index": "0"})),
    ]
}

fn all() -> Vec<Message> {
    let given = r#"[ {"type": "carousel", "cards": [1.50, 1e2, {"b": 1, "a": 2}]} ]"#;
    vec![
        Message::new(PHONE, Text::new("Hello")),
        Message::new(
            "US.ENT.11815799212886844830",
            Text::new("\u{8}\u{c}\r\n\"\\/é\u{2028}").preview_url(true),
        )
        .reply_to("wamid.\"A\"")
        .reference("order/\"7\""),
        Message::new(PHONE, Location::new(28.0, -77.209_000_1)),
        Message::new(PHONE, Location::new(1e-7, 180.0).name("").address("A \"b\"")).reference("r"),
        Message::new(PHONE, Template::new("hello_world")),
        Message::new(
            PHONE,
            Template::new("all_of_it")
                .language("pt-BR")
                .header_params([Parameter::named("a\"", "b"), Parameter::named("c", "d")])
                .body_params(every_parameter())
                .buttons(every_button()),
        )
        .reply_to("wamid.A"),
        Message::new(PHONE, Template::new("given").components(Components::from_json(given).unwrap())),
        Message::new(PHONE, Template::new("given").components(Components::default())),
    ]
}

/// `bodies.jsonl` holds the two bodies of each message, one a line: the cloud's, then the gateway's.
#[test]
fn bodies_are_written_to_the_letter() {
    let written: Vec<String> = all().into_iter().flat_map(bodies).collect();
    let expected: Vec<&str> = include_str!("bodies.jsonl").lines().collect();
    assert_eq!(written.len(), expected.len());
    for (written, expected) in written.iter().zip(expected) {
        assert_eq!(written, expected);
    }
}

#[test]
fn components_built_alone_are_those_of_a_send() {
    let (params, buttons) = (every_parameter(), every_button());
    let built = wamid::build_template_components(&[], &params, &buttons).unwrap().to_json();
    let [cloud, _] =
        bodies(Message::new(PHONE, Template::new("all_of_it").body_params(params).buttons(buttons)));
    assert!(cloud.contains(&built), "{cloud}\n{built}");
}
