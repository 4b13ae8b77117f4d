//! `send_each`: a stream of outcomes for a stream of messages.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{self, Stream};

use super::Client;
use super::bulk::Bulk;
use super::many::SendMany;
use crate::delivery::Receipt;
use crate::error::Error;
use crate::message::Message;

/// The outcomes of many sends, each with its message's index, in the order in which they end.
///
/// A [`Stream`]. Dropping it stops everything: nothing more goes out.
pub struct SendEach<'a> {
    source: Option<Pin<Box<dyn Stream<Item = Message> + Send + 'a>>>,
    bulk: Bulk,
    told: bool,
}

impl Client {
    /// Sends many messages, some at a time, and yields `(index, outcome)` as each ends; the index counts from 0.
    ///
    /// The next message is taken from `sends` only while fewer than `concurrency` are held: taken, but not yielded yet. So the
    /// list may be longer than memory. A slow reader slows the bulk down, but no send times out by it: the sends run as tasks of
    /// the tokio runtime. `progress` counts in `left` what has been taken.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// use futures_util::StreamExt;
    /// use wamid::{Message, SendMany, Text};
    /// let sends = (1..=100).map(|n| Message::new("919876543210", Text::new(format!("Reminder {n}"))));
    /// let mut outcomes = client.send_each(sends, SendMany::default())?;
    /// while let Some((index, outcome)) = outcomes.next().await {
    ///     println!("{index}: {}", outcome.map_or_else(|error| error.to_string(), |receipt| receipt.id));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `concurrency` where it is 0. Everything else is the
    /// error of one message.
    pub fn send_each<'a, I>(&self, sends: I, how: SendMany) -> Result<SendEach<'a>, Error>
    where
        I: IntoIterator<Item = Message, IntoIter: Send + 'a>,
    {
        self.send_each_stream(stream::iter(sends), how)
    }

    /// The same for messages that come from a stream.
    ///
    /// # Errors
    /// As [`send_each`](Self::send_each).
    pub fn send_each_stream<'a>(
        &self,
        sends: impl Stream<Item = Message> + Send + 'a,
        how: SendMany,
    ) -> Result<SendEach<'a>, Error> {
        Ok(SendEach { source: Some(Box::pin(sends)), bulk: self.bulk(how)?, told: false })
    }
}

impl SendEach<'_> {
    /// Takes no more messages and ends the sends under way. What ended before is yielded still; a send whose request was
    /// perhaps written is yielded as an error with `maybe_sent`. What is not yielded was surely not sent.
    pub fn stop(&mut self) {
        self.source = None;
        self.bulk.stop();
    }
}

impl Stream for SendEach<'_> {
    type Item = (usize, Result<Receipt, Error>);

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        while let Some(source) = this.source.as_mut().filter(|_| this.bulk.has_room()) {
            match source.as_mut().poll_next(cx) {
                Poll::Ready(Some(message)) => {
                    this.bulk.push(Ok(message));
                }
                Poll::Ready(None) => this.source = None,
                Poll::Pending => break,
            }
        }
        match this.bulk.poll_next(cx) {
            // Everything that was taken is yielded, and the next message is awaited.
            Poll::Ready(None) if this.source.is_some() => Poll::Pending,
            Poll::Ready(None) => {
                if !std::mem::replace(&mut this.told, true) {
                    this.bulk.end();
                }
                Poll::Ready(None)
            }
            ended => ended,
        }
    }
}

impl fmt::Debug for SendEach<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendEach").field("bulk", &self.bulk).finish_non_exhaustive()
    }
}
