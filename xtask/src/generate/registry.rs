//! The list of kinds, in Rust: a kind is a file of its folder, named as its `type` is.

use std::fs;

use super::File;
use crate::shell;

const FOLDER: &str = "core/src/message/kinds";
const PATH: &str = "core/src/message/kinds/mod.rs";

pub(super) fn file() -> Result<File, String> {
    let entries = fs::read_dir(shell::root().join(FOLDER)).map_err(|error| format!("{FOLDER}: {error}"))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    Ok(File { path: PATH, text: text(&names) })
}

/// `reply_buttons` as a type is named: `ReplyButtons`.
fn class(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().into_iter().map(|first| first.to_ascii_uppercase()).chain(letters).collect::<String>()
    });
    words.collect()
}

fn text(names: &[String]) -> String {
    let each = |line: fn(&str, &str) -> String| -> String {
        names.iter().map(|name| line(name, &class(name))).collect()
    };
    let list = |suffix: &str| {
        names.iter().map(|name| format!("{}{suffix}", class(name))).collect::<Vec<_>>().join(", ")
    };
    let types = wrapped("    pub const TYPES: &'static [&'static str] = &[", &list("::NAME"), "];", 4);
    let infos = wrapped("        vec![", &list("::info()"), "]", 8);
    format!(
        r#"//! The kinds of messages, a file each. This file is written by `cargo xtask generate`: a kind is a file of this folder, named as its
//! `type` is.

{modules}
{uses}use super::KindInfo;
use super::kind::Declared;
use super::members::Members;
use crate::error::Error;

/// What a message holds: one of the kinds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Content {{
{variants}}}

impl Content {{
    /// The `type` of each kind.
{types}

    /// What each kind declares.
    #[doc(hidden)]
    #[must_use]
    pub fn kinds() -> Vec<KindInfo> {{
{infos}
    }}

    /// The content of the kind of that `type`; none where there is no such kind.
    pub(super) fn read_kind(kind: &str, members: &Members<'_>) -> Option<Result<Self, Error>> {{
        Some(match kind {{
{reads}            _ => return None,
        }})
    }}
}}
{conversions}
/// Does the same with a content of whatever kind.
macro_rules! each_kind {{
    ($content:expr, $kind:ident => $do:expr) => {{
        match $content {{
{arms}        }}
    }};
}}
pub(crate) use each_kind;
"#,
        modules = each(|name, _| format!("mod {name};\n")),
        uses = each(|name, _| format!("pub use self::{name}::*;\n")),
        variants = each(|_, class| format!("    /// See [`{class}`].\n    {class}({class}),\n")),
        reads = each(|_, class| {
            format!("            {class}::NAME => {class}::read(members).map(Self::{class}),\n")
        }),
        conversions = each(|_, class| {
            format!(
                "\nimpl From<{class}> for Content {{\n    fn from(kind: {class}) -> Self {{\n        \
                 Self::{class}(kind)\n    }}\n}}\n"
            )
        }),
        arms = each(|_, class| format!("            $crate::message::Content::{class}($kind) => $do,\n")),
    )
}

/// One line where it is short enough, else an element a line, as rustfmt has it.
fn wrapped(start: &str, list: &str, end: &str, indent: usize) -> String {
    let line = format!("{start}{list}{end}");
    if line.len() <= 110 {
        return line;
    }
    let inner = " ".repeat(indent + 4);
    let elements: String = list.split(", ").map(|element| format!("{inner}{element},\n")).collect();
    format!("{start}\n{elements}{}{end}", " ".repeat(indent))
}
