//! `cargo xtask soak`: what takes too long for every change.

mod crossings;
mod databases;
mod description;
mod fuzz;
mod gateway;

use clap::{Args, Subcommand};

use crate::shell;

#[derive(Args)]
pub(crate) struct Soak {
    /// How long each part runs that has no end of its own
    #[arg(long, global = true, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    minutes: u32,
    #[command(subcommand)]
    part: Option<Part>,
}

/// One part; all of them where none is named. A new part is a module here, a line in this enum, in `ALL` and in `Part::run`.
#[derive(Clone, Subcommand)]
enum Part {
    /// 50 kills of a gateway under load on each database
    Crashes,
    /// 2,000 sequences of sends and webhooks on each database, others each time, against a model
    Model,
    /// Gateways on each database under mixed load, with faults, kills and full disks
    Gateway,
    /// Calls across each language boundary, under sanitizers and valgrind
    Crossings {
        /// Languages; all that exist where none is named
        languages: Vec<String>,
    },
    /// 2,000 requests for each operation of the gateway's OpenAPI description, others each time
    Description,
    /// The fuzz targets, a few at a time, from what earlier runs found; what is worth to keep goes to tests/fuzz/corpus
    Fuzz {
        /// Targets; all where none is named
        targets: Vec<String>,
    },
}

/// What runs where no part is named.
const ALL: [Part; 6] = [
    Part::Crashes,
    Part::Model,
    Part::Gateway,
    Part::Crossings { languages: Vec::new() },
    Part::Description,
    Part::Fuzz { targets: Vec::new() },
];

impl Part {
    /// Parts with an end of their own make no use of the minutes.
    fn run(&self, minutes: u32) -> Result<bool, String> {
        match self {
            Self::Crashes => databases::crashes(),
            Self::Model => databases::model(),
            Self::Gateway => gateway::run(minutes),
            Self::Crossings { languages } => crossings::run(languages),
            Self::Description => description::run(),
            Self::Fuzz { targets } => fuzz::run(targets, minutes),
        }
    }
}

pub(crate) fn run(asked: &Soak) -> Result<bool, String> {
    let named = asked.part.as_slice();
    let parts = if named.is_empty() { &ALL[..] } else { named };
    let mut passed = true;
    for part in parts {
        // One that fails keeps no other from running.
        passed &= part.run(asked.minutes).unwrap_or_else(|error| {
            shell::say(&format!("error: {error}"));
            false
        });
    }
    Ok(passed)
}
