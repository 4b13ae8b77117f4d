//! What is looked at beside the tests.

use crate::report::Row;
use crate::{generate, instructions, shell};

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
        instructions::check()?,
    ];
    rows.push(if shell::exists("cargo deny --version") {
        // The advisory database is asked for in the release workflow: it is not reachable everywhere.
        Row::one(
            "licences and sources",
            shell::run("cargo deny --all-features check bans licenses sources", &[])?,
        )
    } else {
        let note = "cargo-deny is missing: cargo install cargo-deny --locked".to_owned();
        Row { suite: "licences and sources".to_owned(), passed: 0, failed: 1, note }
    });
    Ok(rows)
}
