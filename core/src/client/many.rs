//! Many sends in one call.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::time::Instant;

use super::Client;
use crate::error::Error;
use crate::message::Message;
use crate::result::Receipt;

const CONCURRENCY: usize = 64;
/// At most ten reports a second.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// How far a [`Client::send_many`] has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Taken by the host.
    pub sent: usize,
    /// Surely not sent.
    pub failed: usize,
    /// Failed, but perhaps sent.
    pub unknown: usize,
    /// Not finished yet.
    pub left: usize,
}

type Report = Box<dyn FnMut(Progress) + Send>;

/// How [`Client::send_many`] goes about it.
///
/// ```
/// let how = wamid::SendMany::default().concurrency(16).progress(|progress| eprintln!("{} left", progress.left));
/// ```
#[derive(Default)]
pub struct SendMany {
    concurrency: Option<usize>,
    progress: Option<Report>,
}

impl SendMany {
    /// How many sends are under way at once, at least 1. Default 64.
    #[must_use]
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = Some(concurrency);
        self
    }

    /// Is called with the counts as they change, at most ten times a second, and once at the end.
    #[must_use]
    pub fn progress(mut self, report: impl FnMut(Progress) + Send + 'static) -> Self {
        self.progress = Some(Box::new(report));
        self
    }
}

impl std::fmt::Debug for SendMany {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SendMany").field("concurrency", &self.concurrency).finish_non_exhaustive()
    }
}

impl Client {
    /// Sends many messages, some at a time, and answers for each in the order of the list.
    ///
    /// One failure is that message's alone. Dropping the future stops everything: nothing more goes out.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// use wamid::{SendMany, Text};
    /// let sends = (1..=100).map(|n| Text::new("919876543210", format!("Reminder {n}")));
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
        sends: impl IntoIterator<Item = impl Into<Message>>,
        how: SendMany,
    ) -> Result<Vec<Result<Receipt, Error>>, Error> {
        self.send_read(sends.into_iter().map(|send| Ok(send.into())).collect(), how).await
    }

    /// The same for the other languages, where a send may be one that could not even be read: its error stands in its
    /// place in the list and in the counts, as if it had broken a rule.
    #[doc(hidden)]
    pub async fn send_read(
        &self,
        sends: Vec<Result<Message, Error>>,
        how: SendMany,
    ) -> Result<Vec<Result<Receipt, Error>>, Error> {
        let concurrency = how.concurrency.unwrap_or(CONCURRENCY);
        if concurrency == 0 {
            return Err(Error::invalid("concurrency", "must be at least 1"));
        }
        let mut reporter = Reporter::new(how.progress, sends.len());
        let mut results: Vec<Option<Result<Receipt, Error>>> = Vec::new();
        results.resize_with(sends.len(), || None);
        let mut waiting = sends.into_iter().enumerate();
        let start = |(at, read): (usize, Result<Message, Error>)| async move {
            match read {
                Ok(message) => (at, self.send(message).await),
                Err(error) => (at, Err(error)),
            }
        };
        let mut under_way: FuturesUnordered<_> = waiting.by_ref().take(concurrency).map(start).collect();
        while let Some((at, result)) = under_way.next().await {
            reporter.count(&result);
            if let Some(place) = results.get_mut(at) {
                *place = Some(result);
            }
            if let Some(next) = waiting.next() {
                under_way.push(start(next));
            }
        }
        reporter.end();
        Ok(results.into_iter().flatten().collect())
    }
}

struct Reporter {
    report: Option<Report>,
    progress: Progress,
    last: Option<Instant>,
}

impl Reporter {
    fn new(report: Option<Report>, left: usize) -> Self {
        Self { report, progress: Progress { left, ..Progress::default() }, last: None }
    }

    fn count(&mut self, result: &Result<Receipt, Error>) {
        let Progress { sent, failed, unknown, left } = &mut self.progress;
        match result {
            Ok(_) => *sent += 1,
            Err(error) if error.maybe_sent() => *unknown += 1,
            Err(_) => *failed += 1,
        }
        *left -= 1;
        let now = Instant::now();
        let due = self.last.is_none_or(|last| now.duration_since(last) >= REPORT_EVERY);
        if let Some(report) = self.report.as_mut().filter(|_| due && self.progress.left > 0) {
            self.last = Some(now);
            report(self.progress);
        }
    }

    /// The last report, also where there was nothing to send.
    fn end(&mut self) {
        if let Some(report) = &mut self.report {
            report(self.progress);
        }
    }
}
