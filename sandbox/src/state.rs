//! What the parts of one sandbox share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc::UnboundedSender;

use super::account::{Account, Templates};
use super::armed::Armed;
use super::chats::{Entry, Log, MessageStatus};
use super::clock::Clock;
use super::options::{SandboxError, SandboxOptions};
use super::random::Random;
use super::webhooks::{Job, Report, StatusChange, Target};

/// The number as Meta's examples show it, for webhooks.
pub(super) const DISPLAY_NUMBER: &str = "15550783881";
/// The name of the business.
pub(super) const VERIFIED_NAME: &str = "wamid sandbox";

/// One sandbox. Nothing of it lives outside: several run side by side.
///
/// Of its locks a thread takes the log's last, and under it only those that nobody holds for longer than a line: of the ids and of the webhook.
pub(super) struct Shared {
    pub(super) access_token: String,
    pub(super) phone_number_id: String,
    more_phone_number_ids: Vec<String>,
    app_secret: String,
    pub(super) random: Random,
    pub(super) clock: Clock,
    templates: Mutex<Templates>,
    account: Mutex<Account>,
    armed: Mutex<Armed>,
    log: Mutex<Log>,
    webhook: Mutex<Option<Target>>,
    outbox: UnboundedSender<Job>,
}

/// What a lock guards, also after a panic elsewhere: nothing here holds an invariant that half an update could break for long.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(super) fn new(options: SandboxOptions, outbox: UnboundedSender<Job>) -> Result<Self, SandboxError> {
        options.check()?;
        let webhook = options.webhook_url.as_deref().map(str::parse).transpose()?;
        let random = Random::new(options.seed);
        Ok(Self {
            templates: Mutex::new(Templates::new(&random, options.all_templates())),
            clock: Clock::new(options.clock),
            random,
            account: Mutex::default(),
            access_token: options.access_token,
            phone_number_id: options.phone_number_id,
            more_phone_number_ids: options.more_phone_number_ids,
            app_secret: options.app_secret,
            armed: Mutex::default(),
            log: Mutex::default(),
            webhook: Mutex::new(webhook),
            outbox,
        })
    }

    /// The messages of both sides.
    pub(super) fn log(&self) -> MutexGuard<'_, Log> {
        held(&self.log)
    }

    pub(super) fn armed(&self) -> MutexGuard<'_, Armed> {
        held(&self.armed)
    }

    /// What Meta keeps besides messages.
    pub(super) fn account(&self) -> MutexGuard<'_, Account> {
        held(&self.account)
    }

    pub(super) fn templates(&self) -> MutexGuard<'_, Templates> {
        held(&self.templates)
    }

    /// The secret that webhooks are signed with.
    pub(super) fn app_secret(&self) -> &str {
        &self.app_secret
    }

    /// Forgets what arrived, what customers did and their files, and armed failures.
    pub(super) fn clear(&self) {
        self.armed().clear();
        self.account().files.forget_of_customers();
        self.log().clear();
    }

    /// Where webhooks go.
    pub(super) fn webhook(&self) -> Option<Target> {
        held(&self.webhook).clone()
    }

    /// Gives what was set before.
    pub(super) fn set_webhook(&self, url: Option<&str>) -> Result<Option<String>, SandboxError> {
        let target = url.map(str::parse).transpose()?;
        let before = std::mem::replace(&mut *held(&self.webhook), target);
        self.log().webhook_changed();
        Ok(before.map(|target| target.to_string()))
    }

    /// The ids of the numbers it sends from.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.phone_number_id).chain(&self.more_phone_number_ids).map(String::as_str)
    }

    /// The number that a customer writes to who answers nothing: the one of the newest message they got.
    pub(super) fn number_for(&self, log: &Log, phone: &str) -> String {
        let newest = log.newest_first(phone).find(|entry| entry.reaches_the_customer());
        newest.map_or(&self.phone_number_id, |entry| &entry.phone_number_id).clone()
    }

    /// Whether it sends from the number of that id.
    pub(super) fn sends_from(&self, id: &str) -> bool {
        self.numbers().any(|known| known == id)
    }

    /// Reports a message as sent, delivered and read; or as failed. Without a webhook it has come that far at once.
    pub(super) fn report(&self, entry: &Entry) {
        const ALL: [MessageStatus; 3] = [MessageStatus::Sent, MessageStatus::Delivered, MessageStatus::Read];
        let statuses = if entry.error.is_some() { &[MessageStatus::Failed][..] } else { &ALL };
        if self.webhook().is_none() {
            let mut log = self.log();
            for status in statuses {
                log.advance(&entry.id, *status);
            }
            return;
        }
        let report = |status: &MessageStatus| {
            Report::status(entry, *status, StatusChange::Status(*status), entry.time)
        };
        self.deliver(None, statuses.iter().map(report).collect());
    }

    /// Has webhooks delivered, one after the other, and those of one customer's acts in the order of the acts; false where none is set.
    pub(super) fn deliver(&self, customer: Option<&str>, reports: Vec<Report>) -> bool {
        self.webhook().is_some_and(|target| self.deliver_to(target, customer, reports))
    }

    /// The same to that receiver; false where the sandbox has stopped.
    pub(super) fn deliver_to(&self, target: Target, customer: Option<&str>, reports: Vec<Report>) -> bool {
        let job = Job::new(customer, target, &self.app_secret, reports);
        // Fails only while the sandbox shuts down, when nobody waits for reports any more.
        self.outbox.send(job).is_ok()
    }
}
