//! `wamid send json`

use clap::Args;
use wamid::{Content, Message};

use super::common::Common;
use crate::exit::CommandError;
use crate::stdin;

/// `wamid send json`
#[derive(Args)]
#[command(
    allow_missing_positional = true,
    after_long_help = "\
  wamid send json '+91 98765-43210' '{\"type\":\"image\",\"link\":\"https://example.com/menu.jpg\"}'
  wamid send json message.json

A content has the type of its kind and the kind's fields; docs/messages.md lists them. A message has phone, content, and the options
reply_to, reference, account_id, idempotency_key and extra. An option on the command line counts for more."
)]
pub(super) struct SendJson {
    /// The recipient, country code first: +91 98765-43210. Without one the JSON is a whole message
    phone: Option<String>,
    /// What to send, such as {"type":"text","message":"Hello"}; the name of a file that holds it, or - for standard input
    #[arg(value_name = "JSON|FILE|-")]
    content: String,
    #[command(flatten)]
    pub(super) common: Common,
}

impl SendJson {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let text = stdin::json(&self.content).map_err(CommandError::Invalid)?;
        let message = match &self.phone {
            Some(phone) => Message::new(phone, Content::from_json(&text)?),
            None => Message::from_json(&text)?,
        };
        self.common.send(message).await
    }
}
