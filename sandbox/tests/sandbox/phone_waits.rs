//! A conversation as a test has it: waiting for the next message, and the same in every run.

use serde_json::json;
use wamid_sandbox::SandboxOptions;

use crate::host::{Host, PATIENCE, start};
use crate::phone_acts::{act, entries};
use crate::receiver::receiver;

const ADA: &str = "15551234567";

#[tokio::test]
async fn messages_are_waited_for_one_after_the_other() {
    let host = start();
    host.send_text(ADA).unwrap();
    let ada = host.phone(ADA);
    let sent: Vec<String> = (0..3).map(|_| host.send_text(ADA).unwrap().message_id()).collect();
    let mut malformed = crate::host::text(ADA);
    malformed["text"] = json!({});
    assert_eq!(host.send(&malformed).unwrap().status, 400);
    for id in &sent {
        assert_eq!(&ada.next_message().await.unwrap().id, id);
    }
    // The sandbox has a thread of its own: the one who waits is polled first, and woken by what is sent then.
    let (waiting, sent) =
        tokio::join!(ada.next_message(), async { host.send_text(ADA).unwrap().message_id() });
    assert_eq!(waiting.unwrap().id, sent);
    let error = ada.next_message_within(std::time::Duration::from_millis(10)).await.unwrap_err();
    assert!(error.to_string().contains("no further message"), "{error}");
}

#[test]
fn with_a_seed_and_a_clock_every_run_is_the_same() {
    let run = || {
        let options = SandboxOptions {
            seed: Some(7),
            clock: Some("2026-11-29T10:00:00Z".parse().unwrap()),
            ..SandboxOptions::default()
        };
        let host = Host::start(options);
        let answer = host.send_text(ADA).unwrap();
        act(&host, &json!({"act": "text", "text": "Hi"}));
        act(&host, &json!({"act": "set", "name": "Ada"}));
        host.send_text(ADA).unwrap();
        let malformed = host.send(&json!({})).unwrap();
        (answer.body, malformed.body, entries(&host))
    };
    let (answer, malformed, chat) = run();
    assert_eq!((answer, malformed, chat.clone()), run());
    let times: Vec<_> = chat.iter().map(|entry| entry["time"].as_str().unwrap()).collect();
    assert_eq!(times, ["2026-11-29T10:00:00Z", "2026-11-29T10:00:01Z", "2026-11-29T10:00:03Z"]);
    assert_eq!(chat[1]["body"]["timestamp"], "1795946401");
    let ids: std::collections::HashSet<_> = chat.iter().map(|entry| entry["id"].to_string()).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn what_a_customer_writes_comes_in_order() {
    let (url, deliveries) = receiver(&[200; 30]);
    let host = start();
    host.set_webhook(&url).unwrap();
    let ada = host.phone(ADA);
    let written: Vec<String> = (0..30).map(|number| ada.text(number.to_string()).unwrap()).collect();
    let came: Vec<String> = (0..30)
        .map(|_| {
            deliveries.recv_timeout(PATIENCE).unwrap().value()["messages"][0]["id"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(came, written);
}

#[test]
fn a_phone_outlives_its_sandbox_and_says_so() {
    let host = start();
    host.set_webhook("http://127.0.0.1:9/").unwrap();
    let ada = host.phone(ADA);
    host.finish();
    let error = ada.text("Hello?").unwrap_err();
    assert!(error.to_string().contains("has stopped"), "{error}");
}

#[test]
fn a_customer_without_a_number_is_known_by_the_user_id() {
    let (url, deliveries) = receiver(&[200; 2]);
    let host = start();
    let mut body = crate::host::text("x");
    body.as_object_mut().unwrap().remove("to");
    body["recipient"] = json!("US.1349");
    let id = host.send(&body).unwrap().message_id();
    host.set_webhook(&url).unwrap();
    let somebody = host.phone("US.1349").named("Ada");
    assert_eq!(somebody.last().unwrap().id, id);
    somebody.reply(&id, "Hi").unwrap();
    let value = deliveries.recv_timeout(PATIENCE).unwrap().value();
    assert_eq!(value["contacts"], json!([{"profile": {"name": "Ada"}, "user_id": "US.1349"}]));
    let message = &value["messages"][0];
    assert_eq!((&message["from_user_id"], message.get("from")), (&json!("US.1349"), None));
    somebody.set_opted_out(true).unwrap();
    let preference = deliveries.recv_timeout(PATIENCE).unwrap().value_of("user_preferences");
    assert_eq!(preference["user_preferences"][0]["user_id"], "US.1349");
}

#[test]
fn the_flow_of_a_template_s_button_is_filled_in() {
    let (url, deliveries) = receiver(&[200]);
    let host = start();
    let token = host.access_token().to_owned();
    let post = |path: &str, body: &serde_json::Value| {
        let path = format!("/v26.0/{}/{path}", host.business_account_id());
        host.request("POST", &path, Some(&token), &body.to_string()).unwrap().json()
    };
    let flow = post("flows", &json!({"name": "address", "categories": ["OTHER"]}))["id"].clone();
    let file = r#"{"version": "7.0", "screens": [{"id": "A"}]}"#;
    let part = |name: &str, value: &str| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let asset = format!(
        "{}{}--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"flow.json\"\r\n\r\n{file}\r\n--B--\r\n",
        part("name", "flow.json"),
        part("asset_type", "FLOW_JSON")
    );
    let path = format!("/v26.0/{}/assets", flow.as_str().unwrap());
    assert_eq!(host.post_as("multipart/form-data; boundary=B", &path, &asset).unwrap().status, 200);
    let buttons = json!([{"type": "FLOW", "text": "Fill in", "flow_id": flow}]);
    let components = json!([{"type": "BODY", "text": "Where?"}, {"type": "BUTTONS", "buttons": buttons}]);
    post(
        "message_templates",
        &json!({"name": "where", "language": "en", "category": "UTILITY", "components": components}),
    );
    let action = json!({"type": "action", "action": {"flow_token": "order-7"}});
    let button = json!({"type": "button", "sub_type": "flow", "index": "0", "parameters": [action]});
    let template = json!({"name": "where", "language": {"code": "en"}, "components": [button]});
    let sent = host
        .send(&json!({"messaging_product": "whatsapp", "to": ADA, "type": "template", "template": template}))
        .unwrap();
    assert_eq!(sent.status, 200, "{sent:?}");
    assert_eq!(entries(&host)[0]["flow"]["screens"][0]["id"], "A");
    host.set_webhook(&url).unwrap();
    host.phone(ADA).fill_flow(json!({"city": "Pune"}).as_object().unwrap().clone()).unwrap();
    let came = crate::receiver::message(&deliveries.recv_timeout(PATIENCE).unwrap());
    let response = &came["interactive"]["nfm_reply"]["response_json"];
    assert_eq!(response, r#"{"city":"Pune","flow_token":"order-7"}"#);
}
