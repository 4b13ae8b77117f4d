//! `docs/events.md`: every event with its fields.

use std::fmt::Write as _;

use wamid::{EventInfo, FieldInfo, Presence};

use super::super::document::shape;
use super::super::{File, prose};
use super::classes;

const START: &str = "\
# Events

Written by `cargo xtask generate` from the declarations in `core/src/webhook`.

What `parse_webhook` and `receive_webhook` tell of a webhook: a list of events, in the order of the body. In JSON an event is an object with the key
`event`, which says what it is, and these fields. Python, Kotlin and Swift have one type for each event, with the fields in their own spelling; TypeScript has a
union told apart by `event`. A field without a mark in the column \"always\" may be absent.

Unknown types, fields and values never fail. Everything that Meta wrote is in `raw`.
";

/// Written by hand.
const UNTYPED: &str = include_str!("untyped.md");

pub(super) fn file(events: &[EventInfo]) -> File {
    let mut text = START.to_owned();
    for event in events {
        // Writing to a text cannot fail.
        let _ = write!(text, "\n## `{}`\n\n{}\n\n", event.name, prose(event.record.docs).join("\n"));
        match events.iter().find(|held| event.holds == Some(held.name)) {
            Some(held) => {
                table(&mut text, &event.record.fields[..event.own]);
                let _ = writeln!(text, "\nAnd the fields of [`{0}`](#{0}).", held.name);
            }
            None => table(&mut text, &event.record.fields),
        }
    }
    text.push_str("\n## What events hold\n");
    for part in classes(events).iter().filter(|class| class.event.is_none()) {
        let _ = write!(text, "\n### `{}`\n\n{}\n\n", part.name, prose(part.docs).join("\n"));
        table(&mut text, part.fields);
    }
    File::at("docs/events.md", text + UNTYPED)
}

fn table(text: &mut String, fields: &[FieldInfo]) {
    text.push_str("| field | always | holds | what it is |\n| --- | --- | --- | --- |\n");
    for field in fields {
        let always = if field.presence == Presence::Required { "yes" } else { "" };
        let docs = prose(field.docs).join(" ").replace("  ", " ");
        let _ = writeln!(text, "| `{}` | {always} | {} | {docs} |", field.name, shape(&field.shape));
    }
}
