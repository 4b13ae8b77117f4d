//! A contact has a new number or user id: the conversation goes on there.

use serde_json::value::RawValue;
use sqlx::AnyConnection;

use super::contacts;
use crate::json::Object;
use crate::webhook::MessageEvent;

/// What a system message says of a contact's names.
#[derive(Debug)]
struct NewContact {
    /// The names that the contact had.
    old: Vec<String>,
    /// The number that the contact has now.
    number: Option<String>,
    /// The user id that the contact has now.
    user_id: Option<String>,
    /// Whether the old number is no longer the contact's.
    left_number: bool,
}

impl NewContact {
    /// Old and new shapes alike (Meta's webhook reference, `system` messages): the new number stands in `wa_id` or `new_wa_id`,
    /// the old one in `from` or `customer`; the new user id in `user_id`, the old one in `previous_user_id` or `from_user_id`. Where
    /// no field has the old name, the text that Meta writes for people does.
    fn of(message: &MessageEvent) -> Option<Self> {
        let raw: &RawValue = serde_json::from_str(message.raw.as_str()).ok()?;
        let message_of = Object::of(raw)?.object("message")?;
        let system = message_of.object("system")?;
        let kind = system.text("type").unwrap_or_default();
        let number = system.id("wa_id").or_else(|| system.id("new_wa_id"));
        let user_id = system.id("user_id");
        let previous = system.id("previous_user_id");
        let left_number = kind.ends_with("changed_number") || number.is_some();
        if !left_number && !kind.ends_with("changed_user_id") && previous.is_none() {
            return None;
        }
        let body = system.text("body");
        let told = [&number, &user_id].into_iter().flatten();
        let told = told.filter_map(|new| before(body.as_deref()?, new)).collect::<Vec<_>>();
        let from = [message.from.clone(), system.id("customer")];
        // Who has a new user id alone still has the number.
        let number = if left_number { number } else { message.from.clone() };
        let is_new = |name: &String| Some(name) != number.as_ref() && Some(name) != user_id.as_ref();
        let old: Vec<String> = from
            .into_iter()
            .chain([message.user_id.clone(), previous])
            .flatten()
            .chain(told)
            .filter(is_new)
            .collect();
        let both = number.is_some() && user_id.is_some();
        let moves = !old.is_empty() && (user_id.is_some() || (left_number && number.is_some()));
        (both || moves).then_some(Self { old, number, user_id, left_number })
    }
}

/// The old name in "User NAME changed from OLD to NEW". Only its end is looked at: people choose their names as they like.
fn before(body: &str, new: &str) -> Option<String> {
    let (_, old) = body.trim_end().strip_suffix(new)?.strip_suffix(" to ")?.rsplit_once(" changed from ")?;
    let is_name = !old.is_empty() && !old.contains(char::is_whitespace);
    is_name.then(|| old.strip_prefix('+').unwrap_or(old).to_owned())
}

/// Moves the conversation that a system message tells of, if it does. Where both are there they become one; where there is none,
/// the names are kept for what comes later: a conversation that nobody has written in is not listed.
pub(super) async fn record(tx: &mut AnyConnection, message: &MessageEvent) -> sqlx::Result<()> {
    if message.group_id.is_some() {
        return Ok(());
    }
    let Some(NewContact { old, number, user_id, left_number }) = NewContact::of(message) else {
        return Ok(());
    };
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
    let goes_on = match (ids.next(), number.as_deref().or(user_id.as_deref())) {
        (Some(id), _) => id,
        (None, Some(new)) => contacts::under(tx, business, new).await?,
        (None, None) => return Ok(()),
    };
    // Also a name that the message does not tell, since the conversation was found by another one.
    let name = contacts::name(tx, goes_on).await?;
    let mut left = vec![name.clone()];
    for id in ids {
        left.push(contacts::name(tx, id).await?);
        contacts::merge(tx, id, goes_on).await?;
    }
    let is_left = left_number || !contacts::is_number(&name);
    let known = if number.is_some() || is_left { number.as_deref().or(user_id.as_deref()) } else { None };
    if let Some(new) = known.filter(|new| *new != name) {
        // The contact may have left the new name too: the message that tells so came first.
        let has_moved_on = !old.contains(&name) && contacts::find(tx, business, new).await? == Some(goes_on);
        if !has_moved_on {
            contacts::rename(tx, goes_on, new).await?;
        }
    }
    let new = [&number, &user_id].into_iter().flatten();
    for name in old.iter().chain(&left).chain(new) {
        if contacts::exactly(tx, business, name).await?.is_none() {
            contacts::alias(tx, business, name, goes_on).await?;
        }
    }
    Ok(())
}
