//! `wamid events`

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::json;
use wamid_gateway::{AccountEvents, DroppedEvents, EventQueue, QueuedEvent};

use super::exit::CommandError;
use super::output::{say, say_json};
use super::serve::StoreArgs;

/// `wamid events`
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Events {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    store: StoreArgs,
    /// How many events to list: those that failed first
    #[arg(long, default_value_t = 20, value_name = "COUNT")]
    limit: u32,
    /// Prints {"accounts": …, "events": …}, or the error, as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Tries events that wait at once, instead of when their wait is over
    Retry {
        #[command(flatten)]
        which: Retried,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Forgets events for good; what waits behind one is tried at once
    Drop {
        #[command(flatten)]
        which: Dropped,
        #[command(flatten)]
        store: StoreArgs,
    },
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Retried {
    /// Their ids, from `wamid events`
    #[arg(value_name = "ID")]
    ids: Vec<i64>,
    /// All that wait
    #[arg(long)]
    all: bool,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Dropped {
    /// Their ids, from `wamid events`
    #[arg(value_name = "ID")]
    ids: Vec<i64>,
    /// Those that were given up
    #[arg(long)]
    given_up: bool,
    /// Every one, also those that wait
    #[arg(long)]
    all: bool,
}

impl Events {
    pub(super) fn json(&self) -> bool {
        self.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        match self.command {
            None => {
                let store = self.store.open_existing().await?;
                let queue = EventQueue::open(&store).await?;
                let (accounts, events) = (queue.by_account().await?, queue.list(self.limit).await?);
                store.close().await;
                if self.json {
                    return Ok(say_json(&json!({"accounts": accounts, "events": events}))?);
                }
                show(&accounts, &events)
            }
            Some(Command::Retry { which, store }) => {
                let store = store.open_existing().await?;
                let queue = EventQueue::open(&store).await?;
                if which.all {
                    let senders = queue.retry_all().await?;
                    return Ok(say(&format!("the events of {senders} senders are tried now"))?);
                }
                for id in which.ids {
                    if !queue.retry(id).await? {
                        return Err(CommandError::Other(format!(
                            "no event {id} waits; of one that was given up the contents are gone"
                        )));
                    }
                    say(&format!("event {id} is tried now, after those of its sender that are older"))?;
                }
                Ok(())
            }
            Some(Command::Drop { which, store }) => {
                let store = store.open_existing().await?;
                let queue = EventQueue::open(&store).await?;
                let asked = which.ids.len() as u64;
                let which = match which {
                    Dropped { all: true, .. } => DroppedEvents::All,
                    Dropped { given_up: true, .. } => DroppedEvents::GivenUp,
                    Dropped { ids, .. } => DroppedEvents::Ids(ids),
                };
                let dropped = queue.drop(&which).await?;
                say(&format!("{dropped} events are forgotten"))?;
                if dropped < asked {
                    return Err(CommandError::Other(format!("{} of them were not there", asked - dropped)));
                }
                Ok(())
            }
        }
    }
}

fn show(accounts: &[AccountEvents], events: &[QueuedEvent]) -> Result<(), CommandError> {
    if accounts.is_empty() {
        return Ok(say("none")?);
    }
    say(&format!(
        "{:<20}  {:<20}  {:>8}  {:<20}  {:>8}  problem",
        "phone number id", "account", "waiting", "oldest", "given up"
    ))?;
    for account in accounts {
        let number = if account.phone_number_id.is_empty() { "-" } else { &account.phone_number_id };
        let (name, problem) = (or_dash(account.account.as_deref()), or_dash(account.problem.as_deref()));
        let oldest = account.oldest.map_or_else(|| "-".to_owned(), time);
        let (waiting, given_up) = (account.waiting, account.given_up);
        say(&format!("{number:<20}  {name:<20}  {waiting:>8}  {oldest:<20}  {given_up:>8}  {problem}"))?;
    }
    say("")?;
    say(&format!(
        "{:>8}  {:<20}  {:<28}  {:<9}  {:<8}  {:>8}  problem",
        "id", "received", "event", "sender", "state", "attempts"
    ))?;
    for event in events {
        let state = if event.state == "given_up" { "given up" } else { event.state };
        let attempts = event.attempts.map_or_else(|| "-".to_owned(), |attempts| attempts.to_string());
        let (id, name, sender) = (event.id, &event.event, &event.sender);
        let (received, problem) = (time(event.received_at), or_dash(event.problem.as_deref()));
        say(&format!(
            "{id:>8}  {received:<20}  {name:<28}  {sender:<9}  {state:<8}  {attempts:>8}  {problem}"
        ))?;
    }
    Ok(())
}

fn or_dash(text: Option<&str>) -> &str {
    text.unwrap_or("-")
}

fn time(at: Timestamp) -> String {
    at.strftime("%F %TZ").to_string()
}
