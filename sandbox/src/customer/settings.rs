//! How a customer's phone behaves, and what becomes of the messages that waited for it.

use jiff::Timestamp;

use super::{Done, Settings};
use crate::chats::{Chat, Log, MessageStatus, Step, Trouble};
use crate::options::SandboxError;
use crate::state::Shared;
use crate::webhooks::{Report, StatusChange};

/// The refusal of one chat more.
pub(super) fn too_many() -> SandboxError {
    SandboxError::new(
        "the sandbox has too many chats: `sandbox.clear()` or DELETE /_sandbox/messages forgets them",
    )
}

/// Why a customer cannot write, if so.
pub(super) fn silence(shared: &Shared, phone: &str) -> Option<&'static str> {
    let trouble = shared.log().chat(phone).map(|chat| chat.trouble).unwrap_or_default();
    match trouble {
        Trouble { deleted: true, .. } => Some("the customer's account is deleted"),
        Trouble { blocked: true, .. } => {
            Some("the customer blocked the business, and cannot write to it meanwhile")
        }
        Trouble { offline: true, .. } => Some("the customer's phone is offline: set offline to false first"),
        _ => shared.account().has_blocked(phone).then_some("the business blocked the customer"),
    }
}

/// Changes what is given.
pub(super) fn set(shared: &Shared, phone: &str, settings: Settings) -> Result<Done, SandboxError> {
    let now = shared.clock.tick();
    // One hold for all of it: of two who switch the phone on at once, one delivers what waited.
    let mut log = shared.log();
    let before = log.chat(phone).is_some_and(|chat| chat.trouble.opted_out);
    let opted_out = settings.opted_out.filter(|now| *now != before);
    if !log.change_chat(phone, |chat| apply(settings, chat)) {
        return Err(too_many());
    }
    let mut reports = Vec::new();
    if let Some(opted_out) = opted_out {
        let number = shared.number_for(&log, phone);
        reports
            .extend(log.chat(phone).map(|chat| Report::preference(phone, chat, opted_out, (&number, now))));
    }
    let steps = waiting(&log, phone);
    reports.append(&mut taken(&mut log, steps, now));
    Ok(Done { id: None, told: !reports.is_empty() && shared.deliver(Some(phone), reports) })
}

fn apply(settings: Settings, chat: &mut Chat) {
    let Settings { name, reads, offline, deleted, opted_out, window_closed, blocked } = settings;
    if let Some(name) = name {
        chat.name = name;
    }
    let trouble = &mut chat.trouble;
    for (now, place) in [
        (reads, &mut chat.reads),
        (offline, &mut trouble.offline),
        (deleted, &mut trouble.deleted),
        (opted_out, &mut trouble.opted_out),
        (window_closed, &mut trouble.window_closed),
        (blocked, &mut trouble.blocked),
    ] {
        *place = now.unwrap_or(*place);
    }
}

/// Reads all that was delivered.
pub(super) fn read(shared: &Shared, phone: &str) -> Done {
    let now = shared.clock.tick();
    let mut log = shared.log();
    let new = log.of_business(phone).filter(|entry| entry.status == MessageStatus::Delivered);
    let mut unread: Vec<_> = new.map(|entry| (entry.id.clone(), MessageStatus::Read)).collect();
    unread.reverse();
    let reports = taken(&mut log, unread, now);
    Done { id: None, told: !reports.is_empty() && shared.deliver(Some(phone), reports) }
}

/// What the phone makes of the messages that waited for it, oldest first.
fn waiting(log: &Log, phone: &str) -> Vec<(String, MessageStatus)> {
    let Some(chat) = log.chat(phone).filter(|chat| !chat.is_unreachable()) else { return Vec::new() };
    let mut steps = Vec::new();
    for entry in log.of_business(phone).filter(|entry| !entry.blocked_on_arrival) {
        if chat.reads && matches!(entry.status, MessageStatus::Sent | MessageStatus::Delivered) {
            steps.push((entry.id.clone(), MessageStatus::Read));
        }
        if entry.status == MessageStatus::Sent {
            steps.push((entry.id.clone(), MessageStatus::Delivered));
        }
    }
    steps.reverse();
    steps
}

/// Takes these steps, and gives their reports.
fn taken(log: &mut Log, steps: Vec<(String, MessageStatus)>, now: Timestamp) -> Vec<Report> {
    let mut reports = Vec::with_capacity(steps.len());
    for (id, status) in steps {
        if log.become_status(&id, status) != Step::Done {
            continue;
        }
        if status == MessageStatus::Delivered {
            log.react(&id);
        }
        let record = log.get(&id);
        reports.extend(record.map(|record| Report::status(&record.entry, status, StatusChange::AsItIs, now)));
    }
    reports
}
