//! Cancellation for Swift, where the generated code lets a cancelled task's request run on.

use std::sync::Arc;

use wamid_bindings::Stop;

use crate::answer::Answer;
use crate::client::ClientHandle;
use crate::error::WamidError;
use crate::message::Send;
use crate::operations::{ask, chats, send as send_one, send_many};
use crate::progress::{ProgressListener, TransferListener};
use crate::result::{Conversation, ManyOutcomes, Receipt};
use crate::text::Text;

/// Stops the calls that it was given to.
#[derive(Debug, uniffi::Object)]
pub struct Cancellation(Stop);

#[uniffi::export]
impl Cancellation {
    /// One that stops nothing yet.
    #[uniffi::constructor]
    #[allow(clippy::new_without_default, reason = "made from Swift only")]
    pub fn new() -> Self {
        Self(Stop::default())
    }

    /// Stops them, also those that begin later.
    pub fn cancel(&self) {
        self.0.stop();
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl ClientHandle {
    /// Sends one message, unless it is cancelled; then there is no answer.
    pub async fn send_until(
        &self,
        send: Send,
        cancellation: Arc<Cancellation>,
    ) -> Result<Option<Receipt>, WamidError> {
        cancellation.0.or(send_one(&self.0, send)).await
    }

    /// Lists the conversations, unless it is cancelled; then there is no answer.
    pub async fn chats_until(
        &self,
        cancellation: Arc<Cancellation>,
    ) -> Result<Option<Vec<Conversation>>, WamidError> {
        cancellation.0.or(chats(&self.0)).await
    }

    /// Makes the call of that name with arguments in JSON, unless it is cancelled; then there is no answer.
    pub async fn ask_until(
        &self,
        operation: Text,
        arguments: Text,
        progress: Option<Box<dyn TransferListener>>,
        cancellation: Arc<Cancellation>,
    ) -> Result<Option<Answer>, WamidError> {
        cancellation.0.or(ask(&self.0, operation, arguments, progress)).await
    }

    /// Sends one message, unless it is cancelled, on a thread of this library: however busy those are that wait for it, it has
    /// its time.
    pub async fn send_apart_until(
        &self,
        send: Send,
        cancellation: Arc<Cancellation>,
    ) -> Result<Option<Receipt>, WamidError> {
        let client = self.0.clone();
        let sending = tokio::spawn(async move { cancellation.0.or(send_one(&client, send)).await });
        // It ends otherwise only where it panicked, which the core does not let happen.
        sending.await.unwrap_or(Ok(None))
    }

    /// Sends many messages, until it is cancelled; then nothing more goes out.
    pub async fn send_many_until(
        &self,
        sends: Vec<Send>,
        concurrency: Option<i64>,
        progress: Option<Box<dyn ProgressListener>>,
        cancellation: Arc<Cancellation>,
    ) -> Result<ManyOutcomes, WamidError> {
        let stop = async move { cancellation.0.stopped().await };
        send_many(&self.0, sends, concurrency, progress, stop).await
    }
}
