//! Whatever a program posts to the sandbox's messages, it is answered as Meta answers: with an id, or with an error of Meta's shape.

use serde_json::Value;

use crate::Target;
use crate::meta::{ask, path};
use crate::seeds;

pub(super) const TARGET: Target = Target { name: "sandbox_body", run, seeds };

fn run(data: &[u8]) {
    // These are made to break off, or to take their time.
    if data.windows(5).any(|part| part == b"15550") {
        return;
    }
    let answer = ask("POST", &path("messages"), &[("content-type", b"application/json")], data.to_owned());
    if !answer.status.is_success() {
        return answer.assert_is_graph_error();
    }
    let given: Value =
        serde_json::from_slice(data).unwrap_or_else(|error| panic!("taken, and no JSON: {error}"));
    let body = answer.json();
    if given.get("status").is_some() {
        assert_eq!(body["success"], true, "{given} {body}");
        return;
    }
    assert_eq!(body["messaging_product"], "whatsapp", "{given} {body}");
    assert_eq!(given["messaging_product"], "whatsapp", "{given} {body}");
    assert!(body["messages"][0]["id"].as_str().is_some_and(|id| id.starts_with("wamid.")), "{given} {body}");
    assert!(body["contacts"][0].is_object(), "{given} {body}");
}

fn seeds() -> Vec<String> {
    let requests = seeds::cases()
        .into_iter()
        .flat_map(|case| case["expect"]["requests"].as_array().cloned().unwrap_or_default());
    let bodies =
        requests.filter(|request| request["path"].as_str().is_some_and(|path| path.ends_with("/messages")));
    bodies.map(|request| request["json"].to_string()).filter(|body| body.len() < 1500).collect()
}
