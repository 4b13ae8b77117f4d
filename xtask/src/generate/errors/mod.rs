//! `docs/errors/`: a page a kind of error, and the table of Meta's codes as a client judges them.

mod kinds;
mod measured;

use std::fmt::Write as _;

use wamid::ErrorKind;

use self::kinds::{KINDS, Kind};
use self::measured::Code;
use super::File;

/// What stands below each page.
const WRITTEN: &str = "Written by `cargo xtask generate`: the sandbox answers with each code, and a client judges the answer.\n";
/// The exit status of the command line for the first kind; with an unknown outcome it is 20 more.
const FIRST_STATUS: usize = 10;

pub(super) fn files() -> Result<Vec<File>, String> {
    let codes = measured::codes()?;
    let mut files = vec![File::at("docs/errors/codes.md", table(&codes))];
    for (place, kind) in ErrorKind::ALL.iter().enumerate() {
        let told = KINDS.iter().find(|told| told.kind == *kind);
        let told =
            told.ok_or_else(|| format!("xtask/src/generate/errors/kinds.rs does not tell of {kind}"))?;
        let of_kind: Vec<_> = codes.iter().filter(|code| code.kind == *kind).collect();
        files.push(File::at(format!("docs/errors/{kind}.md"), page(told, place + FIRST_STATUS, &of_kind)));
    }
    Ok(files)
}

fn page(told: &Kind, status: usize, codes: &[&Code]) -> String {
    let (name, variant) = (told.kind.as_str(), format!("{:?}", told.kind));
    let again = status + 20;
    // Writing to a text cannot fail.
    let mut text = format!(
        "# `{name}`\n\n{}\n\n## What to do\n\n{}\n\n## In each language\n\n| | |\n| --- | --- |\n\
         | Rust | `error.kind() == ErrorKind::{variant}` |\n| Python | `except wamid.{class}` |\n\
         | Node | `error instanceof {class}`, `error.kind === '{name}'` |\n| Kotlin, Java | `WamidException.{variant}` |\n\
         | Swift | `WamidError.{variant}(failure:)` |\n| Command line | exit status {status}",
        told.when,
        told.remedy,
        class = told.class,
    );
    let _ = if told.may_be_sent {
        writeln!(text, "; {again} if the message may have been sent |")
    } else {
        writeln!(text, " |")
    };
    if !codes.is_empty() {
        text.push_str("\n## Meta's codes of this kind\n\n");
        text.push_str(&rows(codes.iter().copied(), false));
    }
    let _ = write!(
        text,
        "\nAll kinds, and what every error has: [Errors](../errors.md). All of Meta's codes: [Codes](codes.md).\n\n{WRITTEN}"
    );
    text
}

fn table(codes: &[Code]) -> String {
    format!(
        "# Meta's error codes\n\nWhat a client makes of each code that the Graph API answers a send with. A code that is not in this table is judged by its \
         HTTP status: `server` from 500 on, with `maybe_sent`; `rejected` below.\n\nTo see one: send to `15550` and the code in six digits, with the \
         [sandbox](../testing.md) for Meta.\n\n{}\n*Again* is `retryable`: the same call may succeed later. The kinds are described in \
         [Errors](../errors.md).\n\n{WRITTEN}",
        rows(codes.iter(), true)
    )
}

fn rows<'a>(codes: impl Iterator<Item = &'a Code>, with_kind: bool) -> String {
    let (head, line) = if with_kind { (" kind |", " --- |") } else { ("", "") };
    let mut text = format!(
        "| code | HTTP | Meta's words |{head} again | what to do |\n| --: | --- | --- |{line} --- | --- |\n"
    );
    for code in codes {
        let kind = if with_kind { format!(" [`{0}`]({0}.md) |", code.kind) } else { String::new() };
        let again = match (code.retryable, code.maybe_sent) {
            (true, _) => "yes",
            (false, true) => "unknown outcome",
            (false, false) => "",
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} |{kind} {again} | {} |",
            code.number,
            code.status,
            code.title.replace('|', "\\|"),
            code.remedy
        );
    }
    text
}
