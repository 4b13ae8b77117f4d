//! `wamid …`

mod admin;
mod demo;
mod doctor;
mod exit;
mod logs;
mod many;
mod messages;
mod options;
mod output;
mod prune;
mod sandbox;
mod send;
mod serve;
mod signals;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::filter::LevelFilter;

use self::exit::Stop;

/// Send WhatsApp messages through Meta's Cloud API or through a messaging gateway.
///
/// The host comes from the environment: WAMID_ACCESS_TOKEN and WAMID_PHONE_NUMBER_ID for Meta's Cloud API (with
/// WAMID_APP_SECRET, WAMID_GRAPH_URL and WAMID_STORE), or WAMID_GATEWAY_URL and WAMID_API_KEY for a gateway. Tokens and
/// keys are never arguments, where every process on the machine could read them. WAMID_LOG=debug shows what happens.
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
    /// Lists what a store knows of the messages that were sent, such as those whose outcome is unknown
    Messages(Box<messages::Messages>),
    /// Serves the messaging API: three sends and the chats, behind X-API-Key
    Serve(Box<serve::Serve>),
    /// Makes, lists and revokes the API keys of a gateway
    Key(admin::Key),
    /// Adds, lists and removes the business numbers that a gateway sends from
    Account(admin::Account),
    /// Checks the configuration, the network, the credentials and the store, and says what to fix
    Doctor(Box<doctor::Doctor>),
    /// Plays Meta's Graph API on loopback, for tests
    Sandbox(sandbox::Options),
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    // Without WAMID_LOG only errors are shown: what went wrong beside a call that went well, such as a record that could
    // not be written, is told nowhere else. A service tells of its requests.
    let (format, level) = match &cli.command {
        Command::Serve(serve) => (serve.log_format(), LevelFilter::INFO),
        _ => (logs::LogFormat::default(), LevelFilter::ERROR),
    };
    logs::install(format, level);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return Stop::Other(format!("no threads to run on: {error}")).report(false, true),
    };
    runtime.block_on(async {
        let (json, read, done) = match cli.command {
            Command::Demo { keep } => (false, true, demo::run(keep).await),
            Command::Send(send) => (send.json(), false, send.run().await),
            Command::Chats(chats) => (chats.json(), true, chats.run().await),
            Command::Messages(messages) => (messages.json(), true, messages.run().await),
            Command::Serve(serve) => (false, true, serve.run().await),
            Command::Key(key) => (false, true, key.run().await),
            Command::Account(account) => (false, true, account.run().await),
            Command::Doctor(doctor) => (doctor.json(), true, doctor.run().await),
            Command::Sandbox(options) => (false, true, sandbox::run(options).await),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(stop) => stop.report(json, read),
        }
    })
}
