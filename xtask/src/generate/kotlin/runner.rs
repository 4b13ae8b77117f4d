//! What the conformance runner of Kotlin calls for each operation, and how it tells the answer.

use std::fmt::Write as _;

use wamid::{FieldInfo, OperationInfo, Presence, RecordInfo, Shape};

use super::super::{File, all_records, results, returned, said};
use super::{own, property};

const PATH: &str = "bindings-uniffi/kotlin/src/test/kotlin/dev/wamid/conformance/Operations.kt";

pub(super) fn file(operations: &[OperationInfo]) -> Result<File, String> {
    let records = results(operations);
    let mut classes: Vec<_> = records.iter().map(|record| own(record.class, "Part")).collect();
    classes.extend(all_records(&[], operations).iter().map(|record| own(record.class, "Part")));
    classes.push("Client".to_owned());
    if operations
        .iter()
        .flat_map(|operation| &operation.fields)
        .any(|field| matches!(field.shape, Shape::Content(_)))
    {
        classes.push("Content".to_owned());
    }
    classes.sort();
    let imports: String = classes.iter().map(|class| format!("import dev.wamid.{class}\n")).collect();
    let mut text = format!(
        "// Written by `cargo xtask generate` from the declarations in core/src/operation.\n\n\
         package dev.wamid.conformance\n\n{imports}\
         import kotlinx.serialization.json.JsonArray\nimport kotlinx.serialization.json.JsonElement\n\
         import kotlinx.serialization.json.JsonNull\nimport kotlinx.serialization.json.JsonObject\n\
         import kotlinx.serialization.json.JsonPrimitive\n\n\
         /** What the operation of that name answers; null where there is none. */\n\
         internal suspend fun operation(op: String, client: Client, args: Args): JsonElement? = when (op) {{\n"
    );
    for operation in operations {
        let given = operation
            .fields
            .iter()
            .map(|field| Ok(format!("{} = {}", property(field.name), argument(field)?)));
        let given: Vec<String> = given.collect::<Result<_, String>>()?;
        let call = format!("client.{}({})", property(operation.name), given.join(", "));
        let told = match &operation.returns {
            Some(shape) => told(shape, &call),
            None => format!("{call}.let {{ JsonNull }}"),
        };
        let _ = writeln!(text, "    \"{}\" -> {told}", operation.name);
    }
    text += "    else -> null\n}\n";
    for record in returned(operations) {
        let class = own(record.class, "Part");
        let _ = write!(text, "\nprivate fun given{class}(args: Args): {class} = {class}.build {{\n");
        for field in said(record) {
            let _ = writeln!(text, "    {} = {}", property(field.name), argument(field)?);
        }
        text += "}\n";
    }
    for record in records {
        let _ = writeln!(text, "\nprivate fun {}.toJson(): JsonObject = json(", own(record.class, "Part"));
        for field in &record.fields {
            let value = property(field.name);
            let told = match field.presence {
                Presence::Required => told(&field.shape, &value),
                _ => format!("{value}?.let {{ value -> {} }}", told(&field.shape, "value")),
            };
            // As in every language's runner.
            let name = if matches!(field.shape, Shape::Bytes) { "base64" } else { field.name };
            let _ = writeln!(text, "    \"{name}\" to {told},");
        }
        text += ")\n";
    }
    Ok(File::at(PATH, text))
}

/// What reads an argument; a text that is missing is empty, as it is for other operations.
fn argument(field: &FieldInfo) -> Result<String, String> {
    let (name, required) = (field.name, field.presence == Presence::Required);
    match &field.shape {
        Shape::Content(_) => return Ok(format!("Content.fromJson(args.json(\"{name}\") ?: \"null\")")),
        Shape::Answer(record) => {
            let class = own(record.class, "Part");
            return Ok(format!("given{class}(args.part(\"{name}\") ?: Args(JsonObject(emptyMap())))"));
        }
        _ => {}
    }
    let (read, missing) = match &field.shape {
        Shape::Text => ("optional", ".orEmpty()"),
        Shape::Boolean => ("flag", " ?: false"),
        Shape::Integer => ("long", " ?: 0"),
        Shape::Bytes => ("content", " ?: ByteArray(0)"),
        Shape::Number => ("optionalDouble", " ?: Double.NaN"),
        Shape::Json => ("json", " ?: \"null\""),
        Shape::List(of) if matches!(**of, Shape::Text) => ("texts", ".orEmpty()"),
        Shape::Record(record) if !required => return part(name, record),
        other => {
            return Err(format!(
                "Kotlin's runner reads no {other:?}: see xtask/src/generate/kotlin/runner.rs"
            ));
        }
    };
    Ok(format!("args.{read}(\"{name}\"){}", if required { missing } else { "" }))
}

/// What reads an argument with fields of its own.
fn part(name: &str, record: &RecordInfo) -> Result<String, String> {
    let fields: Vec<String> = record
        .fields
        .iter()
        .map(|field| Ok(format!("{} = {}", property(field.name), argument(field)?)))
        .collect::<Result<_, String>>()?;
    let class = own(record.class, "Part");
    Ok(format!("args.part(\"{name}\")?.let {{ args -> {class}({}) }}", fields.join(", ")))
}

/// A value in JSON.
pub(super) fn told(shape: &Shape, value: &str) -> String {
    match shape {
        Shape::Json => format!("raw({value})"),
        Shape::Bytes => format!("base64({value})"),
        Shape::Instant => format!("JsonPrimitive({value}.toString())"),
        Shape::List(of) => {
            let item = if value == "item" { "items" } else { "item" };
            format!("JsonArray({value}.map {{ {item} -> {} }})", told(of, item))
        }
        Shape::Record(_) => format!("{value}.toJson()"),
        _ => format!("JsonPrimitive({value})"),
    }
}
