//! `Client::receive_webhook`: checks the signature, parses, and records the events of the client's own number.

use super::Client;
use super::runtime::on_tokio;
use crate::delivery::Records as _;
use crate::delivery::panics::caught;
use crate::error::{Error, Secret};
use crate::webhook::{Event, EventId, parse_webhook, verify_webhook};

impl Client {
    /// Checks a webhook's signature, records what it tells in the store where there is one, and returns its events.
    ///
    /// `body` is the request's body to the byte, `signature` its `X-Hub-Signature-256` header. The same webhook may
    /// come again: that is harmless, and with a store its events say [`redelivered`](crate::MessageEvent::redelivered).
    /// Answer Meta first and handle the events after that: what takes long makes Meta deliver them again.
    ///
    /// ```no_run
    /// # async fn run(body: &[u8], signature: &str) -> Result<(), wamid::Error> {
    /// use wamid::{Client, Event};
    /// let client = Client::cloud("ACCESS-TOKEN", "1066").app_secret("APP-SECRET").build()?;
    /// for event in client.receive_webhook(body, signature).await? {
    ///     if let Event::Message(message) = event
    ///         && !message.redelivered
    ///     {
    ///         println!("{:?}: {:?}", message.address, message.text);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `signature` (answer 401) or `body` (answer 400);
    /// [`Store`](crate::ErrorKind::Store) where nothing could be recorded (answer 500, and Meta sends it again);
    /// [`Unsupported`](crate::ErrorKind::Unsupported) on a client without an `app_secret`.
    pub async fn receive_webhook(&self, body: &[u8], signature: &str) -> Result<Vec<Event>, Error> {
        let Some(secret) = self.app_secret() else {
            let error = Error::unsupported(
                Some("app_secret"),
                "Without an app secret a webhook cannot be told from a forgery: give a cloud client its app_secret.",
            );
            return Err(self.finished(error, None));
        };
        self.receive_signed(body, signature, secret).await
    }

    /// The same with a secret that need not be the client's own.
    pub(crate) async fn receive_signed(
        &self,
        body: &[u8],
        signature: &str,
        secret: &Secret,
    ) -> Result<Vec<Event>, Error> {
        caught(self.received(body, signature, secret)).await.map_err(|error| self.finished(error, None))
    }

    async fn received(&self, body: &[u8], signature: &str, secret: &Secret) -> Result<Vec<Event>, Error> {
        if !verify_webhook(body, signature, secret.expose())? {
            return Err(Error::invalid(
                "signature",
                "is not the app secret's signature of this body: compare the secret with the app's in Meta's \
                 dashboard, and hand over the body as it came, not parsed and written again",
            ));
        }
        let mut events = parse_webhook(body)?;
        if let Some(records) = &self.0.records {
            on_tokio()?;
            records.take_webhook(&mut events).await?;
        }
        Ok(events)
    }

    /// The secret that webhooks are signed with.
    pub(crate) fn app_secret(&self) -> Option<&Secret> {
        self.0.app_secret.as_ref()
    }

    /// Which of these events a handler has taken, as the store has it; `None` without a store.
    pub(crate) async fn handled_events(&self, events: &[EventId]) -> Result<Option<Vec<bool>>, Error> {
        let Some(records) = &self.0.records else { return Ok(None) };
        let read = async {
            on_tokio()?;
            records.handled(events).await
        };
        caught(read).await.map(Some)
    }

    /// Writes down that a handler has taken the event. Whether there is a store.
    pub(crate) async fn mark_event_handled(&self, event: &EventId) -> Result<bool, Error> {
        let Some(records) = &self.0.records else { return Ok(false) };
        let write = async {
            on_tokio()?;
            records.mark_handled(event).await
        };
        caught(write).await.map(|()| true)
    }
}
