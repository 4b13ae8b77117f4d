//! The events in the crate that Kotlin and Swift are made from: UniFFI writes their types.

use std::fmt::Write as _;

use wamid::{EventInfo, Presence, Shape};

use super::super::File;
use super::super::shapes::{camel, field_docs};
use super::{Class, classes, paragraphs, place};

const PATH: &str = "bindings-uniffi/src/event.rs";

const START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/webhook.

//! What a webhook tells, typed.

use crate::event_record::{event_record, events};
use crate::time::Date;

event_record! {
";

pub(super) fn file(events: &[EventInfo]) -> Result<File, String> {
    let mut text = START.to_owned();
    let all: Vec<String> =
        classes(events).iter().map(|class| record(class, events)).collect::<Result<_, _>>()?;
    text += &all.join("\n");
    text += "}\n\nevents! {\n    /// One thing that a webhook tells.\n    Event {\n";
    for event in events {
        // Writing to a text cannot fail.
        let docs = comment(event.record.docs, events, "        ");
        let _ = writeln!(text, "{docs}        {}({}: {}),", event.variant, event.name, event.record.class);
    }
    text += "    }\n}\n";
    Ok(File::at(PATH, text))
}

fn record(class: &Class<'_>, events: &[EventInfo]) -> Result<String, String> {
    let mut text = format!("{}    {} {{\n", comment(class.docs, events, "    "), class.name);
    for (at, field) in class.fields.iter().enumerate() {
        let kind = kind(&field.shape)?;
        // A field that comes later breaks nobody who makes an event in Swift.
        let (default, kind) = match (field.presence, &field.shape) {
            (Presence::Required, Shape::List(_)) => ("        #[uniffi(default = [])]\n", kind),
            (Presence::Required, _) => ("", kind),
            _ => ("        #[uniffi(default = None)]\n", format!("Option<{kind}>")),
        };
        let name = if field.name == "type" { "r#type" } else { field.name };
        let _ = writeln!(
            text,
            "{}{default}        {name}: {kind} = {},",
            comment(&field_docs(field), events, "        "),
            place(class, at)
        );
    }
    Ok(text + "    }\n")
}

fn comment(docs: &[&'static str], events: &[EventInfo], indent: &str) -> String {
    let lines = paragraphs(docs, events, camel).join(&format!("\n{indent}///\n{indent}/// "));
    format!("{indent}/// {lines}\n")
}

fn kind(shape: &Shape) -> Result<String, String> {
    Ok(match shape {
        Shape::Text | Shape::Json => "String".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::Number => "f64".to_owned(),
        Shape::Integer => "i64".to_owned(),
        Shape::Instant => "Date".to_owned(),
        Shape::List(of) => format!("Vec<{}>", kind(of)?),
        Shape::Record(record) => record.class.to_owned(),
        other => {
            return Err(format!("no event holds {other:?}: see xtask/src/generate/events/uniffi.rs"));
        }
    })
}
