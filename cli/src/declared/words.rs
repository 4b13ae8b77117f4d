//! Names and documentation of declared fields, as a command line has them.

use wamid::FieldInfo;
use wamid::Shape;

/// Options whose field has a name that nobody would guess on a command line.
const SHORT: [(&str, &str); 2] = [("contacts", "name"), ("product_retailer_ids", "product")];

/// The option of a field, without its dashes.
pub(super) fn option(field: &FieldInfo) -> String {
    if let Some((_, name)) = SHORT.iter().find(|(long, _)| *long == field.name) {
        return (*name).to_owned();
    }
    kebab(if matches!(field.shape, Shape::List(_)) { singular(field.name) } else { field.name })
}

/// `body_param` as an option has it: `body-param`.
pub(crate) fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

fn singular(name: &str) -> &str {
    match name.strip_suffix("es") {
        Some(stem) if stem.ends_with("ss") => stem,
        _ => name.strip_suffix('s').unwrap_or(name),
    }
}

/// The first sentence of a documentation, without its full stop.
pub(crate) fn summary(docs: &[&str]) -> String {
    let text = sentence(docs);
    let end = text.find(". ").unwrap_or(text.len());
    text.get(..end).unwrap_or(&text).to_owned()
}

/// The first paragraph of a documentation, without its last full stop.
pub(super) fn sentence(docs: &[&str]) -> String {
    let text = details(docs);
    let first = text.split("\n\n").next().unwrap_or_default();
    first.strip_suffix('.').unwrap_or(first).to_owned()
}

/// A documentation without its code and the pages that it refers to.
pub(crate) fn details(docs: &[&str]) -> String {
    let prose = docs.iter().map(|line| line.trim()).take_while(|line| !line.starts_with("```"));
    let mut text = String::new();
    for line in prose.filter(|line| !line.starts_with("(Meta:")) {
        if line.is_empty() {
            text.push_str("\n\n");
            continue;
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push(' ');
        }
        text.push_str(&line.replace('`', ""));
    }
    text.trim().to_owned()
}
