//! Which keys of Meta's webhooks have no field of their own. All of them are in `raw`; `docs/events.md` lists them.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use wamid::{Event, parse_webhook};

mod meta_file;

fn beside(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What the events of a change say besides `raw`; nothing of a change that is told whole.
fn told(field: &str, value: &Value) -> Vec<Value> {
    let body = json!({"entry": [{"changes": [{"field": field, "value": value}]}]});
    let events = parse_webhook(body.to_string().as_bytes()).unwrap();
    if events.iter().any(|event| matches!(event, Event::Other(_))) {
        return Vec::new();
    }
    events
        .iter()
        .map(|event| {
            let mut event = serde_json::to_value(event).unwrap();
            event.as_object_mut().unwrap().remove("raw");
            event
        })
        .collect()
}

/// The place of each scalar.
fn leaves(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, value)| leaves(value, &format!("{at}/{n}"), out));
        }
        Value::Object(map) => map.iter().for_each(|(key, value)| leaves(value, &format!("{at}/{key}"), out)),
        _ => out.push(at.to_owned()),
    }
}

/// Another value of the same kind.
fn another(value: &Value) -> Value {
    match value {
        Value::Bool(value) => json!(!value),
        Value::Number(_) => json!(77),
        Value::String(text) if text.starts_with('{') => json!(r#"{"flow_token":"another"}"#),
        Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => json!("77"),
        _ => json!("another"),
    }
}

/// Whether events change with what stands there: where it is another, or where it is not there.
fn has_a_field(field: &str, value: &Value, place: &str) -> bool {
    let before = told(field, value);
    let mut changed = value.clone();
    let leaf = changed.pointer_mut(place).unwrap();
    *leaf = another(leaf);
    if told(field, &changed) != before {
        return true;
    }
    *changed.pointer_mut(place).unwrap() = Value::Null;
    told(field, &changed) != before
}

/// A place by its keys: the same for all elements of a list, and for echoes as for messages. Flows and errors are alike wherever they stand.
fn key(field: &str, place: &str) -> String {
    let keys: Vec<&str> = place.split('/').skip(1).filter(|key| key.parse::<usize>().is_err()).collect();
    let path = keys.join(".").replace("message_echoes", "messages");
    match field {
        "messages" | "smb_message_echoes" | "user_preferences" => path,
        field => format!("{field}: {path}"),
    }
}

/// The changes of all bodies: whether each key has a field in any of them.
fn homes<'a>(bodies: impl IntoIterator<Item = &'a Value>) -> BTreeMap<String, bool> {
    let mut homes = BTreeMap::new();
    let lists = |value: &'a Value, key| value[key].as_array().into_iter().flatten();
    for change in
        bodies.into_iter().flat_map(|body| lists(body, "entry")).flat_map(|entry| lists(entry, "changes"))
    {
        let (field, value) = (change["field"].as_str().unwrap(), &change["value"]);
        if told(field, value).is_empty() {
            continue;
        }
        let mut places = Vec::new();
        leaves(value, "", &mut places);
        for place in places {
            *homes.entry(key(field, &place)).or_insert(false) |= has_a_field(field, value, &place);
        }
    }
    homes
}

fn homeless(homes: &BTreeMap<String, bool>) -> BTreeSet<String> {
    homes.iter().filter(|(_, has)| !**has).map(|(key, _)| key.clone()).collect()
}

/// The list in `docs/events.md`.
fn listed() -> BTreeSet<String> {
    let page = beside("../docs/events.md");
    let (_, list) = page.split_once("\n## Keys without a field\n").unwrap();
    let rows = list.lines().filter(|line| line.starts_with("| `"));
    rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

/// The bodies of the conformance cases, those aside that are no example of Meta's.
fn cases() -> Vec<Value> {
    let invented = ["tomorrow", "strange", "no object", "no JSON"];
    let cases: Vec<Value> = ["events", "event_parts"]
        .iter()
        .flat_map(|file| {
            let cases: Vec<Value> =
                serde_json::from_str(&beside(&format!("../tests/conformance/cases/{file}.json"))).unwrap();
            cases
        })
        .collect();
    let metas = cases.iter().filter(|case| {
        let name = case["name"].as_str().unwrap();
        !invented.iter().any(|word| name.contains(word))
    });
    metas
        .flat_map(|case| case["calls"].as_array().unwrap())
        .filter_map(|call| serde_json::from_str(call["args"]["body"].as_str()?).ok())
        .collect()
}

#[test]
fn every_key_without_a_field_is_listed() {
    assert_eq!(homeless(&homes(&cases())), listed(), "in the conformance cases, in docs/events.md");
}

#[test]
fn every_key_of_metas_file_has_a_field_or_is_listed() {
    let Some(file) = meta_file::read() else { return };
    let examples = meta_file::request_examples(&file, "/whatsapp/webhooks");
    let walked = homes(examples.iter().map(|(_, body)| body));
    assert!(walked.len() > 50, "{walked:?}");
    // A key that another example shows to have a field.
    let has_a_field = homes(&cases());
    let missing: Vec<_> = homeless(&walked)
        .into_iter()
        .filter(|key| !listed().contains(key) && has_a_field.get(key) != Some(&true))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The keys in the shapes that the reference writes as `{id,title,description?}`.
fn keys_of(text: &str) -> BTreeSet<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    let indented = text.lines().filter_map(|line| line.strip_prefix("    "));
    let pieces = quoted.chain(indented).flat_map(|shape| shape.split(['{', '}', '[', ']', ',']));
    pieces
        .filter_map(|piece| {
            let piece = piece.trim().replace('"', "");
            let end = piece.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
            let (name, rest) = piece.split_at(end.unwrap_or(piece.len()));
            let is_key = rest.is_empty() || rest.starts_with(['?', ':', ' ']);
            (is_key && name.starts_with(|c: char| c.is_ascii_lowercase())).then(|| name.to_owned())
        })
        .collect()
}

/// Words in those shapes that are values of a key, or keys of a value that is told whole.
const NO_KEYS: [&str; 4] = ["deleted", "sent", "conversation_context", "kind"];

#[test]
#[allow(clippy::print_stdout, reason = "a test that does nothing says so")]
fn every_key_of_the_reference_is_in_a_case() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference/messages.md");
    let Ok(page) = fs::read_to_string(&path) else {
        println!("skipped: {} is not here", path.display());
        return;
    };
    let section = |from: &str, to: &str| {
        let (_, rest) = page.split_once(from).unwrap();
        rest.split_once(to).unwrap().0.to_owned()
    };
    let fields = [
        "message_template_status_update",
        "message_template_quality_update",
        "message_template_components_update",
        "template_category_update",
        "user_preferences",
        "smb_message_echoes",
    ];
    let others = section("### 5.5", "\n## 6.");
    let rows =
        others.lines().filter(|row| fields.iter().any(|field| row.starts_with(&format!("| {field} |"))));
    let text =
        [section("### 5.1", "### 5.2"), section("### 5.3", "### 5.5"), rows.collect::<Vec<_>>().join("\n")];
    let keys: BTreeSet<String> = text.iter().flat_map(|text| keys_of(text)).collect();
    assert!(keys.len() > 100, "{keys:?}");
    let mut walked = BTreeSet::new();
    cases().iter().for_each(|body| names(body, &mut walked));
    let missing: Vec<_> =
        keys.iter().filter(|key| !walked.contains(*key) && !NO_KEYS.contains(&key.as_str())).collect();
    assert!(missing.is_empty(), "no case has {missing:?}");
}

fn names(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| names(value, out)),
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            out.insert(key.clone());
            names(value, out);
        }),
        _ => {}
    }
}
