//! `wamid sandbox`

use std::net::SocketAddr;

use clap::Args;
use jiff::Timestamp;
use wamid_sandbox::{Sandbox, SandboxOptions, Template, magic_recipients};

use super::exit::CommandError;
use super::output::say;
use super::phone;
use super::signals::signal;

/// `wamid sandbox`
#[derive(Args)]
pub(super) struct Options {
    /// Shows the magic recipients and what each of them plays
    #[arg(long)]
    list: bool,
    /// Where to listen, on loopback; port 0 is any free one
    #[arg(long, default_value = "127.0.0.1:8090", value_name = "ADDR:PORT")]
    listen: SocketAddr,
    /// The id of a number to send from; given again, of a further one [default: 106540352242922]
    #[arg(long = "phone-number-id", value_name = "ID")]
    phone_number_ids: Vec<String>,
    /// A template to know: its name, and how many parameters its header and body take
    #[arg(long = "template", value_name = "NAME:HEADER:BODY")]
    templates: Vec<Template>,
    /// Where signed webhooks go, on loopback
    #[arg(long, value_name = "URL")]
    webhook: Option<String>,
    /// Makes the same ids in every run, from this number
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The time of the first message, as in 2026-11-29T10:00:00Z; each further one comes a second later
    #[arg(long, value_name = "INSTANT")]
    clock: Option<Timestamp>,
    /// Opens the phone page in a browser: the customers' side of what is sent
    #[arg(long)]
    open: bool,
}

pub(super) async fn run(options: Options) -> Result<(), CommandError> {
    if options.list {
        return list();
    }
    let Options { listen, templates, webhook, phone_number_ids, seed, clock, open, .. } = options;
    let mut options =
        SandboxOptions { listen, templates, webhook_url: webhook, seed, clock, ..SandboxOptions::default() };
    let mut numbers = phone_number_ids.into_iter();
    if let Some(first) = numbers.next() {
        options.phone_number_id = first;
        options.more_phone_number_ids = numbers.collect();
    }
    let sandbox = Sandbox::start(options).await.map_err(|error| {
        CommandError::Other(format!(
            "cannot start on {listen}: {error}; --listen 127.0.0.1:0 takes any free port"
        ))
    })?;
    say(&format!("The sandbox plays Meta at {}. Stop it with Ctrl-C.", sandbox.url()))?;
    say("")?;
    for line in exports(&sandbox) {
        say(&line)?;
    }
    say("")?;
    say(&phone::line(&sandbox))?;
    say(&format!("What arrived: curl {}/_sandbox/messages", sandbox.url()))?;
    if open {
        phone::open_page(&sandbox);
    }
    signal().await?;
    sandbox.shutdown().await;
    Ok(())
}

/// What another terminal needs to send with it.
pub(super) fn exports(sandbox: &Sandbox) -> [String; 6] {
    [
        format!("export WAMID_GRAPH_URL={}", sandbox.url()),
        format!("export WAMID_ACCESS_TOKEN={}", sandbox.access_token()),
        format!("export WAMID_PHONE_NUMBER_ID={}", sandbox.phone_number_id()),
        format!("export WAMID_APP_SECRET={}", sandbox.app_secret()),
        format!("export WAMID_BUSINESS_ACCOUNT_ID={}", sandbox.business_account_id()),
        format!("export WAMID_APP_ID={}", sandbox.app_id()),
    ]
}

fn list() -> Result<(), CommandError> {
    for magic in magic_recipients() {
        say(&format!("{:<12} {:<18} {}", magic.recipient, magic.name, magic.what))?;
    }
    Ok(())
}
