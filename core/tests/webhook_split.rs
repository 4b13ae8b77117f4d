//! A webhook that is taken apart tells the same as the whole.
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};
use wamid::{parse_webhook, sign_webhook, split_webhook, verify_webhook};

mod meta_file;

fn message(id: &str, from: &str) -> Value {
    json!({"from": from, "id": id, "timestamp": "1749416383", "type": "text", "text": {"body": "\u{e9}\0\u{1f600}"}})
}

fn body(changes: &[Value]) -> String {
    json!({"object": "whatsapp_business_account", "of_tomorrow": 1.50,
           "entry": [{"id": "102290129340398", "time": 17, "changes": changes}]})
    .to_string()
}

fn change(value: &Value) -> Value {
    json!({"value": value, "field": "messages"})
}

/// Each part tells one thing, and all together what the whole tells.
fn held(body: &str) -> Vec<Value> {
    let parts = split_webhook(body.as_bytes()).unwrap();
    let told: Vec<_> = parts.iter().flat_map(|part| part.events.clone()).collect();
    assert_eq!(told, parse_webhook(body.as_bytes()).unwrap(), "{body}");
    for part in &parts {
        assert_eq!(part.events.len(), 1, "{}", part.body);
    }
    parts.iter().map(|part| serde_json::from_str(&part.body).unwrap()).collect()
}

#[test]
fn every_message_and_status_has_metas_envelope_and_its_own_contact() {
    let metadata = json!({"display_phone_number": "15550783881", "phone_number_id": "106540352242922"});
    let contacts = json!([
        {"profile": {"name": "A"}, "wa_id": "16505551234"},
        {"profile": {"name": "B"}, "wa_id": "16505551235", "user_id": "US.1"},
    ]);
    let value = json!({
        "messaging_product": "whatsapp", "metadata": metadata, "contacts": contacts,
        "messages": [message("m1", "16505551234"), message("m2", "16505551235"), message("m3", "16505551236")],
        "statuses": [{"id": "s1", "status": "read", "timestamp": "1749416383", "recipient_user_id": "US.1"}],
    });
    let other = json!({"field": "account_update", "value": {"event": "X"}});
    let parts = held(&body(&[change(&value), other.clone()]));
    assert_eq!(parts.len(), 5);
    for part in &parts {
        assert_eq!(
            (&part["object"], &part["of_tomorrow"], &part["entry"][0]["id"], &part["entry"][0]["time"]),
            (&json!("whatsapp_business_account"), &json!(1.5), &json!("102290129340398"), &json!(17))
        );
    }
    let value = |at: usize| &parts[at]["entry"][0]["changes"][0]["value"];
    assert_eq!(value(0)["messages"], json!([message("m1", "16505551234")]));
    assert_eq!(value(0)["contacts"], json!([contacts[0]]));
    assert_eq!((value(0).get("statuses"), &value(0)["metadata"]), (None, &metadata));
    assert_eq!(value(1)["contacts"], json!([contacts[1]]));
    assert_eq!(value(2).get("contacts"), None);
    assert_eq!((value(3).get("messages"), &value(3)["contacts"]), (None, &json!([contacts[1]])));
    assert_eq!(parts[4]["entry"][0]["changes"], json!([other]));
}

#[test]
fn one_contact_belongs_to_the_messages_that_it_belongs_to_in_the_whole() {
    let contact = json!([{"profile": {"name": "A"}, "wa_id": "16505551234"}]);
    for senders in [
        &["16505551234", "16505551235"][..],
        &["16505551235", "16505551236"],
        &["16505551234"],
        &["5215512345678", "5215512345678"],
    ] {
        let messages: Vec<_> =
            senders.iter().enumerate().map(|(at, from)| message(&format!("m{at}"), from)).collect();
        let value = json!({"metadata": {"phone_number_id": "1"}, "contacts": contact, "messages": messages});
        assert_eq!(held(&body(&[change(&value)])).len(), senders.len());
    }
    let echoes = json!([
        {"from": "15550783881", "to": "16505551234", "id": "e1", "timestamp": "1749416383", "type": "text"},
        {"from": "15550783881", "to": "16505551235", "id": "e2", "timestamp": "1749416383", "type": "text"},
    ]);
    let value = json!({"metadata": {"phone_number_id": "1"}, "contacts": contact, "message_echoes": echoes});
    assert_eq!(held(&body(&[json!({"field": "smb_message_echoes", "value": value})])).len(), 2);
}

#[test]
fn metas_examples_stay_what_they_are() {
    let Some(file) = meta_file::read() else { return };
    for (name, body) in meta_file::request_examples(&file, "/whatsapp/webhooks") {
        let parts = held(&body.to_string());
        let written: Vec<_> = parts.iter().collect();
        assert_eq!(written, [&body], "{name}");
    }
}

#[test]
fn what_would_grow_without_bound_or_has_no_known_shape_is_taken_apart_less() {
    let large = "x".repeat(100_000);
    let messages: Vec<_> = (0..100).map(|at| message(&format!("m{at}"), "16505551234")).collect();
    let value = json!({"metadata": {"phone_number_id": "1"}, "of_tomorrow": large, "messages": messages});
    let whole = body(&[change(&value), change(&json!({"x": 1}))]);
    let parts = split_webhook(whole.as_bytes()).unwrap();
    assert_eq!(parts.iter().map(|part| part.events.len()).collect::<Vec<_>>(), [100, 1]);
    for strange in [
        r#"{"entry":[0,1]}"#,
        r#"{"entry":{"x":1}}"#,
        r#"{"entry":[{"changes":[0,1,2]}]}"#,
        r#"{"entry":[{"changes":[{"field":"messages","value":{"messages":[0,1]}}]}]}"#,
    ] {
        let parts = split_webhook(strange.as_bytes()).unwrap();
        let told: Vec<_> = parts.into_iter().flat_map(|part| part.events).collect();
        assert_eq!(told, parse_webhook(strange.as_bytes()).unwrap(), "{strange}");
    }
    for nothing in ["{}", r#"{"entry":[]}"#, r#"{"entry":[{"changes":[]}]}"#] {
        assert!(split_webhook(nothing.as_bytes()).unwrap().is_empty(), "{nothing}");
    }
    assert_eq!(split_webhook(b"[]").unwrap_err().field(), Some("body"));
    assert_eq!(split_webhook(b"\xff").unwrap_err().field(), Some("body"));
}

#[test]
fn no_part_tells_of_two_accounts() {
    let entry = |id: &str, beside: &str| {
        let value = json!({"metadata": {"phone_number_id": id}, "messages": [message(id, "16505551234")]});
        json!({"id": id, "changes": [change(&value), change(&value)], "of_tomorrow": beside})
    };
    let large = "x".repeat(200_000);
    for odd in
        [json!(0), json!({"id": "3"}), json!({"id": "3", "changes": [{"field": "messages", "value": null}]})]
    {
        for beside in ["", large.as_str()] {
            let whole =
                json!({"object": "x", "entry": [entry("1", beside), odd, entry("2", beside)]}).to_string();
            let parts = split_webhook(whole.as_bytes()).unwrap();
            for part in &parts {
                let told: Vec<_> = part.events.iter().filter_map(|event| event.phone_number_id()).collect();
                assert!(
                    told.iter().all(|number| Some(*number) == part.account_id.as_deref()),
                    "{}",
                    part.body
                );
            }
            let told: Vec<_> = parts.into_iter().flat_map(|part| part.events).collect();
            assert_eq!(told, parse_webhook(whole.as_bytes()).unwrap(), "{odd}");
        }
    }
}

#[test]
fn what_tells_of_its_number_beside_its_messages_stays_whole() {
    for key in ["errors", "user_actions"] {
        let mut value = json!({"metadata": {"phone_number_id": "1066"},
            "messages": [message("m1", "16505551234"), message("m2", "16505551235")]});
        value[key] = json!([{"code": 130429}]);
        let body = body(&[change(&value)]);
        let parts = split_webhook(body.as_bytes()).unwrap();
        let [part] = parts.as_slice() else { panic!("{} parts", parts.len()) };
        assert_eq!(part.events, parse_webhook(body.as_bytes()).unwrap());
        assert_eq!(part.events.len(), 3, "{key}");
    }
}

#[test]
fn what_is_signed_is_verified() {
    let signature = sign_webhook(b"{}", "a secret of its own");
    assert!(verify_webhook(b"{}", &signature, "a secret of its own").unwrap());
    assert!(!verify_webhook(b"{ }", &signature, "a secret of its own").unwrap());
}
