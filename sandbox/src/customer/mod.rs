//! What the customers do: each act becomes a message in their chat, and a webhook.

mod act;
mod buttons;
mod correction;
mod enclosed;
mod forms;
mod message;
mod order;
mod settings;
mod text;

use std::sync::Arc;

use super::chats::{Entry, MessageStatus, Record, Side, Wire};
use super::checks::{is_user_id, phone_digits};
use super::options::SandboxError;
use super::state::Shared;
use super::webhooks::Report;

pub(super) use self::act::{Act, File, Item, Place, Settings};
pub(super) use self::buttons::{buttons_of, flow_of, template_of};
use self::message::{Answered, Effect, NewMessage};
pub(super) use self::text::text_of;

/// What came of an act.
#[derive(Debug)]
pub(super) struct Done {
    /// The id of the message that it sent.
    pub(super) id: Option<String>,
    /// Whether a webhook tells of it.
    pub(super) told: bool,
}

/// The customer of that phone: the digits of the number, or the user id.
pub(super) fn customer_of(phone: &str) -> Result<String, SandboxError> {
    if is_user_id(phone) {
        return Ok(phone.to_owned());
    }
    phone_digits(phone).ok_or_else(|| {
        SandboxError::new(format!(
            "{phone:?} is no phone number with its country code, 7 to 15 digits, and no user id"
        ))
    })
}

/// Does what the customer does. Where there must be a webhook and none is set, nothing is done.
pub(super) fn perform(
    shared: &Shared,
    phone: &str,
    name: Option<&str>,
    act: Act,
    must_be_told: bool,
) -> Result<Done, SandboxError> {
    let phone = customer_of(phone)?;
    if must_be_told && act.is_told() && shared.webhook().is_none() {
        return Err(no_webhook());
    }
    let is_set = matches!(act, Act::Set(_));
    if !is_set && let Some(why) = settings::silence(shared, &phone) {
        return Err(SandboxError::new(why));
    }
    match act {
        Act::Set(settings) => settings::set(shared, &phone, settings),
        Act::Read => Ok(settings::read(shared, &phone)),
        act => say(shared, &phone, name, act, must_be_told),
    }
}

fn no_webhook() -> SandboxError {
    SandboxError::new("no webhook is set: set one with `set_webhook` or POST /_sandbox/webhook")
}

/// An act that is a message of the customer's.
fn say(
    shared: &Shared,
    phone: &str,
    name: Option<&str>,
    act: Act,
    must_be_told: bool,
) -> Result<Done, SandboxError> {
    let new = NewMessage::of(shared, phone, act)?;
    let now = shared.clock.tick();
    // Until the webhook is on its way: acts of several threads are told in the order in which they stand in the chat.
    let mut log = shared.log();
    let target = shared.webhook();
    let told = target.is_some();
    if must_be_told && !told {
        return Err(no_webhook());
    }
    let known = log.change_chat(phone, |chat| {
        if let Some(name) = name {
            name.clone_into(&mut chat.name);
        }
        chat.trouble.window_closed = false;
    });
    if !known {
        return Err(settings::too_many());
    }
    let id = shared.random.message_id(Side::Customer);
    let status = if told { MessageStatus::Waiting } else { MessageStatus::NoWebhook };
    let entry = Entry {
        id: id.clone(),
        phone: phone.to_owned(),
        time: now,
        phone_number_id: new.number,
        kind: new.kind.to_owned(),
        body: Arc::new(message::object(phone, &id, now, new.context, (new.kind, new.part))),
        ..Entry::blank(Side::Customer, status)
    };
    let report = log.chat(phone).map(|chat| Report::message(&entry, chat));
    let size = report.as_ref().map_or(0, Report::size);
    let shown = new.effect.is_none();
    log.add(Record { entry, sent: None, shown, wire: Wire::default(), size });
    match new.effect {
        Some(Effect::Reacted { message, emoji }) => log.change(&message, |entry| {
            entry.reactions.customer = Some(emoji).filter(|emoji| !emoji.is_empty());
        }),
        Some(Effect::Edited { message, body }) => {
            log.change(&message, |entry| correction::apply(entry, body));
        }
        Some(Effect::Deleted { message }) => log.change(&message, |entry| entry.deleted = true),
        None => {}
    }
    if let Some(Answered { message, what, id }) = new.answered {
        log.change(&message, |entry| {
            entry.answered.push(what);
            entry.pressed.extend(id);
        });
    }
    if let Some(target) = target
        && !shared.deliver_to(target, Some(phone), report.into_iter().collect())
    {
        log.become_status(&id, MessageStatus::Undelivered);
        return Err(SandboxError::new("the sandbox has stopped"));
    }
    Ok(Done { id: Some(id), told })
}
