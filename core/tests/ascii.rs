//! What the SDK says is ASCII: a terminal or a log in another encoding must be able to show it.
#![allow(clippy::unwrap_used)]

use std::fs::{read_dir, read_to_string};
use std::path::Path;

/// The lines of the sources, tests excepted, in which something else than a comment is not ASCII.
fn beyond_ascii(folder: &Path, found: &mut Vec<String>) {
    for entry in read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                beyond_ascii(&path, found);
            }
            continue;
        }
        if path.ends_with("tests.rs") {
            continue;
        }
        let text = read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for line in code.lines() {
            let said = line.split("// ").next().unwrap_or_default();
            if !said.is_ascii() && !line.trim_start().starts_with("//") {
                found.push(format!("{}: {line}", path.display()));
            }
        }
    }
}

#[test]
fn no_message_holds_more_than_ascii() {
    let mut found = Vec::new();
    beyond_ascii(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Not even where a sentence quotes what the caller wrote; `field` stays as it was written.
#[test]
fn what_a_sentence_quotes_is_ascii() {
    let errors = [
        wamid::Parameter::from_json("{\"type\":\"text\",\"text\":\"a\",\"\u{43a}\u{43b}\u{44e}\u{447}\":1}")
            .unwrap_err(),
        wamid::Button::from_json("{\"payload\":\"a\",\"n\u{fa}mero\":1}").unwrap_err(),
        wamid::Client::cloud("TOKEN", "\u{661}").build().unwrap_err(),
        wamid::Client::cloud("TOKEN", "1").graph_url("\u{2212}").build().unwrap_err(),
        wamid::Client::gateway("https://\u{2212}\u{2212}\u{2212} x", "KEY").build().unwrap_err(),
    ];
    for error in errors {
        assert!(error.message().is_ascii(), "{error}");
    }
    let client = wamid::Client::cloud("TOKEN", "1").build().unwrap();
    for send in [
        wamid::Message::new("\u{ff11}23", wamid::Text::new("x")),
        wamid::Message::new("919876543210", wamid::Location::new(91.0, 0.0)),
        wamid::Message::new("919876543210", wamid::Template::new("\u{e9}t\u{e9}")),
        wamid::Message::new("919876543210", wamid::Template::new("t").language("\u{939}\u{93f}")),
    ] {
        let error = client.preview(&send).unwrap_err();
        assert!(error.message().is_ascii(), "{error}");
    }
}
