use serde_json::Value;
use wamid::{FieldInfo, KindInfo, Presence, RecordInfo, TextOrInfo};

use super::layout::{group, indented, indented_by};
use super::{Call, File, Given, Language, PHONE, quoted};

/// What a chain of calls may have in one line.
const CHAIN: usize = 80;

pub(super) struct Rust;

impl Language for Rust {
    const NAMES: [&'static str; 2] = ["Rust", "rust"];

    fn text(&self, text: &str) -> String {
        quoted(text)
    }

    fn json(&self, value: &Value) -> String {
        format!("Json::parse(\"object\", r#\"{value}\"#)?")
    }

    fn list(&self, items: &[String]) -> String {
        group("[", items, "]")
    }

    /// A constructor takes what it holds.
    fn texts(&self, items: &[String]) -> String {
        format!("{}.map(String::from)", self.list(items))
    }

    fn record(&self, record: &RecordInfo, given: &[Given<'_>]) -> String {
        built(record.class, &record.fields, given)
    }

    fn text_or(&self, _: &TextOrInfo, written: String, _: bool) -> String {
        written
    }

    fn content(&self, kind: &KindInfo, given: &[Given<'_>]) -> String {
        built(kind.class, &kind.fields, given)
    }

    fn call(&self, content: &str) -> String {
        format!("{}.await?;", group("client.send(", &["phone".to_owned(), content.to_owned()], ")"))
    }

    fn test(&self, calls: &[Call]) -> File {
        let mut used: Vec<&str> =
            calls.iter().flat_map(|call| call.parts.iter().copied().chain([call.class])).collect();
        if calls.iter().any(|call| call.content.contains("Json::")) {
            used.push("Json");
        }
        used.extend(["Client", "Error"]);
        used.sort_unstable();
        used.dedup();
        let tests = calls.iter().map(|Call { kind, call, body, .. }| {
            format!(
                "\n#[tokio::test]\nasync fn {kind}() -> Result<(), Error> {{\n    let (sandbox, client) = sandbox().await;\n    let phone = \"{PHONE}\";\n{}\n    arrives(&sandbox, r#\"{body}\"#);\n    Ok(())\n}}\n",
                indented_by(call, 1)
            )
        });
        let text = format!(
            "//! Written by `cargo xtask generate`: the snippets of docs/messages.\n\n#![cfg_attr(rustfmt, rustfmt_skip)]\n#![allow(clippy::unwrap_used, reason = \"the helpers are tests, too\")]\n\nuse serde_json::Value;\nuse wamid::{{{}}};\nuse wamid_sandbox::{{Sandbox, SandboxOptions}};\n{START}{}",
            used.join(", "),
            tests.collect::<String>()
        );
        File::at("gateway/tests/snippets.rs", text)
    }
}

const START: &str = r#"
async fn sandbox() -> (Sandbox, Client) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let client = Client::cloud(sandbox.access_token(), sandbox.phone_number_id()).graph_url(sandbox.url()).build().unwrap();
    (sandbox, client)
}

fn arrives(sandbox: &Sandbox, text: &str) {
    let messages = sandbox.messages();
    assert_eq!(messages.last().unwrap().body, serde_json::from_str::<Value>(text).unwrap());
}
"#;

/// A constructor with what is needed, or with the one of a choice, then a setter for each other field.
fn built(class: &str, fields: &[FieldInfo], given: &[Given<'_>]) -> String {
    let has_needed = fields.iter().any(|field| field.presence == Presence::Required);
    let has_choice = fields.iter().any(|field| field.presence == Presence::OneOf);
    let (first, setters): (Vec<_>, Vec<_>) = given.iter().partition(|given| match given.field.presence {
        Presence::Required => true,
        Presence::OneOf => !has_needed,
        Presence::Optional => false,
    });
    let arguments: Vec<_> = first.iter().map(|given| given.written.clone()).collect();
    let start = match first.as_slice() {
        [only] if !has_needed && has_choice => {
            group(&format!("{class}::{}(", only.field.name), &arguments, ")")
        }
        [] => format!("{class}::default()"),
        _ => group(&format!("{class}::new("), &arguments, ")"),
    };
    let setters: Vec<_> = setters
        .iter()
        .map(|given| group(&format!(".{}(", setter(given.field)), std::slice::from_ref(&given.written), ")"))
        .collect();
    let line = format!("{start}{}", setters.concat());
    if line.len() <= CHAIN && !line.contains('\n') || setters.is_empty() || start.contains('\n') {
        return line;
    }
    setters.iter().fold(start, |chain, setter| format!("{chain}\n{}", indented(setter)))
}

/// A field `type` is `kind` in Rust.
fn setter(field: &FieldInfo) -> &str {
    if field.name == "type" { "kind" } else { field.name }
}
