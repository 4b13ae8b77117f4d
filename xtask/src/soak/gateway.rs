//! `cargo xtask soak gateway`: gateways on SQLite and on PostgreSQL at the same time, under mixed load and all that may go wrong.

use crate::{postgres, shell};

const SOAK: &str = "cargo test -p wamid-cli --all-features --test soak -- --nocapture";

pub(super) fn run(minutes: u32) -> Result<bool, String> {
    let is_given = std::env::var_os(postgres::VARIABLE).is_some();
    let server = if is_given { None } else { postgres::start()? };
    let seconds = (u64::from(minutes) * 60).to_string();
    let mut env = vec![("WAMID_SOAK_SECONDS", seconds.as_str())];
    match &server {
        Some(server) => env.push((postgres::VARIABLE, server.url.as_str())),
        None if is_given => {}
        None => shell::say("PostgreSQL is not installed: its half is skipped"),
    }
    shell::run(SOAK, &env)
}
