//! `wamid …`

mod demo;
mod exit;
mod messages;
mod options;
mod output;
mod sandbox;
mod send;
mod signals;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use self::exit::Stop;
use self::output::complain;

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
    Messages(messages::Messages),
    /// Plays Meta's Graph API on loopback, for tests
    Sandbox(sandbox::Options),
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    log_to_stderr();
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
            Command::Sandbox(options) => (false, true, sandbox::run(options).await),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(stop) => stop.report(json, read),
        }
    })
}

/// `WAMID_LOG=info` and the like write to standard error. Without it only errors do: what went wrong beside a call that
/// went well, such as a record that could not be written, is told nowhere else.
fn log_to_stderr() {
    let asked = std::env::var("WAMID_LOG").unwrap_or_default();
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::ERROR.into()).parse(&asked);
    let filter = filter.unwrap_or_else(|error| {
        complain(&format!("WAMID_LOG={asked} is not understood ({error}); try error, info, debug or trace"));
        EnvFilter::default().add_directive(LevelFilter::ERROR.into())
    });
    let ansi = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(ansi).with_writer(std::io::stderr).init();
}
