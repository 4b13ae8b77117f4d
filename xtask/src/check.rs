//! What is looked at beside the tests.

use crate::report::Row;
use crate::{faults, generate, instructions, release, shell, snippets, tools, workflows};

/// What it is called beside the languages.
pub(crate) const NAME: &str = "check";
const CLIPPY: &str = "cargo clippy --workspace --all-targets --all-features -- -D warnings";
/// The core as an SDK user has it, without the store.
const CLIPPY_BARE: &str = "cargo clippy -p wamid -- -D warnings";
/// The sandbox alone, as the other languages embed it.
const CLIPPY_SANDBOX: &str = "cargo clippy -p wamid-sandbox -- -D warnings";

pub(crate) fn run() -> Result<Vec<Row>, String> {
    let mut rows = vec![
        Row::one("formatting", shell::run("cargo fmt --all --check", &[])?),
        Row::one("lints", shell::run(CLIPPY, &[])?),
        Row::one("lints (no features)", shell::run(CLIPPY_BARE, &[])?),
        Row::one("lints (sandbox alone)", shell::run(CLIPPY_SANDBOX, &[])?),
        Row::one(
            "documentation",
            shell::run(
                "cargo doc --workspace --all-features --no-deps --quiet",
                &[("RUSTDOCFLAGS", "-D warnings")],
            )?,
        ),
        Row::one("generated files", generate::is_current()?),
        Row::one("docs/faults.md", faults::is_current()),
        Row::one("one version", release::is_one_version()?),
        workflows::check()?,
        snippets::check()?,
        instructions::check()?,
    ];
    rows.push(match tools::CARGO_DENY.missing() {
        // The advisories are asked for in .github/workflows/audit.yml: their database is not reachable everywhere.
        None => Row::one(
            "licences and sources",
            shell::run("cargo deny --all-features check bans licenses sources", &[])?,
        ),
        Some(note) => Row { suite: "licences and sources".to_owned(), passed: 0, failed: 1, note },
    });
    Ok(rows)
}
