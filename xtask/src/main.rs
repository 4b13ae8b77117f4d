//! The project's commands: `cargo xtask …`.

mod check;
mod conformance;
mod doctor;
mod faults;
mod fuzz;
mod generate;
mod instructions;
mod languages;
mod npm;
mod package;
mod phone;
mod postgres;
mod pytest;
mod release;
mod report;
mod site;
mod snippets;
mod soak;
mod test;
mod tools;
mod uniffi;
mod used_first;
mod workflows;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask_shell as shell;

/// Builds and tests wamid in every language found on this machine.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Says which tools are missing on this machine for each language, and what installs them
    Doctor {
        /// Languages, `check` or `package`; all where none is named
        languages: Vec<String>,
    },
    /// Builds and tests the languages: each one's own tests, then its conformance cases
    Test {
        /// Languages; all that exist where none is named
        languages: Vec<String>,
        /// Makes a missing toolchain a failure, and adds what `check` looks at
        #[arg(long)]
        require_all: bool,
    },
    /// Runs the conformance cases
    Conformance {
        /// A folder of cases, or one file
        #[arg(long, default_value = "tests/conformance/cases")]
        cases: PathBuf,
        /// Only cases with this text in their name
        #[arg(long)]
        filter: Option<String>,
        /// Writes a machine-readable report
        #[arg(long)]
        json: Option<PathBuf>,
        /// Makes a missing toolchain a failure
        #[arg(long)]
        require_all: bool,
        /// Languages; all that exist where none is named
        languages: Vec<String>,
    },
    /// Plays every fault of a network and of a host with each kind of operation, and holds each language to what really came
    Faults {
        /// Only faults with this text in their name
        #[arg(long)]
        filter: Option<String>,
        /// Runner processes a language has at the same time
        #[arg(long)]
        jobs: Option<usize>,
        /// Writes docs/faults.md, and plays nothing
        #[arg(long)]
        write: bool,
        /// Languages; all that exist where none is named
        languages: Vec<String>,
    },
    /// Looks at formatting, lints, documentation, generated files, versions, workflows, licences and sources
    Check,
    /// Gives the fuzz targets inputs that nobody thought of, for a minute each
    Fuzz(fuzz::Fuzz),
    /// Runs what takes too long for every change
    Soak(soak::Soak),
    /// Measures wamid beside what each language has: CPU a message, rate, latency, memory (a full run takes some 18 minutes)
    #[command(disable_help_flag = true)]
    Bench {
        /// --quick, --musts, languages: --help tells of them
        #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
        arguments: Vec<String>,
    },
    /// Counts the instructions of each way through the core, and holds them against tests/bench/instructions.json
    Instructions {
        /// Makes what is counted the baseline
        #[arg(long)]
        write: bool,
    },
    /// Makes the packages under target/dist, and installs each by itself and sends a message with it
    Package {
        /// Makes them for every target that can be made here, and says which cannot
        #[arg(long)]
        all: bool,
        /// Another folder for them
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
        /// Languages; all that exist where none is named
        languages: Vec<String>,
    },
    /// Builds the documentation as a site under target/site, which opens from the disk, without a network
    Site {
        /// Serves it on 127.0.0.1:8000 instead, and builds it again when a page changes
        #[arg(long)]
        serve: bool,
        /// Adds the API references of the languages, as far as their tools are here
        #[arg(long, conflicts_with = "serve")]
        api: bool,
        /// Makes a reference that cannot be made here a failure
        #[arg(long, requires = "api")]
        require_all: bool,
    },
    /// What a release needs besides the packages: the version, the notes, licences of others
    #[command(subcommand)]
    Release(release::Release),
    /// Counts the blocks of code in the documentation that CI runs; one that no test runs is a failure
    Snippets,
    /// Writes the committed files that follow from core's declarations: the list of kinds, the languages' types of them, docs/messages.md,
    /// tests/conformance/contract.json
    Generate,
}

/// Starts the bench, which reads its own arguments.
fn bench(arguments: &[String]) -> Result<bool, String> {
    let mut line = "cargo run --quiet -p wamid-bench --bin wamid-bench-compare --".to_owned();
    arguments.iter().for_each(|argument| line.extend([" ", argument]));
    shell::run(&line, &[])
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Test { languages, require_all } => test::run(&languages, require_all),
        Command::Conformance { cases, filter, json, require_all, languages } => {
            conformance::run(&cases, filter, json, require_all, &languages).map(|summary| summary.exit_ok)
        }
        Command::Doctor { languages } => doctor::run(&languages),
        Command::Release(release) => release.run(),
        Command::Faults { write: true, .. } => faults::write().map(|()| true),
        Command::Faults { write: false, filter, jobs, languages } => faults::run(filter, jobs, &languages),
        Command::Check => check::run().map(|rows| report::print(&rows)),
        Command::Package { into, all, languages } => package::run(into, all, &languages),
        Command::Bench { arguments } => bench(&arguments),
        Command::Instructions { write: true } => instructions::write().map(|()| true),
        Command::Instructions { write: false } => instructions::check().map(|row| report::print(&[row])),
        Command::Fuzz(asked) => fuzz::run(&asked),
        Command::Soak(asked) => soak::run(&asked),
        Command::Site { serve: true, .. } => site::serve(),
        Command::Site { api: true, require_all, .. } => site::build_with_references(require_all),
        Command::Site { .. } => site::build(),
        Command::Snippets => snippets::check().map(|row| report::print(&[row])),
        Command::Generate => generate::write().map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            shell::say(&format!("error: {message}"));
            ExitCode::FAILURE
        }
    }
}
