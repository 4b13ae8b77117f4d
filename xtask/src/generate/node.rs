//! The kinds in TypeScript: a type a kind, told apart by `type`, and a type for each part of one. The operations: see `operations`.

pub(super) mod events;
mod operations;

use std::fmt::Write;

use wamid::{FieldInfo, Form, KindInfo, OperationInfo, Presence, Shape};

use super::{File, is_path, prose, records};

const PATH: &str = "bindings-node/lib/contents.ts";
/// How wide biome lets a line be.
const WIDTH: usize = 120;

pub(super) fn files(kinds: &[KindInfo], of_clients: &[OperationInfo]) -> Vec<File> {
    let mut types = String::new();
    for part in records(kinds) {
        types.push_str(&type_of(part.class, part.docs, "", &part.fields, ""));
    }
    for kind in kinds {
        let own = format!("  type: '{}';\n", kind.name);
        types.push_str(&type_of(&content(kind), kind.docs, &own, &kind.fields, ""));
    }
    let used: Vec<&str> =
        ["Button", "Json", "Parameter"].into_iter().filter(|name| uses(&types, name)).collect();
    let mut text = "// Written by `cargo xtask generate` from the declarations of the core.\n".to_owned();
    if !used.is_empty() {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "import type {{ {} }} from './parameters';", used.join(", "));
    }
    text.push_str("\n/** What a message holds: one of the kinds, told apart by `type`. */\n");
    let all: Vec<String> = kinds.iter().map(content).collect();
    text.push_str(&union("export type Content =", &all));
    let mut files = vec![File::at(PATH, text + &types)];
    files.extend(operations::files(of_clients, &records(kinds)));
    files
}

/// The type of a kind. With its bare name it would hide types of the web's (`Text`, `Location`).
fn content(kind: &KindInfo) -> String {
    format!("{}Content", kind.class)
}

fn uses(types: &str, name: &str) -> bool {
    types.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| word == name)
}

fn type_of(name: &str, docs: &[&str], own: &str, fields: &[FieldInfo], operation: &str) -> String {
    let (choice, plain): (Vec<_>, Vec<_>) =
        fields.iter().partition(|field| field.presence == Presence::OneOf);
    let mut text = format!("\n{}", comment(&prose(docs), ""));
    let members: String = plain.iter().map(|field| member(field, operation)).collect();
    if choice.is_empty() {
        let _ = writeln!(text, "export interface {name} {{\n{own}{members}}}");
        return text;
    }
    // A type for each of the fields of which there is exactly one.
    let ways: Vec<String> =
        choice.iter().map(|field| format!("{name}By{}", pascal_case(field.name))).collect();
    text.push_str(&union(&format!("export type {name} ="), &ways));
    let _ = write!(text, "\nexport interface {name}Fields {{\n{own}{members}}}\n");
    for (field, way) in choice.iter().zip(&ways) {
        let mut members = comment(&prose(field.docs), "  ");
        let _ = writeln!(members, "  {}: {};", camel_case(field.name), holds(field, operation));
        for other in choice.iter().filter(|other| other.name != field.name) {
            let _ = writeln!(members, "  {}?: undefined;", camel_case(other.name));
        }
        let _ = write!(text, "\nexport interface {way} extends {name}Fields {{\n{members}}}\n");
    }
    text
}

fn member(field: &FieldInfo, operation: &str) -> String {
    let (mark, absent) = match field.presence {
        Presence::Required => ("", ""),
        _ => ("?", " | undefined"),
    };
    format!(
        "{}  {}{mark}: {}{absent};\n",
        comment(&prose(field.docs), "  "),
        camel_case(field.name),
        holds(field, operation)
    )
}

fn holds(field: &FieldInfo, operation: &str) -> String {
    match field.limits.form {
        Form::OneOf(words) => words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" | "),
        _ if is_path(operation, field) => "string | URL".to_owned(),
        // What an answer holds is bytes.
        _ if matches!(field.shape, Shape::Bytes) => "Uint8Array | Blob".to_owned(),
        _ => holds_shape(&field.shape),
    }
}

fn holds_shape(shape: &Shape) -> String {
    match shape {
        Shape::Text => "string".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Bytes => "Uint8Array".to_owned(),
        Shape::Instant => "Date".to_owned(),
        Shape::Number | Shape::Integer => "number".to_owned(),
        Shape::List(of) => format!("readonly {}[]", holds_shape(of)),
        Shape::Record(record) | Shape::Answer(record) => record.class.to_owned(),
        Shape::Content(kind) => pascal_case(kind) + "Content",
        Shape::TextOr(of) => format!("string | {}", of.object.class),
        Shape::Parameter => "Parameter".to_owned(),
        Shape::Button => "Button".to_owned(),
        Shape::Components => "readonly { [key: string]: Json }[]".to_owned(),
        // Also what a later version adds.
        _ => "Json".to_owned(),
    }
}

/// A comment with what a declaration says, wrapped where it is long.
fn comment(lines: &[&str], indent: &str) -> String {
    // It would end the comment.
    let lines: Vec<String> = lines.iter().map(|line| line.replace("*/", "* /")).collect();
    let line = lines.join(" ");
    if lines.len() == 1 && indent.len() + line.len() + 7 <= WIDTH {
        return format!("{indent}/** {line} */\n");
    }
    let mut text = format!("{indent}/**\n");
    for line in &lines {
        let start = format!("{indent} *");
        let mut row = start.clone();
        for word in line.split_whitespace() {
            if row.len() + 1 + word.len() > WIDTH {
                let _ = writeln!(text, "{row}");
                row.clone_from(&start);
            }
            row.push(' ');
            row.push_str(word);
        }
        let _ = writeln!(text, "{row}");
    }
    text + indent + " */\n"
}

/// A union as biome lays it out.
fn union(start: &str, of: &[String]) -> String {
    let line = format!("{start} {};\n", of.join(" | "));
    if line.len() <= WIDTH + 1 {
        return line;
    }
    format!("{start}\n  | {};\n", of.join("\n  | "))
}

/// `preview_url` as JavaScript names it.
fn camel_case(name: &str) -> String {
    let (first, rest) = name.split_once('_').unwrap_or((name, ""));
    first.to_owned() + &pascal_case(rest)
}

/// `preview_url` as a part of a type's name.
fn pascal_case(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().into_iter().map(|first| first.to_ascii_uppercase()).chain(letters).collect::<String>()
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::super::shapes::trial;

    #[test]
    fn a_choice_is_a_union_of_types_and_parts_have_types_of_their_own() {
        let text = super::files(&trial(), &[]).remove(0).text;
        for line in [
            "export type TrialImageContent = TrialImageContentById | TrialImageContentByLink;\n",
            "export interface TrialImageContentById extends TrialImageContentFields {\n",
            "  id: string;\n  link?: undefined;\n}\n",
            "export interface Row {\n",
            "  sections: readonly Section[];\n",
            "* /.",
            "  header?: string | HeaderMedia | undefined;\n",
        ] {
            assert!(text.contains(line), "{line}\n\n{text}");
        }
    }
}
