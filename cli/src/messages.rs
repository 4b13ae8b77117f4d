//! `wamid messages`

use clap::{Args, Subcommand};
use serde_json::json;
use wamid::{SendFilter, SendStatus};

use super::exit::CommandError;
use super::output::{say, say_json};
use super::prune::Prune;
use super::serve::StoreArgs;

/// `wamid messages`
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Messages {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    store: StoreArgs,
    /// Only those of this status: sending, unknown, sent, delivered, read or failed
    #[arg(long, value_parser = status)]
    status: Option<SendStatus>,
    /// Only those with this reference
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// How many at most, the newest first
    #[arg(long, default_value_t = 100, value_name = "COUNT")]
    limit: u32,
    /// Prints them, or the error, as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Forgets messages that ended long ago, in small steps: gateways may go on meanwhile. Conversations stay
    Prune(Prune),
}

fn status(text: &str) -> Result<SendStatus, String> {
    let all = SendStatus::ALL.map(SendStatus::as_str).join(", ");
    SendStatus::from_name(text).ok_or_else(|| format!("must be one of {all}"))
}

impl Messages {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Some(Command::Prune(prune)) => prune.json(),
            None => self.json,
        }
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        if let Some(Command::Prune(prune)) = self.command {
            return prune.run().await;
        }
        let store = self.store.open_existing().await?;
        let mut filter = SendFilter::default();
        filter.status = self.status;
        filter.reference = self.reference.clone();
        filter.limit = Some(self.limit);
        let sends = store.sends(&filter).await;
        store.close().await;
        self.show(&sends?)
    }

    fn show(&self, sends: &[wamid::StoredSend]) -> Result<(), CommandError> {
        if self.json {
            return Ok(say_json(&json!(sends))?);
        }
        if sends.is_empty() {
            return Ok(say("none")?);
        }
        for send in sends {
            let id = send.message_id.as_deref().unwrap_or("-");
            let reference = send.reference.as_deref().unwrap_or("-");
            say(&format!(
                "{}  {:<9}  {:<13}  {:<16}  {reference}  {id}",
                send.created_at,
                send.status.as_str(),
                send.operation,
                send.recipient
            ))?;
        }
        Ok(())
    }
}
