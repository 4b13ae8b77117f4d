//! A customer's message is answered in place.
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::json;
use wamid::{Client, ErrorKind, Event, MessageEvent, Text, parse_webhook};
use wamid_sandbox::{Sandbox, SandboxOptions};

fn inbound(names: &serde_json::Value) -> MessageEvent {
    let mut message =
        json!({"id": "wamid.IN", "timestamp": "1749416383", "type": "text", "text": {"body": "Is it open?"}});
    message.as_object_mut().unwrap().extend(names.as_object().unwrap().clone());
    let value = json!({"metadata": {"phone_number_id": "1066"}, "messages": [message]});
    let body = json!({"entry": [{"changes": [{"field": "messages", "value": value}]}]});
    match parse_webhook(body.to_string().as_bytes()).unwrap().remove(0) {
        Event::Message(message) => message,
        event => panic!("{event:?}"),
    }
}

#[tokio::test]
async fn it_goes_to_the_number_or_to_the_user_id_and_quotes_the_message() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let client = Client::cloud(sandbox.access_token(), sandbox.phone_number_id()).graph_url(sandbox.url());
    // Ten bare digits would be a national number.
    let client = client.default_country_code("1").build().unwrap();
    for (names, key, to) in [
        (json!({"from": "4790000011", "from_user_id": "NO.1349120"}), "to", "+4790000011"),
        (json!({"from_user_id": "NO.1349120"}), "recipient", "NO.1349120"),
    ] {
        let event = inbound(&names);
        let receipt = event.reply(&client, Text::new("Until nine")).reference("r-1").await.unwrap();
        assert_eq!(receipt.reference.as_deref(), Some("r-1"));
        let sent = sandbox.messages().pop().unwrap();
        assert_eq!(
            (&sent.body[key], &sent.body["context"]),
            (&json!(to), &json!({"message_id": "wamid.IN"}))
        );
        event.mark_read(&client).typing(true).await.unwrap();
    }
}

#[tokio::test]
async fn a_group_has_no_address() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let client = Client::cloud(sandbox.access_token(), sandbox.phone_number_id()).graph_url(sandbox.url());
    let event = inbound(&json!({"from": "4790000011", "group_id": "G1"}));
    let error = event.reply(&client.build().unwrap(), Text::new("x")).await.unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("phone")));
    assert!(sandbox.messages().is_empty());
}
