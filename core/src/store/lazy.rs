//! The store of a client: opened at its first use, since building a client does no I/O.

use jiff::Timestamp;
use tokio::sync::OnceCell;

use super::{NewSend, SendClaim, SendFilter, SendId, SendOutcome, SendStatus, Store, StoredSend};
use crate::delivery::{Prepared, Receipt, RecordId, RecordedSend, Records, SendsAsked};
use crate::error::Error;
use crate::message::Conversation;
use crate::webhook::{Event, EventId};

pub(crate) struct LazyStore {
    url: String,
    store: OnceCell<Store>,
}

impl LazyStore {
    pub(crate) fn at(url: String) -> Self {
        Self { url, store: OnceCell::new() }
    }

    pub(crate) fn open(store: Store) -> Self {
        Self { url: String::new(), store: OnceCell::new_with(Some(store)) }
    }

    async fn get(&self) -> Result<&Store, Error> {
        // Opening happens once; its room would be kept ready in every call.
        self.store.get_or_try_init(|| Box::pin(Store::open(&self.url))).await
    }
}

impl Records for LazyStore {
    type Claim = dyn SendClaim;

    async fn begin(
        &self,
        send: &Prepared<'_>,
        (from, sent_by): (&str, Option<i64>),
        deadline: Timestamp,
        claim: Option<&Self::Claim>,
    ) -> Result<Option<RecordId>, Error> {
        let new = NewSend {
            phone_number_id: from.to_owned(),
            recipient: send.recipient.as_str().to_owned(),
            operation: send.content.to_owned(),
            reference: send.reference.clone(),
            deadline,
            sent_by,
        };
        let row = claim.map(|claim| claim.claim(send.reference.as_deref()));
        let id = self.get().await?.begin_claimed(new, row).await?;
        Ok(id.map(SendId::get))
    }

    fn end(
        &self,
        send: RecordId,
        sent: &Result<Receipt, Error>,
        claim: Option<&Self::Claim>,
    ) -> impl Future<Output = Result<(), Error>> + Send + 'static {
        let outcome = match sent {
            Ok(receipt) => SendOutcome::Sent {
                message_id: receipt.id.clone(),
                wa_id: receipt.wa_id.clone(),
                user_id: receipt.user_id.clone(),
            },
            Err(error) if error.maybe_sent() => SendOutcome::Unknown,
            Err(error) => SendOutcome::Failed { code: error.code() },
        };
        let row = claim.map(|claim| claim.settle(sent));
        // A send is in the record, so the store is open.
        let store = self.store.get().cloned();
        async move {
            match store {
                Some(store) => store.finish_surely(SendId::new(send), outcome, row).await,
                None => Ok(()),
            }
        }
    }

    async fn take_webhook(&self, events: &mut [Event]) -> Result<(), Error> {
        self.get().await?.record_events(events).await
    }

    async fn handled(&self, events: &[EventId]) -> Result<Vec<bool>, Error> {
        self.get().await?.handled(events).await
    }

    async fn mark_handled(&self, event: &EventId) -> Result<(), Error> {
        self.get().await?.mark_handled(event).await
    }

    async fn chats(&self, phone_number_id: &str) -> Result<Vec<Conversation>, Error> {
        self.get().await?.chats(phone_number_id).await
    }

    async fn sends(&self, asked: &SendsAsked<'_>) -> Result<Vec<RecordedSend>, Error> {
        let filter = SendFilter {
            phone_number_id: Some(asked.from.to_owned()),
            status: asked.status.and_then(SendStatus::from_name),
            reference: asked.reference.map(str::to_owned),
            message_id: asked.message_id.map(str::to_owned),
            sent_by: None,
            limit: Some(asked.limit),
        };
        let sends = self.get().await?.sends(&filter).await?;
        Ok(sends.into_iter().map(Into::into).collect())
    }
}

impl From<StoredSend> for RecordedSend {
    fn from(send: StoredSend) -> Self {
        Self {
            reference: send.reference,
            message_id: send.message_id,
            recipient: send.recipient,
            operation: send.operation,
            status: send.status.as_str().to_owned(),
            code: send.code,
            created_at: send.created_at,
            updated_at: send.updated_at,
        }
    }
}
