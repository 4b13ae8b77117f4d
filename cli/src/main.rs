//! The command line of wamid: `wamid …`.

mod account;
mod answers;
mod ask;
mod business_profile;
mod chats;
mod declared;
mod demo;
mod doctor;
mod escaped;
mod events;
mod exit;
mod forward;
mod key;
mod listen;
mod local;
mod logs;
mod many;
mod media;
mod messages;
mod no_dumps;
mod options;
mod output;
mod pages;
mod phone;
mod plain;
mod profile;
mod prune;
mod ready;
mod request;
mod sandbox;
mod send;
mod serve;
mod signals;
mod sink;
mod stdin;
mod templates;
mod transfer;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use tracing_subscriber::filter::LevelFilter;
use wamid::{BlockUsers, BlockedUsers, ListSends, MarkRead, UnblockUsers};

use self::ask::Ask;
use self::exit::CommandError;

/// Where options that every command has stand in its page of help: after its own.
const LAST: usize = 900;

/// Send WhatsApp messages through Meta's Cloud API or through a messaging gateway.
///
/// The host comes from the environment: WAMID_ACCESS_TOKEN and WAMID_PHONE_NUMBER_ID for Meta's Cloud API (with
/// WAMID_APP_SECRET, WAMID_BUSINESS_ACCOUNT_ID, WAMID_APP_ID, WAMID_GRAPH_URL and WAMID_STORE), or WAMID_GATEWAY_URL and WAMID_API_KEY for a gateway. Tokens and
/// keys are never arguments, where every process on the machine could read them. WAMID_LOG=debug shows what happens.
#[derive(Parser)]
#[command(name = "wamid", version, after_long_help = exit::HELP)]
struct Cli {
    /// Colours of errors and log lines; auto is never where NO_COLOR is set or standard error is no terminal
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", display_order = LAST)]
    color: output::Color,
    /// Takes the variables of a host (WAMID_NAME=value, a line each) from ~/.config/wamid/NAME.env, and none from the environment
    #[arg(long, global = true, value_name = "NAME", display_order = LAST)]
    profile: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Shows what it does, against a sandbox on this machine; needs nothing
    Demo {
        /// Leaves the sandbox and the gateway serving until Ctrl-C
        #[arg(long)]
        keep: bool,
        /// The same, and opens the phone page in a browser: the customers' side of what is sent
        #[arg(long)]
        open: bool,
    },
    /// Sends a message
    Send(Box<send::Send>),
    /// Lists the 50 most recent conversations
    Chats(Box<chats::Chats>),
    Read(Box<Ask<MarkRead>>),
    /// Uploads files, looks them up, fetches and deletes them
    Media(Box<media::Media>),
    /// Lists, shows, checks, makes, changes and deletes the templates of the business account
    Templates(Box<templates::Templates>),
    Block(Box<Ask<BlockUsers>>),
    Unblock(Box<Ask<UnblockUsers>>),
    Blocked(Box<Ask<BlockedUsers>>),
    /// Shows the profile that customers see of the business number, or changes it
    Profile(Box<business_profile::Profile>),
    /// Asks Meta's Graph API for anything that has no command here
    Request(Box<request::Request>),
    #[command(
        about = "Lists what is on record of sends, through the client or its gateway: those of one number or API key",
        after_help = "`wamid messages` reads a store itself, with the sends of all its numbers."
    )]
    Sends(Box<Ask<ListSends>>),
    /// Lists the sends of all numbers straight from a store, such as those whose outcome is unknown
    #[command(
        after_help = "`wamid sends` asks through a client or a gateway, for the sends of one number or API key."
    )]
    Messages(Box<messages::Messages>),
    /// Serves the messaging API, behind X-API-Key
    Serve(Box<serve::Serve>),
    /// Makes, lists and revokes the API keys of a gateway
    Key(key::Key),
    /// Adds, lists and removes the business numbers that a gateway sends from
    Account(account::Account),
    /// Lists the events that a gateway has not passed on yet, or has given up; tries or forgets them
    Events(events::Events),
    /// Prints what comes in, live; needs nothing with a sandbox
    #[command(
        after_help = "Webhooks are checked with WAMID_APP_SECRET, and Meta's check of the address with WAMID_VERIFY_TOKEN. A `wamid \
                      sandbox` that runs on this machine sends its webhooks here by itself."
    )]
    Listen(listen::Listen),
    /// Checks the configuration, the network, the credentials and the store, and says what to fix
    Doctor(Box<doctor::Doctor>),
    /// Asks the gateway on this machine whether it takes messages; ends with 1 if not. For health checks, of a container for example
    Ready(ready::Ready),
    /// Plays Meta's Graph API on loopback, for tests
    Sandbox(sandbox::Options),
    /// Prints a script that completes commands and options in your shell
    Completions(pages::Completions),
    /// Prints a manual page in roff, or writes those of all commands into a folder
    Man(pages::Man),
}

impl Command {
    /// Whether a script reads what it prints.
    fn json(&self) -> bool {
        match self {
            Self::Send(send) => send.json(),
            Self::Chats(chats) => chats.json(),
            Self::Read(ask) => ask.json(),
            Self::Media(media) => media.json(),
            Self::Templates(templates) => templates.json(),
            Self::Block(ask) => ask.json(),
            Self::Unblock(ask) => ask.json(),
            Self::Blocked(ask) => ask.json(),
            Self::Profile(profile) => profile.json(),
            Self::Request(request) => request.json(),
            Self::Sends(ask) => ask.json(),
            Self::Messages(messages) => messages.json(),
            Self::Key(key) => key.json(),
            Self::Account(account) => account.json(),
            Self::Events(events) => events.json(),
            Self::Listen(listen) => listen.json(),
            Self::Doctor(doctor) => doctor.json(),
            Self::Demo { .. }
            | Self::Serve(_)
            | Self::Ready(_)
            | Self::Sandbox(_)
            | Self::Completions(_)
            | Self::Man(_) => false,
        }
    }
}

fn main() -> ExitCode {
    let status = run_command();
    logs::finish();
    status
}

/// Runs the command that the arguments name.
fn run_command() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let arguments = std::env::args_os().skip(1).take_while(|argument| argument != "--");
            return exit::refuse(&error, arguments.into_iter().any(|argument| argument == "--json"));
        }
    };
    cli.color.choose();
    let (json, read) = (cli.command.json(), !matches!(cli.command, Command::Send(_)));
    if let Some(name) = &cli.profile {
        return profile::run_with(name).unwrap_or_else(|why| CommandError::Other(why).report(json, read));
    }
    // Without WAMID_LOG only errors are shown: what went wrong beside a call that went well, such as a record that could
    // not be written, is told nowhere else. A service tells of its requests.
    let (format, level) = match &cli.command {
        Command::Serve(serve) => (serve.log_format(), LevelFilter::INFO),
        _ => (logs::LogFormat::default(), LevelFilter::ERROR),
    };
    logs::install(format, level);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            return CommandError::Other(format!("no threads to run on: {error}")).report(json, read);
        }
    };
    runtime.block_on(async {
        let done = match cli.command {
            Command::Demo { keep, open } => demo::run(keep || open, open).await,
            Command::Send(send) => send.run().await,
            Command::Chats(chats) => chats.run().await,
            Command::Read(ask) => ask.run().await,
            Command::Media(media) => media.run().await,
            Command::Templates(templates) => templates.run().await,
            Command::Block(ask) => ask.run().await,
            Command::Unblock(ask) => ask.run().await,
            Command::Blocked(ask) => ask.run().await,
            Command::Profile(profile) => profile.run().await,
            Command::Request(request) => request.run().await,
            Command::Sends(ask) => ask.run().await,
            Command::Messages(messages) => messages.run().await,
            Command::Serve(serve) => serve.run().await,
            Command::Key(key) => key.run().await,
            Command::Account(account) => account.run().await,
            Command::Events(events) => events.run().await,
            Command::Listen(listen) => listen.run().await,
            Command::Doctor(doctor) => doctor.run().await,
            Command::Ready(ready) => ready.run().await,
            Command::Sandbox(options) => sandbox::run(options).await,
            Command::Completions(completions) => completions.run(Cli::command()),
            Command::Man(man) => man.run(Cli::command()),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(stop) => stop.report(json, read),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Among others, that no option is there twice: those of a kind follow from its fields.
    #[test]
    fn every_command_is_one_that_can_be_parsed() {
        Cli::command().debug_assert();
    }
}
