//! A contact has a new number or user id: the conversation goes on there.

use serde_json::value::RawValue;
use sqlx::AnyConnection;

use super::contacts;
use crate::raw::Object;
use crate::webhook::MessageEvent;

/// What a system message says of a contact's names.
#[derive(Debug)]
struct Change {
    /// The names that the contact had.
    old: Vec<String>,
    /// The number that the contact has now.
    number: Option<String>,
    /// The user id that the contact has now.
    user_id: Option<String>,
    /// Whether the old number is no longer the contact's.
    left_number: bool,
}

impl Change {
    /// Old and new shapes alike (Meta's webhook reference, `system` messages): the new number stands in `wa_id` or `new_wa_id`,
    /// the old one in `from` or `customer`.
    fn of(message: &MessageEvent) -> Option<Self> {
        let raw: &RawValue = serde_json::from_str(message.raw.as_str()).ok()?;
        let message_of = Object::of(raw)?.object("message")?;
        let system = message_of.object("system")?;
        let kind = system.text("type").unwrap_or_default();
        let number = system.id("wa_id").or_else(|| system.id("new_wa_id"));
        let user_id = system.id("user_id");
        let previous = system.id("previous_user_id");
        let from = [message.from.clone(), system.id("customer")];
        let left_number = kind.ends_with("changed_number") || number.is_some();
        // Who has a new user id alone still has the number.
        let number = if left_number { number } else { message.from.clone() };
        let is_new = |name: &String| Some(name) != number.as_ref() && Some(name) != user_id.as_ref();
        let old: Vec<String> = from
            .into_iter()
            .chain([message.user_id.clone(), previous.clone()])
            .flatten()
            .filter(is_new)
            .collect();
        let changed = if left_number {
            (number.is_some() || user_id.is_some()) && !old.is_empty()
        } else {
            previous.is_some() && user_id.is_some() && previous != user_id
        };
        changed.then_some(Self { old, number, user_id, left_number })
    }
}

/// Moves the conversation that a system message tells of, if it does. Where both are there they become one.
pub(super) async fn record(tx: &mut AnyConnection, message: &MessageEvent) -> sqlx::Result<()> {
    if message.group_id.is_some() {
        return Ok(());
    }
    let Some(Change { old, number, user_id, left_number }) = Change::of(message) else { return Ok(()) };
    let business = &message.phone_number_id;
    // The conversations of this contact, those under its new names first.
    let mut ids = Vec::new();
    for name in [&number, &user_id].into_iter().flatten().chain(&old) {
        if let Some(id) = contacts::find(tx, business, name).await?
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    let mut ids = ids.into_iter();
    // Nobody has talked to this contact yet.
    let Some(goes_on) = ids.next() else { return Ok(()) };
    // Also a name that the message does not tell, since the conversation was found by another one.
    let name = contacts::name(tx, goes_on).await?;
    let mut left = vec![name.clone()];
    for id in ids {
        left.push(contacts::name(tx, id).await?);
        contacts::merge(tx, id, goes_on).await?;
    }
    let is_left = left_number || !is_number(&name);
    let known = if number.is_some() || is_left { number.as_deref().or(user_id.as_deref()) } else { None };
    if let Some(new) = known.filter(|new| *new != name) {
        contacts::rename(tx, goes_on, new).await?;
    }
    for name in old.iter().chain(&left).map(String::as_str).chain(user_id.as_deref()) {
        if contacts::exactly(tx, business, name).await?.is_none() {
            contacts::alias(tx, business, name, goes_on).await?;
        }
    }
    Ok(())
}

fn is_number(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}
