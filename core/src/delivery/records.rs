//! What a client needs of its store.

use std::future::Future;

use jiff::Timestamp;
use serde::Deserialize;

use super::{Prepared, Receipt};
use crate::error::Error;
use crate::message::Conversation;
use crate::webhook::{Event, EventId};

/// The record of sends and conversations. The module `store` has the one that there is; without the feature `store` a type without
/// values stands in its place, so that nothing of it is in such a build.
pub(crate) trait Records: Sync {
    /// What makes a send somebody's own, so that it goes out once: rows of the gateway's in the same database.
    type Claim: ?Sized + Sync;

    /// Writes a send down before it goes out. `None` where it is somebody else's, by `claim`: nothing is written then, and it may not
    /// go out. `by` is the number that it goes out from, and whose send it is where one client sends for many. Past `deadline` no attempt of this send
    /// can be under way, so its outcome is unknown for good.
    fn begin(
        &self,
        send: &Prepared<'_>,
        by: (&str, Option<i64>),
        deadline: Timestamp,
        claim: Option<&Self::Claim>,
    ) -> impl Future<Output = Result<Option<RecordId>, Error>> + Send;

    /// Writes down how it ended. The future needs nothing of the call, so that the end is written also when nobody waits for it.
    fn end(
        &self,
        send: RecordId,
        sent: &Result<Receipt, Error>,
        claim: Option<&Self::Claim>,
    ) -> impl Future<Output = Result<(), Error>> + Send + 'static;

    /// Writes down what a webhook told, and marks what was told before.
    fn take_webhook(&self, events: &mut [Event]) -> impl Future<Output = Result<(), Error>> + Send;

    /// Which of these events a handler has taken.
    fn handled(&self, events: &[EventId]) -> impl Future<Output = Result<Vec<bool>, Error>> + Send;

    /// Writes down that a handler has taken the event.
    fn mark_handled(&self, event: &EventId) -> impl Future<Output = Result<(), Error>> + Send;

    /// The 50 most recent conversations of that business number, the newest first.
    fn chats(&self, phone_number_id: &str) -> impl Future<Output = Result<Vec<Conversation>, Error>> + Send;

    /// The sends that are asked for, the newest first.
    fn sends(&self, asked: &SendsAsked<'_>) -> impl Future<Output = Result<Vec<RecordedSend>, Error>> + Send;
}

/// Which sends are asked for; what is absent does not matter.
#[cfg_attr(not(feature = "store"), expect(dead_code, reason = "nobody is there to read it"))]
pub(crate) struct SendsAsked<'a> {
    /// The business number that they went out from.
    pub(crate) from: &'a str,
    pub(crate) reference: Option<&'a str>,
    pub(crate) message_id: Option<&'a str>,
    /// One of the names that a status has.
    pub(crate) status: Option<&'a str>,
    pub(crate) limit: u32,
}

/// What is on record of a send: in a store, or as a gateway tells it.
#[derive(Debug, Deserialize)]
pub(crate) struct RecordedSend {
    pub(crate) reference: Option<String>,
    pub(crate) message_id: Option<String>,
    pub(crate) recipient: String,
    pub(crate) operation: String,
    pub(crate) status: String,
    pub(crate) code: Option<i64>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// A send in the record.
pub(crate) type RecordId = i64;
