//! The command line of wamid.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
