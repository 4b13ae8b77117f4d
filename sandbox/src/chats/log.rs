//! All messages of both sides in order of arrival, and the chats they belong to.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::watch;

use super::changes::{Change, Changes, News};
use super::chat::Chat;
use super::entry::{Entry, MessageStatus, Side};
use super::wire::{Answer, Try, Webhook, Wire};
use crate::record::Outcome;

/// The most messages kept; the oldest go first.
const MOST_MESSAGES: usize = 10_000;
/// The most bytes of bodies kept, so that 10,000 messages of 1 MiB do not fill the machine.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The most chats, of which those without a message count too.
const MOST_CHATS: usize = 20_000;

/// A message and what is known of it beyond its chat.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) entry: Entry,
    /// Of the business: the request body as it came, and what became of it.
    pub(crate) sent: Option<(Arc<Value>, Outcome)>,
    /// Whether it stands in its chat: a reaction does not, it changes the message that it is for.
    pub(crate) shown: bool,
    pub(crate) wire: Wire,
    /// How many bytes it is counted as.
    pub(crate) size: usize,
}

/// What came of a step of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Done,
    /// The message cannot go there, now or ever.
    NotAllowed,
    /// The log has it no more.
    Forgotten,
}

#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(super) records: VecDeque<Record>,
    /// The number of the oldest record. Numbers are never given twice, also not after all was forgotten.
    first: u64,
    pub(super) numbers: HashMap<String, u64>,
    pub(super) chats: HashMap<String, Chat>,
    bytes: usize,
    changes: Changes,
}

impl Log {
    /// Takes a message in.
    pub(crate) fn add(&mut self, record: Record) {
        let number = self.first + self.records.len() as u64;
        self.bytes += record.size;
        self.numbers.insert(record.entry.id.clone(), number);
        if record.shown {
            let phone = record.entry.phone.clone();
            self.chats.entry(phone.clone()).or_default().entries.push_back(number);
            self.changes.push(Change::Entry(number));
            self.changes.push(Change::Chat(phone));
        }
        self.records.push_back(record);
        self.make_room();
    }

    fn make_room(&mut self) {
        while self.records.len() > MOST_MESSAGES || (self.bytes > MOST_BYTES && self.records.len() > 1) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        let Some(Record { entry, shown, size, .. }) = self.records.pop_front() else {
            return;
        };
        self.bytes = self.bytes.saturating_sub(size);
        self.numbers.remove(&entry.id);
        if shown && let Some(chat) = self.chats.get_mut(&entry.phone) {
            chat.entries.pop_front();
            chat.unread -= usize::from(entry.status == MessageStatus::Delivered);
            if chat.is_forgettable() {
                self.chats.remove(&entry.phone);
            }
            self.changes.push(Change::Chat(entry.phone));
        }
        self.first += 1;
    }

    /// Forgets all messages and chats.
    pub(crate) fn clear(&mut self) {
        self.first += self.records.len() as u64;
        self.records.clear();
        self.numbers.clear();
        self.chats.clear();
        self.bytes = 0;
        self.changes.push(Change::Reset);
    }

    /// The message of that id.
    pub(crate) fn get(&self, id: &str) -> Option<&Record> {
        self.at(*self.numbers.get(id)?)
    }

    /// The message of that number.
    pub(crate) fn at(&self, number: u64) -> Option<&Record> {
        self.records.get(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }

    fn get_mut(&mut self, id: &str) -> Option<(u64, &mut Record)> {
        let number = *self.numbers.get(id)?;
        let at = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.records.get_mut(at).map(|record| (number, record))
    }

    /// Changes a message, and tells of it.
    pub(crate) fn change(&mut self, id: &str, change: impl FnOnce(&mut Entry)) {
        if let Some((number, record)) = self.get_mut(id) {
            change(&mut record.entry);
            if record.shown {
                self.changes.push(Change::Entry(number));
            }
        }
    }

    /// Takes a message a step forward, where the state of its customer's phone allows it.
    pub(crate) fn advance(&mut self, id: &str, to: MessageStatus) -> Step {
        let Some(entry) = self.get(id).map(|record| &record.entry) else {
            return Step::Forgotten;
        };
        let chat = self.chats.get(&entry.phone);
        let (away, reads) = chat.map_or((false, true), |chat| (chat.is_unreachable(), chat.reads));
        let away = away || entry.blocked_on_arrival;
        let held = match to {
            MessageStatus::Delivered => away,
            MessageStatus::Read => away || !reads,
            _ => false,
        };
        if held { Step::NotAllowed } else { self.become_status(id, to) }
    }

    /// The same whatever the phone's state.
    pub(crate) fn become_status(&mut self, id: &str, to: MessageStatus) -> Step {
        let Some((number, Record { entry, shown, .. })) = self.get_mut(id) else {
            return Step::Forgotten;
        };
        if !entry.status.leads_to(to) {
            return Step::NotAllowed;
        }
        let from = std::mem::replace(&mut entry.status, to);
        if !*shown {
            return Step::Done;
        }
        let phone = entry.phone.clone();
        self.changes.push(Change::Entry(number));
        if let Some(chat) = self.chats.get_mut(&phone)
            && (from == MessageStatus::Delivered || to == MessageStatus::Delivered)
        {
            chat.unread += usize::from(to == MessageStatus::Delivered);
            chat.unread -= usize::from(from == MessageStatus::Delivered);
            self.changes.push(Change::Chat(phone));
        }
        Step::Done
    }

    /// The business marks a customer's message as read, and with it those before it.
    pub(crate) fn see(&mut self, id: &str) {
        let Some(record) = self.get(id).filter(|record| record.entry.side == Side::Customer) else {
            return;
        };
        let (phone, number) = (&record.entry.phone, self.numbers.get(id).copied().unwrap_or_default());
        let earlier = self
            .newest_first(phone)
            .skip_while(|entry| self.numbers.get(&entry.id).is_some_and(|known| *known > number));
        let of_customer = earlier.filter(|entry| entry.side == Side::Customer);
        let new: Vec<String> =
            of_customer.take_while(|entry| !entry.seen).map(|entry| entry.id.clone()).collect();
        for id in new.iter().rev() {
            self.change(id, |entry| entry.seen = true);
        }
    }

    /// Writes down what the business got for a message.
    pub(crate) fn answered(&mut self, id: &str, answer: Answer) {
        if let Some((number, record)) = self.get_mut(id) {
            let size = answer.size();
            record.wire.answer = Some(answer);
            record.size += size;
            self.bytes += size;
            self.changes.push(Change::Wire(number));
            self.make_room();
        }
    }

    /// Writes down a webhook about a message; its place among those, where the message is known.
    pub(crate) fn webhook_begins(&mut self, id: &str, webhook: Webhook) -> Option<usize> {
        let (_, record) = self.get_mut(id)?;
        record.size += webhook.body.len();
        let size = webhook.body.len();
        let webhooks = &mut record.wire.webhooks;
        webhooks.push(webhook);
        let place = webhooks.len() - 1;
        self.bytes += size;
        self.make_room();
        Some(place)
    }

    /// Writes down what came of a try to deliver it.
    pub(crate) fn webhook_tried(&mut self, id: &str, place: usize, tried: Try) {
        if let Some((number, record)) = self.get_mut(id)
            && let Some(webhook) = record.wire.webhooks.get_mut(place)
        {
            webhook.tries.push(tried);
            self.changes.push(Change::Wire(number));
        }
    }

    /// The chat of that phone, if there is one.
    pub(crate) fn chat(&self, phone: &str) -> Option<&Chat> {
        self.chats.get(phone)
    }

    /// Changes a chat, which is made where there is none; false where there are too many.
    pub(crate) fn change_chat(&mut self, phone: &str, change: impl FnOnce(&mut Chat)) -> bool {
        if !self.chats.contains_key(phone) && self.chats.len() >= MOST_CHATS {
            return false;
        }
        change(self.chats.entry(phone.to_owned()).or_default());
        self.changes.push(Change::Chat(phone.to_owned()));
        true
    }

    /// The number that the next message gets.
    pub(crate) fn next_number(&self) -> u64 {
        self.first + self.records.len() as u64
    }

    /// Tells that webhooks go elsewhere.
    pub(crate) fn webhook_changed(&mut self) {
        self.changes.push(Change::Webhook);
    }

    /// The number of the newest change.
    pub(crate) fn newest_change(&self) -> u64 {
        self.changes.newest()
    }

    /// The changes after that one; none where they are not known any more.
    pub(crate) fn changes_since(&self, after: u64) -> Option<News> {
        self.changes.since(after)
    }

    /// Wakes whoever waits for a change.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.changes.watch()
    }
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
