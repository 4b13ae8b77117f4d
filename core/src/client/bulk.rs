//! The engine of `send_many` and `send_each`: starts sends up to `concurrency` and yields outcomes as they end.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::sync::mpsc::error::SendError;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tracing::Instrument;

use super::Client;
use super::many::SendMany;
use super::progress::Reporter;
use super::runtime::on_tokio;
use super::send::SendTerms;
use super::uploads::Uploads;
use crate::delivery::stop::{Stop, abandoned, is_not_begun};
use crate::delivery::{Receipt, log_unheard};
use crate::error::Error;
use crate::media::{Reporter as TransferReporter, TransferReport};
use crate::message::Message;

/// `None` where the send was stopped before it began.
type Outcome = (usize, Option<Result<Receipt, Error>>);

/// What [`Client::send_each`] and the other languages' streams are made of. Dropping it is a [`stop`](Self::stop).
#[doc(hidden)]
pub struct Bulk {
    client: Client,
    concurrency: usize,
    stop: Stop,
    uploads: Arc<Uploads>,
    counts: Mutex<Counts>,
    begun: UnboundedSender<Outcome>,
    ended: tokio::sync::Mutex<UnboundedReceiver<Outcome>>,
}

/// A message whose own request is all that is missing.
#[doc(hidden)]
#[derive(Debug)]
pub struct ReadyMessage(Message);

struct Counts {
    pushed: usize,
    held: usize,
    reporter: Reporter,
}

impl Client {
    /// Begins a bulk whose messages come one by one.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `concurrency` where it is 0.
    #[doc(hidden)]
    pub fn bulk(&self, how: SendMany) -> Result<Bulk, Error> {
        let concurrency = how.concurrency_or_default()?;
        let (begun, ended) = unbounded_channel();
        Ok(Bulk {
            client: self.clone(),
            concurrency,
            stop: Stop::new(),
            uploads: Arc::default(),
            counts: Mutex::new(Counts { pushed: 0, held: 0, reporter: Reporter::new(how.progress, 0) }),
            begun,
            ended: tokio::sync::Mutex::new(ended),
        })
    }
}

impl Bulk {
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a send, or takes the error of one that a language could not read. Answers its index, from 0. The caller keeps to
    /// [`has_room`](Self::has_room).
    pub fn push(&self, read: Result<Message, Error>) -> usize {
        let at = {
            let mut counts = self.counts();
            let at = counts.pushed;
            counts.pushed += 1;
            counts.held += 1;
            counts.reporter.progress.left += 1;
            at
        };
        let mut ending = OutcomeGuard { at, to: self.begun.clone(), outcome: Some(Err(abandoned())) };
        match read.and_then(|message| on_tokio().map(|()| message)) {
            Err(error) => ending.outcome = Some(Err(self.client.finished(error, None))),
            Ok(message) => {
                let (client, stop) = (self.client.clone(), self.stop.clone());
                let uploads = self.uploads.clone();
                let send = async move {
                    // All of it moves into the task, not the one field.
                    let mut ending = ending;
                    ending.outcome = client.send_unless_stopped(message, Some(&stop), &uploads).await;
                };
                tokio::spawn(send.in_current_span());
            }
        }
        at
    }

    /// `report` is told how far the files of its messages are. Before the first message.
    #[must_use]
    pub fn telling(mut self, report: Option<TransferReport>) -> Self {
        self.uploads = Arc::new(Uploads::telling(TransferReporter::new(report)));
        self
    }

    /// Does what comes before the request of a message that the caller sends by itself: its template is checked and its file uploaded. A
    /// file that was uploaded for another message of the bulk is not uploaded again. `None` after a [`stop`](Self::stop). Nothing was sent
    /// in any case.
    ///
    /// # Errors
    /// As [`Client::send_built`].
    pub async fn prepare(&self, mut message: Message) -> Result<Option<ReadyMessage>, Error> {
        match self.client.before(&mut message, None, Some(&self.stop), Some(&self.uploads)).await {
            Ok(_) if self.stop.is_stopped() => Ok(None),
            Ok(_) => Ok(Some(ReadyMessage(message))),
            Err(error) if is_not_begun(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sends a message that is ready. A [`stop`](Self::stop) does not end it.
    ///
    /// # Errors
    /// As [`Client::send_built`].
    pub async fn send(&self, ReadyMessage(message): ReadyMessage) -> Result<Receipt, Error> {
        let terms = SendTerms { is_prepared: true, ..SendTerms::default() };
        let left = || Error::unsupported(None, "This send was left to somebody else.");
        self.client.send_as(message, &terms, None, Some(&self.uploads)).await?.ok_or_else(left)
    }

    /// How many may be held at once, for a language that holds what was handed out as well.
    #[must_use]
    pub const fn concurrency(&self) -> usize {
        self.concurrency
    }

    /// How many were pushed and not handed out yet.
    #[must_use]
    pub fn held(&self) -> usize {
        self.counts().held
    }

    /// Whether another message may be pushed: fewer than `concurrency` are held.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.held() < self.concurrency
    }

    /// The next outcome with its index; `None` where nothing is held. Messages may be pushed meanwhile. Dropping the future
    /// loses nothing.
    pub async fn next(&self) -> Option<(usize, Result<Receipt, Error>)> {
        let mut ended = self.ended.lock().await;
        while self.held() > 0 {
            let outcome = ended.recv().await?;
            if let Some(outcome) = self.handed_out(outcome) {
                return Some(outcome);
            }
        }
        None
    }

    /// As [`next`](Self::next).
    pub(super) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<(usize, Result<Receipt, Error>)>> {
        while self.held() > 0 {
            let Some(outcome) = ready!(self.ended.get_mut().poll_recv(cx)) else { break };
            if let Some(outcome) = self.handed_out(outcome) {
                return Poll::Ready(Some(outcome));
            }
        }
        Poll::Ready(None)
    }

    fn handed_out(&self, (at, outcome): Outcome) -> Option<(usize, Result<Receipt, Error>)> {
        let mut counts = self.counts();
        counts.held -= 1;
        let outcome = outcome?;
        counts.reporter.count(&outcome);
        Some((at, outcome))
    }

    /// Nothing more goes out. What ended before is handed out still; a send under way whose request was perhaps written is an
    /// error with `maybe_sent`, and one that was surely not written is left out.
    pub fn stop(&self) {
        self.stop.stop();
    }

    /// Nothing more goes out, and nobody takes an outcome any more: one of a message that went out is logged. While somebody waits for
    /// the [`next`](Self::next), this is a [`stop`](Self::stop).
    pub fn leave(&self) {
        self.stop.stop();
        let Ok(mut ended) = self.ended.try_lock() else { return };
        // From here on a send that ends finds nobody who listens.
        ended.close();
        while let Ok((_, outcome)) = ended.try_recv() {
            unheard(outcome.as_ref());
        }
    }

    /// Tells the last counts.
    pub fn end(&self) {
        self.counts().reporter.end();
    }
}

impl Drop for Bulk {
    /// The sends end by themselves, so that their records agree with them.
    fn drop(&mut self) {
        self.leave();
    }
}

/// Logs a send that went out, but whose outcome nobody takes. Of one that may have gone out a line is in the log already.
fn unheard(outcome: Option<&Result<Receipt, Error>>) {
    if let Some(Ok(receipt)) = outcome {
        log_unheard(&receipt.phone);
    }
}

impl fmt::Debug for Bulk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk")
            .field("concurrency", &self.concurrency)
            .field("held", &self.held())
            .finish_non_exhaustive()
    }
}

/// Hands the outcome over, also where the runtime ends before the send.
struct OutcomeGuard {
    at: usize,
    to: UnboundedSender<Outcome>,
    outcome: Option<Result<Receipt, Error>>,
}

impl Drop for OutcomeGuard {
    fn drop(&mut self) {
        // Nobody listens where the bulk was dropped.
        if let Err(SendError((_, outcome))) = self.to.send((self.at, self.outcome.take())) {
            unheard(outcome.as_ref());
        }
    }
}
