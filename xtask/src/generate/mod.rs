//! `cargo xtask generate`: writes the committed files that follow from core's declarations.

mod bubble;
mod calls;
mod contract;
mod document;
mod emojis;
mod errors;
mod events;
mod kotlin;
mod node;
mod pages;
mod python;
mod registry;
mod shapes;
mod snippets;
mod swift;

use std::borrow::Cow;
use std::fs;

use wamid::{Client, Content, Event, FieldInfo, KindInfo, OperationInfo, RecordInfo, Shape, TextOrInfo};

use crate::shell;

/// A committed file, by its path in the project, and what belongs in it.
pub(crate) struct File {
    path: Cow<'static, str>,
    text: String,
}

impl File {
    fn at(path: impl Into<Cow<'static, str>>, text: String) -> Self {
        Self { path: path.into(), text }
    }
}

/// Writes every file that is not as it should be.
pub(crate) fn write() -> Result<(), String> {
    // What this program knows of the kinds it was built with: a kind that is new needs another build.
    let registry = registry::file()?;
    if !is_written(&registry) {
        put(&registry)?;
        let written = shell::run("cargo run --quiet -p xtask -- generate", &[])?;
        return written.then_some(()).ok_or_else(|| "the kinds do not build".to_owned());
    }
    files()?.iter().filter(|file| !is_written(file)).try_for_each(put)
}

/// Whether every file is as it should be.
pub(crate) fn is_current() -> Result<bool, String> {
    let mut files = files()?;
    files.push(registry::file()?);
    let mut current = true;
    for file in files.iter().filter(|file| !is_written(file)) {
        shell::say(&format!("{} is not what the core says: run `cargo xtask generate`", file.path));
        current = false;
    }
    Ok(current)
}

fn files() -> Result<Vec<File>, String> {
    let (kinds, operations) = (Content::kinds(), Client::operations());
    let mut files = vec![
        calls::file(&kinds)?,
        contract::file()?,
        document::file(&kinds),
        document::operations(&operations),
        emojis::file(),
        kotlin::file(&kinds, &operations)?,
        swift::file(&kinds, &operations)?,
    ];
    files.extend(kotlin::operations(&operations)?);
    files.extend(swift::operations(&operations)?);
    files.extend(node::files(&kinds, &operations));
    files.extend(python::files(&kinds, &operations));
    files.extend(events::files(&Event::all())?);
    files.extend(errors::files()?);
    files.extend(pages::files(&kinds)?);
    files.extend(snippets::tests(&kinds)?);
    Ok(files)
}

fn is_written(file: &File) -> bool {
    fs::read_to_string(shell::root().join(&*file.path)).is_ok_and(|written| written == file.text)
}

fn put(file: &File) -> Result<(), String> {
    shell::say(&format!("writing {}", file.path));
    let path = shell::root().join(&*file.path);
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(|error| format!("{}: {error}", file.path))?;
    fs::write(path, &file.text).map_err(|error| format!("{}: {error}", file.path))
}

/// What a declaration says for every language: its lines up to the first example, which is Rust's.
fn prose<'a>(docs: &[&'a str]) -> Vec<&'a str> {
    let mut lines: Vec<&'a str> =
        docs.iter().map(|line| line.trim()).take_while(|line| !line.starts_with("```")).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

/// The parts with fields of their own that kinds have, each once, those that others hold before them.
fn records(kinds: &[KindInfo]) -> Vec<&RecordInfo> {
    records_in(kinds.iter().flat_map(|kind| &kind.fields).map(|field| &field.shape))
}

/// The same with those that operations take, after them.
fn all_records<'a>(kinds: &'a [KindInfo], operations: &'a [OperationInfo]) -> Vec<&'a RecordInfo> {
    let of_kinds = kinds.iter().flat_map(|kind| &kind.fields);
    let of_operations = operations.iter().flat_map(|operation| &operation.fields);
    records_in(of_kinds.chain(of_operations).map(|field| &field.shape))
}

/// The types that operations answer with, in the same order.
fn results(operations: &[OperationInfo]) -> Vec<&RecordInfo> {
    records_in(operations.iter().filter_map(|operation| operation.returns.as_ref()))
}

/// The types of answers that are arguments of other operations, each once.
fn returned(operations: &[OperationInfo]) -> Vec<&RecordInfo> {
    let mut found: Vec<&RecordInfo> = Vec::new();
    for field in operations.iter().flat_map(|operation| &operation.fields) {
        if let Shape::Answer(record) = &field.shape
            && !found.iter().any(|known| known.class == record.class)
        {
            found.push(record);
        }
    }
    found
}

/// What an answer says where it is an argument: what the host answered, word by word, says nothing more.
fn said(record: &RecordInfo) -> impl Iterator<Item = &FieldInfo> {
    record.fields.iter().filter(|field| field.name != "raw")
}

fn records_in<'a>(shapes: impl Iterator<Item = &'a Shape>) -> Vec<&'a RecordInfo> {
    fn collect<'a>(shape: &'a Shape, found: &mut Vec<&'a RecordInfo>) {
        match shape {
            Shape::List(of) => collect(of, found),
            Shape::Record(record) | Shape::TextOr(TextOrInfo { object: record, .. }) => {
                record.fields.iter().for_each(|field| collect(&field.shape, found));
                if !found.iter().any(|known| known.class == record.class) {
                    found.push(record);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    shapes.for_each(|shape| collect(shape, &mut found));
    found
}

/// Whether an argument of this operation, or a field of a kind, is a path on the user's machine: languages may have a type for those.
fn is_path(operation: &str, field: &FieldInfo) -> bool {
    let named = field.name == "file" || (field.name == "path" && operation.ends_with("_to"));
    named && matches!(field.shape, Shape::Text)
}

/// The values that are a text or an object, each once: languages without unions have a type for them.
fn texts_or(kinds: &[KindInfo]) -> Vec<&TextOrInfo> {
    let parts = records(kinds).into_iter().flat_map(|part| &part.fields);
    let fields: Vec<&FieldInfo> = kinds.iter().flat_map(|kind| &kind.fields).chain(parts).collect();
    let mut found: Vec<&TextOrInfo> = Vec::new();
    for field in fields {
        if let Shape::TextOr(of) = &field.shape
            && !found.iter().any(|known| known.class == of.class)
        {
            found.push(of);
        }
    }
    found
}
