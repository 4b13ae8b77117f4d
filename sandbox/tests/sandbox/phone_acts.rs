//! What customers do, and what the business is told of it.

use serde_json::{Value, json};
use wamid_sandbox::{MessageStatus, SandboxOptions, Side};

use crate::host::{Answer, Host, PATIENCE, start};
use crate::receiver::{message, receiver};

const ADA: &str = "15551234567";

/// An act over HTTP.
pub(crate) fn act(host: &Host, body: &Value) -> Answer {
    host.request("POST", &format!("/_sandbox/phone/chats/{ADA}"), None, &body.to_string()).unwrap()
}

pub(crate) fn interactive(interactive: &Value) -> Value {
    json!({"messaging_product": "whatsapp", "to": ADA, "type": "interactive", "interactive": interactive})
}

/// The entries of a chat, as the page gets them.
pub(crate) fn entries(host: &Host) -> Vec<Value> {
    let page = host.request("GET", &format!("/_sandbox/phone/chats/{ADA}"), None, "").unwrap().json();
    page["entries"].as_array().unwrap().clone()
}

#[test]
fn each_answer_to_a_message_comes_as_meta_writes_it() {
    let (url, deliveries) = receiver(&[200; 20]);
    let host = start();
    let next = || message(&deliveries.recv_timeout(PATIENCE).unwrap());
    let sent = |body: &Value| host.send(body).unwrap().message_id();
    let buttons =
        sent(&interactive(&json!({"type": "button", "body": {"text": "Pay?"}, "action": {"buttons": [
        {"type": "reply", "reply": {"id": "pay", "title": "Pay"}}]}})));
    let list = sent(&interactive(
        &json!({"type": "list", "body": {"text": "Which?"}, "action": {"button": "Books", "sections": [
        {"rows": [{"id": "g", "title": "The Guide", "description": "1958"}]}]}}),
    ));
    host.set_webhook(&url).unwrap();
    let context = |id: &str| json!({"from": "15550783881", "id": id});
    let answers = [
        (
            json!({"act": "press", "title": "Pay"}),
            json!({"context": context(&buttons), "type": "interactive",
                "interactive": {"type": "button_reply", "button_reply": {"id": "pay", "title": "Pay"}}}),
        ),
        (
            json!({"act": "press", "title": "The Guide", "message": list}),
            json!({"context": context(&list), "type": "interactive", "interactive": {"type": "list_reply",
                "list_reply": {"id": "g", "title": "The Guide", "description": "1958"}}}),
        ),
        (
            json!({"act": "react", "emoji": "❤️"}),
            json!({"type": "reaction", "reaction": {"message_id": list, "emoji": "❤️"}}),
        ),
        (
            json!({"act": "react", "emoji": "", "message": list}),
            json!({"type": "reaction", "reaction": {"message_id": list}}),
        ),
        (
            json!({"act": "text", "text": "Thanks", "reply_to": buttons}),
            json!({"context": context(&buttons), "type": "text", "text": {"body": "Thanks"}}),
        ),
        (
            json!({"act": "location", "latitude": 28.6139, "longitude": 77.209, "name": "Our Office"}),
            json!({"type": "location", "location": {"latitude": 28.6139, "longitude": 77.209, "name": "Our Office"}}),
        ),
        (
            json!({"act": "contact", "name": "Grace Hopper", "phone": "+1 650 555 1234"}),
            json!({"type": "contacts", "contacts": [{"name": {"formatted_name": "Grace Hopper", "first_name": "Grace"},
                "phones": [{"phone": "+16505551234", "wa_id": "16505551234", "type": "CELL"}]}]}),
        ),
    ];
    for (body, expected) in &answers {
        let answer = act(&host, body);
        assert_eq!((answer.status, &answer.json()["webhook_sent"]), (200, &json!(true)), "{body} {answer:?}");
        let mut came = next();
        assert_eq!(came.as_object_mut().unwrap().remove("from"), Some(json!(ADA)));
        assert_eq!(&came, expected);
    }
    let chat = entries(&host);
    assert_eq!((&chat[0]["answered"], &chat[1]["answered"]), (&json!(["Pay"]), &json!(["The Guide"])));
    assert_eq!(chat[1]["reactions"], json!({}), "it was taken back");
    assert_eq!(chat.len(), 7, "a reaction is no message of its own");
}

#[test]
fn quick_replies_of_a_template_are_pressed_by_the_text_of_its_definition() {
    let (url, deliveries) = receiver(&[200; 2]);
    let host = start();
    let path = format!("/v26.0/{}/message_templates", host.business_account_id());
    let definition = json!({"name": "again", "language": "en", "category": "MARKETING", "components": [
        {"type": "BODY", "text": "Again, {{1}}?"},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Yes"}, {"type": "QUICK_REPLY", "text": "No"}]}]});
    assert_eq!(
        host.request("POST", &path, Some(host.access_token()), &definition.to_string()).unwrap().status,
        200
    );
    let template = json!({"name": "again", "language": {"code": "en"}, "components": [
        {"type": "body", "parameters": [{"type": "text", "text": "Ada"}]},
        {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [{"type": "payload", "payload": "yes!"}]}]});
    let ada = host.phone(ADA);
    host.send(&json!({"messaging_product": "whatsapp", "to": ADA, "type": "template", "template": template}))
        .unwrap();
    host.set_webhook(&url).unwrap();
    let shown = ada.last().unwrap();
    assert_eq!(
        (shown.text.as_str(), shown.buttons),
        ("Again, Ada?", vec!["Yes".to_owned(), "No".to_owned()])
    );
    assert_eq!(entries(&host)[0]["template"]["components"], definition["components"]);
    for (title, payload) in [("Yes", "yes!"), ("No", "No")] {
        ada.press(title).unwrap();
        let came = message(&deliveries.recv_timeout(PATIENCE).unwrap());
        assert_eq!(
            (&came["type"], &came["button"]),
            (&json!("button"), &json!({"payload": payload, "text": title}))
        );
    }
}

#[test]
fn what_a_customer_cannot_do_is_said() {
    let host = start();
    host.send_text(ADA).unwrap();
    for body in [
        json!({"act": "press", "title": "Refuse"}),
        json!({"act": "media", "id": "1"}),
        json!({"act": "flow", "answers": {}}),
        json!({"act": "text", "text": " "}),
        json!({"act": "text", "text": "x", "reply_to": "wamid.none"}),
        json!({"act": "location", "latitude": 91, "longitude": 0}),
        json!({"act": "contact", "name": "", "phone": "16505551234"}),
        json!({"act": "fly"}),
        json!({"act": "text", "text": "x", "colour": "red"}),
        json!({}),
    ] {
        let answer = act(&host, &body);
        assert_eq!(answer.status, 400, "{body}");
        assert!(answer.json()["error"].is_string(), "{body}: {answer:?}");
    }
    assert_eq!(entries(&host).len(), 1);
}

#[test]
fn without_a_webhook_the_page_still_shows_both_sides() {
    let host = start();
    let id = host.send_text(ADA).unwrap().message_id();
    assert_eq!(act(&host, &json!({"act": "text", "text": "Hi"})).json()["webhook_sent"], false);
    host.send_text("15550131026").unwrap();
    let chat = entries(&host);
    assert_eq!(
        (&chat[0]["id"], &chat[0]["status"], &chat[0]["side"]),
        (&json!(id), &json!("read"), &json!("business"))
    );
    assert_eq!((&chat[1]["status"], &chat[1]["body"]["text"]["body"]), (&json!("no_webhook"), &json!("Hi")));
    let state = host.request("GET", "/_sandbox/phone/state", None, "").unwrap().json();
    assert_eq!(state["chats"][0]["last"]["error"]["code"], 131_026, "refused messages are shown: {state}");
    assert_eq!((&state["chats"][1]["phone"], &state["chats"][1]["count"]), (&json!(ADA), &json!(2)));
    assert_eq!(state["products"][0]["retailer_id"], "SKU-1");
}

#[test]
fn a_customer_who_does_not_read_leaves_messages_delivered() {
    let (url, deliveries) = receiver(&[200; 3]);
    let host = start();
    host.set_webhook(&url).unwrap();
    let ada = host.phone(ADA);
    ada.set_reads(false).unwrap();
    let id = host.send_text(ADA).unwrap().message_id();
    for expected in ["sent", "delivered"] {
        assert_eq!(deliveries.recv_timeout(PATIENCE).unwrap().status()["status"], expected);
    }
    assert_eq!(ada.last().unwrap().status, MessageStatus::Delivered);
    let state = host.request("GET", "/_sandbox/phone/state", None, "").unwrap().json();
    assert_eq!((&state["chats"][0]["unread"], &state["chats"][0]["reads"]), (&json!(1), &json!(false)));
    ada.read().unwrap();
    let status = deliveries.recv_timeout(PATIENCE).unwrap().status();
    assert_eq!((&status["status"], &status["id"]), (&json!("read"), &json!(id)));
    assert_eq!(ada.last().unwrap().status, MessageStatus::Read);
}

#[test]
fn an_answer_goes_to_the_number_that_asked() {
    let (url, deliveries) = receiver(&[200; 3]);
    let host = Host::start(SandboxOptions {
        more_phone_number_ids: vec!["106540352242999".to_owned()],
        ..SandboxOptions::default()
    });
    let second = "/v26.0/106540352242999/messages";
    let question = interactive(&json!({"type": "button", "body": {"text": "Pay?"}, "action": {"buttons": [
        {"type": "reply", "reply": {"id": "pay", "title": "Pay"}}]}}));
    let question = host.request("POST", second, Some(host.access_token()), &question.to_string()).unwrap();
    host.send_text(ADA).unwrap();
    host.set_webhook(&url).unwrap();
    let ada = host.phone(ADA);
    let acts = [
        (ada.press("Pay"), "106540352242999"),
        (ada.reply(question.message_id(), "What for?"), "106540352242999"),
        (ada.text("Hi"), "106540352242922"),
    ];
    for (written, number) in acts {
        written.unwrap();
        let delivery = deliveries.recv_timeout(PATIENCE).unwrap();
        assert_eq!(delivery.metadata()["phone_number_id"], number);
    }
}

#[test]
fn a_reaction_of_the_business_stands_on_its_message() {
    let (url, _deliveries) = receiver(&[200; 4]);
    let host = start();
    host.set_webhook(&url).unwrap();
    let ada = host.phone(ADA);
    let id = ada.text("I bought it").unwrap();
    let reaction = |id: &str, emoji: &str| {
        json!({"messaging_product": "whatsapp", "to": ADA, "type": "reaction",
        "reaction": {"message_id": id, "emoji": emoji}})
    };
    assert_eq!(host.send(&reaction(&id, "👍")).unwrap().status, 200);
    let messages = ada.messages();
    assert_eq!((messages.len(), messages[0].side), (1, Side::Customer));
    assert_eq!(messages[0].reaction.as_deref(), Some("👍"));
    host.send(&reaction(&id, "")).unwrap();
    assert_eq!(ada.messages()[0].reaction, None);
    host.send(&reaction("wamid.unknown", "👍")).unwrap();
    assert_eq!(ada.messages()[1].kind, "reaction");
    assert_eq!(host.messages().len(), 3);
}

#[test]
fn what_was_asked_for_comes_as_an_answer() {
    let (url, deliveries) = receiver(&[200; 3]);
    let host = start();
    let mut ids = Vec::new();
    let mut ask = |kind: &str, action: Value| {
        let asked = json!({"type": kind, "body": {"text": "Please"}, "action": action});
        ids.push(host.send(&interactive(&asked)).unwrap().message_id());
        host.set_webhook(&url).unwrap();
    };
    let ada = host.phone(ADA);
    let told = || message(&deliveries.recv_timeout(PATIENCE).unwrap());
    ask("location_request_message", json!({"name": "send_location"}));
    ada.send_location(28.6139, 77.209).unwrap();
    let location = told();
    host.remove_webhook();
    ask("request_contact_info", json!({"name": "request_contact_info"}));
    ada.send_contact("Ada Lovelace", "+1 555 123 4567").unwrap();
    let contact = told();
    host.remove_webhook();
    ask("address_message", json!({"name": "address_message", "parameters": {"country": "IN"}}));
    ada.fill_flow(json!({"city": "Pune"}).as_object().unwrap().clone()).unwrap();
    let address = told();
    for (answer, id) in [&location, &contact, &address].iter().zip(&ids) {
        assert_eq!(answer["context"]["id"], json!(id), "{answer}");
    }
    assert_eq!(contact["contacts"][0]["origin"], "contact_request");
    let reply = &address["interactive"]["nfm_reply"];
    assert_eq!(
        (&reply["name"], &reply["response_json"]),
        (&json!("address_message"), &json!(r#"{"values":{"city":"Pune"}}"#))
    );
    // What comes after another message answers nothing.
    host.remove_webhook();
    host.send_text(ADA).unwrap();
    act(&host, &json!({"act": "location", "latitude": 1, "longitude": 2}));
    assert_eq!(entries(&host).last().unwrap()["body"].get("context"), None);
}
