//! What an operation answers, for people.

use std::io::Result;

use serde_json::Value;
use wamid::{FieldInfo, RecordInfo, Shape};

use super::output::{say, say_pretty};

/// Shows an answer of that shape.
pub(super) fn show(shape: Option<&Shape>, answer: &Value) -> Result<()> {
    match (shape, answer) {
        (None, _) => say("done"),
        (Some(Shape::Record(record)), _) => show_record(record, answer),
        (Some(Shape::List(_)), Value::Array(list)) if list.is_empty() => say("none"),
        (Some(Shape::List(of)), Value::Array(list)) => match &**of {
            Shape::Record(record) => table(record, list),
            _ => list.iter().try_for_each(|value| say(&text(value))),
        },
        (Some(Shape::Json), _) => say_pretty(answer),
        (Some(_), _) => say(&text(answer)),
    }
}

/// How many of those that the operation was asked for it could not do.
pub(super) fn failures(answer: &Value) -> usize {
    answer.get("failed").and_then(Value::as_array).map_or(0, Vec::len)
}

/// A line for each field that is there. What is JSON of the host's is for `--json`.
fn show_record(record: &RecordInfo, answer: &Value) -> Result<()> {
    let width = record.fields.iter().map(|field| field.name.len()).max().unwrap_or_default();
    let mut is_empty = true;
    for field in record.fields.iter().filter(|field| !matches!(field.shape, Shape::Json)) {
        let value = answer.get(field.name).unwrap_or(&Value::Null);
        let lines: Vec<String> = match (&field.shape, value) {
            (Shape::List(of), Value::Array(list)) => match &**of {
                Shape::Record(record) => list.iter().map(|value| in_one_line(record, value)).collect(),
                _ => list.iter().map(text).collect(),
            },
            (_, Value::Null) => Vec::new(),
            (_, value) => vec![text(value)],
        };
        for (at, line) in lines.iter().enumerate() {
            let name = if at == 0 { field.name } else { "" };
            say(&format!("{name:<width$}  {line}"))?;
            is_empty = false;
        }
    }
    if is_empty { say("none") } else { Ok(()) }
}

fn in_one_line(record: &RecordInfo, value: &Value) -> String {
    let values =
        record.fields.iter().filter_map(|field| value.get(field.name)).filter(|value| !value.is_null());
    values.map(text).collect::<Vec<_>>().join("  ")
}

/// A row for each record, with the columns that any of them has.
fn table(record: &RecordInfo, rows: &[Value]) -> Result<()> {
    let cell = |field: &FieldInfo, row: &Value| row.get(field.name).map(text).unwrap_or_default();
    let columns: Vec<(&FieldInfo, usize)> = record
        .fields
        .iter()
        .filter(|field| !matches!(field.shape, Shape::Json))
        .filter_map(|field| {
            let widest = rows.iter().map(|row| cell(field, row).chars().count()).max().unwrap_or_default();
            (widest > 0).then(|| (field, widest.max(field.name.len())))
        })
        .collect();
    let line = |cells: Vec<String>| say(cells.join("  ").trim_end());
    line(columns.iter().map(|(field, width)| format!("{:<width$}", field.name.replace('_', " "))).collect())?;
    rows.iter().try_for_each(|row| {
        line(columns.iter().map(|(field, width)| format!("{:<width$}", cell(field, row))).collect())
    })
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
