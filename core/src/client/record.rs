//! Writes every send down before it goes out, and again when it ends.

use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::OnceCell;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::send::Prepared;
use super::{Client, Host};
use crate::delivery::Receipt;
use crate::delivery::Written;
use crate::error::{Error, ErrorKind};
use crate::message::Message;
use crate::store::{NewSend, SendId, SendOutcome, Store, StoreRow};

/// How long the second record may hold back Meta's answer.
const RECORD_WITHIN: Duration = Duration::from_millis(1500);

/// A store that is opened at its first use: building a client does no I/O.
pub(super) struct StoreSlot {
    url: String,
    store: OnceCell<Store>,
}

impl StoreSlot {
    pub(super) fn of(url: Option<String>, open: Option<Store>) -> Result<Option<Self>, Error> {
        match (url, open) {
            (Some(_), Some(_)) => Err(Error::invalid("store", "must not be given beside an open store")),
            (None, Some(store)) => {
                Ok(Some(Self { url: String::new(), store: OnceCell::new_with(Some(store)) }))
            }
            (Some(url), None) if url.is_empty() => Err(Error::invalid("store", "must not be empty")),
            (Some(url), None) => Ok(Some(Self { url, store: OnceCell::new() })),
            (None, None) => Ok(None),
        }
    }

    /// The store, once it was used.
    fn opened(&self) -> Option<&Store> {
        self.store.get()
    }

    pub(super) async fn get(&self) -> Result<&Store, Error> {
        // Opening happens once; its room would be kept ready in every call.
        self.store.get_or_try_init(|| Box::pin(Store::open(&self.url))).await
    }
}

/// Rows of another crate in the same database, written in the same transactions as the record of a send: either both are
/// there or neither.
#[doc(hidden)]
pub trait Keeper: Send + Sync {
    /// Written as the send of this reference begins. Where it changes nothing, nothing is recorded and nothing is sent.
    fn claim(&self, reference: Option<&str>) -> StoreRow;
    /// Written as the send ends.
    fn settle(&self, sent: &Result<Receipt, Error>) -> StoreRow;
}

pub(super) type Keeping<'a> = Option<&'a dyn Keeper>;

/// A send that may go out, with its record where one is kept; or one that somebody else has claimed.
pub(super) enum Begun {
    Ours(Record),
    Others,
}

/// The record of a send that is about to go out, where one is kept.
pub(super) struct Record(Option<SendId>);

impl Record {
    pub(super) fn under<'a>(
        self,
        client: &'a Client,
        keeping: Keeping<'a>,
        written: &'a Written,
    ) -> UnderWay<'a> {
        UnderWay { id: self.0, client, keeping, written }
    }
}

/// The record of a send that is under way. Dropped before it was ended, by a caller that gave up or by a panic, it is ended by what is
/// known then: what was surely not begun was not sent, and all else is unknown.
pub(super) struct UnderWay<'a> {
    id: Option<SendId>,
    client: &'a Client,
    keeping: Keeping<'a>,
    written: &'a Written,
}

impl UnderWay<'_> {
    /// If this second record cannot be written, the caller still gets Meta's answer.
    pub(super) async fn end(mut self, sent: &Result<Receipt, Error>) {
        let client = self.client;
        let Some(writing) = self.write(sent) else { return };
        match tokio::time::timeout_at(Instant::now() + RECORD_WITHIN, writing).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => client.unrecorded(error.message()),
            Ok(Err(_)) => client.unrecorded("the runtime that wrote it has ended"),
            Err(_) => tracing::warn!(
                "the outcome of a send is not recorded yet; it is tried until the store takes it"
            ),
        }
    }

    /// It goes on when nobody waits any more: what is known of a message is written when the store is back.
    fn write(&mut self, sent: &Result<Receipt, Error>) -> Option<JoinHandle<Result<(), Error>>> {
        let store = self.client.0.store.as_ref()?.opened()?.clone();
        let id = self.id.take()?;
        let outcome = match sent {
            Ok(receipt) => SendOutcome::Sent {
                message_id: receipt.id.clone(),
                wa_id: receipt.wa_id.clone(),
                user_id: receipt.user_id.clone(),
            },
            Err(error) if error.maybe_sent() => SendOutcome::Unknown,
            Err(error) => SendOutcome::Failed { code: error.code() },
        };
        let row = self.keeping.map(|keeper| keeper.settle(sent));
        let runtime = Handle::try_current().ok()?;
        Some(runtime.spawn(async move { store.finish_surely(id, outcome, row).await }))
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if self.id.is_none() {
            return;
        }
        let given_up = if self.written.maybe_sent() {
            Error::new(ErrorKind::Timeout, "The send was given up while its request was under way.").unknown()
        } else {
            Error::out_of_time("The send was given up before its request was made.")
        };
        // Nobody waits for it. Without a runtime nothing is written any more, and the send becomes unknown.
        drop(self.write(&Err(given_up)));
    }
}

impl Client {
    /// Sends with a keeper of the record, and is over at `until`. `None` where the keeper's claim changed nothing, so nothing was sent.
    /// What could only be begun when too little time is left is not begun.
    ///
    /// # Errors
    /// As [`send`](Self::send); [`Unsupported`](crate::ErrorKind::Unsupported) without a store.
    #[doc(hidden)]
    pub async fn send_until(
        &self,
        message: Message,
        keeper: Option<&dyn Keeper>,
        until: Instant,
    ) -> Result<Option<Receipt>, Error> {
        if self.0.store.is_none() {
            return Err(Error::unsupported(Some("store"), "Without a store nothing can be claimed."));
        }
        self.send_as(message, keeper, None, Some(until)).await
    }

    /// If this first record cannot be written, nothing is sent.
    pub(super) async fn record_begin(
        &self,
        prepared: &Prepared<'_>,
        keeping: Keeping<'_>,
        deadline: Instant,
    ) -> Result<Begun, Error> {
        let (Some(slot), Host::Cloud { phone_number_id, .. }) = (&self.0.store, &self.0.host) else {
            return Ok(Begun::Ours(Record(None)));
        };
        let send = NewSend {
            phone_number_id: phone_number_id.clone(),
            recipient: prepared.recipient.as_str().to_owned(),
            operation: prepared.operation.to_owned(),
            reference: prepared.reference.clone(),
            // Past this moment no attempt of this call can be under way, so its outcome is unknown for good.
            deadline: Timestamp::now()
                .saturating_add(deadline.saturating_duration_since(Instant::now()))
                .unwrap_or(Timestamp::MAX),
        };
        let claim = keeping.map(|keeper| keeper.claim(prepared.reference.as_deref()));
        let begun = slot.get().await?.begin_claimed(send, claim).await?;
        Ok(begun.map_or(Begun::Others, |id| Begun::Ours(Record(Some(id)))))
    }

    fn unrecorded(&self, why: &str) {
        tracing::error!(error = self.0.secrets.redact(why), "the outcome of a send could not be recorded");
    }
}
