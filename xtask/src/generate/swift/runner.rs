//! What the conformance runner of Swift calls for each operation, and how it tells the answer.

use std::fmt::Write as _;

use wamid::{FieldInfo, OperationInfo, Presence, RecordInfo, Shape};

use super::super::shapes::camel;
use super::super::{File, results, returned, said};
use super::name;

const PATH: &str = "bindings-uniffi/swift/Sources/WamidConformance/Operations.swift";

const START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/operation.

import Foundation
import Wamid

/// What the operation of that name answers; nil where there is none.
func operation(_ op: String, _ client: Client, _ args: Args) async throws -> Json? {
    switch op {
";

pub(super) fn file(operations: &[OperationInfo]) -> Result<File, String> {
    let mut text = START.to_owned();
    for operation in operations {
        let only = operation.fields.iter().filter(|field| is_required(field)).count() == 1;
        let given = operation.fields.iter().map(|field| {
            let label = if only && is_required(field) { String::new() } else { camel(field.name) + ": " };
            Ok(label + &argument(field)?)
        });
        let given: Vec<String> = given.collect::<Result<_, String>>()?;
        let call = format!("try await client.{}({})", camel(operation.name), given.join(", "));
        let told = match &operation.returns {
            Some(shape) => {
                format!("let answer = {call}\n        return {}", attempted(shape, &told(shape, "answer")))
            }
            None => format!("{call}\n        return .null"),
        };
        let _ = writeln!(text, "    case \"{}\":\n        {told}", operation.name);
    }
    text += "    default: return nil\n    }\n}\n";
    for record in returned(operations) {
        let given =
            said(record).map(|field| Ok(format!("            {}: {}", camel(field.name), argument(field)?)));
        let mut given: Vec<String> = given.collect::<Result<_, String>>()?;
        // Nothing reads it.
        given.extend(
            record
                .fields
                .iter()
                .filter(|field| field.name == "raw")
                .map(|_| "            raw: \"null\"".to_owned()),
        );
        let _ = write!(
            text,
            "\nextension {class} {{\n    static func given(_ args: Args) throws -> {class} {{\n        try {class}(\n{})\n    }}\n}}\n",
            given.join(",\n"),
            class = record.class
        );
    }
    for record in results(operations) {
        let _ = writeln!(
            text,
            "\nextension {} {{\n    func json() throws -> Json {{\n        WamidConformance.json([",
            record.class
        );
        for field in &record.fields {
            // As in every language's runner.
            let name = if matches!(field.shape, Shape::Bytes) { "base64" } else { field.name };
            let _ = writeln!(text, "            \"{name}\": {},", member(field));
        }
        text += "        ])\n    }\n}\n";
    }
    Ok(File::at(PATH, text))
}

/// A field of an answer in JSON.
pub(super) fn member(field: &FieldInfo) -> String {
    let value = name(field);
    if is_required(field) {
        return attempted(&field.shape, &told(&field.shape, &value));
    }
    let each = attempted(&field.shape, &told(&field.shape, "$0"));
    let each = format!("{value}.map {{ {each} }} ?? .null");
    if can_fail(&field.shape) { format!("try {each}") } else { each }
}

fn is_required(field: &FieldInfo) -> bool {
    field.presence == Presence::Required
}

/// What reads an argument; a text that is missing is empty, as it is for other operations.
fn argument(field: &FieldInfo) -> Result<String, String> {
    let name = field.name;
    match &field.shape {
        Shape::Content(_) => return Ok(format!(".fromJson(args.written(\"{name}\") ?? \"null\")")),
        Shape::Answer(record) => {
            return Ok(format!("{}.given(args.part(\"{name}\") ?? Args(json: .object([])))", record.class));
        }
        _ => {}
    }
    let (read, missing) = match &field.shape {
        Shape::Text => ("optional", "\"\""),
        Shape::Boolean => ("flag", "false"),
        Shape::Integer => ("integer", "0"),
        Shape::Bytes => ("content", "Data()"),
        Shape::Number => ("optionalNumber", ".nan"),
        Shape::Json => ("written", "\"null\""),
        Shape::List(of) if matches!(**of, Shape::Text) => ("texts", "[]"),
        Shape::Record(record) if !is_required(field) => return part(field.name, record),
        other => {
            return Err(format!("Swift's runner reads no {other:?}: see xtask/src/generate/swift/runner.rs"));
        }
    };
    let missing = if is_required(field) { format!(" ?? {missing}") } else { String::new() };
    Ok(format!("args.{read}(\"{}\"){missing}", field.name))
}

/// What reads an argument with fields of its own.
fn part(name: &str, record: &RecordInfo) -> Result<String, String> {
    let fields: Vec<String> = record
        .fields
        .iter()
        .map(|field| {
            Ok(format!("{}: try {}", camel(field.name), argument(field)?.replacen("args.", "$0.", 1)))
        })
        .collect::<Result<_, String>>()?;
    Ok(format!("args.part(\"{name}\").map {{ Content.{}({}) }}", record.class, fields.join(", ")))
}

/// A value in JSON.
fn told(shape: &Shape, value: &str) -> String {
    match shape {
        Shape::Json => format!("WamidConformance.raw({value})"),
        Shape::Boolean => format!(".bool({value})"),
        Shape::Bytes => format!(".text({value}.base64EncodedString())"),
        Shape::Instant => format!("instant({value})"),
        Shape::Integer | Shape::Number => format!("WamidConformance.number({value})"),
        Shape::List(of) => format!(".list({value}.map {{ {} }})", attempted(of, &told(of, "$0"))),
        Shape::Record(_) => format!("{value}.json()"),
        _ => format!(".text({value})"),
    }
}

fn can_fail(shape: &Shape) -> bool {
    match shape {
        Shape::Json | Shape::Record(_) => true,
        Shape::List(of) => can_fail(of),
        _ => false,
    }
}

/// Swift takes no `try` before what cannot fail.
fn attempted(shape: &Shape, told: &str) -> String {
    if can_fail(shape) { format!("try {told}") } else { told.to_owned() }
}
