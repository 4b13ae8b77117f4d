use std::fmt::Write as _;

use serde_json::Value;
use wamid::{KindInfo, RecordInfo};

use super::super::shapes::camel;
use super::layout::{group, spaced};
use super::{Call, File, Given, Language, PHONE};

pub(super) struct JavaScript;

impl Language for JavaScript {
    const NAMES: [&'static str; 2] = ["Node", "js"];

    fn text(&self, text: &str) -> String {
        if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
    }

    fn json(&self, value: &Value) -> String {
        match value {
            Value::Object(members) => {
                let members: Vec<_> =
                    members.iter().map(|(name, value)| format!("{name}: {}", self.json(value))).collect();
                spaced("{", &members, "}", " ")
            }
            Value::Array(items) => self.list(&items.iter().map(|item| self.json(item)).collect::<Vec<_>>()),
            Value::String(text) => self.text(text),
            other => other.to_string(),
        }
    }

    fn list(&self, items: &[String]) -> String {
        group("[", items, "]")
    }

    fn record(&self, _: &RecordInfo, given: &[Given<'_>]) -> String {
        spaced("{", &members(given), "}", " ")
    }

    fn content(&self, kind: &KindInfo, given: &[Given<'_>]) -> String {
        let mut all = vec![format!("type: '{}'", kind.name)];
        all.extend(members(given));
        spaced("{", &all, "}", " ")
    }

    fn call(&self, content: &str) -> String {
        format!(
            "await client.send({});",
            spaced("{", &["phone".to_owned(), format!("content: {content}")], "}", " ")
        )
        // As JavaScript is indented.
        .replace("    ", "  ")
    }

    fn test(&self, calls: &[Call]) -> File {
        let mut text = format!(
            "// Written by `cargo xtask generate`: the snippets of docs/messages.\n\nimport assert from 'node:assert/strict';\nimport {{ after, before, test }} from 'node:test';\nimport {{ Sandbox }} from 'wamid/testing';\n\nconst phone = '{PHONE}';\nlet sandbox;\nlet client;\n\nbefore(async () => {{\n  sandbox = await Sandbox.start();\n  client = sandbox.client();\n}});\nafter(() => sandbox.stop());\n\nconst arrives = (text) => assert.deepEqual(sandbox.messages().at(-1).body, JSON.parse(text));\n"
        );
        for Call { kind, call, body, .. } in calls {
            let body = self.text(body);
            let body =
                if body.starts_with('"') { format!("String.raw`{}`", body.trim_matches('"')) } else { body };
            // Writing to a text cannot fail.
            let _ = write!(
                text,
                "\ntest('{kind}', async () => {{\n{}\n  arrives({body});\n}});\n",
                call.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
            );
        }
        File::at("bindings-node/test/snippets.test.mjs", text)
    }
}

fn members(given: &[Given<'_>]) -> Vec<String> {
    given.iter().map(|given| format!("{}: {}", camel(given.field.name), given.written)).collect()
}
