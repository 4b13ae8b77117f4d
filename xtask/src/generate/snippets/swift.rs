use std::fmt::Write as _;

use serde_json::Value;
use wamid::{FieldInfo, KindInfo, RecordInfo, TextOrInfo};

use super::super::shapes::camel;
use super::layout::{group, indented_by};
use super::{Call, File, Given, Language, PHONE, called, quoted};

pub(super) struct Swift;

impl Language for Swift {
    const NAMES: [&'static str; 2] = ["Swift", "swift"];

    fn text(&self, text: &str) -> String {
        quoted(text)
    }

    fn parameter(&self, text: &str) -> String {
        format!(".text(text: {})", quoted(text))
    }

    fn json(&self, value: &Value) -> String {
        format!("#\"{value}\"#")
    }

    fn list(&self, items: &[String]) -> String {
        group("[", items, "]")
    }

    fn record(&self, record: &RecordInfo, given: &[Given<'_>]) -> String {
        called(&format!("Content.{}", record.class), given, named)
    }

    fn text_or(&self, _: &TextOrInfo, written: String, is_text: bool) -> String {
        if is_text { written } else { format!(".part({written})") }
    }

    fn content(&self, kind: &KindInfo, given: &[Given<'_>]) -> String {
        called(&format!(".{}", camel(kind.name)), given, named)
    }

    fn call(&self, content: &str) -> String {
        group("try await client.send(", &["to: phone".to_owned(), content.to_owned()], ")")
    }

    fn test(&self, calls: &[Call]) -> File {
        let mut text = format!(
            "// Written by `cargo xtask generate`: the snippets of docs/messages.\n\nimport Foundation\nimport Wamid\nimport XCTest\n\n/// The call of each kind's page.\nfinal class SnippetsTests: SandboxTests {{\n    private let phone = \"{PHONE}\"\n\n    private func arrives(_ text: String) throws {{\n        let expected = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary\n        XCTAssertEqual(try sandbox.lastBody() as NSDictionary, expected)\n    }}\n"
        );
        for Call { class, call, body, .. } in calls {
            // Writing to a text cannot fail.
            let _ = write!(
                text,
                "\n    func test{class}() async throws {{\n        let client = try sandbox.cloud()\n        _ = {}\n        try arrives(#\"{body}\"#)\n    }}\n",
                indented_by(call, 2).trim_start()
            );
        }
        File::at("bindings-uniffi/swift/Tests/WamidTests/SnippetsTests.swift", text + "}\n")
    }
}

fn named(field: &FieldInfo, written: &str) -> String {
    format!("{}: {}", camel(field.name), written)
}
