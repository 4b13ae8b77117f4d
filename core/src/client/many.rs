//! `send_many`: a list of messages, answers in the order of the list.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::Client;
use super::progress::{Progress, Report, Reporter};
use super::send::SendTerms;
use super::uploads::Uploads;
use crate::delivery::Receipt;
use crate::delivery::stop::{Stop, is_not_begun};
use crate::error::Error;
use crate::message::Message;

const CONCURRENCY: usize = 64;

/// How [`Client::send_many`] goes about it.
///
/// ```
/// let how = wamid::SendMany::default().concurrency(16).progress(|progress| eprintln!("{} left", progress.left));
/// ```
#[derive(Default)]
pub struct SendMany {
    concurrency: Option<usize>,
    pub(super) progress: Option<Report>,
}

impl SendMany {
    /// How many sends are under way at once, at least 1. Default 64.
    #[must_use]
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = Some(concurrency);
        self
    }

    /// Is called with the counts as they change, at most ten times a second, and once at the end. One that panics is not
    /// called again; the bulk goes on.
    #[must_use]
    pub fn progress(mut self, report: impl FnMut(Progress) + Send + 'static) -> Self {
        self.progress = Some(Box::new(report));
        self
    }

    /// How many are under way at once, for a language that begins the sends of a stream itself.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `concurrency` where it is 0.
    #[doc(hidden)]
    pub fn concurrency_or_default(&self) -> Result<usize, Error> {
        match self.concurrency {
            Some(0) => Err(Error::invalid("concurrency", "must be at least 1")),
            concurrency => Ok(concurrency.unwrap_or(CONCURRENCY)),
        }
    }
}

impl std::fmt::Debug for SendMany {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SendMany").field("concurrency", &self.concurrency).finish_non_exhaustive()
    }
}

/// What became of each message of a [`Client::send_many_until`].
#[derive(Debug)]
#[non_exhaustive]
pub struct SendManyOutcomes {
    /// In the order of the list: a receipt or an error; `None` where the message was not begun when the stop came, so that it was
    /// surely not sent.
    pub outcomes: Vec<Option<Result<Receipt, Error>>>,
    /// The counts; `left` counts what was not begun, 0 where nothing stopped the bulk.
    pub progress: Progress,
}

impl Client {
    /// Sends many messages, some at a time, and answers for each in the order of the list.
    ///
    /// One failure is that message's alone. Dropping the future stops everything: nothing more goes out.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// use wamid::{Message, SendMany, Text};
    /// let sends = (1..=100).map(|n| Message::new("919876543210", Text::new(format!("Reminder {n}"))));
    /// let results = client.send_many(sends, SendMany::default()).await?;
    /// let unknown = results.iter().filter(|result| result.as_ref().is_err_and(|error| error.maybe_sent())).count();
    /// println!("{unknown} to look after");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `concurrency` where it is 0. Everything else is the
    /// error of one message.
    pub async fn send_many(
        &self,
        sends: impl IntoIterator<Item = Message>,
        how: SendMany,
    ) -> Result<Vec<Result<Receipt, Error>>, Error> {
        self.send_many_read(sends.into_iter().map(Ok).collect(), how).await
    }

    /// The same for sends that came from another language: the error of one that could not be read stands in its place, as
    /// if it had broken a rule, and the others go out.
    ///
    /// # Errors
    /// As [`send_many`](Self::send_many).
    #[doc(hidden)]
    pub async fn send_many_read(
        &self,
        sends: Vec<Result<Message, Error>>,
        how: SendMany,
    ) -> Result<Vec<Result<Receipt, Error>>, Error> {
        let all = self.many(sends, how, None).await?;
        Ok(all.outcomes.into_iter().flatten().collect())
    }

    /// [`send_many`](Self::send_many) that stops when `stop` ends, and then still answers with all that is known.
    ///
    /// After the stop nothing more goes out. A message under way is an error with
    /// [`maybe_sent`](Error::maybe_sent) where its request was perhaps written, and counts as not begun where it surely was not.
    /// A store's records agree with that.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client, shutdown: tokio::sync::oneshot::Receiver<()>) -> Result<(), wamid::Error> {
    /// use wamid::{Message, SendMany, Text};
    /// let sends = (1..=100).map(|n| Message::new("919876543210", Text::new(format!("Reminder {n}"))));
    /// let stop = async { drop(shutdown.await) };
    /// let all = client.send_many_until(sends, SendMany::default(), stop).await?;
    /// println!("{} sent, {} to look after, {} not begun", all.progress.sent, all.progress.unknown, all.progress.left);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`send_many`](Self::send_many).
    pub async fn send_many_until(
        &self,
        sends: impl IntoIterator<Item = Message>,
        how: SendMany,
        stop: impl Future<Output = ()> + Send,
    ) -> Result<SendManyOutcomes, Error> {
        let sends = sends.into_iter().map(Ok).collect();
        self.send_many_read_until(sends, how, stop).await
    }

    /// The same for sends that came from another language; see [`send_many_read`](Self::send_many_read).
    ///
    /// # Errors
    /// As [`send_many`](Self::send_many).
    #[doc(hidden)]
    pub async fn send_many_read_until(
        &self,
        sends: Vec<Result<Message, Error>>,
        how: SendMany,
        stop: impl Future<Output = ()> + Send,
    ) -> Result<SendManyOutcomes, Error> {
        self.many(sends, how, Some(pin!(stop))).await
    }

    async fn many(
        &self,
        sends: Vec<Result<Message, Error>>,
        how: SendMany,
        mut stop: Option<Pin<&mut (dyn Future<Output = ()> + Send)>>,
    ) -> Result<SendManyOutcomes, Error> {
        let concurrency = how.concurrency_or_default()?;
        let mut reporter = Reporter::new(how.progress, sends.len());
        let mut outcomes: Vec<Option<Result<Receipt, Error>>> = Vec::new();
        outcomes.resize_with(sends.len(), || None);
        let stopped = stop.as_ref().map(|_| Stop::new());
        let uploads = Uploads::default();
        let start = |(at, read): (usize, Result<Message, Error>)| {
            let (stopped, uploads) = (stopped.as_ref(), &uploads);
            async move {
                match read {
                    Ok(message) => (at, self.send_unless_stopped(message, stopped, uploads).await),
                    Err(error) => (at, Some(Err(self.finished(error, None)))),
                }
            }
        };
        let mut waiting = sends.into_iter().enumerate();
        let mut under_way = FuturesUnordered::new();
        loop {
            let ended = poll_fn(|cx| {
                if stop.as_mut().is_some_and(|stop| stop.as_mut().poll(cx).is_ready()) {
                    // It is not asked again.
                    stop = None;
                    stopped.iter().for_each(Stop::stop);
                }
                let goes_on = !stopped.as_ref().is_some_and(Stop::is_stopped);
                while goes_on && under_way.len() < concurrency {
                    let Some(next) = waiting.next() else { break };
                    under_way.push(start(next));
                }
                under_way.poll_next_unpin(cx)
            });
            let Some((at, outcome)) = ended.await else { break };
            if let (Some(outcome), Some(place)) = (outcome, outcomes.get_mut(at)) {
                reporter.count(&outcome);
                *place = Some(outcome);
            }
        }
        reporter.end();
        Ok(SendManyOutcomes { outcomes, progress: reporter.progress })
    }

    /// `None` where the stop came before anything of the request was written.
    pub(super) async fn send_unless_stopped(
        &self,
        message: Message,
        stop: Option<&Stop>,
        uploads: &Uploads,
    ) -> Option<Result<Receipt, Error>> {
        if stop.is_some_and(Stop::is_stopped) {
            return None;
        }
        match self.send_as(message, &SendTerms::default(), stop, Some(uploads)).await {
            Err(error) if is_not_begun(&error) => None,
            // Nobody else can claim a send of a bulk.
            sent => sent.transpose(),
        }
    }
}
