//! What is measured in Rust, and the server that all languages are measured against.
//!
//! `wamid-bench server` prints the address that it listens on and the certificate that it shows; `wamid-bench client`
//! makes calls and prints one JSON line of figures, as the clients in the other languages do.

mod client;
mod drive;
mod events;
mod figures;
mod files;
mod hot;
mod kinds;
mod server;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answers every POST as the Graph API answers a send
    Server {
        /// How long it thinks, in milliseconds
        #[arg(long, default_value_t = 0)]
        delay_ms: u64,
        /// Speaks TLS, and writes its certificate into this file
        #[arg(long)]
        tls: Option<PathBuf>,
        /// Ends with its standard input, so that it does not outlive whoever started it
        #[arg(long)]
        until_stdin_ends: bool,
    },
    /// Meta as the sandbox plays it, for files
    Sandbox {
        /// Ends with its standard input
        #[arg(long)]
        until_stdin_ends: bool,
    },
    /// Uploads or downloads a file, and prints what it cost
    Files(files::Transfer),
    /// Prints what each kind costs before it goes out
    Kinds,
    /// Reads events of webhooks, and prints what one costs
    Events(events::Reading),
    /// Makes calls, and prints what they cost
    Client {
        #[arg(value_enum)]
        subject: client::Subject,
        #[command(flatten)]
        load: drive::Load,
    },
    /// Goes through the core so many times; whoever counts the instructions stands outside
    Hot {
        #[arg(value_enum)]
        case: hot::Case,
        #[arg(long)]
        times: usize,
    },
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let done = match (Cli::parse().command, runtime) {
        (_, Err(error)) => Err(error.to_string()),
        (Command::Server { delay_ms, tls, until_stdin_ends }, Ok(runtime)) => {
            if until_stdin_ends {
                std::thread::spawn(end_with_stdin);
            }
            runtime.block_on(server::run(delay_ms, tls))
        }
        (Command::Sandbox { until_stdin_ends }, Ok(runtime)) => {
            if until_stdin_ends {
                std::thread::spawn(end_with_stdin);
            }
            runtime.block_on(files::serve())
        }
        (Command::Files(transfer), Ok(runtime)) => runtime.block_on(files::run(&transfer)),
        (Command::Kinds, Ok(_)) => kinds::run(),
        (Command::Events(reading), Ok(_)) => events::run(&reading),
        (Command::Hot { case, times }, Ok(runtime)) => runtime.block_on(hot::run(case, times)),
        (Command::Client { subject, load }, Ok(runtime)) => runtime.block_on(client::run(subject, &load)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            figures::complain(&message);
            ExitCode::FAILURE
        }
    }
}

/// Whoever holds the other end closes it, or is ended, and the system closes it.
fn end_with_stdin() {
    let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
    std::process::exit(0);
}
