//! Writes every send down before it goes out, and again when it ends.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::OnceCell;

use super::send::Prepared;
use super::{Client, Host};
use crate::error::Error;
use crate::judge::Accepted;
use crate::store::{NewSend, SendId, SendOutcome, Store};

/// How long the second record may hold back Meta's answer.
const RECORD_WITHIN: Duration = Duration::from_secs(5);

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

    pub(super) async fn get(&self) -> Result<&Store, Error> {
        self.store.get_or_try_init(|| Store::open(&self.url)).await
    }
}

impl Client {
    /// If this first record cannot be written, nothing is sent.
    pub(super) async fn record_begin(&self, prepared: &Prepared<'_>) -> Result<Option<SendId>, Error> {
        let (Some(slot), Host::Cloud { phone_number_id, .. }) = (&self.0.store, &self.0.host) else {
            return Ok(None);
        };
        let send = NewSend {
            phone_number_id: phone_number_id.clone(),
            recipient: prepared.recipient.as_str().to_owned(),
            operation: prepared.operation.to_owned(),
            reference: prepared.reference.clone(),
            // Past this moment no attempt of this call can be under way, so its outcome is unknown for good.
            deadline: Timestamp::now().saturating_add(self.0.limits.total_timeout).unwrap_or(Timestamp::MAX),
        };
        slot.get().await?.begin_send(&send).await.map(Some)
    }

    /// If this second record cannot be written, the caller still gets Meta's answer.
    pub(super) async fn record_end(&self, id: &SendId, sent: &Result<Accepted, Error>) {
        let outcome = match sent {
            Ok(accepted) => SendOutcome::Sent {
                message_id: accepted.id.clone(),
                wa_id: accepted.wa_id.clone(),
                user_id: accepted.user_id.clone(),
            },
            Err(error) if error.maybe_sent() => SendOutcome::Unknown,
            Err(error) => SendOutcome::Failed { code: error.code() },
        };
        let Some(slot) = &self.0.store else { return };
        let written = tokio::time::timeout(RECORD_WITHIN, async {
            let store = slot.get().await?;
            store.finish_send(id, &outcome).await
        });
        let out_of_time = |_| Err(Error::out_of_time("the store did not take it in time"));
        if let Err(error) = written.await.unwrap_or_else(out_of_time) {
            tracing::error!(
                error = self.0.secrets.redact(error.message()),
                "the outcome of a send could not be recorded"
            );
        }
    }
}
