//! So many calls, so many at a time: the same for all that is measured in Rust.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use crate::figures::Meter;

/// How much.
#[derive(Debug, Args)]
pub(crate) struct Load {
    #[arg(long)]
    pub(crate) url: String,
    /// So many at least
    #[arg(long, default_value_t = 10_000)]
    pub(crate) calls: usize,
    /// And for so long
    #[arg(long, default_value_t = 0.0)]
    pub(crate) seconds: f64,
    #[arg(long, default_value_t = 1)]
    pub(crate) in_flight: usize,
    /// The certificate to trust
    #[arg(long)]
    pub(crate) ca_file: Option<PathBuf>,
}

/// What is sent.
pub(crate) const MESSAGE: &str = "Your order A-1042 has been shipped and arrives on Friday.";
/// To whom.
pub(crate) const PHONE: &str = "919876543210";

/// Connections are there before anything is measured; the same in each language that compiles nothing while it runs.
pub(crate) const WARM_UP: usize = 200;

/// Warms up, then makes the calls, so many at a time.
pub(crate) async fn drive<F: Future<Output = Result<(), String>>>(
    load: &Load,
    call: impl Fn() -> F,
) -> Result<(), String> {
    some(load.in_flight.max(WARM_UP), None, load.in_flight, &call, drop).await?;
    let mut meter = Meter::start();
    let until = meter.until(load.seconds);
    let made = some(load.calls, until, load.in_flight, &call, |latency| meter.took(latency)).await?;
    meter.tell(made);
    Ok(())
}

/// So many calls, and as many more as are begun by then.
async fn some<F: Future<Output = Result<(), String>>>(
    calls: usize,
    until: Option<Instant>,
    in_flight: usize,
    call: &impl Fn() -> F,
    mut took: impl FnMut(Duration),
) -> Result<usize, String> {
    let timed = || async {
        let began = Instant::now();
        call().await.map(|()| (began, Instant::now()))
    };
    let mut begun = in_flight.min(calls);
    let mut under_way: FuturesUnordered<_> = (0..begun).map(|_| timed()).collect();
    while let Some(done) = under_way.next().await {
        let (began, ended) = done?;
        took(ended - began);
        if begun < calls || until.is_some_and(|until| ended < until) {
            begun += 1;
            under_way.push(timed());
        }
    }
    Ok(begun)
}
