//! The events in Python: their native classes, the stub of these, and the module that users see.

use std::fmt::Write as _;

use wamid::{EventInfo, FieldInfo, Presence, Shape};

use super::super::File;
use super::super::events::{Class, classes, paragraphs, place};
use super::{KEYWORDS, fitting, quoted};
use crate::shell;

const CLASSES: &str = "bindings-python/src/event.rs";
const MODULE: &str = "bindings-python/python/wamid/events.py";
const STUB: &str = "bindings-python/python/wamid/_wamid.pyi";

const START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/webhook.

//! What webhooks tell.

use pyo3::prelude::*;

use crate::event_class::{event_class, events};
";

/// Below this line the stub is written from the declarations.
const MARK: &str = "# Events. What stands below is written by `cargo xtask generate` from the declarations in core/src/webhook.\n";

/// What a message is answered with: a client that waits, or one of a loop, whose answers are awaited.
const CLIENTS: &str = r#"
_R = TypeVar("_R", covariant=True)

class _Sends(Protocol[_R]):
    def send(
        self,
        phone: str,
        content: Content,
        *,
        account_id: int | None = None,
        reply_to: str | None = None,
        reference: str | None = None,
        idempotency_key: str | None = None,
        extra: dict[str, Any] | None = None,
    ) -> _R: ...

class _Marks(Protocol[_R]):
    def mark_read(self, message_id: str, *, typing: bool | None = None) -> _R: ...
"#;

/// The methods of a message in the stub.
const ANSWERED: &str = r#"    def answer(
        self,
        client: _Sends[_R],
        content: Content,
        *,
        account_id: int | None = None,
        reply_to: str | None = None,
        reference: str | None = None,
        idempotency_key: str | None = None,
        extra: dict[str, Any] | None = None,
    ) -> _R:
        """Answers it: sends the content to its `address`, whether that is a number or a user id, and quotes it.

        With an `AsyncClient` the answer is awaited. The options are those of `Client.send`. A group's message has no address: that is an
        `InvalidInputError` whose `field` is `phone`.
        """

    def mark_read(self, client: _Marks[_R], *, typing: bool | None = None) -> _R:
        """Marks it as read, and with `typing` shows that an answer is being written. With an `AsyncClient` it is awaited."""

"#;

pub(crate) fn files(events: &[EventInfo]) -> Result<Vec<File>, String> {
    Ok(vec![native(events), module(events), stub(events)?])
}

/// A field's name in Python.
fn attribute(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

fn said(docs: &[&'static str], events: &[EventInfo]) -> Vec<String> {
    paragraphs(docs, events, attribute)
}

fn field_docs(field: &FieldInfo, events: &[EventInfo]) -> String {
    let mut docs = said(field.docs, events).join(" ");
    if matches!(field.shape, Shape::Instant) {
        docs.push_str(" An aware datetime, in UTC.");
    }
    docs
}

fn native(events: &[EventInfo]) -> File {
    let mut text = START.to_owned();
    let classes = classes(events);
    for class in &classes {
        let docs = said(class.docs, events).join("\n    ///\n    /// ");
        let answered = if answered(class) { " answered at address quoting id" } else { "" };
        let event =
            class.event.map(|event| format!(" event \"{}\"{answered}", event.name)).unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = write!(text, "\nevent_class! {{\n    /// {docs}\n    {}{event} {{\n", class.name);
        for (at, field) in class.fields.iter().enumerate() {
            let name = match field.name {
                "type" => "r#type".to_owned(),
                name => attribute(name),
            };
            let docs = field_docs(field, events);
            let _ =
                writeln!(text, "        /// {docs}\n        {name} \"{}\" {},", field.name, place(class, at));
        }
        text += "    }\n}\n";
    }
    text += "\nevents! {\n    events {";
    let variants: Vec<String> =
        events.iter().map(|event| format!(" {}({})", event.variant, event.record.class)).collect();
    text += &variants.join(",");
    text += " }\n    classes {";
    let names: Vec<String> = classes.iter().map(|class| format!(" {}", class.name)).collect();
    text += &names.join(",");
    text += " }\n}\n";
    File::at(CLASSES, text)
}

/// Whether it has methods to answer it.
fn answered(class: &Class<'_>) -> bool {
    class.event.is_some_and(|event| event.name == "message")
}

fn module(events: &[EventInfo]) -> File {
    let mut names: Vec<&str> = classes(events).iter().map(|class| class.name).collect();
    names.sort_unstable();
    let lines: String = names.iter().map(|name| format!("    {name},\n")).collect();
    let all: Vec<&str> = events.iter().map(|event| event.record.class).collect();
    let mut exported = names.clone();
    exported.push("Event");
    exported.sort_unstable();
    let members: Vec<String> = all.iter().map(|name| (*name).to_owned()).collect();
    let text = format!(
        "\"\"\"What webhooks tell. All are frozen, compare by value, and can be pickled.\n\nWritten by `cargo xtask generate` from the \
         declarations of the core.\n\"\"\"\n\nfrom __future__ import annotations\n\nfrom typing import Union\n\nfrom ._wamid import (\n{lines})\n\n{}\n\
         #: One thing that a webhook tells; ``event`` says which it is.\n{}",
        fitting("__all__: list[str] = [", &quoted(&exported), "]", 0),
        fitting("Event = Union[", &members, "]", 0),
    );
    File::at(MODULE, text)
}

/// The stub: what is written by hand, and below it the classes.
fn stub(events: &[EventInfo]) -> Result<File, String> {
    let written =
        std::fs::read_to_string(shell::root().join(STUB)).map_err(|error| format!("{STUB}: {error}"))?;
    let (by_hand, _) = written.split_once(MARK).ok_or_else(|| format!("{STUB} has no line {MARK}"))?;
    let classes = classes(events);
    let mut names: Vec<&str> = classes.iter().map(|class| class.name).collect();
    names.sort_unstable();
    let mut text = format!("{by_hand}{MARK}\n{}", fitting("__all__ += [", &quoted(&names), "]", 0));
    text += CLIENTS;
    for class in &classes {
        text += &stub_of(class, events);
    }
    Ok(File::at(STUB, text))
}

fn stub_of(class: &Class<'_>, events: &[EventInfo]) -> String {
    let docs = said(class.docs, events);
    let mut text = format!("\n@final\nclass {}:\n    \"\"\"{}", class.name, docs.join("\n\n    "));
    text += if docs.len() > 1 { "\n    \"\"\"\n\n" } else { "\"\"\"\n\n" };
    if let Some(event) = class.event {
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "    #: Which kind of event it is.\n    event: ClassVar[Literal[\"{}\"]]\n",
            event.name
        );
    }
    text += "    __match_args__: ClassVar[tuple[str, ...]]\n";
    for field in class.fields {
        let kind = match (&field.shape, field.presence) {
            (Shape::Json, _) => "Any".to_owned(),
            (shape, Presence::Required) => kind(shape),
            (shape, _) => format!("{} | None", kind(shape)),
        };
        let _ = write!(
            text,
            "    @property\n    def {}(self) -> {kind}:\n        \"\"\"{}\"\"\"\n\n",
            attribute(field.name),
            field_docs(field, events)
        );
    }
    if answered(class) {
        text += ANSWERED;
    }
    let _ = write!(
        text,
        "    def to_dict(self) -> dict[str, Any]:\n        \"\"\"All fields by their common names, `raw` and instants as Python has them.\"\"\"\n\n    \
         def __eq__(self, other: object, /) -> bool: ...\n    def __hash__(self) -> int: ...\n    \
         def __reduce__(self) -> tuple[Any, ...]: ...\n    @staticmethod\n    def _restored(json: str) -> {}: ...\n",
        class.name
    );
    text
}

fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Text => "str".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::Number => "float".to_owned(),
        Shape::Integer => "int".to_owned(),
        Shape::Instant => "datetime".to_owned(),
        Shape::List(of) => format!("list[{}]", kind(of)),
        Shape::Record(record) => record.class.to_owned(),
        _ => "Any".to_owned(),
    }
}
