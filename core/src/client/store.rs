//! The option `store` of a client, in a build that has the feature.

use tokio::time::Instant;

use super::send::SendTerms;
use super::{Client, ClientBuilder};
use crate::delivery::Receipt;
use crate::error::Error;
use crate::message::Message;
pub(super) use crate::store::LazyStore as ClientRecords;
use crate::store::SendClaim;
pub(super) use crate::store::Store as OpenStore;

pub(super) const HOW_TO_HAVE_CHATS: &str = "so chats on a cloud client needs a store: give the client one (the option \
                                            store, such as sqlite:wamid.db), or use a gateway.";
pub(super) const HOW_TO_HAVE_SENDS: &str =
    "Give the client a store (the option store, such as sqlite:wamid.db), or use a gateway.";

/// The records that the options ask for.
pub(super) fn records(url: Option<String>, open: Option<OpenStore>) -> Result<Option<ClientRecords>, Error> {
    match (url, open) {
        (Some(_), Some(_)) => Err(Error::invalid("store", "must not be given beside an open store")),
        (None, Some(store)) => Ok(Some(ClientRecords::open(store))),
        (Some(url), None) if url.is_empty() => Err(Error::invalid("store", "must not be empty")),
        (Some(url), None) => Ok(Some(ClientRecords::at(url))),
        (None, None) => Ok(None),
    }
}

impl ClientBuilder {
    /// Cloud only: records sends and conversations in a store that is open already.
    #[must_use]
    pub fn open_store(mut self, store: OpenStore) -> Self {
        self.store = Some(store);
        self
    }
}

impl Client {
    /// Sends with a claim on the send, for `sent_by`, and is over at `until`. `None` where the claim changed nothing, so nothing was sent.
    /// What could only be begun when too little time is left is not begun.
    ///
    /// # Errors
    /// As [`send`](Self::send); [`Unsupported`](crate::ErrorKind::Unsupported) without a store.
    #[doc(hidden)]
    pub async fn send_until(
        &self,
        message: Message,
        claim: Option<&(dyn SendClaim + 'static)>,
        sent_by: i64,
        until: Instant,
    ) -> Result<Option<Receipt>, Error> {
        if self.0.records.is_none() {
            return Err(Error::unsupported(Some("store"), "Without a store nothing can be claimed."));
        }
        let terms = SendTerms { claim, sent_by: Some(sent_by), until: Some(until), is_prepared: false };
        self.send_as(message, &terms, None, None).await
    }
}
