//! The body of a webhook. The same JSON in another order and another spelling tells the same; what a slow reading finds is told; the
//! parts that it is taken apart into tell it too, and each `raw` is Meta's own text.

use std::collections::BTreeSet;

use serde_json::Value;
use wamid::{Event, parse_webhook, split_webhook};

use crate::json::{is_json, plain, reversed};
use crate::requests::assert_is_rule;
use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "webhook", run, seeds: seeds::webhooks };

fn run(data: &[u8]) {
    let events = match parse_webhook(data) {
        Ok(events) => events,
        Err(error) => {
            assert_is_rule(&error);
            assert_eq!(error.field(), Some("body"), "{error:?}");
            let is_object = std::str::from_utf8(data)
                .is_ok_and(|text| is_json(text) && text.trim_start().starts_with('{'));
            assert!(!is_object, "an object is refused: {error:?}");
            assert!(split_webhook(data).is_err());
            return;
        }
    };
    let Ok(text) = std::str::from_utf8(data) else { panic!("no UTF-8, and taken") };
    assert!(is_json(text) && text.trim_start().starts_with('{'), "taken, and no JSON object");
    events.iter().for_each(|event| assert_is_raw(event, text));
    let parts = split_webhook(data).unwrap_or_else(|error| panic!("parsed, but not split: {error:?}"));
    let Some(body) = plain(text) else { return };
    let told = values(&events);
    let of_parts: Vec<Value> = parts.iter().flat_map(|part| values(&part.events)).collect();
    // What is not understood is told as large a piece as the part has.
    let (of_parts, rest) = understood(of_parts);
    let (of_whole, rest_of_whole) = understood(told.clone());
    assert_eq!(of_parts, of_whole, "the parts");
    assert_eq!(rest, rest_of_whole, "the parts");
    for part in &parts {
        let again =
            parse_webhook(part.body.as_bytes()).unwrap_or_else(|error| panic!("{}: {error:?}", part.body));
        assert_eq!(values(&again), values(&part.events), "{}", part.body);
    }
    for other in [body.to_string(), serde_json::to_string_pretty(&reversed(&body)).unwrap_or_default()] {
        let again = parse_webhook(other.as_bytes()).unwrap_or_else(|error| panic!("{other}: {error:?}"));
        assert_eq!(values(&again), told, "{other}");
    }
    for found in slowly(&body) {
        assert!(told.iter().any(|event| says(event, &found)), "{found:?} is not told: {told:?}");
    }
}

/// As JSON, whose members have no order.
fn values(events: &[Event]) -> Vec<Value> {
    events
        .iter()
        .map(|event| serde_json::to_value(event).unwrap_or_else(|error| panic!("{error}: {event:?}")))
        .collect()
}

/// What is no `other`, and the fields of those that are.
fn understood(events: Vec<Value>) -> (Vec<Value>, BTreeSet<String>) {
    let (others, understood): (Vec<Value>, Vec<Value>) =
        events.into_iter().partition(|event| event["event"] == "other");
    (understood, others.iter().map(|other| other["field"].to_string()).collect())
}

/// Meta's own text, to the letter.
fn assert_is_raw(event: &Event, body: &str) {
    let is_in = |raw: &str| assert!(body.contains(raw), "{raw} is not Meta's text");
    match event {
        Event::Message(message) => is_composed(message.raw.as_str(), &is_in),
        Event::Echo(echo) => is_composed(echo.message.raw.as_str(), &is_in),
        Event::Status(status) => is_in(status.raw.as_str()),
        Event::Template(template) => is_in(template.raw.as_str()),
        Event::Preference(preference) => is_in(preference.raw.as_str()),
        Event::Other(other) => is_in(other.raw.as_str()),
        other => panic!("{other:?}"),
    }
}

/// A message, and the contact beside it.
fn is_composed(raw: &str, is_in: &dyn Fn(&str)) {
    let members: std::collections::BTreeMap<String, Box<serde_json::value::RawValue>> =
        serde_json::from_str(raw).unwrap_or_else(|error| panic!("{error}: {raw}"));
    assert!(members.contains_key("message"), "{raw}");
    members.values().for_each(|member| is_in(member.get()));
}

/// What an element of a list says for certain.
#[derive(Debug)]
struct Found {
    event: &'static str,
    number: String,
    id: String,
    timestamp: i64,
    /// The text of a message, the name of a status.
    said: Option<String>,
}

/// Messages and statuses, read one member after the other, where all that they need is a text.
fn slowly(body: &Value) -> Vec<Found> {
    let list =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut found = Vec::new();
    for change in list(body, "entry").iter().flat_map(|entry| list(entry, "changes")) {
        if change.get("field").and_then(Value::as_str) != Some("messages") {
            continue;
        }
        let Some(value) = change.get("value") else { continue };
        let number = value
            .get("metadata")
            .and_then(|metadata| metadata.get("phone_number_id"))
            .and_then(Value::as_str);
        for (name, event) in [("messages", "message"), ("statuses", "status")] {
            for element in list(value, name) {
                let text =
                    |name: &str| element.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
                let said = match event {
                    "message" if text("type") == Some("text") => {
                        element.get("text").and_then(|text| text.get("body")?.as_str())
                    }
                    "message" => None,
                    _ => match text("status") {
                        Some(status) => Some(status),
                        None => continue,
                    },
                };
                let timestamp = text("timestamp")
                    .filter(|text| text.len() < 11 && text.bytes().all(|b| b.is_ascii_digit()));
                if let (Some(number), Some(id), Some(timestamp)) =
                    (number.filter(|number| !number.is_empty()), text("id"), timestamp)
                {
                    found.push(Found {
                        event,
                        number: number.to_owned(),
                        id: id.to_owned(),
                        timestamp: timestamp.parse().unwrap_or_default(),
                        said: said.map(str::to_owned),
                    });
                }
            }
        }
    }
    found
}

fn says(event: &Value, found: &Found) -> bool {
    let said = if found.event == "message" { "text" } else { "status" };
    let timestamp = event["timestamp"].as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    event["event"] == found.event
        && event["id"] == found.id.as_str()
        && event["phone_number_id"] == found.number.as_str()
        && timestamp.is_some_and(|timestamp| timestamp.as_second() == found.timestamp)
        && found.said.as_deref().is_none_or(|text| event[said] == text)
}
