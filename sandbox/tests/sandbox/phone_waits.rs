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
