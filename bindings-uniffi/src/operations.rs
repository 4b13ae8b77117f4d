//! The operations, as both ways to call them have them: Swift's futures and the JVM's calls.

use wamid::Client;

use crate::answer::Answer;
use crate::error::WamidError;
use crate::event::Event;
use crate::message::Send;
use crate::progress::{ProgressListener, TransferListener, send_many as how, transfer};
use crate::result::{Conversation, ManyOutcomes, Receipt};
use crate::text::Text;

/// Sends one message of any kind.
pub(crate) async fn send(client: &Client, send: Send) -> Result<Receipt, WamidError> {
    Ok(client.send_built(send.try_into()?).await?.into())
}

/// Lists the conversations.
pub(crate) async fn chats(client: &Client) -> Result<Vec<Conversation>, WamidError> {
    Ok(client.chats().await?.into_iter().map(Into::into).collect())
}

/// Sends many messages, until `stop` ends.
pub(crate) async fn send_many(
    client: &Client,
    sends: Vec<Send>,
    concurrency: Option<i64>,
    progress: Option<Box<dyn ProgressListener>>,
    stop: impl Future<Output = ()> + std::marker::Send,
) -> Result<ManyOutcomes, WamidError> {
    let sends = sends.into_iter().map(TryInto::try_into).collect();
    Ok(client.send_many_read_until(sends, how(concurrency, progress)?, stop).await?.into())
}

/// Checks a webhook's signature, and tells what it says.
pub(crate) async fn receive_webhook(
    client: &Client,
    body: Vec<u8>,
    signature: Text,
) -> Result<Vec<Event>, WamidError> {
    Ok(Event::all(client.receive_webhook(&body, &signature.read("signature")?).await?))
}

/// Makes the call of that name; its arguments are a JSON object. Where it moves a file, the listener is told how far it has come.
pub(crate) async fn ask(
    client: &Client,
    operation: Text,
    arguments: Text,
    progress: Option<Box<dyn TransferListener>>,
) -> Result<Answer, WamidError> {
    let operation = operation.read("operation")?;
    let answered = client.ask(&operation, &arguments.read("arguments")?, transfer(progress)).await?;
    Ok(Answer::of(&operation, &answered))
}
