//! What every `wamid send …` of one message takes and does.

use clap::Args;
use serde_json::{Value, json};
use wamid::{Error, Json, Message, Receipt, SendOptions};

use crate::exit::CommandError;
use crate::options::ClientArgs;
use crate::output::{pretty, say, say_json};
use crate::signals::Signals;
use crate::transfer::Bar;

#[derive(Args)]
pub(super) struct Common {
    /// The gateway's account to send from
    #[arg(long, value_name = "ID")]
    account_id: Option<i64>,
    /// The id of the message that this one answers
    #[arg(long, value_name = "MESSAGE_ID")]
    reply_to: Option<String>,
    /// A text that comes back in the status webhooks [default: a UUID on Meta's Cloud API]
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// Two sends with the same key are one, on a gateway that knows keys
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,
    /// A JSON object whose members stand beside the content in Meta's body
    #[arg(long, value_name = "JSON")]
    extra: Option<String>,
    /// Prints the request and sends nothing
    #[arg(long)]
    dry_run: bool,
    /// Prints the result, or the error, as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    client: ClientArgs,
}

impl Common {
    /// Sends the message with these options, or shows what would be sent.
    pub(super) async fn send(self, message: Message) -> Result<(), CommandError> {
        let options = self.options(message.options.clone())?;
        let (json, reference) = (self.json, options.reference.clone());
        let message = message.options(options);
        let client = self.client.client()?;
        if self.dry_run {
            return preview(&client.preview(&message)?, json);
        }
        let bar = message.content.local_field().and_then(|_| Bar::new());
        let sending = async {
            match &bar {
                Some(bar) => client.send_told(message, bar.report()).await,
                None => client.send_built(message).await,
            }
        };
        // From before the request on: one that comes while it is written must not be lost.
        let mut signals = Signals::new()?;
        let receipt = tokio::select! {
            sent = sending => sent,
            signal = signals.next() => return Err(CommandError::Interrupted { signal, reference }),
        };
        drop(bar);
        let receipt = receipt?;
        show(&receipt, json).map_err(|error| CommandError::SentUnwritten { id: receipt.id, error })
    }

    /// Those of the message where no argument says otherwise.
    fn options(&self, mut options: SendOptions) -> Result<SendOptions, Error> {
        let given = |argument: &Option<String>, own: Option<String>| argument.clone().or(own);
        options.account_id = self.account_id.or(options.account_id);
        options.reply_to = given(&self.reply_to, options.reply_to);
        options.reference = given(&self.reference, options.reference).or_else(|| self.client.new_reference());
        options.idempotency_key = given(&self.idempotency_key, options.idempotency_key);
        if let Some(extra) = &self.extra {
            options.extra = Some(Json::parse("extra", extra)?);
        }
        Ok(options)
    }
}

fn show(receipt: &Receipt, json: bool) -> std::io::Result<()> {
    if json {
        return say_json(&json!(receipt));
    }
    say(&format!("sent to {}: {}", receipt.phone, receipt.id))?;
    for (name, value) in [("status", &receipt.status), ("reference", &receipt.reference)] {
        if let Some(value) = value {
            say(&format!("  {name:<12} {value}"))?;
        }
    }
    Ok(())
}

fn preview(preview: &wamid::RequestPreview, json: bool) -> Result<(), CommandError> {
    if json {
        let headers: serde_json::Map<String, Value> =
            preview.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let request =
            json!({"method": preview.method, "url": preview.url, "headers": headers, "body": preview.body});
        return Ok(say_json(&request)?);
    }
    say(&format!("{} {}", preview.method, preview.url))?;
    for (name, value) in &preview.headers {
        say(&format!("{name}: {value}"))?;
    }
    say("")?;
    Ok(pretty(preview.body.as_str()).lines().try_for_each(say)?)
}
