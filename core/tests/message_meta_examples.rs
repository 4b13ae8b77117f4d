//! The bodies of messages, held against the examples of Meta's OpenAPI file.
//!
//! Each example is read into the SDK's own content, kind by kind, and written again. What is then not the same is one of
//! `KNOWN`.
#![allow(clippy::unwrap_used, clippy::panic)]

mod meta_file;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use wamid::{Client, Content, Message};

/// Where a body of ours is not Meta's example, and why.
const KNOWN: [(&str, &str); 11] = [
    ("recipient_type", "all sends have it; it is Meta's default, and some examples leave it out"),
    ("type", "some examples leave it out"),
    ("template.components[].index", "a text, as Meta's pages have it; one example writes numbers"),
    (
        "template.components[].sub_type",
        "in small letters, as Meta's pages have it; one example writes CATALOG",
    ),
    ("template.components[].parameters[].date_time.calendar", "Meta reads only the fallback value"),
    ("template.components[].parameters[].date_time.day_of_month", "the same"),
    ("template.components[].parameters[].date_time.day_of_week", "the same"),
    ("template.components[].parameters[].date_time.hour", "the same"),
    ("template.components[].parameters[].date_time.minute", "the same"),
    ("template.components[].parameters[].date_time.month", "the same"),
    ("template.components[].parameters[].date_time.year", "the same"),
];

/// Examples that no content makes.
const NOT_MADE: [(&str, &str); 2] = [
    (
        "Send Sample Issue Resolution Template",
        "its buttons have true and false as texts, and an old language policy",
    ),
    ("Send typing indicator and read receipt", "an operation, `mark_read`: see below"),
];

/// What stands in an example where a real value must, and such a value.
const PLACEHOLDERS: [(&str, &str); 6] = [
    ("{{Recipient-Phone-Number}}", "+16505551234"),
    ("{{Recipient-WA-Phone-Number}}", "+16505551234"),
    ("language-and-locale-code", "en_US"),
    ("template-name", "sample_template"),
    ("<TEMPLATE_NAME>", "sample_template"),
    ("<HEADER_TYPE>", "text"),
];

#[test]
fn every_example_of_a_message_is_written_as_meta_has_it() {
    let Some(file) = meta_file::read() else { return };
    let examples = meta_file::request_examples(&file, "/{Version}/{Phone-Number-ID}/messages");
    assert_eq!(examples.len(), 50);
    let client = Client::cloud("TOKEN", "1066").build().unwrap();
    let (mut found, mut not_made) = (BTreeMap::<String, usize>::new(), BTreeSet::new());
    let (count, mut equal) = (examples.len(), 0);
    for (name, example) in examples {
        if NOT_MADE.iter().any(|(known, _)| *known == name) {
            not_made.insert(name);
            continue;
        }
        let example = filled_in(example);
        let content = Content::from_json(&content(&example).to_string());
        let mut message =
            Message::new(text(&example["to"]), content.unwrap_or_else(|error| panic!("{name}: {error}")));
        if let Some(id) = example["context"]["message_id"].as_str() {
            message = message.reply_to(id);
        }
        let written = client.preview(&message).unwrap_or_else(|error| panic!("{name}: {error}"));
        let written = written.body.to_value().unwrap();
        let mut differences = Vec::new();
        compare("", &example, &written, &mut differences);
        for path in &differences {
            assert!(KNOWN.iter().any(|(known, _)| known == path), "{name}: {path}\n{example:#}\n{written:#}");
        }
        equal += usize::from(differences.is_empty());
        for path in BTreeSet::from_iter(differences) {
            *found.entry(path).or_default() += 1;
        }
    }
    assert_eq!(not_made.len(), NOT_MADE.len());
    let call = "`send`, of each kind";
    meta_file::assert_in_page(
        "messages",
        &[format!("| `POST …/messages` | {call} | {count} | {equal} | {} |", count - equal)],
    );
    let mut rows: Vec<String> = KNOWN
        .iter()
        .map(|(path, why)| format!("| `{path}` | {} | {why} |", found.remove(*path).unwrap_or_default()))
        .collect();
    rows.extend(NOT_MADE.iter().map(|(name, why)| format!("| the whole of \"{name}\" | 1 | {why} |")));
    meta_file::assert_in_page("differences of messages", &rows);
}

/// An example with real values where it only names them.
fn filled_in(example: Value) -> Value {
    match example {
        Value::String(text) => {
            let known = PLACEHOLDERS.iter().find(|(placeholder, _)| *placeholder == text);
            match known {
                Some((_, value)) => json!(value),
                None if text.contains("http(s)://") => json!("https://example.com/file"),
                // Numbers go out with a plus.
                None if text == "16315555555" => json!("+16315555555"),
                None => json!(text),
            }
        }
        Value::Array(list) => list.into_iter().map(filled_in).collect(),
        Value::Object(map) => {
            map.into_iter().map(|(key, value)| (key, filled_in(value))).collect::<Map<_, _>>().into()
        }
        scalar => scalar,
    }
}

/// The paths at which the two are not the same, without the places in lists.
fn compare(path: &str, meta: &Value, ours: &Value, out: &mut Vec<String>) {
    match (meta, ours) {
        (Value::Object(meta), Value::Object(ours)) => {
            let keys: BTreeSet<&String> = meta.keys().chain(ours.keys()).collect();
            for key in keys {
                let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                compare(
                    &below,
                    meta.get(key).unwrap_or(&Value::Null),
                    ours.get(key).unwrap_or(&Value::Null),
                    out,
                );
            }
        }
        (Value::Array(meta), Value::Array(ours)) if meta.len() == ours.len() => {
            for (meta, ours) in meta.iter().zip(ours) {
                compare(&format!("{path}[]"), meta, ours, out);
            }
        }
        (meta, ours) if meta == ours => {}
        _ => out.push(path.to_owned()),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// An object without the members that are null.
fn given(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            map.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

/// The SDK's content of a body: what a reader of `docs/messages.md` would write.
fn content(body: &Value) -> Value {
    let kind = body["type"]
        .as_str()
        .or_else(|| ["text", "interactive"].into_iter().find(|kind| body.get(kind).is_some()));
    let kind = kind.unwrap_or_else(|| panic!("{body} has no type"));
    let object = &body[kind];
    match kind {
        "text" => json!({"type": "text", "message": object["body"], "preview_url": object["preview_url"]}),
        "contacts" => {
            json!({"type": "contacts", "contacts": list(object).iter().map(contact).collect::<Vec<_>>()})
        }
        "template" => template(object),
        "interactive" => interactive(object),
        // The members have the same names.
        _ => {
            let mut content = object.clone();
            content["type"] = json!(kind);
            content
        }
    }
}

fn contact(contact: &Value) -> Value {
    let mut card = Map::new();
    for (key, value) in contact.as_object().unwrap() {
        match key.as_str() {
            "name" | "org" => card.extend(value.as_object().unwrap().clone()),
            _ => {
                card.insert(key.clone(), value.clone());
            }
        }
    }
    card.into()
}

fn interactive(object: &Value) -> Value {
    let (action, parameters) = (&object["action"], &object["action"]["parameters"]);
    let (body, footer, header) =
        (&object["body"]["text"], &object["footer"]["text"], &object["header"]["text"]);
    given(match text(&object["type"]) {
        "button" => {
            let buttons: Vec<Value> =
                list(&action["buttons"]).iter().map(|button| button["reply"].clone()).collect();
            json!({"type": "reply_buttons", "body": body, "footer": footer, "header": header, "buttons": buttons})
        }
        "list" => json!({
            "type": "list", "body": body, "footer": footer, "header": header,
            "button": action["button"], "sections": action["sections"],
        }),
        "product" => json!({
            "type": "product", "body": body, "footer": footer,
            "catalog_id": action["catalog_id"], "product_retailer_id": action["product_retailer_id"],
        }),
        "product_list" => {
            let ids = |section: &Value| {
                let items = list(&section["product_items"]);
                items.iter().map(|item| item["product_retailer_id"].clone()).collect::<Vec<_>>()
            };
            let sections: Vec<Value> = list(&action["sections"])
                .iter()
                .map(|section| json!({"title": section["title"], "product_retailer_ids": ids(section)}))
                .collect();
            json!({
                "type": "product_list", "body": body, "footer": footer, "header": header,
                "catalog_id": action["catalog_id"], "sections": sections,
            })
        }
        "catalog_message" => json!({
            "type": "catalog", "body": body, "footer": footer,
            "thumbnail_product_retailer_id": parameters["thumbnail_product_retailer_id"],
        }),
        "flow" => json!({
            "type": "flow", "body": body, "footer": footer, "header": header,
            "button": parameters["flow_cta"], "flow_id": parameters["flow_id"], "flow_name": parameters["flow_name"],
            "flow_token": parameters["flow_token"], "flow_action": parameters["flow_action"],
            "screen": parameters["flow_action_payload"]["screen"], "data": parameters["flow_action_payload"]["data"],
            "mode": parameters["mode"],
        }),
        _ => json!({"type": "raw", "message_type": "interactive", "object": object}),
    })
}

fn template(object: &Value) -> Value {
    let mut content = json!({
        "type": "template", "template_name": object["name"], "language": object["language"]["code"],
    });
    let mut buttons = Vec::new();
    for component in list(&object["components"]) {
        let parameters = list(&component["parameters"]);
        match text(&component["type"]) {
            "button" => buttons.push(button(&component, &parameters[0])),
            kind => {
                let parameters: Vec<Value> = parameters.iter().map(parameter).collect();
                content[format!("{kind}_params")] = parameters.into();
            }
        }
    }
    if !buttons.is_empty() {
        content["buttons"] = buttons.into();
    }
    content
}

fn button(component: &Value, parameter: &Value) -> Value {
    let index: u64 =
        component["index"].as_u64().unwrap_or_else(|| text(&component["index"]).parse().unwrap());
    let kind = text(&component["sub_type"]).to_lowercase();
    let action = &parameter["action"];
    given(json!({
        "sub_type": kind, "index": index, "payload": parameter["payload"], "text": parameter["text"],
        "flow_token": action["flow_token"], "flow_action_data": action["flow_action_data"],
        "thumbnail_product_retailer_id": action["thumbnail_product_retailer_id"],
    }))
}

fn parameter(parameter: &Value) -> Value {
    match text(&parameter["type"]) {
        "text" => parameter["text"].clone(),
        "date_time" => {
            json!({"type": "date_time", "fallback_value": parameter["date_time"]["fallback_value"]})
        }
        kind => {
            let mut flat = parameter[kind].clone();
            flat["type"] = json!(kind);
            flat
        }
    }
}
