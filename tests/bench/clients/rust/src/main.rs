//! The same sends through whatsapp-business-rs, with the command line of `wamid-bench client`. Its address and the
//! certificates that it trusts (its TLS is OpenSSL's) come from the environment, so it starts itself anew with them.

#[path = "../../../src/drive.rs"]
mod drive;
#[path = "../../../src/figures.rs"]
mod figures;

use std::process::{Command, ExitCode};

use clap::{Parser, Subcommand};
use drive::{Load, MESSAGE, PHONE, drive};
use whatsapp_business_rs::Client;

const ADDRESS: &str = "API_BASE_URL_FOR_TESTING";

#[derive(Parser)]
enum Cli {
    /// Makes calls, and prints what they cost
    #[command(subcommand)]
    Client(Subject),
}

#[derive(Subcommand)]
enum Subject {
    #[command(name = "whatsapp-business-rs")]
    Peer(Load),
}

fn main() -> ExitCode {
    let Cli::Client(Subject::Peer(load)) = Cli::parse();
    let done = if std::env::var(ADDRESS).is_ok_and(|address| address == load.url) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|error| error.to_string()).and_then(|runtime| runtime.block_on(run(&load)))
    } else {
        again(&load)
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            figures::complain(&message);
            ExitCode::FAILURE
        }
    }
}

/// This program, with what it reads from its environment.
fn again(load: &Load) -> Result<(), String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(this);
    command.args(std::env::args_os().skip(1)).env(ADDRESS, &load.url);
    if let Some(file) = &load.ca_file {
        command.env("SSL_CERT_FILE", file);
    }
    let status = command.status().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(status.to_string()) }
}

async fn run(load: &Load) -> Result<(), String> {
    let client = Client::new("EAAbench").await.map_err(|error| error.to_string())?;
    let from = client.message("106540352242922");
    drive(load, || async { from.send(PHONE, MESSAGE).await.map(drop).map_err(|error| error.to_string()) }).await
}
