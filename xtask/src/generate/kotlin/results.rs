//! The types that Kotlin's operations answer with, and what reads them. They grow as those do that `uniffi-bindgen` writes: a builder makes
//! them, and no constructor has their fields.

use std::fmt::Write as _;

use wamid::{FieldInfo, OperationInfo, Presence, RecordInfo, Shape};

use super::super::shapes::field_docs;
use super::super::{File, results, returned, said};
use super::{kdoc, kind, methods, own, property, writer};

const PATH: &str = "bindings-uniffi/kotlin/src/main/kotlin/dev/wamid/Results.kt";

const START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/operation.

package dev.wamid

import java.util.Objects
";

pub(super) fn file(operations: &[OperationInfo]) -> Result<File, String> {
    let mut text = START.to_owned();
    let arguments = returned(operations);
    for record in results(operations) {
        let is_argument = arguments.iter().any(|argument| argument.class == record.class);
        text += &class(record, is_argument)?;
        text += &read(record);
    }
    Ok(File::at(PATH, text))
}

fn absent(field: &FieldInfo) -> &'static str {
    if field.presence == Presence::Required { "" } else { "?" }
}

fn class(record: &RecordInfo, is_argument: bool) -> Result<String, String> {
    let name = own(record.class, "Part");
    let mut out = format!(
        "\n{}public class {name} private constructor(builder: Builder) : java.io.Serializable {{\n",
        kdoc(record.docs, "")
    );
    let mut builder = String::new();
    for field in &record.fields {
        let (property, kind) = (property(field.name), kind(&field.shape)? + absent(field));
        let _ = writeln!(
            out,
            "{}    public val {property}: {kind} = builder.{property}\n",
            kdoc(&field_docs(field), "    ")
        );
        let _ = writeln!(
            builder,
            "        /** As [{name}.{property}]. */\n        public var {property}: {kind} = {}\n",
            empty(field)
        );
    }
    let _ = write!(
        out,
        r#"{methods}    /** Makes one, as a test needs it: what is not set is empty. */
    public class Builder {{
{builder}        /** What has been set. */
        public fun build(): {name} = {name}(this)
    }}

    public companion object {{
        private const val serialVersionUID: Long = 1

        /** Makes one of what [set] sets; the rest is empty. */
        @JvmSynthetic
        public fun build(set: Builder.() -> Unit): {name} = Builder().apply(set).build()
    }}
}}
"#,
        methods = written(record, is_argument) + &methods(&name, &record.fields),
    );
    Ok(out)
}

/// How an answer is written that is an argument too.
fn written(record: &RecordInfo, is_argument: bool) -> String {
    if !is_argument {
        return String::new();
    }
    let fields: String = said(record)
        .map(|field| {
            let write = writer(&field.shape, "value");
            format!(
                "        json.field(\"{}\", {}) {{ value -> {write} }}\n",
                field.name,
                property(field.name)
            )
        })
        .collect();
    format!("    internal fun write(json: JsonWriter) {{\n{fields}    }}\n\n")
}

/// What a field holds that a test does not set.
fn empty(field: &FieldInfo) -> String {
    if field.presence != Presence::Required {
        return "null".to_owned();
    }
    match &field.shape {
        Shape::Boolean => "false".to_owned(),
        Shape::Number => "0.0".to_owned(),
        Shape::Integer => "0".to_owned(),
        Shape::Bytes => "ByteArray(0)".to_owned(),
        Shape::Instant => "java.time.Instant.EPOCH".to_owned(),
        Shape::List(_) => "emptyList()".to_owned(),
        Shape::Record(record) => format!("{}.build {{}}", own(record.class, "Part")),
        _ => "\"\"".to_owned(),
    }
}

fn read(record: &RecordInfo) -> String {
    let name = own(record.class, "Part");
    let fields: String = record
        .fields
        .iter()
        .map(|field| {
            let value = format!("answer.member(\"{}\")", field.name);
            let read = match field.presence {
                Presence::Required => reader(&field.shape, &value),
                _ => format!("{value}?.let {{ value -> {} }}", reader(&field.shape, "value")),
            };
            format!("    {} = {read}\n", property(field.name))
        })
        .collect();
    format!("\ninternal fun read{name}(answer: Answer?): {name} = {name}.build {{\n{fields}}}\n")
}

/// What reads a value, by the name that it has.
pub(super) fn reader(shape: &Shape, value: &str) -> String {
    match shape {
        Shape::Boolean => format!("{value}.bool()"),
        Shape::Number => format!("{value}.number()"),
        Shape::Integer => format!("{value}.integer()"),
        Shape::Bytes => format!("{value}.bytes()"),
        Shape::Instant => format!("{value}.instant()"),
        Shape::List(of) => {
            let item = if value == "item" { "items" } else { "item" };
            format!("{value}.list {{ {item} -> {} }}", reader(of, item))
        }
        Shape::Record(record) => format!("read{}({value})", own(record.class, "Part")),
        _ => format!("{value}.text()"),
    }
}
