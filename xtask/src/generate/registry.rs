//! The list of kinds, in Rust: a kind is a file of its folder, named as its `type` is.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

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
    Ok(File::at(PATH, formatted(&text(&names))?))
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
    let (types, infos) = (list("::NAME"), list("::info()"));
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
    pub const TYPES: &'static [&'static str] = &[{types}];

    /// What each kind declares.
    #[doc(hidden)]
    #[must_use]
    pub fn kinds() -> Vec<KindInfo> {{
        vec![{infos}]
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

/// As `cargo fmt` leaves it.
fn formatted(text: &str) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("rustfmt: {error}");
    let mut rustfmt = Command::new("rustfmt")
        .args(["--emit", "stdout", "--quiet", "--config-path"])
        .arg(shell::root().join("rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // Dropped at the end of the statement: rustfmt reads to the end.
    rustfmt.stdin.take().ok_or("rustfmt: no input")?.write_all(text.as_bytes()).map_err(failed)?;
    let done = rustfmt.wait_with_output().map_err(failed)?;
    if !done.status.success() {
        return Err("rustfmt does not take the list of kinds".to_owned());
    }
    String::from_utf8(done.stdout).map_err(|error| error.to_string())
}
