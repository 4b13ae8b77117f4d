//! The events in TypeScript: a type each, and a table of how it is read.

use std::fmt::Write as _;

use wamid::{EventInfo, FieldInfo, Shape};

use super::super::File;
use super::super::events::{Class, classes, paragraphs, part_of};
use super::operations::{answered, constant, listed};
use super::{camel_case, comment, union};

const PATH: &str = "bindings-node/lib/events.ts";

const START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/webhook.
import type { Fields } from './event-reader';
import type { Json } from './parameters';

";

pub(crate) fn file(events: &[EventInfo]) -> File {
    let mut text = format!("{START}/** One thing that a webhook tells, told apart by `event`. */\n");
    let all: Vec<String> = events.iter().map(|event| event.record.class.to_owned()).collect();
    text += &union("export type WebhookEvent =", &all);
    let classes = classes(events);
    for class in &classes {
        text += &interface(class, events);
    }
    text.push('\n');
    for class in &classes {
        let fields: Vec<String> = class.fields.iter().filter_map(read).collect();
        text += &listed(&format!("const {}: Fields = {{", constant(class.name)), &fields, "};")
            .replace("{  }", "{}");
    }
    let table: Vec<String> =
        events.iter().map(|event| format!("{}: {}", event.name, constant(event.record.class))).collect();
    text += "\n/** How each event is read. */\n";
    text += &listed("export const EVENTS: Readonly<Record<string, Fields>> = {", &table, "};");
    File::at(PATH, text)
}

fn interface(class: &Class<'_>, events: &[EventInfo]) -> String {
    let said = |docs: &[&'static str], indent: &str| {
        let mut lines: Vec<String> = Vec::new();
        for paragraph in paragraphs(docs, events, camel_case) {
            lines.extend([paragraph, String::new()]);
        }
        lines.pop();
        comment(&lines.iter().map(String::as_str).collect::<Vec<_>>(), indent)
    };
    let mut text = format!("\n{}export interface {} {{\n", said(class.docs, ""), class.name);
    if let Some(event) = class.event {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  event: '{}';", event.name);
    }
    for field in class.fields {
        let mark = if field.presence == wamid::Presence::Required { "" } else { "?" };
        let _ = writeln!(
            text,
            "{}  {}{mark}: {};",
            said(field.docs, "  "),
            camel_case(field.name),
            answered(&field.shape)
        );
    }
    text + "}\n"
}

/// How a field is read that has another name in JavaScript, or holds more than a plain value.
fn read(field: &FieldInfo) -> Option<String> {
    let name = camel_case(field.name);
    let holds = match (&field.shape, part_of(&field.shape)) {
        (Shape::Instant, _) => Some("'instant'".to_owned()),
        (_, part) => part.map(constant),
    };
    match holds {
        Some(holds) => Some(format!("{}: ['{name}', {holds}]", field.name)),
        None if name != field.name => Some(format!("{}: '{name}'", field.name)),
        None => None,
    }
}
