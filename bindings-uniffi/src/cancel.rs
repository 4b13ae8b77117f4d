//! Cancellation for Swift, where the generated code lets a cancelled task's request run on.

use std::sync::Arc;

use tokio::sync::watch;

use crate::client::ClientHandle;
use crate::error::WamidError;
use crate::message::Send;
use crate::operations::{chats, send as send_one, send_many};
use crate::progress::ProgressListener;
use crate::result::{Conversation, Outcome, Receipt};

/// Stops the calls that it was given to.
#[derive(Debug, uniffi::Object)]
pub struct Cancellation(watch::Sender<bool>);

#[uniffi::export]
impl Cancellation {
    /// One that stops nothing yet.
    #[uniffi::constructor]
    #[allow(clippy::new_without_default, reason = "made from Swift only")]
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Stops them, also those that begin later.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }
}

impl Cancellation {
    /// What the call answers, or nothing where it was stopped: its future is dropped, and the request with it.
    async fn or<T>(
        &self,
        call: impl Future<Output = Result<T, WamidError>>,
    ) -> Result<Option<T>, WamidError> {
        let mut cancelled = self.0.subscribe();
        tokio::select! {
            biased;
            _ = cancelled.wait_for(|cancelled| *cancelled) => Ok(None),
            answer = call => answer.map(Some),
        }
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
        cancellation.or(send_one(&self.0, send)).await
    }

    /// Lists the conversations, unless it is cancelled; then there is no answer.
    pub async fn chats_until(
        &self,
        cancellation: Arc<Cancellation>,
    ) -> Result<Option<Vec<Conversation>>, WamidError> {
        cancellation.or(chats(&self.0)).await
    }

    /// Sends many messages, unless it is cancelled; then there is no answer, and nothing more goes out.
    pub async fn send_many_until(
        &self,
        sends: Vec<Send>,
        concurrency: Option<i64>,
        progress: Option<Box<dyn ProgressListener>>,
        cancellation: Arc<Cancellation>,
    ) -> Result<Option<Vec<Outcome>>, WamidError> {
        cancellation.or(send_many(&self.0, sends, concurrency, progress)).await
    }
}
