//! What the core lets through unchecked, with each limit of Meta's pages broken: the sandbox refuses it with Meta's code, by checks of its own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "the helpers are tests, too")]

use serde_json::{Value, json};
use wamid::{Client, ErrorKind, Json, Raw};
use wamid_sandbox::{Sandbox, SandboxOptions};

fn long(count: usize) -> String {
    "x".repeat(count)
}

fn buttons(count: usize, id: usize, title: usize) -> Value {
    let button = |at: usize| json!({"type": "reply", "reply": {"id": format!("{at}{}", long(id - 1)), "title": format!("{at}{}", long(title - 1))}});
    (0..count).map(button).collect()
}

fn button_message(body: usize, footer: usize, header: usize, buttons: Value) -> Value {
    json!({"type": "button", "header": {"type": "text", "text": long(header)}, "body": {"text": long(body)},
        "footer": {"text": long(footer)}, "action": {"buttons": buttons}})
}

struct Rows {
    sections: usize,
    rows: usize,
    section_title: usize,
    id: usize,
    title: usize,
    description: usize,
}

const FITTING: Rows = Rows { sections: 2, rows: 5, section_title: 24, id: 200, title: 24, description: 72 };

fn list_message(body: usize, button: usize, of: &Rows) -> Value {
    let row = |section: usize, at: usize| json!({"id": format!("{section}{at}{}", long(of.id - 2)), "title": long(of.title), "description": long(of.description)});
    let section = |section: usize| {
        let rows: Value = (0..of.rows).map(|at| row(section, at)).collect();
        json!({"title": long(of.section_title), "rows": rows})
    };
    let sections: Value = (0..of.sections).map(section).collect();
    json!({"type": "list", "body": {"text": long(body)}, "action": {"button": long(button), "sections": sections}})
}

fn cta(body: usize, display_text: usize, url: &str) -> Value {
    json!({"type": "cta_url", "body": {"text": long(body)},
        "action": {"name": "cta_url", "parameters": {"display_text": long(display_text), "url": url}}})
}

fn flow(body: usize, button: usize) -> Value {
    json!({"type": "flow", "body": {"text": long(body)}, "action": {"name": "flow", "parameters": {
        "flow_message_version": "3", "flow_id": "1", "flow_cta": long(button)}}})
}

fn products(sections: usize, products: usize, title: usize) -> Value {
    let section = |section: usize| {
        let items: Value =
            (0..products).map(|at| json!({"product_retailer_id": format!("{section}-{at}")})).collect();
        json!({"title": long(title), "product_items": items})
    };
    let all: Value = (0..sections).map(section).collect();
    json!({"type": "product_list", "header": {"type": "text", "text": "Novels"}, "body": {"text": "New"},
        "action": {"catalog_id": "1", "sections": all}})
}

fn asking(kind: &str, name: &str, body: usize) -> Value {
    json!({"type": kind, "body": {"text": long(body)}, "action": {"name": name}})
}

fn cards(count: usize) -> Value {
    (0..count).map(|_| json!({"name": {"formatted_name": "Asha", "first_name": "Asha"}})).collect()
}

/// Meta's `type`, the object at its limits, and the same with each of them broken by one.
type Case = (&'static str, Value, Vec<(&'static str, Value)>);

fn cases() -> Vec<Case> {
    vec![
        (
            "text",
            json!({"body": long(4096)}),
            vec![("body", json!({"body": long(4097)})), ("empty", json!({"body": ""}))],
        ),
        (
            "image",
            json!({"link": "https://example.com/a.png", "caption": long(1024)}),
            vec![
                ("caption", json!({"link": "https://example.com/a.png", "caption": long(1025)})),
                ("no source", json!({"caption": "x"})),
            ],
        ),
        (
            "location",
            json!({"latitude": 90, "longitude": 180}),
            vec![
                ("latitude", json!({"latitude": 90.1, "longitude": 0})),
                ("longitude", json!({"latitude": 0, "longitude": -180.1})),
            ],
        ),
        ("contacts", cards(257), vec![("cards", cards(258)), ("none", cards(0))]),
        (
            "reaction",
            json!({"message_id": "wamid.A", "emoji": "\u{1f44d}\u{1f3fd}"}),
            // Meta answers 200 whatever the emoji is.
            vec![("no emoji", json!({"message_id": "wamid.A"}))],
        ),
        (
            "interactive",
            button_message(1024, 60, 60, buttons(3, 256, 20)),
            vec![
                ("body", button_message(1025, 60, 60, buttons(3, 256, 20))),
                ("footer", button_message(1024, 61, 60, buttons(3, 256, 20))),
                ("header", button_message(1024, 60, 61, buttons(3, 256, 20))),
                ("4 buttons", button_message(1024, 60, 60, buttons(4, 256, 20))),
                ("no buttons", button_message(1024, 60, 60, buttons(0, 256, 20))),
                ("id", button_message(1024, 60, 60, buttons(3, 257, 20))),
                ("title", button_message(1024, 60, 60, buttons(3, 256, 21))),
                (
                    "the same id twice",
                    button_message(
                        1,
                        1,
                        1,
                        json!([buttons(1, 2, 2)[0], {"type": "reply", "reply": {"id": "0x", "title": "b"}}]),
                    ),
                ),
            ],
        ),
        (
            "interactive",
            list_message(4096, 20, &FITTING),
            vec![
                ("body", list_message(4097, 20, &FITTING)),
                ("button", list_message(1, 21, &FITTING)),
                ("11 rows", list_message(1, 1, &Rows { sections: 1, rows: 11, ..FITTING })),
                ("11 sections", list_message(1, 1, &Rows { sections: 11, rows: 1, ..FITTING })),
                ("section title", list_message(1, 1, &Rows { section_title: 25, ..FITTING })),
                ("no section title", list_message(1, 1, &Rows { section_title: 0, ..FITTING })),
                ("id", list_message(1, 1, &Rows { id: 201, ..FITTING })),
                ("title", list_message(1, 1, &Rows { title: 25, ..FITTING })),
                ("description", list_message(1, 1, &Rows { description: 73, ..FITTING })),
            ],
        ),
        (
            "interactive",
            cta(1024, 20, "https://example.com"),
            vec![
                ("body", cta(1025, 20, "https://example.com")),
                ("display_text", cta(1024, 21, "https://example.com")),
                ("url", cta(1024, 20, "example")),
            ],
        ),
        ("interactive", flow(1024, 30), vec![("body", flow(1025, 30)), ("button", flow(1024, 31))]),
        (
            "interactive",
            products(10, 3, 24),
            vec![
                ("11 sections", products(11, 1, 24)),
                ("31 products", products(1, 31, 24)),
                ("title", products(2, 1, 25)),
                ("no title", products(2, 1, 0)),
            ],
        ),
        (
            "interactive",
            asking("location_request_message", "send_location", 1024),
            vec![("body", asking("location_request_message", "send_location", 1025))],
        ),
        (
            "interactive",
            asking("request_contact_info", "request_contact_info", 1024),
            vec![("body", asking("request_contact_info", "request_contact_info", 1025))],
        ),
    ]
}

#[tokio::test]
async fn the_sandbox_holds_what_is_unchecked_to_metas_limits() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let client = Client::cloud(sandbox.access_token(), sandbox.phone_number_id())
        .graph_url(sandbox.url())
        .build()
        .unwrap();
    let mut wrong = Vec::new();
    for (kind, fitting, broken) in cases() {
        let send = async |object: &Value| {
            client
                .send("919876543210", Raw::new(kind, Json::parse("object", &object.to_string()).unwrap()))
                .await
        };
        let of = fitting["type"].as_str().unwrap_or(kind).to_owned();
        if let Err(error) = send(&fitting).await {
            wrong.push(format!("{of}, at its limits: {error}"));
        }
        for (what, object) in broken {
            match send(&object).await {
                Err(error) if error.kind() == ErrorKind::Rejected && error.code().is_some() => {}
                other => wrong.push(format!("{of}, {what}: {other:?}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    sandbox.shutdown().await;
}
