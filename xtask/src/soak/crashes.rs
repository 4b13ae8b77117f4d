//! `cargo xtask soak crashes`: a gateway under load, killed 50 times at random moments on each database, where CI kills it 5 times.

use crate::{postgres, shell};

const CRASHES: &str = "cargo test -p wamid-cli --all-features --test crash";

pub(super) fn run() -> Result<bool, String> {
    let server = if std::env::var_os(postgres::VARIABLE).is_some() { None } else { postgres::start()? };
    let mut env = vec![("WAMID_CRASH_KILLS", "50")];
    match &server {
        Some(server) => env.push((postgres::VARIABLE, server.url.as_str())),
        None => shell::say("PostgreSQL is not installed: its half is skipped"),
    }
    shell::run(CRASHES, &env)
}
