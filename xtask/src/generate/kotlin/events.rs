//! How the conformance runner of Kotlin tells events. UniFFI writes their types.

use std::fmt::Write as _;

use wamid::{EventInfo, Presence};

use super::super::File;
use super::super::events::classes;
use super::property;
use super::runner::told;

const PATH: &str = "bindings-uniffi/kotlin/src/test/kotlin/dev/wamid/conformance/Events.kt";

pub(crate) fn file(events: &[EventInfo]) -> File {
    let classes = classes(events);
    let mut names: Vec<&str> = classes.iter().map(|class| class.name).collect();
    names.push("Event");
    names.sort_unstable();
    let imports: String = names.iter().map(|name| format!("import dev.wamid.{name}\n")).collect();
    let mut text = format!(
        "// Written by `cargo xtask generate` from the declarations in core/src/webhook.\n\n\
         package dev.wamid.conformance\n\n{imports}\
         import kotlinx.serialization.json.JsonArray\nimport kotlinx.serialization.json.JsonObject\n\
         import kotlinx.serialization.json.JsonPrimitive\n\ninternal fun Event.toJson(): JsonObject = when (this) {{\n"
    );
    for event in events {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "    is Event.{} -> {}.toJson()", event.variant, property(event.name));
    }
    text += "}\n";
    for class in classes {
        let _ = writeln!(text, "\nprivate fun {}.toJson(): JsonObject = json(", class.name);
        if let Some(event) = class.event {
            let _ = writeln!(text, "    \"event\" to \"{}\",", event.name);
        }
        for field in class.fields {
            let value = property(field.name);
            let told = match field.presence {
                Presence::Required => told(&field.shape, &value),
                _ => format!("{value}?.let {{ value -> {} }}", told(&field.shape, "value")),
            };
            let _ = writeln!(text, "    \"{}\" to {told},", field.name);
        }
        text += ")\n";
    }
    File::at(PATH, text)
}
