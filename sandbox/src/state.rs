//! What the parts of one sandbox share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedSender;

use super::account::{Account, Templates};
use super::answers::{ACCOUNT_ID, message_id};
use super::checks::{Accepted, phone_digits};
use super::errors::GraphError;
use super::options::{SandboxError, SandboxOptions};
use super::record::Memory;
use super::webhooks::{self, Job, Sender};

/// The number as Meta's examples show it, for webhooks.
pub(super) const DISPLAY_NUMBER: &str = "15550783881";

/// One sandbox. Nothing of it lives outside: several run side by side.
pub(super) struct Shared {
    pub(super) access_token: String,
    pub(super) phone_number_id: String,
    more_phone_number_ids: Vec<String>,
    pub(super) app_secret: String,
    templates: Mutex<Templates>,
    account: Mutex<Account>,
    memory: Mutex<Memory>,
    webhook: Mutex<Option<webhooks::Target>>,
    outbox: UnboundedSender<Job>,
}

impl Shared {
    pub(super) fn new(options: SandboxOptions, outbox: UnboundedSender<Job>) -> Result<Self, SandboxError> {
        options.check()?;
        let webhook = options.webhook_url.as_deref().map(str::parse).transpose()?;
        Ok(Self {
            templates: Mutex::new(Templates::new(options.all_templates())),
            account: Mutex::default(),
            access_token: options.access_token,
            phone_number_id: options.phone_number_id,
            more_phone_number_ids: options.more_phone_number_ids,
            app_secret: options.app_secret,
            memory: Mutex::default(),
            webhook: Mutex::new(webhook),
            outbox,
        })
    }

    /// The memory, also after a panic elsewhere: it holds no invariant that half an update could break for long.
    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What Meta keeps besides messages.
    pub(super) fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn templates(&self) -> MutexGuard<'_, Templates> {
        self.templates.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn webhook(&self) -> MutexGuard<'_, Option<webhooks::Target>> {
        self.webhook.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_webhook(&self, url: Option<&str>) -> Result<(), SandboxError> {
        let target = url.map(str::parse).transpose()?;
        *self.webhook() = target;
        Ok(())
    }

    /// Whether it sends from the number of that id.
    pub(super) fn sends_from(&self, id: &str) -> bool {
        self.phone_number_id == id || self.more_phone_number_ids.iter().any(|known| known == id)
    }

    /// Reports a message from that number as sent, delivered and read; or as failed. Does nothing without a webhook.
    pub(super) fn report(&self, number: &str, message: &Accepted, id: &str, failure: Option<&GraphError>) {
        let Some(target) = self.webhook().clone() else {
            return;
        };
        let job = webhooks::status_job(target, &self.sender(number), message, id, failure);
        // Fails only while the sandbox shuts down, when nobody waits for reports any more.
        let _ = self.outbox.send(job);
    }

    /// Plays a customer who writes; returns the message's id.
    pub(super) fn inbound_text(&self, from: &str, name: &str, text: &str) -> Result<String, SandboxError> {
        let digits = phone_digits(from).ok_or_else(|| {
            SandboxError::new("`from` must be a phone number with its country code, 7 to 15 digits")
        })?;
        let Some(target) = self.webhook().clone() else {
            return Err(SandboxError::new(
                "no webhook is set: set one with `set_webhook` or POST /_sandbox/webhook",
            ));
        };
        let id = message_id();
        let job =
            webhooks::inbound_job(target, &self.sender(&self.phone_number_id), [&digits, name, text], &id);
        self.outbox.send(job).map_err(|_| SandboxError::new("the sandbox is shutting down"))?;
        Ok(id)
    }

    fn sender<'a>(&'a self, number: &'a str) -> Sender<'a> {
        Sender {
            account_id: ACCOUNT_ID,
            phone_number_id: number,
            display_number: DISPLAY_NUMBER,
            app_secret: &self.app_secret,
        }
    }
}

/// Seconds since 1970, as a text: how Meta writes times in webhooks.
pub(super) fn now_text() -> String {
    Timestamp::now().as_second().to_string()
}
