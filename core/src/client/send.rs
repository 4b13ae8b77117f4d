//! A send, from its arguments to its answer.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::FutureExt;
use http::header::HeaderValue;
use tokio::time::Instant;
use tracing::Instrument;
use uuid::Uuid;

use super::exchange::Call;
use super::record::{Begun, Keeping};
use super::runtime::on_tokio;
use super::{Client, Host};
use crate::delivery::Receipt;
use crate::delivery::Written;
use crate::delivery::judge::{self, Accepted};
use crate::delivery::panics::{caught_now, panicked};
use crate::delivery::stop::{Stop, not_begun, unless_stopped};
use crate::error::Error;
use crate::error::tail;
use crate::message::phone::{self, Recipient};
use crate::message::{
    Kind, Message, Need, OriginalEndpoint, SendOptions, cloud_body, each_kind, gateway_body, needs,
    operation, original_endpoint_of,
};
use crate::transport::headers::header_value;
use crate::transport::{Endpoint, Request};

/// With less time than this a send that must be over at a certain moment is not begun.
const ENOUGH: Duration = Duration::from_secs(3);

/// A send that has passed all rules and is ready to go out.
pub(super) struct Prepared<'a> {
    pub(super) operation: &'static str,
    pub(super) recipient: Recipient,
    pub(super) endpoint: &'a Endpoint,
    pub(super) body: Bytes,
    pub(super) idempotency_key: Option<HeaderValue>,
    pub(super) reference: Option<String>,
    needs: Vec<Need>,
}

impl Prepared<'_> {
    fn receipt(&self, accepted: Accepted) -> Receipt {
        Receipt {
            id: accepted.id,
            phone: self.recipient.as_str().to_owned(),
            address: phone::address(accepted.wa_id.as_deref(), accepted.user_id.as_deref()),
            wa_id: accepted.wa_id,
            user_id: accepted.user_id,
            status: accepted.status,
            reference: self.reference.clone(),
            raw: accepted.raw,
        }
    }
}

impl Client {
    /// Sends a message that was put together before.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// use wamid::{Message, Text};
    /// let message = Message::new("919876543210", Text::new("Hello")).reference("greeting-1");
    /// client.send_built(message).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Every kind; see [`Error`] for the three questions to ask of one.
    pub async fn send_built(&self, message: Message) -> Result<Receipt, Error> {
        match self.send_as(message, None, None, None).await? {
            Some(receipt) => Ok(receipt),
            // Only a claim leaves a send to others, and here is none.
            None => Err(Error::unsupported(None, "This send was left to somebody else.")),
        }
    }

    /// Sends, unless `keeping` says that somebody else does: then there is no receipt. `stop` ends it early; it is over at `until`,
    /// where that comes before the end of the client's own time.
    pub(super) async fn send_as(
        &self,
        message: Message,
        keeping: Keeping<'_>,
        stop: Option<&Stop>,
        until: Option<Instant>,
    ) -> Result<Option<Receipt>, Error> {
        let ready = on_tokio().and_then(|()| caught_now(|| self.prepare(&message)));
        let prepared = match ready {
            Ok(prepared) => prepared,
            Err(error) => return Err(self.finished(error, message.options.reference.as_deref())),
        };
        let span = tracing::info_span!(
            "wamid.send",
            operation = prepared.operation,
            host = self.0.host.kind().as_str(),
            recipient = tail(prepared.recipient.as_str())
        );
        let mut begun = false;
        let delivering = self.deliver(&prepared, keeping, (stop, until), &mut begun);
        let sent = match AssertUnwindSafe(delivering.instrument(span.clone())).catch_unwind().await {
            Ok(sent) => sent,
            Err(_) => Err(self.finished(panicked(begun), prepared.reference.as_deref())),
        };
        if let Err(error) = &sent
            && error.maybe_sent()
        {
            span.in_scope(|| tracing::warn!(kind = error.kind().as_str(), "outcome unknown"));
        }
        sent
    }

    /// What every error gets on its way out.
    pub(super) fn finished(&self, error: Error, reference: Option<&str>) -> Error {
        error.with_reference(reference).advised().redacted(&self.0.secrets)
    }

    /// Holds a message to the rules and writes its request.
    pub(super) fn prepare(&self, message: &Message) -> Result<Prepared<'_>, Error> {
        each_kind!(&message.content, kind => self.prepare_kind(message, kind))
    }

    fn prepare_kind<K: Kind>(&self, message: &Message, kind: &K) -> Result<Prepared<'_>, Error> {
        let options = &message.options;
        let recipient = phone::normalize(&message.to, self.0.default_country_code.as_deref())?;
        let content = kind.checked()?;
        options.check()?;
        let key =
            options.idempotency_key.as_deref().map(|key| header_value("idempotency_key", key)).transpose()?;
        let seed = original_endpoint_of(&content);
        let operation = operation(seed);
        Ok(match &self.0.host {
            Host::Cloud { messages, .. } => {
                refuse_gateway_options(options)?;
                let reference = options.reference.clone().or_else(|| self.default_reference());
                let body =
                    cloud_body(&recipient, &content, options.reply_to.as_deref(), reference.as_deref())?;
                Prepared {
                    operation,
                    endpoint: messages,
                    body: body.into(),
                    idempotency_key: None,
                    reference,
                    needs: Vec::new(),
                    recipient,
                }
            }
            Host::Gateway(urls) => Prepared {
                operation,
                endpoint: match seed {
                    Some(OriginalEndpoint::Message) => &urls.message,
                    Some(OriginalEndpoint::Location) => &urls.location,
                    Some(OriginalEndpoint::Template) => &urls.template,
                    None => &urls.send,
                },
                body: gateway_body(&recipient, &content, options)?.into(),
                idempotency_key: Some(match key {
                    Some(key) => key,
                    None => header_value("idempotency_key", &Uuid::new_v4().to_string())?,
                }),
                reference: options.reference.clone(),
                needs: needs(&recipient, &content, options),
                recipient,
            },
        })
    }

    /// `begun` is set before a request can be made.
    async fn deliver(
        &self,
        prepared: &Prepared<'_>,
        keeping: Keeping<'_>,
        (stop, until): (Option<&Stop>, Option<Instant>),
        begun: &mut bool,
    ) -> Result<Option<Receipt>, Error> {
        let finished = |error| self.finished(error, prepared.reference.as_deref());
        if let Some(pace) = &self.0.pace
            && unless_stopped(stop, pin!(pace.wait())).await.is_none()
        {
            return Err(finished(not_begun()));
        }
        let deadline = until.map_or_else(|| self.deadline(), |until| until.min(self.deadline()));
        let written = Written::default();
        let record = match self.begin(prepared, keeping, deadline, stop).await.map_err(finished)? {
            Begun::Ours(record) => record.under(self, keeping, &written),
            Begun::Others => return Ok(None),
        };
        let request =
            Request::send(prepared.endpoint, prepared.body.clone(), prepared.idempotency_key.clone());
        let call = Call { request, deadline, stop, written: &written };
        *begun = true;
        #[cfg(debug_assertions)]
        crate::delivery::panics::on_demand(prepared.reference.as_deref());
        let kind = self.0.host.kind();
        let sent = if until.is_some_and(|until| until.saturating_duration_since(Instant::now()) < ENOUGH) {
            // Begun now, it would be cut off in the middle, and nobody would know what became of it.
            Err(Error::out_of_time(
                "The store took the record of the send so late that no time was left to send it.",
            ))
        } else {
            self.exchange(&call, |answer| judge::send(kind, answer)).await
        };
        let sent = sent.map(|accepted| prepared.receipt(accepted)).map_err(finished);
        record.end(&sent).await;
        sent.map(Some)
    }

    /// What has to be before a send may go out: the host can do it, and it is on record.
    async fn begin(
        &self,
        prepared: &Prepared<'_>,
        keeping: Keeping<'_>,
        deadline: Instant,
        stop: Option<&Stop>,
    ) -> Result<Begun, Error> {
        if !prepared.needs.is_empty() {
            let asked = unless_stopped(stop, Box::pin(self.extensions(deadline)).as_mut()).await;
            asked.unwrap_or_else(|| Err(not_begun()))?.require(&prepared.needs)?;
        }
        if stop.is_some_and(Stop::is_stopped) {
            return Err(not_begun());
        }
        // A record that is being written is waited for, so that it can be ended.
        match tokio::time::timeout_at(deadline, self.record_begin(prepared, keeping, deadline)).await {
            Ok(begun) => begun,
            Err(_) => Err(Error::out_of_time("The store did not take the record of the send in time.")),
        }
    }

    /// With a store every send has a reference, so that a status webhook can settle it.
    fn default_reference(&self) -> Option<String> {
        #[cfg(feature = "store")]
        {
            // One that begins with the time: what is recorded together stands together in the store's index.
            self.0.store.as_ref().map(|_| Uuid::now_v7().to_string())
        }
        #[cfg(not(feature = "store"))]
        {
            None
        }
    }
}

fn refuse_gateway_options(options: &SendOptions) -> Result<(), Error> {
    if options.account_id.is_some() {
        return Err(Error::unsupported(
            Some("account_id"),
            "account_id chooses among a gateway's accounts; a cloud client is one account. Make a client for each \
             account, or use a gateway.",
        ));
    }
    if options.idempotency_key.is_some() {
        return Err(Error::unsupported(
            Some("idempotency_key"),
            "Meta knows no idempotency keys, so idempotency_key could not keep its promise on a cloud client. Leave it \
             out, or use a gateway.",
        ));
    }
    Ok(())
}
