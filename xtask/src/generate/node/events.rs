//! The events in TypeScript, and how each crosses: its values in the order of its fields, written by the addon and read by the face.

use std::fmt::Write as _;

use wamid::{EventInfo, FieldInfo, Presence, Shape};

use super::super::File;
use super::super::events::{Class, classes, paragraphs, part_of, place};
use super::operations::{answered, listed};
use super::{camel_case, comment, union};

const TYPES: &str = "bindings-node/lib/events.ts";
const VALUES: &str = "bindings-node/src/event.rs";

const TYPES_START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/webhook.
import { each, type Values } from './event-values';
import type { Json } from './parameters';

";

const VALUES_START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/webhook.

//! The values that events cross with, in the order in which `lib/events.ts` reads them.

use crate::event_text::crossing;

crossing! {
    parts {
";

/// The field that crosses by itself.
const RAW: &str = "raw";

pub(crate) fn files(events: &[EventInfo]) -> Vec<File> {
    vec![types(events), values(events)]
}

fn types(events: &[EventInfo]) -> File {
    let mut text = format!("{TYPES_START}/** One thing that a webhook tells, told apart by `event`. */\n");
    let all: Vec<String> = events.iter().map(|event| event.record.class.to_owned()).collect();
    text += &union("export type WebhookEvent =", &all);
    let classes = classes(events);
    for class in &classes {
        text += &interface(class, events);
    }
    for class in &classes {
        text += &reader(class);
    }
    let table: Vec<String> =
        events.iter().map(|event| format!("{}: {}", event.name, function(event.record.class))).collect();
    text += "\n/** @internal What reads each event, by its name. */\n";
    text += &listed(
        "export const EVENTS: Readonly<Record<string, (values: Values) => WebhookEvent>> = {",
        &table,
        "};",
    );
    File::at(TYPES, text)
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
        let mark = if field.presence == Presence::Required { "" } else { "?" };
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

/// The function that reads a class of its values.
fn reader(class: &Class<'_>) -> String {
    let start = match class.event {
        Some(event) => format!("{{ event: '{}' }}", event.name),
        None => "{}".to_owned(),
    };
    let mut text = format!(
        "\nfunction {}(values: Values): {} {{\n  const out = {start} as {};\n",
        function(class.name),
        class.name,
        class.name
    );
    // Before the values of an event stands its name.
    let first = usize::from(class.event.is_some());
    for (at, field) in class.fields.iter().filter(|field| !is_raw(class, field)).enumerate() {
        let value = format!("values[{}]", at + first);
        let present = match field.presence {
            Presence::Required => String::new(),
            _ => format!("if ({value} !== null) "),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {present}out.{} = {};", camel_case(field.name), read(&field.shape, &value));
    }
    text + "  return out;\n}\n"
}

fn read(shape: &Shape, value: &str) -> String {
    match (shape, part_of(shape)) {
        (Shape::Instant, _) => format!("new Date({value} as number)"),
        (Shape::List(_), Some(part)) => format!("each({value} as Values[], {})", function(part)),
        (_, Some(part)) => format!("{}({value} as Values)", function(part)),
        _ => format!("{value} as {}", answered(shape)),
    }
}

fn function(class: &str) -> String {
    let mut name = class.to_owned();
    name[..1].make_ascii_lowercase();
    name
}

fn is_raw(class: &Class<'_>, field: &FieldInfo) -> bool {
    class.event.is_some() && field.name == RAW
}

fn values(events: &[EventInfo]) -> File {
    let mut text = VALUES_START.to_owned();
    let classes = classes(events);
    let places = |class: &Class<'_>| {
        let fields = class.fields.iter().enumerate().filter(|(_, field)| !is_raw(class, field));
        fields.map(|(at, _)| place(class, at)).collect::<Vec<_>>().join(", ")
    };
    for class in classes.iter().filter(|class| class.event.is_none()) {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "        {}: {};", class.name, places(class));
    }
    text += "    }\n    events {\n";
    for class in &classes {
        let raw = class.fields.iter().position(|field| is_raw(class, field));
        if let (Some(event), Some(raw)) = (class.event, raw) {
            let (raw, places) = (place(class, raw), places(class));
            let _ = writeln!(
                text,
                "        {}({}), \"{}\", {raw}: {places};",
                event.variant, class.name, event.name
            );
        }
    }
    text += "    }\n}\n";
    File::at(VALUES, text)
}
