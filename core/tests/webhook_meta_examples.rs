//! The examples of Meta's OpenAPI file: nothing of them is lost.
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::Value;
use wamid::{Event, parse_webhook};

mod meta_file;

fn leaves(value: &Value, out: &mut Vec<Value>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| leaves(value, out)),
        Value::Object(map) => map.values().for_each(|value| leaves(value, out)),
        scalar => out.push(scalar.clone()),
    }
}

#[test]
fn nothing_of_metas_examples_is_lost() {
    let Some(file) = meta_file::read() else { return };
    let examples = meta_file::request_examples(&file, "/whatsapp/webhooks");
    assert_eq!(examples.len(), 16);
    let (count, mut typed) = (examples.len(), 0);
    for (name, body) in examples {
        let events = parse_webhook(body.to_string().as_bytes()).unwrap();
        let raws: Vec<Value> = events
            .iter()
            .map(|event| match event {
                Event::Message(message) => message.raw.to_value().unwrap(),
                Event::Status(status) => status.raw.to_value().unwrap(),
                Event::Other(other) => other.raw.to_value().unwrap(),
                _ => unreachable!(),
            })
            .collect();
        let change = &body["entry"][0]["changes"][0];
        let value = &change["value"];
        let Some(message) = value["messages"].get(0) else {
            assert_eq!(raws, std::slice::from_ref(value), "{name}");
            continue;
        };
        typed += 1;
        let [Event::Message(event)] = events.as_slice() else { panic!("{name}: {events:?}") };
        assert_eq!(&raws[0]["message"], message, "{name}");
        assert_eq!(raws[0].get("contact"), value["contacts"].get(0), "{name}");
        let (mut expected, mut told) = (Vec::new(), Vec::new());
        leaves(message, &mut expected);
        leaves(&raws[0]["message"], &mut told);
        assert!(expected.len() >= 4 && expected == told, "{name}");
        assert_eq!(value["metadata"]["phone_number_id"], event.phone_number_id, "{name}");
        assert_eq!(message["id"], event.id, "{name}");
        assert_eq!(message["type"], event.kind, "{name}");
        assert_eq!(message["from"].as_str(), event.from.as_deref(), "{name}");
        assert_eq!(message["context"]["id"].as_str(), event.reply_to.as_deref(), "{name}");
        assert_eq!(message["timestamp"], event.timestamp.as_second().to_string(), "{name}");
        assert_eq!(message["text"]["body"].as_str().is_some(), event.kind == "text", "{name}");
        let contact = &value["contacts"][0];
        assert_eq!(contact["profile"]["name"].as_str(), event.profile_name.as_deref(), "{name}");
        if let Some(wa_id) = contact["wa_id"].as_str() {
            assert_eq!(Some(wa_id), event.from.as_deref(), "{name}");
        }
    }
    let row = format!("| `POST /whatsapp/webhooks` | {count} | {count} | {typed} | {} |", count - typed);
    meta_file::assert_in_page("webhooks", &[row]);
}
