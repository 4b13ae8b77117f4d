//! Gateways under mixed load, with all that may go wrong, for as long as one likes: what callers were told, what Meta has, what is on
//! record and what was passed on must agree in the end, and a gateway must not grow.
//!
//! `WAMID_SOAK_SECONDS` says how long (6); `cargo xtask soak gateway` runs it for 30 minutes. `WAMID_TEST_POSTGRES` adds PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]
// Processes, disks and their figures are those of Unix.
#![cfg(unix)]

mod check;
mod clients;
mod customers;
mod disk;
#[path = "../gateway_processes/mod.rs"]
mod gateway_processes;
mod ledger;
mod measure;
mod partition;
mod place;
mod proxy;
mod run;
mod target;
mod trouble;
mod webhooks;

use std::time::Duration;

use crate::place::Place;

fn lasts() -> Duration {
    Duration::from_secs(std::env::var("WAMID_SOAK_SECONDS").map_or(6, |seconds| seconds.parse().unwrap()))
}

/// Room for all that is recorded in this time.
fn mebibytes() -> u64 {
    64 + lasts().as_secs() / 3
}

#[tokio::test(flavor = "multi_thread")]
async fn all_agree_in_the_end_on_sqlite() {
    run::on(Place::sqlite(mebibytes()), lasts()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_agree_in_the_end_on_postgresql() {
    let Some(place) = Place::postgres(mebibytes()) else { return };
    run::on(place, lasts()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_agree_after_partitions_of_postgresql() {
    let Some(place) = Place::postgres(mebibytes()) else { return };
    partition::on(place, lasts()).await;
}
