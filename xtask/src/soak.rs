//! `cargo xtask soak`: what takes too long for every change.

use crate::{postgres, shell};

/// 50 kills at random moments on each database, where CI makes 5.
const CRASHES: &str = "cargo test -p wamid-cli --all-features --test crash";

pub(crate) fn run() -> Result<bool, String> {
    let server = if std::env::var_os(postgres::VARIABLE).is_some() { None } else { postgres::start()? };
    let mut env = vec![("WAMID_CRASH_KILLS", "50")];
    match &server {
        Some(server) => env.push((postgres::VARIABLE, server.url.as_str())),
        None => shell::say("PostgreSQL is not installed: its half is skipped"),
    }
    shell::run(CRASHES, &env)
}
