//! A client with a store against a model: sends of several kinds with every outcome, callers that give up, processes that end in the
//! middle of it, webhooks in any order, again, or never. The model is a few maps and says what callers hear, what is on record and
//! what `chats` lists; whoever plays Meta counts what arrived.
//!
//! The sequences are the same in every run: 12 on SQLite, half as many on PostgreSQL. With `WAMID_MODEL_CASES`, which says how many,
//! they are others in each run (`cargo xtask soak model`). What failed once is in `regressions.txt`, and is played again first.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod compare;
mod expected;
mod life;
mod meta;
mod people;
mod play;
mod steps;
#[path = "../store_support/mod.rs"]
mod store_support;
#[path = "../support/mod.rs"]
mod support;

use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestRunner};
use store_support::{Place, on_postgres};

fn hold_against_the_model(url: &str, cases: u32) {
    let (cases, rng_seed) = match std::env::var("WAMID_MODEL_CASES") {
        Ok(wanted) => (wanted.parse().unwrap(), RngSeed::Random),
        Err(_) => (cases, RngSeed::Fixed(1)),
    };
    let mut runner = TestRunner::new(Config {
        cases,
        rng_seed,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/model/regressions.txt"))),
        max_shrink_iters: 400,
        ..Config::default()
    });
    if let Err(failed) = runner.run(&steps::sequence(), |steps| {
        play::all(url, &steps);
        Ok(())
    }) {
        panic!("{failed}");
    }
}

#[test]
fn a_client_does_as_the_model_says_on_sqlite() {
    let place = Place::sqlite();
    hold_against_the_model(&place.url, 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_does_as_the_model_says_on_postgresql() {
    on_postgres(async |place| {
        let url = place.url.clone();
        tokio::task::spawn_blocking(move || hold_against_the_model(&url, 6)).await.unwrap();
    })
    .await;
}
