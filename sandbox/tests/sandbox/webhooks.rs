//! Delivery reports and inbound messages, as a receiver sees them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;

use ring::hmac;
use serde_json::{Value, json};
use tokio::runtime::Builder;
use wamid_sandbox::{Sandbox, SandboxOptions};

use crate::host::{Host, PATIENCE, start, text};

struct Delivery {
    path: String,
    signature: String,
    body: Vec<u8>,
}

impl Delivery {
    fn value(&self) -> Value {
        let body: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(body["object"], "whatsapp_business_account");
        assert_eq!(body["entry"][0]["changes"][0]["field"], "messages");
        let value = body["entry"][0]["changes"][0]["value"].clone();
        assert_eq!(
            value["metadata"],
            json!({ "display_phone_number": "15550783881", "phone_number_id": "106540352242922" })
        );
        value
    }

    fn status(&self) -> Value {
        self.value()["statuses"][0].clone()
    }

    fn is_signed_with(&self, secret: &str) -> bool {
        let digits = self.signature.strip_prefix("sha256=").unwrap();
        let tag: Vec<u8> = (0..digits.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
            .collect();
        hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), &self.body, &tag).is_ok()
    }
}

/// Takes as many webhooks as there are statuses and answers each with its.
fn receiver(statuses: &'static [u16]) -> (String, mpsc::Receiver<Delivery>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook/?who=me", listener.local_addr().unwrap());
    let (sender, deliveries) = mpsc::channel();
    std::thread::spawn(move || {
        for status in statuses {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream);
            let mut head = Vec::new();
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if line.trim().is_empty() {
                    break;
                }
                head.push(line.trim().to_owned());
            }
            let header = |name: &str| {
                let lines = head.iter().filter_map(|line| line.split_once(": "));
                lines
                    .clone()
                    .find(|(key, _)| key.eq_ignore_ascii_case(name))
                    .map(|(_, value)| value.to_owned())
            };
            let mut body = vec![0; header("content-length").unwrap().parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
            reader.get_mut().write_all(answer.as_bytes()).unwrap();
            let path = head[0].clone();
            sender.send(Delivery { path, signature: header("x-hub-signature-256").unwrap(), body }).unwrap();
        }
    });
    (url, deliveries)
}

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
    let by_http = r#"{"from": "+91 98765 43210", "text": "is it there?", "name": "Ada"}"#;
    let id = host.request("POST", "/_sandbox/inbound", None, by_http).unwrap().json()["id"].clone();
    let value = deliveries.recv_timeout(PATIENCE).unwrap().value();
    assert_eq!(value["contacts"], json!([{ "profile": { "name": "Ada" }, "wa_id": "919876543210" }]));
    let message = &value["messages"][0];
    assert_eq!((&message["id"], &message["from"]), (&id, &json!("919876543210")));
    assert_eq!((&message["type"], &message["text"]["body"]), (&json!("text"), &json!("is it there?")));

    let id = host.inbound_text("919876543210", "Ada", "hello?").unwrap();
    assert_eq!(deliveries.recv_timeout(PATIENCE).unwrap().value()["messages"][0]["id"], id);
    assert!(host.inbound_text("ada", "Ada", "hello?").is_err());
    host.remove_webhook();
    let error = host.inbound_text("919876543210", "Ada", "hello?").unwrap_err();
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

/// The only message of a webhook, without what is new in each.
fn message(delivery: &Delivery) -> Value {
    let mut message = delivery.value()["messages"][0].clone();
    for name in ["id", "timestamp"] {
        assert!(message.as_object_mut().unwrap().remove(name).is_some_and(|value| value.is_string()));
    }
    message
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
        host.inbound_media("15551234567", "Ada", (mime_type, b"abc".as_slice()), caption).unwrap();
        let message = message(&deliveries.recv_timeout(PATIENCE).unwrap());
        let id = message[kind]["id"].as_str().unwrap();
        let mut media = json!({"id": id, "mime_type": mime_type, "sha256": "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="});
        if let Some(caption) = caption {
            media["caption"] = json!(caption);
        }
        assert_eq!(message, json!({"from": "15551234567", "type": kind, kind: media}));
        let described = host.request("GET", &format!("/v26.0/{id}"), Some(host.access_token()), "").unwrap();
        assert_eq!((described.status, &described.json()["mime_type"]), (200, &json!(mime_type)));
    }
    assert!(host.inbound_media("15551234567", "Ada", ("image/png", b"".as_slice()), None).is_err());
}

#[test]
fn a_form_comes_back_with_the_token_of_its_flow() {
    let (url, deliveries) = receiver(&[200; 7]);
    let host = start();
    let answers = json!({"address": "1 Church Street"});
    let answers = answers.as_object().unwrap();
    host.set_webhook(&url).unwrap();
    assert!(host.complete_flow("15551234567", "Ada", answers).is_err(), "no flow was sent");
    let flow = json!({"type": "flow", "body": {"text": "Where?"}, "action": {"name": "flow", "parameters": {
        "flow_message_version": "3", "flow_id": "1", "flow_cta": "Address", "flow_token": "order-7"}}});
    let sent = json!({"messaging_product": "whatsapp", "to": "15551234567", "type": "interactive", "interactive": flow});
    let id = host.send(&sent).unwrap().message_id();
    (0..3).for_each(|_| drop(deliveries.recv_timeout(PATIENCE).unwrap()));
    host.complete_flow("+1 555 123-4567", "Ada", answers).unwrap();
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

#[test]
fn programs_play_the_customer_over_http() {
    let (url, deliveries) = receiver(&[200; 6]);
    let host = start();
    host.set_webhook(&url).unwrap();
    let inbound =
        |body: Value| host.post_as("application/json", "/_sandbox/inbound", &body.to_string()).unwrap();
    let refused = |body: Value| assert_eq!(inbound(body.clone()).status, 400, "{body}");
    let buttons = json!({"type": "button", "body": {"text": "Pay?"}, "action": {"buttons": [
        {"type": "reply", "reply": {"id": "pay", "title": "Pay"}}]}});
    let sent = json!({"messaging_product": "whatsapp", "to": "15551234567", "type": "interactive", "interactive": buttons});
    host.send(&sent).unwrap();
    (0..3).for_each(|_| drop(deliveries.recv_timeout(PATIENCE).unwrap()));
    let from = "15551234567";
    for (body, kind) in [
        (json!({"from": from, "text": "hello", "name": "Ada"}), "text"),
        (json!({"from": from, "press": "Pay"}), "interactive"),
    ] {
        assert_eq!(inbound(body.clone()).status, 200, "{body}");
        let message = message(&deliveries.recv_timeout(PATIENCE).unwrap());
        assert_eq!(message["type"], kind, "{message}");
    }
    refused(json!({"from": from, "press": "Refuse"}));
    refused(json!({"from": from, "media": {"id": "1"}}));
    refused(json!({"from": from, "flow": {}}));
    refused(json!({"from": from}));
}
