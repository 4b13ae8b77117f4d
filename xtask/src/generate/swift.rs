//! Swift's types of contents: a function and a type a kind, a type a record, all in `Content`.

pub(super) mod events;
mod operations;
mod results;
mod runner;

use std::fmt::Write as _;

use wamid::{FieldInfo, KindInfo, OperationInfo, Presence, Shape, TextOrInfo};

use super::shapes::{camel, field_docs};
use super::{File, all_records, prose, texts_or};

pub(super) use self::operations::files as operations;

const PATH: &str = "bindings-uniffi/swift/Sources/Wamid/Contents.swift";

const KEYWORDS: [&str; 14] = [
    "as",
    "case",
    "class",
    "default",
    "do",
    "else",
    "enum",
    "extension",
    "for",
    "if",
    "in",
    "is",
    "repeat",
    "return",
];

pub(super) fn file(kinds: &[KindInfo], of_clients: &[OperationInfo]) -> Result<File, String> {
    let types: Vec<_> = kinds.iter().map(|kind| format!("\"{}\"", kind.name)).collect();
    let each = |line: fn(&KindInfo) -> String| kinds.iter().map(line).collect::<String>();
    let mut text = format!(
        "// Written by `cargo xtask generate` from the declarations in core/src/message/kinds.\n\nimport Foundation\n\n\
         extension Content {{\n    \
         /// The `type` of each kind.\n    public static let types = [{}]\n\n    \
         /// What it holds.\n    enum Kind: Hashable, Sendable {{\n{}        \
         /// What ``fromJson(_:)`` has read.\n        case read(String)\n    }}\n\n    \
         func write(to json: inout JsonWriter) throws {{\n        switch kind {{\n{}        \
         case .read(let text): json.verbatim(text)\n        }}\n    }}\n}}\n",
        types.join(", "),
        each(|kind| format!("        case {}({})\n", camel(kind.name), kind.class)),
        each(|kind| format!(
            "        case .{}(let kind): try json.record(kind.write(to:))\n",
            camel(kind.name)
        )),
    );
    for kind in kinds {
        text += &format!(
            "\nextension Content {{\n{}\n",
            type_of(kind.class, Some(kind.name), kind.docs, &kind.fields)?
        );
        text += &function(kind)?;
        text += "}\n";
    }
    for record in all_records(kinds, of_clients) {
        text += &format!(
            "\nextension Content {{\n{}}}\n",
            type_of(record.class, None, record.docs, &record.fields)?
        );
    }
    for of in texts_or(kinds) {
        text += &text_or(of);
    }
    Ok(File::at(PATH, text))
}

fn name(field: &FieldInfo) -> String {
    let name = camel(field.name);
    if KEYWORDS.contains(&name.as_str()) { format!("`{name}`") } else { name }
}

fn comment(docs: &[&str], indent: &str) -> String {
    prose(docs).iter().map(|line| format!("{indent}/// {line}").trim_end().to_owned() + "\n").collect()
}

/// A field's type.
fn kind(shape: &Shape) -> Result<String, String> {
    Ok(match shape {
        Shape::Text | Shape::Json | Shape::Components => "String".to_owned(),
        Shape::Boolean => "Bool".to_owned(),
        Shape::Number => "Double".to_owned(),
        Shape::Integer => "Int64".to_owned(),
        Shape::Bytes => "Data".to_owned(),
        Shape::Instant => "Date".to_owned(),
        Shape::List(of) => format!("[{}]", kind(of)?),
        Shape::Record(record) | Shape::Answer(record) => record.class.to_owned(),
        Shape::Content(_) => "Content".to_owned(),
        Shape::TextOr(of) => of.class.to_owned(),
        Shape::Parameter => "TemplateParameter".to_owned(),
        Shape::Button => "TemplateButton".to_owned(),
        other => {
            return Err(format!("no Swift type for {other:?}: give it one in xtask/src/generate/swift.rs"));
        }
    })
}

/// What writes a value: `$0` is the writer, `$1` the value.
fn writer(shape: &Shape) -> String {
    match shape {
        Shape::Boolean => "$0.flag($1)".to_owned(),
        Shape::Number => "$0.number($1)".to_owned(),
        Shape::Integer => "$0.integer($1)".to_owned(),
        Shape::Bytes => "$0.bytes($1)".to_owned(),
        Shape::Json | Shape::Components => "try $0.json($1)".to_owned(),
        Shape::List(of) => format!("try $0.list($1) {{ {} }}", writer(of)),
        Shape::Record(_) | Shape::Answer(_) => "try $0.record($1.write(to:))".to_owned(),
        Shape::Content(_) => "try $0.content($1)".to_owned(),
        Shape::TextOr(_) => "try $1.write(to: &$0)".to_owned(),
        Shape::Parameter => "try $0.parameter($1)".to_owned(),
        Shape::Button => "try $0.button($1)".to_owned(),
        _ => "$0.text($1)".to_owned(),
    }
}

/// What is needed first; the only one that is needs no label.
fn arguments(fields: &[FieldInfo]) -> Result<Vec<String>, String> {
    arguments_with(fields, kind)
}

/// The same outside of `Content`, which holds the types of its parts.
fn arguments_of_operation(fields: &[FieldInfo]) -> Result<Vec<String>, String> {
    arguments_with(fields, |shape| match shape {
        Shape::Record(record) => Ok(format!("Content.{}", record.class)),
        other => kind(other),
    })
}

fn arguments_with(
    fields: &[FieldInfo],
    kind: impl Fn(&Shape) -> Result<String, String>,
) -> Result<Vec<String>, String> {
    let only = fields.iter().filter(|field| field.presence == Presence::Required).count() == 1;
    let arguments = fields.iter().map(|field| {
        let (name, kind) = (name(field), kind(&field.shape)?);
        Ok(match field.presence {
            Presence::Required if only => format!("_ {name}: {kind}"),
            Presence::Required => format!("{name}: {kind}"),
            _ => format!("{name}: {kind}? = nil"),
        })
    });
    arguments.collect()
}

/// One line where it is short enough, else an argument a line.
fn wrapped(start: &str, list: &[String], end: &str, indent: &str) -> String {
    let line = format!("{indent}{start}{}{end}\n", list.join(", "));
    if line.len() <= 120 {
        return line;
    }
    format!("{indent}{start}\n{indent}    {}\n{indent}{end}\n", list.join(&format!(",\n{indent}    ")))
}

/// The docs of a function with these arguments.
fn parameters(fields: &[FieldInfo], indent: &str) -> String {
    let line = |field: &FieldInfo| {
        format!("{indent}///   - {}: {}\n", camel(field.name), field_docs(field).join(" "))
    };
    format!("{indent}///\n{indent}/// - Parameters:\n") + &fields.iter().map(line).collect::<String>()
}

fn type_of(
    class: &str,
    kind_name: Option<&str>,
    docs: &[&str],
    fields: &[FieldInfo],
) -> Result<String, String> {
    let mut out = format!("{}    public struct {class}: Hashable, Sendable {{\n", comment(docs, "    "));
    for field in fields {
        let absent = if field.presence == Presence::Required { "" } else { "?" };
        out += &comment(field.docs, "        ");
        let _ = writeln!(out, "        public var {}: {}{absent}", name(field), kind(&field.shape)?);
    }
    let _ = writeln!(out, "\n        /// With these fields; what is absent has its default.");
    out += &wrapped("public init(", &arguments(fields)?, ") {", "        ");
    for field in fields {
        let _ = writeln!(out, "            self.{} = {0}", name(field));
    }
    let _ = writeln!(out, "        }}\n\n        func write(to json: inout JsonWriter) throws {{");
    if let Some(kind) = kind_name {
        let _ = writeln!(out, "            try json.field(\"type\", \"{kind}\") {{ $0.text($1) }}");
    }
    for field in fields {
        let write = writer(&field.shape);
        let _ =
            writeln!(out, "            try json.field(\"{}\", {}) {{ {write} }}", field.name, name(field));
    }
    Ok(out + "        }\n    }\n")
}

/// The type of a value that is a text or an object. A text may stand for it as it is.
fn text_or(of: &TextOrInfo) -> String {
    let (class, object) = (of.class, of.object.class);
    format!(
        "
extension Content {{
{docs}    public enum {class}: Hashable, Sendable, ExpressibleByStringLiteral {{
        /// A text.
        case text(String)
        /// An object.
        case part({object})

        public init(stringLiteral text: String) {{ self = .text(text) }}

        func write(to json: inout JsonWriter) throws {{
            switch self {{
            case .text(let text): json.text(text)
            case .part(let part): try json.record(part.write(to:))
            }}
        }}
    }}
}}
",
        docs = comment(of.docs, "    "),
    )
}

/// What makes a content of a kind.
fn function(kind: &KindInfo) -> Result<String, String> {
    let only = kind.fields.iter().filter(|field| field.presence == Presence::Required).count() == 1;
    let given = kind.fields.iter().map(|field| match field.presence {
        Presence::Required if only => name(field),
        _ => format!("{}: {}", camel(field.name), name(field)),
    });
    let given: Vec<_> = given.collect();
    let case = camel(kind.name);
    let mut out = comment(kind.docs, "    ") + &parameters(&kind.fields, "    ");
    out +=
        &wrapped(&format!("public static func {case}("), &arguments(&kind.fields)?, ") -> Content {", "    ");
    out += &wrapped(&format!("Content(kind: .{case}({}(", kind.class), &given, ")))", "        ");
    Ok(out + "    }\n")
}

#[cfg(test)]
mod tests {
    use super::super::shapes::trial;

    #[test]
    fn types_and_their_functions_are_written() {
        let text = super::file(&trial(), &[]).unwrap().text;
        for line in [
            "public static func list(_ sections: [Section], first: Section? = nil, object: String? = nil) -> Content {",
            "Content(kind: .trialImage(TrialImage(id: id, link: link, in: `in`, header: header)))",
            "try json.field(\"header\", header) { try $1.write(to: &$0) }",
            "public enum Header: Hashable, Sendable, ExpressibleByStringLiteral {",
            "        case part(HeaderMedia)\n",
            "public static func locationRequest(_ body: String) -> Content {",
            "try json.field(\"sections\", sections) { try $0.list($1) { try $0.record($1.write(to:)) } }",
            "try json.field(\"grid\", grid) { try $0.list($1) { try $0.list($1) { $0.integer($1) } } }",
            "public struct Row: Hashable, Sendable {",
            "public var `in`: Bool?",
        ] {
            assert!(text.contains(line), "{line}\n\n{text}");
        }
    }
}
