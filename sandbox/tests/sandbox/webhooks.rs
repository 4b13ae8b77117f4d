//! Delivery reports and inbound messages, as a receiver sees them.

use serde_json::{Value, json};
use tokio::runtime::Builder;
use wamid_sandbox::{Sandbox, SandboxOptions};

use crate::host::{Host, PATIENCE, start, text};
use crate::receiver::{message, receiver};

#[test]
fn an_accepted_message_is_reported_sent_delivered_and_read() {
    let (url, deliveries) = receiver(&[200, 200, 200]);
    let host = Host::start(SandboxOptions {
        webhook_url: Some(url),
        app_secret: "a-secret".into(),
        ..SandboxOptions::default()
    });
    let id = host.send_text("15551234567").unwrap().message_id();
    for expected in ["sent", "delivered", "read"] {
        let delivery = deliveries.recv_timeout(PATIENCE).unwrap();
        assert_eq!(delivery.path, "POST /hook/?who=me HTTP/1.1");
        assert!(delivery.is_signed_with("a-secret") && !delivery.is_signed_with("another"));
        assert_eq!(
            delivery.metadata(),
            json!({ "display_phone_number": "15550783881", "phone_number_id": "106540352242922" })
        );
        let status = delivery.status();
        assert_eq!((&status["status"], &status["id"]), (&json!(expected), &json!(id)));
        assert_eq!(status["recipient_id"], "15551234567");
        assert_eq!(status["biz_opaque_callback_data"], "order-7");
        assert!(status["timestamp"].as_str().unwrap().parse::<i64>().unwrap() > 1_700_000_000);
        assert_eq!(status["pricing"].is_object(), expected != "read", "{status}");
    }
}

#[test]
fn a_receiver_that_stumbles_gets_it_again_and_in_order() {
    let (url, deliveries) = receiver(&[500, 302, 200, 200, 200]);
    let host = start();
    host.set_webhook(&url).unwrap();
    host.send_text("15551234567").unwrap();
    let seen: Vec<_> = (0..5)
        .map(|_| deliveries.recv_timeout(PATIENCE).unwrap().status()["status"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(seen, ["sent", "sent", "sent", "delivered", "read"]);
}

#[test]
fn a_lost_answer_is_settled_by_its_report() {
    let (url, deliveries) = receiver(&[200]);
    let host = start();
    host.set_webhook(&url).unwrap();
    host.send_text("15550900003").unwrap_err();
    let status = deliveries.recv_timeout(PATIENCE).unwrap().status();
    assert_eq!((&status["status"], &status["biz_opaque_callback_data"]), (&json!("sent"), &json!("order-7")));
    assert_eq!(status["id"], host.messages()[0].id);
}

#[test]
fn a_refused_message_is_not_reported_and_a_failed_one_is_reported_failed() {
    let (url, deliveries) = receiver(&[200]);
    let host = start();
    host.set_webhook(&url).unwrap();
    host.send_text("15550131026").unwrap();
    let id = host.send_text("15550900020").unwrap().message_id();
    let status = deliveries.recv_timeout(PATIENCE).unwrap().status();
    assert_eq!((&status["status"], &status["id"]), (&json!("failed"), &json!(id)));
    assert_eq!(status["errors"][0]["code"], 131_026);
    assert_eq!(status["errors"][0]["title"], "Message undeliverable");
    assert!(status["errors"][0]["error_data"]["details"].is_string());
}

#[test]
fn user_ids_are_reported_as_such() {
    let (url, deliveries) = receiver(&[200]);
    let host = start();
    host.set_webhook(&url).unwrap();
    let mut body = text("x");
    body.as_object_mut().unwrap().remove("to");
    body["recipient"] = json!("IN.abc123");
    host.send(&body).unwrap();
    let status = deliveries.recv_timeout(PATIENCE).unwrap().status();
    assert_eq!(status["recipient_user_id"], "IN.abc123");
    assert!(status.get("recipient_id").is_none(), "{status}");
}

#[test]
fn a_customer_writes() {
    let (url, deliveries) = receiver(&[200, 200]);
    let host = start();
    let set = host.request("POST", "/_sandbox/webhook", None, &json!({ "url": url }).to_string()).unwrap();
    assert_eq!(set.status, 200, "{set:?}");
    let path = "/_sandbox/phone/chats/919876543210";
    host.request("POST", path, None, r#"{"act": "set", "name": "Ada"}"#).unwrap();
    let written =
        host.request("POST", path, None, r#"{"act": "text", "text": "is it there?"}"#).unwrap().json();
    assert_eq!(written["webhook_sent"], true);
    let id = &written["id"];
    let value = deliveries.recv_timeout(PATIENCE).unwrap().value();
    assert_eq!(value["contacts"], json!([{ "profile": { "name": "Ada" }, "wa_id": "919876543210" }]));
    let message = &value["messages"][0];
    assert_eq!((&message["id"], &message["from"]), (id, &json!("919876543210")));
    assert_eq!((&message["type"], &message["text"]["body"]), (&json!("text"), &json!("is it there?")));

    let ada = host.phone("+91 98765 43210");
    let id = ada.text("hello?").unwrap();
    assert_eq!(deliveries.recv_timeout(PATIENCE).unwrap().value()["messages"][0]["id"], id);
    assert!(host.phone("ada").text("hello?").is_err());
    host.remove_webhook();
    let error = ada.text("hello?").unwrap_err();
    assert!(error.to_string().contains("set_webhook"), "{error}");
}

#[test]
fn webhooks_never_leave_this_machine() {
    let host = start();
    let answer =
        host.request("POST", "/_sandbox/webhook", None, r#"{"url": "http://example.com/"}"#).unwrap();
    assert_eq!(answer.status, 400);
    assert!(answer.json()["error"].as_str().unwrap().contains("127.0.0.1"), "{answer:?}");
    assert!(host.set_webhook("https://127.0.0.1/").is_err());

    let options =
        SandboxOptions { webhook_url: Some("http://10.0.0.1/".into()), ..SandboxOptions::default() };
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let error = runtime.block_on(Sandbox::start(options)).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
}

#[test]
fn a_customer_s_file_can_be_fetched_by_the_id_in_its_webhook() {
    let (url, deliveries) = receiver(&[200; 3]);
    let host = start();
    host.set_webhook(&url).unwrap();
    for (mime_type, kind, caption) in [
        ("image/png", "image", Some("Mine")),
        ("image/webp", "sticker", None),
        ("application/pdf", "document", None),
    ] {
        host.phone("15551234567").send_file(mime_type, b"abc".as_slice(), caption).unwrap();
        let message = message(&deliveries.recv_timeout(PATIENCE).unwrap());
        let id = message[kind]["id"].as_str().unwrap();
        let mut media = json!({"id": id, "mime_type": mime_type, "sha256": "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="});
        if let Some(caption) = caption {
            media["caption"] = json!(caption);
        }
        if kind == "sticker" {
            media["animated"] = json!(false);
        }
        assert_eq!(message, json!({"from": "15551234567", "type": kind, kind: media}));
        let described = host.request("GET", &format!("/v26.0/{id}"), Some(host.access_token()), "").unwrap();
        assert_eq!((described.status, &described.json()["mime_type"]), (200, &json!(mime_type)));
        let url = described.json()["url"].as_str().unwrap().to_owned();
        let content = host
            .request("GET", url.strip_prefix(host.url()).unwrap(), Some(host.access_token()), "")
            .unwrap();
        assert_eq!((content.status, content.body.as_str()), (200, "abc"));
        assert_eq!(content.header("x-content-type-options"), Some("nosniff"));
    }
    assert!(host.phone("15551234567").send_file("image/png", b"".as_slice(), None).is_err());
}

#[test]
fn a_form_comes_back_with_the_token_of_its_flow() {
    let (url, deliveries) = receiver(&[200; 7]);
    let host = start();
    let answers = json!({"address": "1 Church Street"});
    let answers = || answers.as_object().unwrap().clone();
    let ada = host.phone("+1 555 123-4567");
    host.set_webhook(&url).unwrap();
    assert!(ada.fill_flow(answers()).is_err(), "no flow was sent");
    let flow = json!({"type": "flow", "body": {"text": "Where?"}, "action": {"name": "flow", "parameters": {
        "flow_message_version": "3", "flow_id": "1", "flow_cta": "Address", "flow_token": "order-7"}}});
    let sent = json!({"messaging_product": "whatsapp", "to": "15551234567", "type": "interactive", "interactive": flow});
    let id = host.send(&sent).unwrap().message_id();
    (0..3).for_each(|_| drop(deliveries.recv_timeout(PATIENCE).unwrap()));
    ada.fill_flow(answers()).unwrap();
    let message = message(&deliveries.recv_timeout(PATIENCE).unwrap());
    let reply = &message["interactive"]["nfm_reply"];
    assert_eq!(
        (&message["context"]["id"], &message["interactive"]["type"]),
        (&json!(id), &json!("nfm_reply"))
    );
    assert_eq!((&reply["name"], &reply["body"]), (&json!("flow"), &json!("Sent")));
    let response: Value = serde_json::from_str(reply["response_json"].as_str().unwrap()).unwrap();
    assert_eq!(response, json!({"address": "1 Church Street", "flow_token": "order-7"}));
}
