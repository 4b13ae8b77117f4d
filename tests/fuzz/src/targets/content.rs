//! The JSON of a content of any kind. What is taken is written as JSON that reads the same again; the order of its members and the way
//! its texts are escaped change nothing; and the bodies for Meta and for a gateway say the same message.

use serde_json::Value;
use wamid::{Content, Message};

use crate::json::{plain, reversed};
use crate::requests::{assert_is_rule, to_gateway, to_meta, value};
use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "content", run, seeds };

/// What stands in every body besides the kind's own member.
const ENVELOPE: [&str; 4] = ["messaging_product", "recipient_type", "to", "type"];

fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let content = match Content::from_json(text) {
        Ok(content) => content,
        Err(error) => {
            assert_is_rule(&error);
            if let Some(value) = plain(text) {
                assert!(
                    Content::from_json(&value.to_string()).is_err(),
                    "refused only as it was written: {error:?}"
                );
            }
            return;
        }
    };
    let written = content.to_json().unwrap_or_else(|error| panic!("{text} cannot be written: {error:?}"));
    let read =
        Content::from_json(&written).unwrap_or_else(|error| panic!("{written} cannot be read: {error:?}"));
    assert_eq!(read.to_json().ok().as_deref(), Some(written.as_str()));
    let preview = |content: &Content| to_meta(&Message::new("+919876543210", content.clone()), 0);
    let body = preview(&content);
    // An empty text is an absent one, and a parameter's number a text, so it may be another value; it is the same message.
    match (&body, preview(&read)) {
        (Ok(one), Ok(other)) => assert_eq!(one, &other, "{written}"),
        (Err(one), Err(other)) => assert_eq!(one.kind(), other.kind(), "{written}"),
        (one, other) => panic!("{text} and {written}: {one:?} {other:?}"),
    }
    if let Some(given) = plain(text) {
        for other in [given.to_string(), reversed(&given).to_string()] {
            let other =
                Content::from_json(&other).unwrap_or_else(|error| panic!("{other} is refused: {error:?}"));
            match (&body, preview(&other)) {
                (Ok(one), Ok(other)) => assert_eq!(value(one), value(&other)),
                (Err(one), Err(other)) => assert_eq!(one.kind(), other.kind(), "{one:?} {other:?}"),
                (one, other) => panic!("{text} in another order: {one:?} {other:?}"),
            }
        }
    }
    let body = match body {
        Ok(body) => body,
        Err(error) => {
            assert_is_rule(&error);
            let gateway = to_gateway(&Message::new("+919876543210", content));
            assert!(gateway.is_err(), "only Meta's host refuses it: {error:?} {gateway:?}");
            return;
        }
    };
    if let Some(body) = plain(&body) {
        assert_is_one_message(&body);
    }
    let gateway = to_gateway(&Message::new("+919876543210", content.clone()));
    if let Err(error) = gateway {
        // What lies on this machine crosses to no gateway as it is; it is uploaded first.
        panic!("only a gateway refuses it: {error:?}");
    }
}

/// Meta's envelope, and one member with the content.
fn assert_is_one_message(body: &Value) {
    let Some(members) = body.as_object() else { panic!("{body}") };
    assert_eq!(members.get("messaging_product").and_then(Value::as_str), Some("whatsapp"), "{body}");
    assert_eq!(members.get("to").and_then(Value::as_str), Some("+919876543210"), "{body}");
    let kind = members.get("type").and_then(Value::as_str).unwrap_or_default();
    let others: Vec<&String> = members.keys().filter(|key| !ENVELOPE.contains(&key.as_str())).collect();
    assert_eq!(others, [kind], "{body}");
}

fn seeds() -> Vec<String> {
    seeds::contents()
}
