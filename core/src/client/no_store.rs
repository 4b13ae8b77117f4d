//! The option `store` of a client, in a build without the feature: nothing is written down, and no record is there to be had.

use jiff::Timestamp;

use crate::delivery::{Prepared, Receipt, RecordId, RecordedSend, Records, SendsAsked};
use crate::error::Error;
use crate::message::Conversation;
use crate::webhook::{Event, EventId};

/// Packages without a store are those for apps, whose users cannot change how they are built.
const NO_STORE: &str = "This package of wamid has no store: leave the option store out. A gateway keeps one; for chats, make \
                        a gateway client. (The Rust crate has a store with its feature store.)";
pub(super) const HOW_TO_HAVE_CHATS: &str = "and this package has no store to keep one: make a gateway client (its gateway, \
                                            such as wamid serve, keeps the conversations) and ask it for the chats.";
pub(super) const HOW_TO_HAVE_SENDS: &str = "This package has no store: make a gateway client (its gateway, such as wamid serve, \
                                            keeps the record) and ask it for the sends.";

/// There is none.
#[derive(Debug, Clone)]
pub(super) enum OpenStore {}

/// There are none, and so nothing of what a client does with them is in the build.
pub(super) enum ClientRecords {}

pub(super) fn records(url: Option<String>, _: Option<OpenStore>) -> Result<Option<ClientRecords>, Error> {
    match url {
        Some(_) => Err(Error::unsupported(Some("store"), NO_STORE)),
        None => Ok(None),
    }
}

impl Records for ClientRecords {
    type Claim = std::convert::Infallible;

    async fn begin(
        &self,
        _: &Prepared<'_>,
        _: (&str, Option<i64>),
        _: Timestamp,
        _: Option<&Self::Claim>,
    ) -> Result<Option<RecordId>, Error> {
        match *self {}
    }

    #[expect(unreachable_code, reason = "the future's type has to be said")]
    fn end(
        &self,
        _: RecordId,
        _: &Result<Receipt, Error>,
        _: Option<&Self::Claim>,
    ) -> impl Future<Output = Result<(), Error>> + Send + 'static {
        match *self {}
        std::future::ready(Ok(()))
    }

    async fn take_webhook(&self, _: &mut [Event]) -> Result<(), Error> {
        match *self {}
    }

    async fn handled(&self, _: &[EventId]) -> Result<Vec<bool>, Error> {
        match *self {}
    }

    async fn mark_handled(&self, _: &EventId) -> Result<(), Error> {
        match *self {}
    }

    async fn chats(&self, _: &str) -> Result<Vec<Conversation>, Error> {
        match *self {}
    }

    async fn sends(&self, _: &SendsAsked<'_>) -> Result<Vec<RecordedSend>, Error> {
        match *self {}
    }
}
