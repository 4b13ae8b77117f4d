use serde_json::Value;
use wamid::{FieldInfo, KindInfo, RecordInfo};

use super::layout::{group, indented_by};
use super::{Call, File, Given, Language, PHONE, called, quoted};

pub(super) struct Python;

impl Language for Python {
    const NAMES: [&'static str; 2] = ["Python", "python"];

    fn text(&self, text: &str) -> String {
        quoted(text)
    }

    fn flag(&self, flag: bool) -> String {
        if flag { "True" } else { "False" }.to_owned()
    }

    fn json(&self, value: &Value) -> String {
        match value {
            Value::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| format!("{}: {}", quoted(name), self.json(value)))
                    .collect();
                group("{", &members, "}")
            }
            Value::Array(items) => self.list(&items.iter().map(|item| self.json(item)).collect::<Vec<_>>()),
            Value::Bool(flag) => self.flag(*flag),
            Value::Null => "None".to_owned(),
            other => other.to_string(),
        }
    }

    fn list(&self, items: &[String]) -> String {
        group("[", items, "]")
    }

    fn record(&self, record: &RecordInfo, given: &[Given<'_>]) -> String {
        called(record.class, given, named)
    }

    fn content(&self, kind: &KindInfo, given: &[Given<'_>]) -> String {
        called(kind.class, given, named)
    }

    fn call(&self, content: &str) -> String {
        group("client.send(", &["phone".to_owned(), content.to_owned()], ")")
    }

    fn test(&self, calls: &[Call]) -> File {
        let tests = calls.iter().map(|Call { kind, content, body, .. }| {
            let content = indented_by(content, 1).trim_start().to_owned();
            format!("\n\ndef test_{kind}(client: Client, wamid_sandbox: Sandbox) -> None:\n    content = {content}\n    client.send(PHONE, content)\n    assert wamid_sandbox.messages[-1].body == json.loads(r'''{body}''')\n")
        });
        let text = format!(
            "# Written by `cargo xtask generate`: the snippets of docs/messages.\n# ruff: noqa\n# fmt: off\n\nimport json\n\nfrom wamid import Client\nfrom wamid.contents import *\nfrom wamid.testing import Sandbox\n\nPHONE = {}\n{}",
            quoted(PHONE),
            tests.collect::<String>()
        );
        File::at("bindings-python/tests/test_snippets.py", text)
    }
}

fn named(field: &FieldInfo, written: &str) -> String {
    format!("{}={}", field.name, written)
}
