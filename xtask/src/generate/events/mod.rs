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
        node::events::file(events),
    ];
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
