//! `cargo xtask soak crashes` and `cargo xtask soak model`: tests of CI that take their time here, on each database.

use crate::{postgres, shell};

/// A gateway under load, killed 50 times at random moments, where CI kills it 5 times.
pub(super) fn crashes() -> Result<bool, String> {
    on_each_database("cargo test -p wamid-cli --all-features --test crash", ("WAMID_CRASH_KILLS", "50"))
}

/// 2,000 random sequences of the client with its store against a model, where CI plays the same 12 each time.
pub(super) fn model() -> Result<bool, String> {
    on_each_database("cargo test -p wamid --all-features --test model", ("WAMID_MODEL_CASES", "2000"))
}

fn on_each_database(tests: &str, length: (&str, &str)) -> Result<bool, String> {
    let is_named = std::env::var_os(postgres::VARIABLE).is_some();
    let server = if is_named { None } else { postgres::start()? };
    let mut env = vec![length];
    match &server {
        Some(server) => env.push((postgres::VARIABLE, server.url.as_str())),
        None if is_named => {}
        None => shell::say("PostgreSQL is not installed: its half is skipped"),
    }
    shell::run(tests, &env)
}
