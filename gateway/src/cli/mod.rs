//! `wamid …`

mod demo;
mod exit;
mod options;
mod output;
mod sandbox;
mod send;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::exit::Stop;

/// Send WhatsApp messages through Meta's Cloud API or through a messaging gateway.
///
/// The host comes from the environment: WAMID_ACCESS_TOKEN and WAMID_PHONE_NUMBER_ID for Meta's Cloud API (with
/// WAMID_APP_SECRET, WAMID_GRAPH_URL and WAMID_STORE), or WAMID_GATEWAY_URL and WAMID_API_KEY for a gateway. Secrets
/// are never arguments, where every process on the machine could read them. WAMID_LOG=debug shows what happens.
#[derive(Parser)]
#[command(name = "wamid", version, after_long_help = exit::HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs all four operations against a sandbox on this machine; needs nothing
    Demo {
        /// Leaves the sandbox and the gateway serving until Ctrl-C
        #[arg(long)]
        keep: bool,
    },
    /// Sends a message
    Send(Box<send::Send>),
    /// Lists the 50 most recent conversations
    Chats(Box<send::Chats>),
    /// Plays Meta's Graph API on loopback, for tests
    Sandbox(sandbox::Options),
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    log_to_stderr();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return Stop::Other(format!("no threads to run on: {error}")).report(false),
    };
    runtime.block_on(async {
        let (json, done) = match cli.command {
            Command::Demo { keep } => (false, demo::run(keep).await),
            Command::Send(send) => (send.json(), send.run().await),
            Command::Chats(chats) => (chats.json(), chats.run().await),
            Command::Sandbox(options) => (false, sandbox::run(options).await),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(stop) => stop.report(json),
        }
    })
}

/// `WAMID_LOG=info` and the like write to standard error; nothing is written without it.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_default_directive(tracing_subscriber::filter::LevelFilter::OFF.into())
        .with_env_var("WAMID_LOG")
        .from_env_lossy();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
