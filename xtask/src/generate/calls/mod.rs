//! `sandbox/page/calls/kinds.js`: from these tables the phone page writes a message that it shows as the call that sends it.

mod pattern;
mod probe;

use std::fmt::Write as _;

use serde_json::Value;
use wamid::{Client, FieldInfo, KindInfo, Presence, Shape};

use super::kotlin::{own, property};
use super::{File, is_path, records, texts_or};

const PATH: &str = "sandbox/page/calls/kinds.js";

const START: &str = r"// Written by `cargo xtask generate` from core/src/message/kinds: the kinds of messages, their fields, and how Meta has them.
// A field is its name, `!` where it is needed or `/` where one of several is, and what it holds where that is no text.
// In `meta` a text `$field` stands for the value of a field, and a list `[$field, element]` for each element of one.

";

pub(super) fn file(kinds: &[KindInfo]) -> Result<File, String> {
    let client = Client::cloud("token", "1").build().map_err(|error| error.to_string())?;
    let mut text = format!("{START}export const KINDS = {{\n");
    for kind in kinds {
        let mut members = class(kind.class, "Message");
        let _ = write!(members, ", fields: {}", fields(&kind.fields));
        if let Some(meta) = pattern::of_kind(&client, kind)? {
            let _ = write!(members, ",\n    meta: {meta}");
        }
        let _ = writeln!(text, "  {}: {{ {members} }},", kind.name);
    }
    text.push_str(
        "};\n\n/** What stands in fields of kinds and has fields of its own. */\nexport const RECORDS = {\n",
    );
    for record in records(kinds) {
        let members = format!("{}, fields: {}", class(record.class, "Part"), fields(&record.fields));
        let _ = writeln!(text, "  {}: {{ {members} }},", record.class);
    }
    text.push_str("};\n\n/** What is a text or a record. */\nexport const TEXT_OR = {\n");
    for of in texts_or(kinds) {
        let members = format!("{}, record: '{}'", class(of.class, "Part"), of.object.class);
        let _ = writeln!(text, "  {}: {{ {members} }},", of.class);
    }
    let all = kinds.iter().flat_map(|kind| &kind.fields);
    let words: Vec<_> = all.map(|field| field.name).filter(|name| property(name).starts_with('`')).collect();
    let _ = write!(
        text,
        "}};\n\n/** Fields that Kotlin needs in backticks. */\nexport const KOTLIN_KEYWORDS = {};\n",
        Value::from(words)
    );
    Ok(File::at(PATH, text))
}

/// The name of its type, and the one that Kotlin has where that is another.
fn class(class: &str, suffix: &str) -> String {
    let kotlin = own(class, suffix);
    let other = if kotlin == class { String::new() } else { format!(", kotlin: '{kotlin}'") };
    format!("class: '{class}'{other}")
}

/// The fields that a body can hold: a file is uploaded before it is sent, and Meta gets its id.
fn fields(fields: &[FieldInfo]) -> Value {
    let is_uploaded = |field: &FieldInfo| {
        is_path("", field) || matches!(field.shape, Shape::Bytes) || field.name == "mime_type"
    };
    let sent = fields.iter().filter(|field| !is_uploaded(field));
    sent.map(|field| {
        let mark = match field.presence {
            Presence::Required => "!",
            Presence::OneOf => "/",
            Presence::Optional => "",
        };
        let holds = match &field.shape {
            Shape::Text => String::new(),
            shape => format!(" {}", self::shape(shape)),
        };
        format!("{}{mark}{holds}", field.name)
    })
    .collect()
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Number | Shape::Integer => "number".to_owned(),
        Shape::List(of) => format!("[{}]", self::shape(of)),
        Shape::Record(record) => record.class.to_owned(),
        Shape::TextOr(of) => of.class.to_owned(),
        Shape::Parameter => "parameter".to_owned(),
        Shape::Button => "button".to_owned(),
        Shape::Components => "components".to_owned(),
        // Also what a later version adds.
        _ => "json".to_owned(),
    }
}
