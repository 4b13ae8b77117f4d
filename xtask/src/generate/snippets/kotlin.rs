use std::fmt::Write as _;

use serde_json::Value;
use wamid::{FieldInfo, KindInfo, RecordInfo, TextOrInfo};

use super::super::kotlin::{own, property};
use super::layout::{group, indented_by};
use super::{Call, File, Given, Language, PHONE, called, quoted};

pub(super) struct Kotlin;

impl Language for Kotlin {
    const NAMES: [&'static str; 2] = ["Kotlin", "kotlin"];

    fn text(&self, text: &str) -> String {
        quoted(text).replace('$', "\\$")
    }

    fn parameter(&self, text: &str) -> String {
        format!("TemplateParameter.Text({})", self.text(text))
    }

    fn json(&self, value: &Value) -> String {
        format!("\"\"\"{value}\"\"\"")
    }

    fn list(&self, items: &[String]) -> String {
        group("listOf(", items, ")")
    }

    fn record(&self, record: &RecordInfo, given: &[Given<'_>]) -> String {
        called(&own(record.class, "Part"), given, named)
    }

    fn text_or(&self, of: &TextOrInfo, written: String, _: bool) -> String {
        format!("{}({written})", own(of.class, "Part"))
    }

    fn content(&self, kind: &KindInfo, given: &[Given<'_>]) -> String {
        called(&own(kind.class, "Message"), given, named)
    }

    fn call(&self, content: &str) -> String {
        group("client.send(", &["phone".to_owned(), content.to_owned()], ")")
    }

    fn test(&self, calls: &[Call]) -> File {
        let mut text = format!(
            "// Written by `cargo xtask generate`: the snippets of docs/messages.\n\npackage dev.wamid\n\nimport kotlin.test.Test\nimport kotlin.test.assertEquals\nimport kotlinx.coroutines.runBlocking\nimport kotlinx.serialization.json.Json\n\n/** The call of each kind's page. */\nclass SnippetsTest : SandboxTest() {{\n    private val phone = \"{PHONE}\"\n\n    private fun arrives(text: String) =\n        assertEquals(Json.parseToJsonElement(text), sandbox.messages().last().getValue(\"body\"))\n"
        );
        for Call { kind, call, body, .. } in calls {
            // Writing to a text cannot fail.
            let _ = write!(
                text,
                "\n    @Test\n    fun `{kind}`() = runBlocking {{\n        sandbox.cloud().use {{ client ->\n{}\n        }}\n        arrives(\"\"\"{body}\"\"\")\n    }}\n",
                indented_by(call, 3)
            );
        }
        File::at("bindings-uniffi/kotlin/src/test/kotlin/dev/wamid/SnippetsTest.kt", text + "}\n")
    }
}

fn named(field: &FieldInfo, written: &str) -> String {
    format!("{} = {}", property(field.name), written)
}
