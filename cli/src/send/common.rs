//! What every `wamid send …` of one message takes and does.

use clap::Args;
use serde_json::{Value, json};
use wamid::{Client, Error, Json, Message, Receipt, SendMany, SendOptions};

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
        let receipt = deliver(&client, message, reference).await?;
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

/// Sends it. A signal stops it, and is an error that says whether the message may have gone out.
async fn deliver(
    client: &Client,
    message: Message,
    reference: Option<String>,
) -> Result<Receipt, CommandError> {
    let bar = message.content.local_field().and_then(|_| Bar::new());
    // A bulk of one can be stopped, and then knows whether anything of the request was written.
    let bulk = client.bulk(SendMany::default())?.telling(bar.as_ref().map(Bar::report));
    // From before the request on: one that comes while it is written must not be lost.
    let mut signals = Signals::new()?;
    bulk.push(Ok(message));
    let signal = tokio::select! {
        sent = bulk.next() => return received(sent, None, reference),
        signal = signals.next() => signal,
    };
    bulk.stop();
    tokio::select! {
        sent = bulk.next() => received(sent, Some(signal), reference),
        // Whoever cannot wait for what is known hears that nothing is.
        signal = signals.next() => Err(CommandError::Interrupted { signal, reference, maybe_sent: true }),
    }
}

/// What became of a message that was stopped by that signal, if by any.
fn received(
    sent: Option<(usize, Result<Receipt, Error>)>,
    signal: Option<u8>,
    reference: Option<String>,
) -> Result<Receipt, CommandError> {
    match (sent, signal) {
        (Some((_, Err(error))), Some(signal)) if error.maybe_sent() => {
            Err(CommandError::Interrupted { signal, reference, maybe_sent: true })
        }
        (Some((_, sent)), _) => Ok(sent?),
        (None, signal) => Err(CommandError::Interrupted {
            signal: signal.unwrap_or_default(),
            reference,
            maybe_sent: false,
        }),
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
