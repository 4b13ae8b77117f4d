//! The events of webhooks and their parts in every language.

mod document;
mod uniffi;

use wamid::{EventInfo, FieldInfo, Shape};

use super::{File, kotlin, node, prose, python, records_in, swift};

pub(super) fn files(events: &[EventInfo]) -> Result<Vec<File>, String> {
    let mut files = vec![
        document::file(events),
        uniffi::file(events)?,
        kotlin::events::file(events),
        swift::events::file(events),
    ];
    files.extend(node::events::files(events));
    files.extend(python::events::files(events)?);
    Ok(files)
}

/// A type that events hold, or an event.
pub(super) struct Class<'a> {
    pub(super) name: &'static str,
    pub(super) docs: &'static [&'static str],
    pub(super) fields: &'a [FieldInfo],
    /// The event that it is.
    pub(super) event: Option<&'a EventInfo>,
}

/// The types of all events and of what they hold, those that others hold before them.
pub(super) fn classes(events: &[EventInfo]) -> Vec<Class<'_>> {
    let shapes = events.iter().flat_map(|event| &event.record.fields).map(|field| &field.shape);
    let parts = records_in(shapes).into_iter().map(|part| (part, None));
    let all = parts.chain(events.iter().map(|event| (&event.record, Some(event))));
    all.map(|(record, event)| Class { name: record.class, docs: record.docs, fields: &record.fields, event })
        .collect()
}

/// Where the core's struct has the field at this place.
pub(super) fn place(class: &Class<'_>, at: usize) -> String {
    // JSON's `type` is a word of Rust's own.
    let field = match class.fields[at].name {
        "type" => "kind",
        name => name,
    };
    match class.event.and_then(|event| event.holds.filter(|_| at >= event.own)) {
        Some(held) => format!("{held}.{field}"),
        None => field.to_owned(),
    }
}

/// The paragraphs of docs, with the names of fields as `spell` spells them.
pub(super) fn paragraphs(
    docs: &[&'static str],
    events: &[EventInfo],
    spell: impl Fn(&str) -> String,
) -> Vec<String> {
    let lines = prose(docs);
    let paragraphs = lines.split(|line| line.is_empty()).map(|lines| lines.join(" "));
    let names: Vec<&str> =
        classes(events).iter().flat_map(|class| class.fields).map(|field| field.name).collect();
    let spelled = |text: String| {
        names
            .iter()
            .fold(text, |text, name| text.replace(&format!("`{name}`"), &format!("`{}`", spell(name))))
    };
    paragraphs.map(spelled).collect()
}

/// Whether a shape is, or is a list of, something with fields of its own.
pub(super) fn part_of(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::List(of) => part_of(of),
        Shape::Record(record) => Some(record.class),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use wamid::{Event, Shape};

    use super::super::shapes::camel;
    use super::{classes, files, paragraphs, place};

    /// A field that no generator could leave out unnoticed.
    #[test]
    fn every_field_is_in_every_language() {
        let events = Event::all();
        let files = files(&events).unwrap();
        let text = |end: &str| {
            let file = files.iter().find(|file| file.path.ends_with(end));
            &*file.unwrap_or_else(|| panic!("no {end}")).text
        };
        for class in classes(&events) {
            for (at, field) in class.fields.iter().enumerate() {
                let (name, camel, place) = (field.name, camel(field.name), place(&class, at));
                let python = if name == "from" { "from_" } else { name };
                for (file, line) in [
                    ("events.md", format!("| `{name}` |")),
                    ("bindings-uniffi/src/event.rs", format!(" = {place},\n")),
                    ("conformance/Events.kt", format!("    \"{name}\" to ")),
                    ("WamidConformance/Events.swift", format!("(key: \"{name}\", value: ")),
                    ("lib/events.ts", format!("  {camel}")),
                    ("bindings-node/src/event.rs", place.clone()),
                    ("bindings-python/src/event.rs", format!(" \"{name}\" {place},\n")),
                    ("_wamid.pyi", format!("    def {python}(self) -> ")),
                ] {
                    assert!(text(file).contains(&line), "{}.{name}: {line:?} in {file}", class.name);
                }
                assert!(!field.docs.is_empty() && !matches!(field.shape, Shape::Bytes), "{name}");
            }
        }
    }

    #[test]
    fn fields_of_an_echo_are_those_of_its_message_and_docs_are_spelled() {
        let events = Event::all();
        let all = classes(&events);
        let echo = all.iter().find(|class| class.name == "EchoEvent").unwrap();
        let kind = echo.fields.iter().position(|field| field.name == "type").unwrap();
        assert_eq!((place(echo, 0), place(echo, kind)), ("to".to_owned(), "message.kind".to_owned()));
        let docs = [" As `user_id`", " says.", "", " More."];
        assert_eq!(paragraphs(&docs, &events, camel), ["As `userId` says.", "More."]);
    }
}
