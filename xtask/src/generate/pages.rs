//! `docs/messages/KIND.md`, a page a kind: what it is, what the customer sees, the call in every language, its fields, what Meta gets.

use std::fmt::Write as _;

use wamid::KindInfo;

use super::bubble::svg;
use super::document::fields_of;
use super::snippets::snippet;
use super::{File, prose};

pub(super) fn files(kinds: &[KindInfo]) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    for kind in kinds {
        files.push(File::at(format!("docs/messages/{}.md", kind.name), page(kind)?));
        files.push(File::at(format!("docs/messages/{}.svg", kind.name), svg(kind)?));
    }
    Ok(files)
}

fn page(kind: &KindInfo) -> Result<String, String> {
    let snippet = snippet(kind)?;
    // Writing to a text cannot fail.
    let mut text = format!("# `{}`\n\n{}\n\n", kind.name, prose(kind.docs).join("\n"));
    let _ = write!(
        text,
        "What the customer sees, sketched:\n\n![a message of the kind {0}]({0}.svg)\n\n\
         The fields are [below](#fields). The options that every message takes are in [Messages](../messages.md). All names come from the package \
         `wamid`. CI makes these calls.\n",
        kind.name
    );
    for [language, fence, call] in &snippet.calls {
        let _ = write!(text, "\n## {language}\n\n```{fence}\n{call}\n```\n");
    }
    let body = serde_json::to_string_pretty(&snippet.body).map_err(|error| error.to_string())?;
    let _ = write!(
        text,
        "\n## Fields\n\nIn JSON, beside `\"type\":\"{}\"`:\n\n{}\n## What Meta gets\n\n```json\n{body}\n```\n\n\
         Written by `cargo xtask generate` from `core/src/message/kinds/{0}.rs`.\n",
        kind.name,
        fields_of(&kind.fields)
    );
    Ok(text)
}
