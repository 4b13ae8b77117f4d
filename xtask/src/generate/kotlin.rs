//! Kotlin's types of contents: a class a kind, a class a record.
//!
//! They grow as the classes do that `uniffi-bindgen` writes: what a content must have is its constructor's, all else is a property. The
//! function of the same name takes all of it as named arguments. It is inline, so that compiled callers hold the constructor and the
//! properties, and a new argument breaks none of them.

pub(super) mod events;
mod methods;
mod operations;
mod results;
mod runner;

use std::fmt::Write as _;

use wamid::{FieldInfo, KindInfo, OperationInfo, Presence, Shape, TextOrInfo};

use super::shapes::{camel, field_docs};
use super::{File, all_records, prose, texts_or};

use self::methods::methods;
pub(super) use self::operations::files as operations;

const PATH: &str = "bindings-uniffi/kotlin/src/main/kotlin/dev/wamid/Contents.kt";

const START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/message/kinds.

@file:Suppress(\"NOTHING_TO_INLINE\") // See xtask/src/generate/kotlin.rs.

package dev.wamid

import java.util.Objects
";

/// Names that mean something else in every file.
const TAKEN: [&str; 16] = [
    "Any",
    "Array",
    "Collection",
    "Error",
    "Exception",
    "Iterable",
    "List",
    "Map",
    "Nothing",
    "Number",
    "Object",
    "Record",
    "Result",
    "Sequence",
    "Set",
    "String",
];

const KEYWORDS: [&str; 28] = [
    "as",
    "break",
    "class",
    "continue",
    "do",
    "else",
    "false",
    "for",
    "fun",
    "if",
    "in",
    "interface",
    "is",
    "null",
    "object",
    "package",
    "return",
    "super",
    "this",
    "throw",
    "true",
    "try",
    "typealias",
    "typeof",
    "val",
    "var",
    "when",
    "while",
];

/// A class to write.
struct Class<'a> {
    name: String,
    /// Its kind's `type`; none for a record.
    kind: Option<&'a str>,
    docs: &'a [&'a str],
    fields: &'a [FieldInfo],
}

pub(super) fn file(kinds: &[KindInfo], of_clients: &[OperationInfo]) -> Result<File, String> {
    let types: Vec<_> = kinds.iter().map(|kind| format!("\"{}\"", kind.name)).collect();
    let mut text = START.to_owned();
    let _ = write!(text, "\ninternal val contentTypes: List<String> = listOf({})\n", types.join(", "));
    for KindInfo { name, class, docs, fields, .. } in kinds {
        let name = Some(*name);
        text += &Class { name: own(class, "Message"), kind: name, docs, fields }.written()?;
    }
    for record in all_records(kinds, of_clients) {
        let name = own(record.class, "Part");
        text += &Class { name, kind: None, docs: record.docs, fields: &record.fields }.written()?;
    }
    for of in texts_or(kinds) {
        text += &text_or(of);
    }
    Ok(File::at(PATH, text))
}

/// A class's name, where the language leaves it.
pub(super) fn own(class: &str, suffix: &str) -> String {
    if TAKEN.contains(&class) { format!("{class}{suffix}") } else { class.to_owned() }
}

pub(super) fn property(name: &str) -> String {
    let name = camel(name);
    if KEYWORDS.contains(&name.as_str()) { format!("`{name}`") } else { name }
}

fn kdoc(docs: &[&str], indent: &str) -> String {
    let lines: Vec<_> = prose(docs).into_iter().map(|line| line.replace("*/", "* /")).collect();
    match lines.as_slice() {
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let lines: String =
                lines.iter().map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n").collect();
            format!("{indent}/**\n{lines}{indent} */\n")
        }
    }
}

/// The docs of a function with these arguments.
fn of_arguments(docs: &[&str], fields: &[FieldInfo], indent: &str) -> String {
    let lines = prose(docs).into_iter().map(|line| format!(" {line}"));
    let arguments = fields.iter().map(|field| {
        format!(" @param {} {}", property(field.name).trim_matches('`'), field_docs(field).join(" "))
    });
    let gap = (!fields.is_empty()).then(String::new);
    let lines = lines.chain(gap).chain(arguments);
    let lines: String = lines
        .map(|line| format!("{indent} *{}", line.replace("*/", "* /")).trim_end().to_owned() + "\n")
        .collect();
    format!("{indent}/**\n{lines}{indent} */\n")
}

/// A field's type.
fn kind(shape: &Shape) -> Result<String, String> {
    Ok(match shape {
        Shape::Text | Shape::Json | Shape::Components => "String".to_owned(),
        Shape::Boolean => "Boolean".to_owned(),
        Shape::Number => "Double".to_owned(),
        Shape::Integer => "Long".to_owned(),
        Shape::Bytes => "ByteArray".to_owned(),
        Shape::Instant => "java.time.Instant".to_owned(),
        Shape::List(of) => format!("List<{}>", kind(of)?),
        Shape::Record(record) | Shape::Answer(record) => own(record.class, "Part"),
        Shape::Content(_) => "Content".to_owned(),
        Shape::TextOr(of) => own(of.class, "Part"),
        Shape::Parameter => "TemplateParameter".to_owned(),
        Shape::Button => "TemplateButton".to_owned(),
        other => {
            return Err(format!("no Kotlin type for {other:?}: give it one in xtask/src/generate/kotlin.rs"));
        }
    })
}

/// What writes a value, by the name that it has.
fn writer(shape: &Shape, value: &str) -> String {
    match shape {
        Shape::Boolean => format!("flag({value})"),
        Shape::Number => format!("number({value})"),
        Shape::Integer => format!("integer({value})"),
        Shape::Bytes => format!("bytes({value})"),
        Shape::Json | Shape::Components => format!("json({value})"),
        Shape::List(of) => {
            let item = if value == "value" { "item".to_owned() } else { format!("{value}s") };
            format!("list({value}) {{ {item} -> {} }}", writer(of, &item))
        }
        Shape::Record(_) | Shape::Answer(_) => format!("record({value}::write)"),
        Shape::Content(_) => format!("content({value})"),
        Shape::TextOr(_) => format!("{value}.write(this)"),
        Shape::Parameter => format!("parameter({value})"),
        Shape::Button => format!("button({value})"),
        _ => format!("text({value})"),
    }
}

/// The class of a value that is a text or an object.
fn text_or(of: &TextOrInfo) -> String {
    let (name, object) = (own(of.class, "Part"), own(of.object.class, "Part"));
    format!(
        r#"
{docs}public class {name} private constructor(private val text: String?, private val part: {object}?) : java.io.Serializable {{
    /** A text. */
    public constructor(text: String) : this(text, null)

    /** An object. */
    public constructor(part: {object}) : this(null, part)

    internal fun write(json: JsonWriter) {{
        if (text != null) json.text(text)
        if (part != null) json.record(part::write)
    }}

    override fun equals(other: Any?): Boolean =
        this === other || other is {name} && text == other.text && part == other.part

    override fun hashCode(): Int = Objects.hash(text, part)

    override fun toString(): String = "{name}(${{text ?: part}})"

    private companion object {{
        private const val serialVersionUID: Long = 1
    }}
}}
"#,
        docs = kdoc(of.docs, ""),
    )
}

impl Class<'_> {
    fn written(&self) -> Result<String, String> {
        let (required, optional): (Vec<_>, Vec<_>) =
            self.fields.iter().partition(|field| field.presence == Presence::Required);
        let name = &self.name;
        let mut out = format!("\n{}public class {name}(\n", kdoc(self.docs, ""));
        for field in &required {
            let line = format!("    public val {}: {},\n", property(field.name), kind(&field.shape)?);
            out += &(kdoc(field.docs, "    ") + &line);
        }
        let parent = if self.kind.is_some() { "Content()" } else { "java.io.Serializable" };
        out += &format!(") : {parent} {{\n");
        for field in &optional {
            let line =
                format!("    public var {}: {}? = null\n\n", property(field.name), kind(&field.shape)?);
            out += &(kdoc(field.docs, "    ") + &line);
        }
        let arguments = |fields: &[&FieldInfo]| -> Result<Vec<String>, String> {
            fields
                .iter()
                .map(|field| Ok(format!("{}: {}", property(field.name), kind(&field.shape)?)))
                .collect()
        };
        let needed = arguments(&required)?;
        let given: Vec<_> = required.iter().map(|field| property(field.name)).collect();
        let given = given.join(", ");
        if !optional.is_empty() {
            let set = [needed.clone(), vec![format!("set: {name}.() -> Unit")]].concat().join(", ");
            out += &format!(
                "    /** The same, with what [set] sets. */\n    public constructor({set}) : this({given}) {{\n        set()\n    }}\n\n"
            );
        }
        out += &self.members();
        out += "    private companion object {\n        private const val serialVersionUID: Long = 1\n    }\n}\n";
        if !optional.is_empty() {
            let optional_arguments =
                arguments(&optional)?.into_iter().map(|argument| format!("{argument}? = null"));
            let all: Vec<_> = needed.into_iter().chain(optional_arguments).collect();
            out += &self.factory(&all, &given, &optional);
        }
        Ok(out)
    }

    /// How it is written, and what a data class would have.
    fn members(&self) -> String {
        let (name, modifier) = (&self.name, if self.kind.is_some() { "override" } else { "internal" });
        let mut out = format!("    {modifier} fun write(json: JsonWriter) {{\n");
        if let Some(kind) = self.kind {
            out += &format!("        json.field(\"type\", \"{kind}\") {{ value -> text(value) }}\n");
        }
        for field in self.fields {
            let write = writer(&field.shape, "value");
            out += &format!(
                "        json.field(\"{}\", {}) {{ value -> {write} }}\n",
                field.name,
                property(field.name)
            );
        }
        out + "    }\n\n" + &methods(name, self.fields)
    }

    /// The function with named arguments.
    fn factory(&self, arguments: &[String], given: &str, optional: &[&FieldInfo]) -> String {
        let name = &self.name;
        let mut out = format!("\n{}", of_arguments(self.docs, self.fields, ""));
        let _ = write!(out, "@JvmSynthetic\npublic inline fun {name}(\n");
        out.extend(arguments.iter().map(|argument| format!("    {argument},\n")));
        let _ = writeln!(out, "): {name} = {name}({given}).also {{");
        for field in optional {
            let name = property(field.name);
            let _ = writeln!(out, "    it.{name} = {name}");
        }
        out + "}\n"
    }
}

#[cfg(test)]
mod tests {
    use super::super::shapes::trial;

    #[test]
    fn classes_and_their_functions_are_written() {
        let text = super::file(&trial(), &[]).unwrap().text;
        for line in [
            "public class ListMessage(\n    /** What it is. */\n    public val sections: List<Section>,\n) : Content() {\n",
            "    public var `object`: String? = null\n",
            "json.field(\"sections\", sections) { value -> list(value) { item -> record(item::write) } }",
            "json.field(\"grid\", grid) { value -> list(value) { item -> list(item) { items -> integer(items) } } }",
            "json.field(\"object\", `object`) { value -> json(value) }",
            "public class Row(",
            ") : java.io.Serializable {",
            "public class TrialImage(\n) : Content() {\n",
            "    id: String? = null,\n    link: String? = null,\n    `in`: Boolean? = null,\n    header: Header? = null,\n): TrialImage = TrialImage().also {\n",
            " * More of it: * /.\n",
            "    public var header: Header? = null\n",
            "json.field(\"header\", header) { value -> value.write(this) }",
            "public class Header private constructor(private val text: String?, private val part: HeaderMedia?)",
        ] {
            assert!(text.contains(line), "{line}\n\n{text}");
        }
        // With no more than the constructor's arguments it would be the constructor.
        assert!(!text.contains("fun LocationRequest("), "{text}");
    }
}
