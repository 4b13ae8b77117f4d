//! Each operation, argument and kind of message has a conformance case. One without a case would be untested in every language.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

/// What the runners bring themselves: where to write a file, and a function that is told of the progress.
const OF_RUNNERS: [&str; 2] = ["path", "progress"];

#[derive(Deserialize)]
struct Case {
    calls: Vec<Call>,
}

/// What is given stays text: some cases have numbers that only a text can hold.
#[derive(Deserialize)]
struct Call {
    op: String,
    #[serde(default)]
    args: BTreeMap<String, Box<RawValue>>,
}

fn read<T: DeserializeOwned>(file: &Path) -> T {
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// The kind of message, of a content that has one.
fn kind(content: &RawValue) -> Option<String> {
    serde_json::from_str::<Value>(content.get()).ok()?["type"].as_str().map(str::to_owned)
}

#[test]
fn each_operation_with_each_argument_and_each_kind_of_message_has_a_case() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut arguments: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut kinds = BTreeSet::new();
    for file in std::fs::read_dir(here.join("cases")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        for call in read::<Vec<Case>>(&path).into_iter().flat_map(|case| case.calls) {
            kinds.extend(call.args.get("content").and_then(|content| kind(content)));
            arguments.entry(call.op).or_default().extend(call.args.into_keys());
        }
    }
    let contract: Value = read(&here.join("contract.json"));
    let mut missing = Vec::new();
    for (operation, declared) in contract["operations"].as_object().unwrap() {
        let Some(called) = arguments.get(operation) else {
            missing.push(operation.clone());
            continue;
        };
        let named = declared.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
        let absent = named.filter(|name| !OF_RUNNERS.contains(name) && !called.contains(*name));
        missing.extend(absent.map(|name| format!("{operation}: {name}")));
    }
    let declared = contract["content_types"].as_array().unwrap().iter().map(|kind| kind.as_str().unwrap());
    missing.extend(declared.filter(|kind| !kinds.contains(*kind)).map(|kind| format!("send: {kind}")));
    assert!(missing.is_empty(), "no case in tests/conformance/cases has: {missing:?}");
}
