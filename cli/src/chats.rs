//! `wamid chats`

use clap::Args;
use serde_json::json;
use wamid::ErrorKind;

use super::exit::CommandError;
use super::options::ClientArgs;
use super::output::{say, say_json};

const NO_STORE: &str = "give the store that sends are recorded in, here and with each send: --store sqlite:wamid.db, or \
                        WAMID_STORE=sqlite:wamid.db";

/// `wamid chats`
#[derive(Args)]
pub(super) struct Chats {
    /// Prints the conversations, or the error, as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    client: ClientArgs,
}

impl Chats {
    pub(super) fn json(&self) -> bool {
        self.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let is_gateway = self.client.var("WAMID_GATEWAY_URL", |name| std::env::var(name).ok()).is_some();
        let chats = self.client.client()?.chats().await.map_err(|error| match error.kind() {
            // The SDK names an option; here it is an argument.
            ErrorKind::Unsupported if !is_gateway => {
                CommandError::Advised { error: Box::new(error), advice: NO_STORE }
            }
            _ => error.into(),
        })?;
        if self.json {
            return Ok(say_json(&json!(chats))?);
        }
        if chats.is_empty() {
            return Ok(say("no conversations yet")?);
        }
        say(&format!("{:>6}  {:<20} {:>6}  last message", "id", "phone number", "unread"))?;
        for chat in chats {
            let last = chat.last_message_at.map(|at| at.to_string()).unwrap_or_default();
            say(format!("{:>6}  {:<20} {:>6}  {last}", chat.id, chat.phone_number, chat.unread_count)
                .trim_end())?;
        }
        Ok(())
    }
}
