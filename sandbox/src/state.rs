//! What the parts of one sandbox share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Map, Value};
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
        self.inbound(from, |target, digits, id| {
            webhooks::inbound_job(target, &self.sender(&self.phone_number_id), [digits, name, text], id)
        })
    }

    /// Plays a customer who presses a button of a message that was sent; returns the answer's id.
    pub(super) fn inbound_press(&self, from: &str, name: &str, title: &str) -> Result<String, SandboxError> {
        let digits = digits_of(from)?;
        let pressed = self.memory().messages().into_iter().rev().find_map(|message| {
            let to = phone_digits(&message.to)?;
            let reply = reply_titled(&message.body, title)
                .filter(|_| to == digits && message.outcome.is_accepted())?;
            Some((message.id, reply))
        });
        let Some((context, (kind, reply))) = pressed else {
            return Err(SandboxError::new(format!(
                "{from} was sent no message with a reply button or row {title:?}"
            )));
        };
        self.inbound(from, |target, digits, id| {
            let sender = self.sender(&self.phone_number_id);
            webhooks::reply_job(target, &sender, [digits, name], &context, [kind, &reply, title], id)
        })
    }

    /// Plays a customer who sends a file; returns the message's id.
    pub(super) fn inbound_media(
        &self,
        from: &str,
        name: &str,
        (mime_type, content): (&str, Bytes),
        caption: Option<&str>,
    ) -> Result<String, SandboxError> {
        if content.is_empty() {
            return Err(SandboxError::new("a file has at least one byte"));
        }
        let id = self.account().media.keep(mime_type.to_owned(), content);
        self.inbound_file(from, name, &id, caption)
    }

    /// The same with a file that was uploaded before.
    pub(super) fn inbound_file(
        &self,
        from: &str,
        name: &str,
        file: &str,
        caption: Option<&str>,
    ) -> Result<String, SandboxError> {
        let Some(mut media) = self.account().media.in_webhook(file) else {
            return Err(SandboxError::new(format!("there is no file {file:?}: upload it first")));
        };
        if let Some(caption) = caption {
            media["caption"] = caption.into();
        }
        self.inbound(from, |target, digits, id| {
            webhooks::media_job(target, &self.sender(&self.phone_number_id), [digits, name], media, id)
        })
    }

    /// Plays a customer who fills the form of the newest flow message in; returns the answer's id.
    pub(super) fn inbound_flow(
        &self,
        from: &str,
        name: &str,
        answers: &Map<String, Value>,
    ) -> Result<String, SandboxError> {
        let digits = digits_of(from)?;
        let sent = self.memory().messages().into_iter().rev().find_map(|message| {
            let to = phone_digits(&message.to)?;
            let flow = message.body.get("interactive").filter(|it| it["type"] == "flow")?;
            let token = flow["action"]["parameters"]["flow_token"].as_str().unwrap_or("unused").to_owned();
            (to == digits && message.outcome.is_accepted()).then_some((message.id, token))
        });
        let Some((context, token)) = sent else {
            return Err(SandboxError::new(format!("{from} was sent no message with a flow")));
        };
        let mut response = answers.clone();
        response.insert("flow_token".to_owned(), token.into());
        self.inbound(from, |target, digits, id| {
            let sender = self.sender(&self.phone_number_id);
            webhooks::flow_job(target, &sender, [digits, name], (&context, &Value::Object(response)), id)
        })
    }

    fn inbound(
        &self,
        from: &str,
        job: impl FnOnce(webhooks::Target, &str, &str) -> Job,
    ) -> Result<String, SandboxError> {
        let digits = digits_of(from)?;
        let Some(target) = self.webhook().clone() else {
            return Err(SandboxError::new(
                "no webhook is set: set one with `set_webhook` or POST /_sandbox/webhook",
            ));
        };
        let id = message_id();
        self.outbox
            .send(job(target, &digits, &id))
            .map_err(|_| SandboxError::new("the sandbox is shutting down"))?;
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

fn digits_of(from: &str) -> Result<String, SandboxError> {
    phone_digits(from).ok_or_else(|| {
        SandboxError::new("`from` must be a phone number with its country code, 7 to 15 digits")
    })
}

/// The id behind a reply button, or a row of a list, with this title; and what a webhook calls such an answer.
fn reply_titled(body: &Value, title: &str) -> Option<(&'static str, String)> {
    let action = body.get("interactive")?.get("action")?;
    let list = |of: &Value, name: &str| of.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let buttons = list(action, "buttons").into_iter().filter_map(|button| button.get("reply").cloned());
    let rows = list(action, "sections").into_iter().flat_map(|section| list(&section, "rows"));
    let mut all = buttons.map(|button| ("button_reply", button)).chain(rows.map(|row| ("list_reply", row)));
    all.find_map(|(kind, reply)| {
        let id = reply.get("id").and_then(Value::as_str)?;
        (reply.get("title").and_then(Value::as_str) == Some(title)).then(|| (kind, id.to_owned()))
    })
}
