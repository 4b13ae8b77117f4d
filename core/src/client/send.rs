//! A send, from its arguments to its answer.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::time::Instant;
use tracing::Instrument;
use uuid::Uuid;

use super::Client;
use super::runtime::on_tokio;
use super::store::ClientRecords;
use super::uploads::Uploads;
use crate::delivery::panics::caught_now;
use crate::delivery::stop::Stop;
use crate::delivery::{Host, Prepared, Receipt, Records, SendContext};
use crate::error::{Error, tail};
use crate::message::{
    Checked as _, Content, Kind, Message, OriginalEndpoint, SendOptions, cloud_body, each_kind, gateway_body,
    name_of, needs, operation_of, original_endpoint, phone,
};
use crate::transport::apart;
use crate::transport::headers::header_value;

/// What goes with a send of a gateway's or of a bulk's, beside its message.
#[derive(Default)]
pub(super) struct SendTerms<'a> {
    /// Says whether it is theirs to send.
    pub(super) claim: Option<&'a <ClientRecords as Records>::Claim>,
    /// Whose send it is.
    pub(super) sent_by: Option<i64>,
    /// When it is over, where that comes before the end of the client's own time.
    pub(super) until: Option<Instant>,
    /// Whether all has been done that comes [before its request](Client::before).
    pub(super) is_prepared: bool,
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
        match self.send_as(message, &SendTerms::default(), None, None).await? {
            Some(receipt) => Ok(receipt),
            // Only a claim leaves a send to others, and here is none.
            None => Err(Error::unsupported(None, "This send was left to somebody else.")),
        }
    }

    /// Sends, unless the claim says that it is somebody else's: then there is no receipt. `stop` ends it early.
    pub(super) async fn send_as(
        &self,
        mut message: Message,
        &SendTerms { claim, sent_by, until, is_prepared }: &SendTerms<'_>,
        stop: Option<&Stop>,
        uploads: Option<&Uploads>,
    ) -> Result<Option<Receipt>, Error> {
        let is_checked = self.0.definitions.is_some() && matches!(message.content, Content::Template(_));
        let mut spent = Duration::ZERO;
        if !is_prepared && (is_checked || message.content.is_local()) {
            spent = apart(|| self.before(&mut message, until, stop, uploads)).await?;
        }
        let ready = on_tokio().and_then(|()| caught_now(|| self.prepare(&message)));
        let prepared = match ready {
            Ok(prepared) => prepared,
            Err(error) => return Err(self.finished(error, message.options.reference.as_deref())),
        };
        let span = tracing::info_span!(
            "wamid.send",
            operation = prepared.operation,
            host = self.0.delivery.host.kind().as_str(),
            recipient = tail(prepared.recipient.as_str())
        );
        let mut begun = false;
        let context = SendContext { records: self.0.records.as_ref(), claim, stop, until, spent, sent_by };
        let delivering = self.0.delivery.deliver(&prepared, &context, &mut begun);
        let sent = match AssertUnwindSafe(delivering.instrument(span.clone())).catch_unwind().await {
            Ok(sent) => sent,
            Err(_) => Err(self.finished(Error::panicked(begun), prepared.reference.as_deref())),
        };
        if let Err(error) = &sent
            && error.maybe_sent()
        {
            span.in_scope(|| tracing::warn!(kind = error.kind().as_str(), "outcome unknown"));
        }
        if let (Err(error), Some(definitions)) = (&sent, &self.0.definitions) {
            definitions.refused(&message, error);
        }
        sent
    }

    /// What comes before a message's own request: its template is looked up, then its file is uploaded. Whatever fails here, nothing was
    /// sent. Answers how much of `total_timeout` that took: the upload of a file is no part of it.
    pub(super) async fn before(
        &self,
        message: &mut Message,
        until: Option<Instant>,
        stop: Option<&Stop>,
        uploads: Option<&Uploads>,
    ) -> Result<Duration, Error> {
        let done = async {
            let mut spent = Duration::ZERO;
            if let (Some(definitions), Content::Template(template)) = (&self.0.definitions, &message.content)
            {
                let begun = Instant::now();
                self.check_first(definitions, message, template, stop, until).await?;
                spent = begun.elapsed();
            }
            if message.content.is_local() {
                self.upload_first(message, stop, uploads).await?;
            }
            Ok(spent)
        };
        done.await.map_err(|error| self.finished(error, message.options.reference.as_deref()))
    }

    /// What every error gets on its way out.
    pub(crate) fn finished(&self, error: Error, reference: Option<&str>) -> Error {
        self.0.delivery.finished(error, reference)
    }

    /// Holds a message to the rules and writes its request.
    pub(super) fn prepare(&self, message: &Message) -> Result<Prepared<'_>, Error> {
        each_kind!(&message.content, kind => self.prepare_kind(message, kind))
    }

    fn prepare_kind<K: Kind>(&self, message: &Message, kind: &K) -> Result<Prepared<'_>, Error> {
        let options = &message.options;
        let recipient = phone::normalize(&message.to, self.0.default_country_code.as_deref())?;
        let content = kind.checked()?;
        options.check(content.meta_type())?;
        let key =
            options.idempotency_key.as_deref().map(|key| header_value("idempotency_key", key)).transpose()?;
        let (operation, content_type) = (operation_of(&content), name_of(kind));
        Ok(match &self.0.delivery.host {
            Host::Cloud { messages, .. } => {
                refuse_gateway_options(options)?;
                let reference = options.reference.clone().or_else(|| self.default_reference());
                let body = cloud_body(&recipient, &content, options, reference.as_deref())?;
                Prepared {
                    operation,
                    content: content_type,
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
                content: content_type,
                endpoint: match original_endpoint(&content, options) {
                    Some(OriginalEndpoint::Message) => &urls.message,
                    Some(OriginalEndpoint::Location) => &urls.location,
                    Some(OriginalEndpoint::Template) => &urls.template,
                    None => &urls.send,
                },
                body: gateway_body(&recipient, kind, &content, options)?.into(),
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

    /// With a store every send has a reference, so that a status webhook can settle it.
    fn default_reference(&self) -> Option<String> {
        // One that begins with the time: what is recorded together stands together in the store's index.
        self.0.records.as_ref().map(|_| Uuid::now_v7().to_string())
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
