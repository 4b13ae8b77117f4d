//! The customer's side of trouble: what keeps messages from arriving, and what a business learns of it.

use std::sync::mpsc::Receiver;

use serde_json::{Value, json};
use wamid_sandbox::{MessageStatus, Phone};

use crate::host::{Host, PATIENCE, start};
use crate::phone_acts::{act, entries};
use crate::receiver::{Delivery, message, receiver};

const ADA: &str = "15551234567";

fn next(deliveries: &Receiver<Delivery>) -> Value {
    deliveries.recv_timeout(PATIENCE).unwrap().status()
}

fn host_with(url: &str) -> Host {
    let host = start();
    host.set_webhook(url).unwrap();
    host
}

fn statuses(phone: &Phone) -> Vec<MessageStatus> {
    phone.messages().iter().map(|message| message.status).collect()
}

#[test]
fn an_offline_phone_gets_what_waited_in_order() {
    let (url, deliveries) = receiver(&[200; 7]);
    let host = host_with(&url);
    let ada = host.phone(ADA);
    ada.set_offline(true).unwrap();
    let sent: Vec<String> = (0..2)
        .map(|_| {
            let id = host.send_text(ADA).unwrap().message_id();
            assert_eq!(next(&deliveries)["status"], "sent");
            id
        })
        .collect();
    assert!(ada.text("Hi").unwrap_err().to_string().contains("offline"));
    // One in between, for somebody else: the offline phone holds nobody up.
    host.phone("15557654321").text("Hi").unwrap();
    assert_eq!(message(&deliveries.recv_timeout(PATIENCE).unwrap())["type"], "text");
    assert_eq!(statuses(&ada), [MessageStatus::Sent; 2]);
    ada.set_offline(false).unwrap();
    let came: Vec<_> = (0..4)
        .map(|_| {
            let status = next(&deliveries);
            (status["id"].as_str().unwrap().to_owned(), status["status"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected: Vec<_> = sent
        .iter()
        .flat_map(|id| ["delivered", "read"].map(|status| (id.clone(), status.to_owned())))
        .collect();
    assert_eq!(came, expected);
    assert_eq!(statuses(&ada), [MessageStatus::Read; 2]);
}

#[test]
fn a_deleted_account_a_closed_window_and_an_opt_out_are_told_in_meta_s_codes() {
    let (url, deliveries) = receiver(&[200; 12]);
    let host = host_with(&url);
    let path = format!("/v26.0/{}/message_templates", host.business_account_id());
    let definition = json!({"name": "sale", "language": "en", "category": "MARKETING", "components": [{"type": "BODY", "text": "Now"}]});
    host.request("POST", &path, Some(host.access_token()), &definition.to_string()).unwrap();
    let template = |name: &str, language: &str| {
        json!({"messaging_product": "whatsapp", "to": ADA, "type": "template",
        "template": {"name": name, "language": {"code": language}}})
    };
    let ada = host.phone(ADA);
    let failed = |body: &Value, code: u32| {
        assert_eq!(host.send(body).unwrap().status, 200, "it is accepted first");
        let status = next(&deliveries);
        assert_eq!((&status["status"], &status["errors"][0]["code"]), (&json!("failed"), &json!(code)));
        let last = ada.messages().pop().unwrap();
        assert_eq!((last.status, last.error_code), (MessageStatus::Failed, Some(code)));
    };
    let arrives = |body: &Value| {
        host.send(body).unwrap();
        assert_eq!(
            (0..3).map(|_| next(&deliveries)["status"].clone()).collect::<Vec<_>>(),
            ["sent", "delivered", "read"]
        );
    };
    ada.set_deleted(true).unwrap();
    failed(&template("hello_world", "en"), 131_026);
    assert!(ada.text("Hi").is_err(), "nobody is there to write");
    ada.set_deleted(false).unwrap();

    ada.set_window_closed(true).unwrap();
    failed(&crate::host::text(ADA), 131_047);
    arrives(&template("hello_world", "en"));
    ada.text("I am here").unwrap();
    deliveries.recv_timeout(PATIENCE).unwrap();
    arrives(&crate::host::text(ADA));

    ada.set_opted_out(true).unwrap();
    let delivery = deliveries.recv_timeout(PATIENCE).unwrap();
    let preference = &delivery.value_of("user_preferences")["user_preferences"][0];
    assert_eq!((&preference["wa_id"], &preference["value"]), (&json!(ADA), &json!("stop")));
    assert_eq!(preference["category"], "marketing_messages");
    ada.set_opted_out(true).unwrap();
    failed(&template("sale", "en"), 131_050);
}

#[test]
fn without_a_webhook_trouble_shows_in_the_chat_at_once() {
    let host = start();
    let set = |body: Value| {
        assert_eq!(act(&host, &body).json(), json!({"id": null, "webhook_sent": false}), "{body}")
    };
    set(json!({"act": "set", "offline": true}));
    host.send_text(ADA).unwrap();
    assert_eq!(entries(&host)[0]["status"], "sent");
    set(json!({"act": "set", "reads": false}));
    set(json!({"act": "set", "offline": false}));
    assert_eq!(entries(&host)[0]["status"], "delivered");
    set(json!({"act": "read"}));
    assert_eq!(entries(&host)[0]["status"], "read");
    set(json!({"act": "set", "window_closed": true}));
    host.send_text(ADA).unwrap();
    let failed = entries(&host)[1].clone();
    assert_eq!((&failed["status"], &failed["error"]["code"]), (&json!("failed"), &json!(131_047)));
    let state = host.request("GET", "/_sandbox/phone/state", None, "").unwrap().json();
    let trouble = json!({"offline": false, "deleted": false, "opted_out": false, "window_closed": true, "blocked": false});
    assert_eq!(state["chats"][0]["trouble"], trouble);
}

#[test]
fn who_blocked_whom_decides_who_is_silent() {
    let host = start();
    let ada = host.phone(ADA);
    ada.set_blocked(true).unwrap();
    host.send_text(ADA).unwrap();
    assert_eq!(act(&host, &json!({"act": "text", "text": "Hi"})).status, 400);
    ada.set_blocked(false).unwrap();
    host.send_text(ADA).unwrap();
    assert_eq!(
        statuses(&ada),
        [MessageStatus::Sent, MessageStatus::Read],
        "what came meanwhile never arrives"
    );

    let path = format!("/v26.0/{}/block_users", host.phone_number_id());
    let users =
        json!({"messaging_product": "whatsapp", "block_users": [{"user": "+1 555 123-4567"}]}).to_string();
    host.request("POST", &path, Some(host.access_token()), &users).unwrap();
    let refused = act(&host, &json!({"act": "text", "text": "Hi"}));
    assert_eq!(
        (refused.status, &refused.json()["error"]),
        (400, &json!("the business blocked the customer"))
    );
    host.request("DELETE", &path, Some(host.access_token()), &users).unwrap();
    assert_eq!(act(&host, &json!({"act": "text", "text": "Hi"})).status, 200);
}

#[test]
fn blue_ticks_stand_on_the_message_that_the_business_read_and_on_those_before() {
    let host = start();
    let write = |text: &str| {
        act(&host, &json!({"act": "text", "text": text})).json()["id"].as_str().unwrap().to_owned()
    };
    let ids = ["one", "two", "three"].map(write);
    let path = format!("/v26.0/{}/messages", host.phone_number_id());
    let read = json!({"messaging_product": "whatsapp", "status": "read", "message_id": ids[1], "typing_indicator": {"type": "text"}});
    assert_eq!(
        host.request("POST", &path, Some(host.access_token()), &read.to_string()).unwrap().status,
        200
    );
    let seen: Vec<_> = entries(&host).iter().map(|entry| entry["seen"].clone()).collect();
    assert_eq!(seen, [true, true, false]);
}

#[test]
fn a_customer_edits_and_deletes_what_they_wrote() {
    let (url, deliveries) = receiver(&[200; 3]);
    let host = start();
    let sent = host.send_text(ADA).unwrap().message_id();
    host.set_webhook(&url).unwrap();
    let ada = host.phone(ADA);
    let told = || message(&deliveries.recv_timeout(PATIENCE).unwrap());
    let id = ada.reply(&sent, "Two").unwrap();
    told();
    ada.edit(&id, "Three").unwrap();
    let edit = json!({"original_message_id": id, "message": {"context": {"id": sent}, "type": "text", "text": {"body": "Three"}}});
    assert_eq!(told(), json!({"from": ADA, "type": "edit", "edit": edit}));
    assert_eq!(
        (entries(&host)[1]["edited"].clone(), ada.messages()[1].text.as_str()),
        (json!(true), "Three")
    );
    ada.delete(&id).unwrap();
    assert_eq!(told(), json!({"from": ADA, "type": "revoke", "revoke": {"original_message_id": id}}));
    assert_eq!((entries(&host).len(), entries(&host)[1]["deleted"].clone()), (2, json!(true)));
    assert!(ada.edit(&id, "Four").is_err() && ada.delete(&sent).is_err());
}

#[test]
fn an_order_has_the_prices_of_the_catalog() {
    let (url, deliveries) = receiver(&[200; 2]);
    let host = start();
    let products = json!({"type": "product_list", "header": {"type": "text", "text": "Books"}, "body": {"text": "All"},
        "action": {"catalog_id": "194836987003835", "sections": [{"title": "New", "product_items": [{"product_retailer_id": "our-own"}]}]}});
    let id = host.send(&crate::phone_acts::interactive(&products)).unwrap().message_id();
    host.set_webhook(&url).unwrap();
    let ada = host.phone(ADA);
    ada.order([("SKU-3", 2), ("our-own", 1)]).unwrap();
    let mut order = message(&deliveries.recv_timeout(PATIENCE).unwrap());
    assert_eq!(order["context"]["id"].take(), json!(id));
    let items = json!([{"product_retailer_id": "SKU-3", "quantity": 2, "item_price": 3.0, "currency": "INR"},
        {"product_retailer_id": "our-own", "quantity": 1, "item_price": 10.0, "currency": "INR"}]);
    assert_eq!(order["order"], json!({"catalog_id": "194836987003835", "text": "", "product_items": items}));
    for (wrong, why) in [([("SKU-0", 1)], "SKU-0"), ([("SKU-1", 0)], "at least one")] {
        assert!(ada.order(wrong).unwrap_err().to_string().contains(why));
    }
    assert!(host.phone("15557654321").order([("SKU-1", 1)]).is_err(), "they were sent no products");
}

#[test]
fn a_phone_that_is_switched_on_by_several_gets_each_message_once() {
    let (url, deliveries) = receiver(&[200; 60]);
    let host = host_with(&url);
    let ada = host.phone(ADA);
    ada.set_offline(true).unwrap();
    let sent: Vec<String> = (0..10).map(|_| host.send_text(ADA).unwrap().message_id()).collect();
    for _ in &sent {
        assert_eq!(next(&deliveries)["status"], "sent");
    }
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| host.phone(ADA).set_offline(false).unwrap());
        }
    });
    let mut came: Vec<_> = (0..20).map(|_| next(&deliveries)).collect();
    // A message afterwards: nothing more came of those before.
    ada.text("Back").unwrap();
    assert_eq!(message(&deliveries.recv_timeout(PATIENCE).unwrap())["type"], "text");
    let of = |status: &Value| (status["id"].as_str().unwrap().to_owned(), status["status"].to_string());
    let mut expected = Vec::new();
    for id in &sent {
        expected.extend(["\"delivered\"", "\"read\""].map(|status| (id.clone(), status.to_owned())));
    }
    assert_eq!(came.drain(..).map(|status| of(&status)).collect::<Vec<_>>(), expected);
}

#[test]
fn a_reaction_waits_for_an_offline_phone_as_messages_do() {
    let (url, deliveries) = receiver(&[200; 4]);
    let host = host_with(&url);
    let ada = host.phone(ADA);
    let id = ada.text("I bought it").unwrap();
    assert_eq!(message(&deliveries.recv_timeout(PATIENCE).unwrap())["type"], "text");
    ada.set_offline(true).unwrap();
    let reaction = json!({"messaging_product": "whatsapp", "to": ADA, "type": "reaction",
        "reaction": {"message_id": id, "emoji": "👍"}});
    let sent = host.send(&reaction).unwrap().message_id();
    assert_eq!(next(&deliveries)["status"], "sent");
    assert_eq!(ada.messages()[0].reaction, None, "the phone is off");
    assert!(ada.last().is_none());
    ada.set_offline(false).unwrap();
    for expected in ["delivered", "read"] {
        let status = next(&deliveries);
        assert_eq!((&status["id"], &status["status"]), (&json!(sent), &json!(expected)));
    }
    assert_eq!(ada.messages()[0].reaction.as_deref(), Some("👍"));
}
