//! The types that Kotlin's operations answer with, and what reads them. They grow as those do that `uniffi-bindgen` writes: a builder makes
//! them, and no constructor has their fields.

use std::fmt::Write as _;

use wamid::{FieldInfo, OperationInfo, Presence, RecordInfo, Shape};

use super::super::shapes::field_docs;
use super::super::{File, results};
use super::{kdoc, kind, own, property};

const PATH: &str = "bindings-uniffi/kotlin/src/main/kotlin/dev/wamid/Results.kt";

const START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/operation.

package dev.wamid

import java.util.Objects
";

pub(super) fn file(operations: &[OperationInfo]) -> Result<File, String> {
    let mut text = START.to_owned();
    for record in results(operations) {
        text += &class(record)?;
        text += &read(record);
    }
    Ok(File { path: PATH, text })
}

fn absent(field: &FieldInfo) -> &'static str {
    if field.presence == Presence::Required { "" } else { "?" }
}

/// An array is equal to another by its content only where it is asked for that.
fn is_bytes(field: &FieldInfo) -> bool {
    matches!(field.shape, Shape::Bytes)
}

fn class(record: &RecordInfo) -> Result<String, String> {
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
    let names: Vec<_> = record.fields.iter().map(|field| property(field.name)).collect();
    let each = |write: fn(&str, &FieldInfo) -> String| -> Vec<String> {
        names.iter().zip(&record.fields).map(|(name, field)| write(name, field)).collect()
    };
    let equal = each(|name, field| {
        let equal = if is_bytes(field) { "java.util.Arrays.equals" } else { "Objects.equals" };
        format!(" &&\n            {equal}({name}, other.{name})")
    });
    let hashed = each(
        |name, field| {
            if is_bytes(field) { format!("{name}.contentHashCode()") } else { name.to_owned() }
        },
    );
    let shown = each(|name, field| {
        let shown = if is_bytes(field) {
            format!("${{{name}{}.size}} bytes", absent(field))
        } else {
            format!("${{{name}}}")
        };
        format!("{}={shown}", name.trim_matches('`'))
    });
    let _ = write!(
        out,
        r#"    override fun equals(other: Any?): Boolean =
        this === other || other is {name}{equal}

    override fun hashCode(): Int = Objects.hash({hashed})

    override fun toString(): String = "{name}({shown})"

    /** Makes one, as a test needs it: what is not set is empty. */
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
        equal = equal.concat(),
        hashed = hashed.join(", "),
        shown = shown.join(", "),
    );
    Ok(out)
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
        Shape::List(of) => {
            let item = if value == "item" { "items" } else { "item" };
            format!("{value}.list {{ {item} -> {} }}", reader(of, item))
        }
        Shape::Record(record) => format!("read{}({value})", own(record.class, "Part")),
        _ => format!("{value}.text()"),
    }
}
