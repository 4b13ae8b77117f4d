//! The command that sends an example. `cli/src/declared` says how it is read; a test of the command line sends each of these.

use serde_json::Value;
use wamid::{FieldInfo, KindInfo, Presence, RecordInfo, Shape};

use super::PHONE;

/// More than this in a line is broken.
const WIDTH: usize = 110;

/// Names that are not those of their kind or field.
const NAMES: [(&str, &str); 4] = [
    ("text", "message"),
    ("reply_buttons", "buttons"),
    ("contacts", "name"),
    ("product_retailer_ids", "product"),
];

/// The command.
pub(super) fn command(kind: &KindInfo) -> Result<String, String> {
    let example: Value = serde_json::from_str(kind.example).map_err(|error| error.to_string())?;
    // A list of contacts is sent by the command of that name.
    let name = NAMES[..2].iter().find(|(known, _)| *known == kind.name);
    let name = name.map_or_else(|| kind.name.replace('_', "-"), |(_, name)| (*name).to_owned());
    let (mut line, mut options) = (format!("wamid send {name} {}", quoted(PHONE)), Vec::new());
    for field in &kind.fields {
        let Some(value) = example.get(field.name) else { continue };
        if field.presence == Presence::Required && !matches!(field.shape, Shape::List(_)) {
            line.push_str(&format!(" {}", quoted(&written(value))));
        } else {
            options.extend(of_field(field, value));
        }
    }
    let whole = [&[line.clone()], &options[..]].concat().join(" ");
    if whole.len() <= WIDTH {
        return Ok(whole);
    }
    Ok([&[line], &options[..]].concat().join(" \\\n    "))
}

/// The options that a field is, each with its value.
fn of_field(field: &FieldInfo, value: &Value) -> Vec<String> {
    let option = format!("--{}", option(field));
    match (&field.shape, value) {
        (Shape::Boolean, _) => vec![option],
        (Shape::List(of), Value::Array(items)) => match &**of {
            Shape::Record(record) if holds_lists(record) => {
                items.iter().flat_map(|item| of_element(&option, record, item)).collect()
            }
            Shape::Record(record) => {
                items.iter().map(|item| format!("{option} {}", quoted(&parts(record, item)))).collect()
            }
            _ => items.iter().map(|item| format!("{option} {}", quoted(&written(item)))).collect(),
        },
        _ => vec![format!("{option} {}", quoted(&written(value)))],
    }
}

/// The options that an element of a list is which holds lists itself.
fn of_element(option: &str, record: &RecordInfo, item: &Value) -> Vec<String> {
    let Some(first) = record.fields.iter().find(|field| matches!(field.shape, Shape::Text)) else {
        return vec![format!("{option} {}", quoted(&item.to_string()))];
    };
    let begins = item.get(first.name).map(|value| format!("{option} {}", quoted(&written(value))));
    let others = record.fields.iter().filter(|field| field.name != first.name);
    let others = others.filter_map(|field| Some(of_field(field, item.get(field.name)?)));
    begins.into_iter().chain(others.flatten()).collect()
}

/// `ID=TITLE`, or JSON where that would be read otherwise.
fn parts(record: &RecordInfo, item: &Value) -> String {
    let texts = record.fields.iter().map_while(|field| item.get(field.name)?.as_str());
    let texts: Vec<&str> = texts.collect();
    let is_needed = record.fields.first().is_some_and(|field| field.presence == Presence::Required);
    let is_whole = item.as_object().is_some_and(|members| members.len() == texts.len());
    if is_needed && is_whole && !texts.iter().any(|text| text.contains('=')) {
        return texts.join("=");
    }
    item.to_string()
}

fn holds_lists(record: &RecordInfo) -> bool {
    record.fields.iter().any(|field| matches!(field.shape, Shape::List(_)))
        && record.fields.iter().any(|field| matches!(field.shape, Shape::Text))
}

fn option(field: &FieldInfo) -> String {
    if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == field.name) {
        return (*name).to_owned();
    }
    let is_list = matches!(field.shape, Shape::List(_));
    let singular = match field.name.strip_suffix("es") {
        Some(stem) if stem.ends_with("ss") => stem,
        _ => field.name.strip_suffix('s').unwrap_or(field.name),
    };
    (if is_list { singular } else { field.name }).replace('_', "-")
}

/// A text as it is, anything else as JSON.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// As a shell reads it.
fn quoted(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@=+,".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    if text.contains('\'') && !text.contains(['"', '$', '`', '\\', '!']) {
        return format!("\"{text}\"");
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
