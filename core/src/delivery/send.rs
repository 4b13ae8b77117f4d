//! A send on its way: its turn, its record, its attempts.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::HeaderValue;
use jiff::Timestamp;
use tokio::time::Instant;

use super::exchange::Call;
use super::judge::{self, Accepted};
use super::open_record::OpenRecord;
use super::stop::{Stop, not_begun, unless_stopped};
use super::{Delivery, Host, Receipt, Records, Written};
use crate::error::Error;
use crate::message::Need;
use crate::message::phone::{self, Recipient};
use crate::transport::{Endpoint, Request, apart};

/// With less time than this a send that must be over at a certain moment is not begun.
const ENOUGH: Duration = Duration::from_secs(3);

/// A send that has passed all rules and is ready to go out.
pub(crate) struct Prepared<'a> {
    pub(crate) operation: &'static str,
    /// The content's `type`.
    #[cfg_attr(not(feature = "store"), expect(dead_code, reason = "nothing writes it down"))]
    pub(crate) content: &'static str,
    pub(crate) recipient: Recipient,
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) body: Bytes,
    pub(crate) idempotency_key: Option<HeaderValue>,
    pub(crate) reference: Option<String>,
    pub(crate) needs: Vec<Need>,
}

impl Prepared<'_> {
    fn receipt(&self, (accepted, attempts): (Accepted, u32)) -> Receipt {
        Receipt {
            id: accepted.id,
            phone: self.recipient.as_str().to_owned(),
            address: phone::address(accepted.wa_id.as_deref(), accepted.user_id.as_deref()),
            wa_id: accepted.wa_id,
            user_id: accepted.user_id,
            status: accepted.status,
            reference: self.reference.clone(),
            attempts,
            raw: accepted.raw,
        }
    }
}

/// Under which circumstances a send goes out.
pub(crate) struct SendContext<'a, R: Records> {
    /// Where it is recorded.
    pub(crate) records: Option<&'a R>,
    /// Says whether it is this caller's to send.
    pub(crate) claim: Option<&'a R::Claim>,
    /// Ends it early.
    pub(crate) stop: Option<&'a Stop>,
    /// When it is over, where that comes before the end of the client's own time.
    pub(crate) until: Option<Instant>,
    /// How much of `total_timeout` has passed already.
    pub(crate) spent: Duration,
    /// Whose send it is, where one client sends for many: a gateway's API key.
    pub(crate) sent_by: Option<i64>,
}

impl Delivery {
    /// Sends, unless the claim says that it is somebody else's: then there is no receipt. `begun` is set before a request can be made.
    pub(crate) async fn deliver<R: Records>(
        &self,
        prepared: &Prepared<'_>,
        context: &SendContext<'_, R>,
        begun: &mut bool,
    ) -> Result<Option<Receipt>, Error> {
        let &SendContext { stop, until, spent, .. } = context;
        let finished = |error| self.finished(error, prepared.reference.as_deref());
        if let Some(pace) = &self.pace
            && unless_stopped(stop, pin!(pace.wait())).await.is_none()
        {
            return Err(finished(not_begun()));
        }
        let own = self.deadline();
        let own = own.checked_sub(spent).unwrap_or(own);
        let deadline = until.map_or(own, |until| until.min(own));
        let written = Written::default();
        let opened = self.open_record(prepared, context, &written, deadline).await.map_err(finished)?;
        let Some(record) = opened else { return Ok(None) };
        let request =
            Request::send(prepared.endpoint, prepared.body.clone(), prepared.idempotency_key.clone());
        let call = Call { request, deadline, stop, written: &written };
        *begun = true;
        #[cfg(debug_assertions)]
        super::panics::on_demand(prepared.reference.as_deref());
        let kind = self.host.kind();
        let sent = if until.is_some_and(|until| until.saturating_duration_since(Instant::now()) < ENOUGH) {
            // Begun now, it would be cut off in the middle, and nobody would know what became of it.
            Err(Error::out_of_time(
                "The store took the record of the send so late that no time was left to send it.",
            ))
        } else {
            self.counted_exchange(&call, |answer| judge::send(kind, answer)).await
        };
        let sent = sent.map(|sent| prepared.receipt(sent)).map_err(finished);
        record.end(&sent).await;
        sent.map(Some)
    }

    /// What has to be before a send may go out: the host can do it, and it is on record where records are kept. `None` where the send
    /// is somebody else's.
    async fn open_record<'a, R: Records>(
        &'a self,
        prepared: &Prepared<'_>,
        context: &SendContext<'a, R>,
        written: &'a Written,
        deadline: Instant,
    ) -> Result<Option<OpenRecord<'a, R>>, Error> {
        let &SendContext { records, claim, stop, sent_by, .. } = context;
        if !prepared.needs.is_empty() {
            let asked = unless_stopped(stop, apart(|| self.extensions(deadline)).as_mut()).await;
            asked.unwrap_or_else(|| Err(not_begun()))?.require(&prepared.needs)?;
        }
        if stop.is_some_and(Stop::is_stopped) {
            return Err(not_begun());
        }
        let mut record = OpenRecord { at: None, claim, written, secrets: &self.secrets };
        if let (Some(records), Host::Cloud { phone_number_id, .. }) = (records, &self.host) {
            let over = Timestamp::now().saturating_add(deadline.saturating_duration_since(Instant::now()));
            let over = over.unwrap_or(Timestamp::MAX);
            let begin = apart(|| records.begin(prepared, (phone_number_id, sent_by), over, claim));
            // A record that is being written is waited for, so that it can be ended. If it cannot be written, nothing is sent.
            match tokio::time::timeout_at(deadline, begin).await {
                Ok(Ok(Some(id))) => record.at = Some((records, id)),
                Ok(Ok(None)) => return Ok(None),
                Ok(Err(error)) => return Err(error),
                Err(_) => {
                    return Err(Error::out_of_time("The store did not take the record of the send in time."));
                }
            }
        }
        Ok(Some(record))
    }
}
