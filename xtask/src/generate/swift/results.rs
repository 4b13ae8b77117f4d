//! The types that Swift's operations answer with, and what reads them.

use std::fmt::Write as _;

use wamid::{FieldInfo, OperationInfo, Presence, RecordInfo, Shape};

use super::super::shapes::field_docs;
use super::super::{File, results, returned, said};
use super::{comment, kind, name, wrapped, writer};

const PATH: &str = "bindings-uniffi/swift/Sources/Wamid/Results.swift";

pub(super) fn file(operations: &[OperationInfo]) -> Result<File, String> {
    let mut text =
        "// Written by `cargo xtask generate` from the declarations in core/src/operation.\n\nimport Foundation\n".to_owned();
    let arguments = returned(operations);
    for record in results(operations) {
        text += &structure(record)?;
        if arguments.iter().any(|argument| argument.class == record.class) {
            text += &written(record);
        }
    }
    Ok(File::at(PATH, text))
}

fn is_required(field: &FieldInfo) -> bool {
    field.presence == Presence::Required
}

fn structure(record: &RecordInfo) -> Result<String, String> {
    let is_id = |field: &FieldInfo| field.name == "id" && is_required(field);
    let identifiable = if record.fields.iter().any(is_id) { ", Identifiable" } else { "" };
    let mut out = format!(
        "\n{}public struct {}: Hashable, Codable, Sendable{identifiable} {{\n",
        comment(record.docs, ""),
        record.class
    );
    let (mut arguments, mut given, mut read) = (Vec::new(), String::new(), String::new());
    for field in &record.fields {
        let (name, kind) = (name(field), kind(&field.shape)?);
        let absent = if is_required(field) { "" } else { "?" };
        let _ = writeln!(out, "{}    public let {name}: {kind}{absent}", comment(&field_docs(field), "    "));
        let default = if is_required(field) { "" } else { "? = nil" };
        arguments.push(format!("{name}: {kind}{default}"));
        let _ = writeln!(given, "        self.{name} = {name}");
        let value = if is_required(field) {
            format!("try {}", reader(&field.shape, &format!("answer.member(\"{}\")", field.name)))
        } else {
            let read = reader(&field.shape, "$0");
            format!("try answer.optional(\"{}\").map {{ try {read} }}", field.name)
        };
        let _ = writeln!(read, "        {name} = {value}");
    }
    let _ = write!(
        out,
        "\n    /// One with these fields, as a test needs it.\n{}{given}    }}\n\n    init(_ answer: Answer) throws {{\n{read}    }}\n}}\n",
        wrapped("public init(", &arguments, ") {", "    ")
    );
    Ok(out)
}

/// How an answer is written that is an argument too.
fn written(record: &RecordInfo) -> String {
    let fields: String = said(record)
        .map(|field| {
            let write = writer(&field.shape);
            format!("        try json.field(\"{}\", {}) {{ {write} }}\n", field.name, name(field))
        })
        .collect();
    format!(
        "\nextension {} {{\n    func write(to json: inout JsonWriter) throws {{\n{fields}    }}\n}}\n",
        record.class
    )
}

/// What reads a value, by the name that it has.
pub(super) fn reader(shape: &Shape, value: &str) -> String {
    match shape {
        Shape::Boolean => format!("{value}.bool()"),
        Shape::Number => format!("{value}.number()"),
        Shape::Integer => format!("{value}.integer()"),
        Shape::Bytes => format!("{value}.bytes()"),
        Shape::Instant => format!("{value}.instant()"),
        Shape::List(of) => format!("{value}.list {{ try {} }}", reader(of, "$0")),
        Shape::Record(record) => format!("{}({value})", record.class),
        _ => format!("{value}.text()"),
    }
}
