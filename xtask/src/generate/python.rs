//! The kinds in Python: a class a kind, and a class for each part of one. The operations: see `operations`.

pub(super) mod events;
mod head;
mod operations;

use std::fmt::Write;

use wamid::{FieldInfo, Form, KindInfo, OperationInfo, Presence, RecordInfo, Shape};

use self::head::head;
use super::{File, all_records, is_path, prose};

const PATH: &str = "bindings-python/python/wamid/contents.py";
const NAMES: &str = "bindings-python/python/wamid/_kinds.py";
/// How wide ruff lets a line of code be.
const WIDTH: usize = 120;
/// Words that no argument can be named by.
const KEYWORDS: [&str; 34] = [
    "None", "True", "False", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
];
/// The kinds that cross by a way of their own, field by field: a constructor of the native module's `Send`, and its order of fields.
const QUICK: [(&str, &[&str]); 3] = [
    ("text", &["message", "preview_url"]),
    ("location", &["latitude", "longitude", "name", "address"]),
    ("template", &["template_name", "language", "header_params", "body_params", "buttons", "components"]),
];

pub(super) fn files(kinds: &[KindInfo], of_clients: &[OperationInfo]) -> Vec<File> {
    let parts = all_records(kinds, of_clients);
    let mut classes: Vec<String> = parts.iter().map(|part| record(part)).collect();
    classes.extend(kinds.iter().map(kind));
    let mut names: Vec<&str> = kinds.iter().map(|kind| kind.class).collect();
    names.extend(parts.iter().map(|part| part.class));
    names.sort_unstable();
    let known: Vec<String> = kinds.iter().map(|kind| format!("\"{}\": {}", kind.name, kind.class)).collect();
    classes.push(fitting("_KINDS: dict[str, type[Content]] = {", &known, "}", 0));
    let body = classes.join("\n\n");
    let docs = "\"\"\"The kinds of messages, each with its fields.\n\nWritten by `cargo xtask generate` from the declarations of the \
                core.\n\"\"\"";
    let text = format!(
        "{}{}\n\n{body}",
        head(docs, &body, "", &[]),
        fitting("__all__ = [", &quoted(&names), "]", 0)
    );
    let list = fitting("CLASSES = [", &quoted(&names), "]", 0);
    let answers = fitting("ANSWERS = [", &quoted(&operations::names(of_clients)), "]", 0);
    let start = "\"\"\"What `contents` and `answers` have, known without loading them. Written by `cargo xtask generate`.\"\"\"\n\n";
    let mut files = vec![File::at(PATH, text), File::at(NAMES, format!("{start}{list}\n{answers}"))];
    files.extend(operations::files(of_clients));
    files
}

fn quoted(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("\"{name}\"")).collect()
}

fn record(record: &RecordInfo) -> String {
    class(record.class, "Part", record.docs, &record.fields, "")
}

fn kind(kind: &KindInfo) -> String {
    let text =
        class(kind.class, "Content", kind.docs, &kind.fields, &format!("    _type = \"{}\"\n", kind.name));
    text + &quick(kind)
}

fn class(name: &str, base: &str, docs: &[&str], fields: &[FieldInfo], own: &str) -> String {
    let mut text = format!("@dataclass(frozen=True, init=False)\nclass {name}({base}):\n");
    docstring(&mut text, docs, fields);
    text.push_str(own);
    let parts: Vec<String> = fields
        .iter()
        .filter_map(|field| part_of(&field.shape).map(|part| format!("\"{}\": {part}", field.name)))
        .collect();
    if !parts.is_empty() {
        text.push_str(&fitting("    _parts: ClassVar = {", &parts, "}", 4));
    }
    let data = table("_data", fields, |shape| matches!(shape, Shape::Bytes));
    text.push_str(&data);
    if !own.is_empty() || !parts.is_empty() || !data.is_empty() {
        text.push('\n');
    }
    for field in fields {
        // A picture in a log helps nobody.
        let unshown = if matches!(field.shape, Shape::Bytes) { " = field(repr=False)" } else { "" };
        let _ = writeln!(text, "    {}: {}{unshown}", attribute(field), holds(field));
    }
    let (required, optional): (Vec<_>, Vec<_>) =
        fields.iter().partition(|field| field.presence == Presence::Required);
    let mut arguments = vec!["self".to_owned()];
    arguments.extend(required.iter().map(|field| format!("{}: {}", attribute(field), holds(field))));
    if !optional.is_empty() {
        arguments.push("*".to_owned());
    }
    arguments.extend(optional.iter().map(|field| format!("{}: {} = None", attribute(field), holds(field))));
    text.push('\n');
    text.push_str(&fitting("    def __init__(", &arguments, ") -> None:", 4));
    let set: Vec<String> = fields.iter().map(|field| format!("{0}={0}", attribute(field))).collect();
    text.push_str(&fitting("        self.__dict__.update(", &set, ")", 8));
    text
}

/// A field's name, with an underscore behind a word that is Python's own; `Part` takes it away.
fn attribute(field: &FieldInfo) -> String {
    if KEYWORDS.contains(&field.name) { format!("{}_", field.name) } else { field.name.to_owned() }
}

/// The table `name` of the fields that hold something of that shape, as ruff lays it out.
fn table(name: &str, fields: &[FieldInfo], holds: impl Fn(&Shape) -> bool) -> String {
    let of_it: Vec<&str> =
        fields.iter().filter(|field| holds(&field.shape)).map(|field| field.name).collect();
    match &quoted(&of_it)[..] {
        [] => String::new(),
        [one] => format!("    {name}: ClassVar = ({one},)\n"),
        more => format!("    {name}: ClassVar = ({})\n", more.join(", ")),
    }
}

/// What makes the native send of a kind that has a way of its own.
fn quick(kind: &KindInfo) -> String {
    let Some((_, fields)) = QUICK.iter().find(|(name, _)| *name == kind.name) else { return String::new() };
    let options = ["account_id", "reply_to", "reference", "idempotency_key", "extra"];
    let mut arguments = vec!["self".to_owned(), "phone: str".to_owned()];
    arguments.extend(options.iter().map(|name| {
        let holds = match *name {
            "account_id" => "int",
            "extra" => "dict[str, Any]",
            _ => "str",
        };
        format!("{name}: Optional[{holds}]")
    }));
    let mut given = vec!["phone".to_owned()];
    given.extend(fields.iter().map(|name| format!("self.{name}")));
    given.extend(options.iter().map(|name| (*name).to_owned()));
    // What the quick way does not know goes the usual one.
    let others: Vec<String> = kind
        .fields
        .iter()
        .filter(|field| !fields.contains(&field.name))
        .map(|field| format!("self.{} is not None", field.name))
        .collect();
    let usual = if others.is_empty() {
        String::new()
    } else {
        let given = format!("phone, {}", options.join(", "));
        format!("{}            return super()._send({given})\n", condition(&others))
    };
    format!(
        "\n{}{usual}{}",
        fitting("    def _send(", &arguments, ") -> _Send:", 4),
        fitting(&format!("        return _Send.{}(", kind.name), &given, ")", 8)
    )
}

/// An `if` that one of these leads into, as ruff lays it out.
fn condition(any: &[String]) -> String {
    let line = format!("        if {}:\n", any.join(" or "));
    if line.len() <= WIDTH + 1 {
        return line;
    }
    format!("        if (\n            {}\n        ):\n", any.join("\n            or "))
}

/// The class of the part that a field holds, one or many.
fn part_of(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::List(of) => part_of(of),
        Shape::Record(record) => Some(record.class),
        Shape::TextOr(of) => Some(of.object.class),
        _ => None,
    }
}

fn holds(field: &FieldInfo) -> String {
    let holds = match field.limits.form {
        Form::OneOf(words) => format!("Literal[{}]", quoted(words).join(", ")),
        _ if is_path("", field) => "FilePath".to_owned(),
        _ => holds_shape(&field.shape),
    };
    match field.presence {
        Presence::Required => holds,
        _ => format!("Optional[{holds}]"),
    }
}

fn holds_shape(shape: &Shape) -> String {
    match shape {
        Shape::Text => "str".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::Bytes => "BytesLike".to_owned(),
        Shape::Instant => "datetime".to_owned(),
        Shape::Number => "float".to_owned(),
        Shape::Integer => "int".to_owned(),
        Shape::List(of) => format!("Sequence[{}]", holds_shape(of)),
        Shape::Record(record) => record.class.to_owned(),
        Shape::TextOr(of) => format!("Union[str, {}]", of.object.class),
        Shape::Parameter => "Parameter".to_owned(),
        Shape::Button => "Button".to_owned(),
        Shape::Content(_) => "Content".to_owned(),
        Shape::Components => "Components".to_owned(),
        // Also what a later version adds.
        _ => "Any".to_owned(),
    }
}

fn docstring(text: &mut String, docs: &[&str], fields: &[FieldInfo]) {
    let lines: Vec<String> = prose(docs).iter().map(|line| line.replace('`', "``")).collect();
    let _ = write!(text, "    \"\"\"{}", lines.first().map_or("", String::as_str));
    for line in lines.iter().skip(1) {
        let _ = write!(text, "\n{}{line}", if line.is_empty() { "" } else { "    " });
    }
    text.push_str("\n\n");
    for field in fields {
        let doc = prose(field.docs).join(" ").replace('`', "``");
        wrapped(text, &format!(":param {}: {doc}", attribute(field)), 4, 8);
    }
    let one_of: Vec<String> = fields
        .iter()
        .filter(|field| field.presence == Presence::OneOf)
        .map(|field| format!("``{}``", field.name))
        .collect();
    if !one_of.is_empty() {
        text.push('\n');
        wrapped(text, &format!("Give exactly one of {}.", one_of.join(", ")), 4, 8);
    }
    text.push_str("    \"\"\"\n\n");
}

/// Prose in lines of a docstring, so far in; those after the first stand at `further`.
fn wrapped(text: &mut String, prose: &str, indent: usize, further: usize) {
    let mut line = " ".repeat(indent);
    let mut begun = false;
    for word in prose.split(' ') {
        if begun && line.len() + 1 + word.len() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = " ".repeat(further);
            begun = false;
        }
        if begun {
            line.push(' ');
        }
        line.push_str(word);
        begun = true;
    }
    text.push_str(&line);
    text.push('\n');
}

/// A list in brackets as ruff lays it out: on one line where it fits, else on one of its own, else one for each.
fn fitting(start: &str, items: &[String], end: &str, indent: usize) -> String {
    let list = items.join(", ");
    let line = format!("{start}{list}{end}\n");
    if line.len() <= WIDTH + 1 {
        return line;
    }
    let inner = " ".repeat(indent + 4);
    let close = format!("{}{end}\n", " ".repeat(indent));
    // A list or a dictionary that does not fit stands an item a line.
    if start.ends_with('(') && inner.len() + list.len() <= WIDTH {
        return format!("{start}\n{inner}{list}\n{close}");
    }
    let lines: String = items
        .iter()
        .map(|item| {
            format!("{inner}{item}{}\n", if item == "*" && items.last() == Some(item) { "" } else { "," })
        })
        .collect();
    format!("{start}\n{lines}{close}")
}

#[cfg(test)]
mod tests {
    use super::super::shapes::trial;

    #[test]
    fn parts_have_classes_before_those_that_hold_them_and_a_choice_is_keywords() {
        let files = super::files(&trial(), &[]);
        let text = &files[0].text;
        for line in [
            "class Section(Part):\n",
            "    _parts: ClassVar = {\"sections\": Section, \"first\": Section}\n",
            "    sections: Sequence[Section]\n",
            "    _parts: ClassVar = {\"header\": HeaderMedia}\n",
            "    header: Optional[Union[str, HeaderMedia]]\n",
            "    in_: Optional[bool]\n",
            "in_: Optional[bool] = None",
            "    Give exactly one of ``id``, ``link``.\n",
            "from ._content import Content, Part\n",
        ] {
            assert!(text.contains(line), "{line}\n\n{text}");
        }
        assert!(text.find("class Row(") < text.find("class Section("), "{text}");
        assert!(files[1].text.contains("\"Row\""), "{}", files[1].text);
    }
}
