//! Cancellation for Swift, where the generated code lets a cancelled task's request run on.

use std::sync::Arc;

use tokio::sync::watch;

use crate::client::ClientHandle;
use crate::error::WamidError;
use crate::message::Send;
use crate::operations::{chats, send as send_one, send_many};
use crate::progress::ProgressListener;
use crate::result::{Conversation, ManyOutcomes, Receipt};

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
        tokio::select! {
            biased;
            () = self.cancelled() => Ok(None),
            answer = call => answer.map(Some),
        }
    }

    /// Ends when it is cancelled.
    async fn cancelled(&self) {
        let mut cancelled = self.0.subscribe();
        // Fails only where no one is left to cancel it, and this is one.
        let _ = cancelled.wait_for(|cancelled| *cancelled).await;
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

    /// Sends one message, unless it is cancelled, on a thread of this library: however busy those are that wait for it, it has
    /// its time.
    pub async fn send_apart_until(
        &self,
        send: Send,
        cancellation: Arc<Cancellation>,
    ) -> Result<Option<Receipt>, WamidError> {
        let client = self.0.clone();
        let sending = tokio::spawn(async move { cancellation.or(send_one(&client, send)).await });
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
        let stop = async move { cancellation.cancelled().await };
        send_many(&self.0, sends, concurrency, progress, stop).await
    }
}
