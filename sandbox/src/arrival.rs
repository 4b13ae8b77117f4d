//! A message of the business arrives in a chat.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use super::chats::{Chat, Entry, EntryError, MessageStatus, Record, Side, Wire};
use super::customer::{customer_of, flow_of, template_of};
use super::errors::GraphError;
use super::reading::as_graph_reads_it;
use super::record::Outcome;
use super::state::Shared;

/// A message as it arrived.
pub(super) struct Arrived<'call> {
    pub(super) id: &'call str,
    /// The id of the number that it was sent from.
    pub(super) number: &'call str,
    pub(super) body: &'call Arc<Value>,
    pub(super) size: usize,
    pub(super) wire: Wire,
}

/// Takes it into the log, also where it was refused: who looks at the chat sees why.
pub(super) fn record(
    shared: &Shared,
    arrived: Arrived<'_>,
    outcome: Outcome,
    error: Option<EntryError>,
) -> Entry {
    let read = match as_graph_reads_it(arrived.body) {
        Cow::Borrowed(_) => Arc::clone(arrived.body),
        Cow::Owned(body) => Arc::new(body),
    };
    let text = |key: &str| read.get(key).and_then(Value::as_str);
    let customer = text("to").or_else(|| text("recipient")).and_then(|to| customer_of(to).ok());
    let taken = outcome.is_accepted();
    let template = template_of(&read).and_then(|(name, language)| shared.templates().defined(name, language));
    let flow = flow_of(&read, template.as_deref()).and_then(|flow| shared.account().flow_json(flow));
    let document = |key: &str| read.get("document")?.get(key)?.as_str();
    if let Some((id, filename)) = document("id").zip(document("filename")) {
        shared.account().files.name(id, filename);
    }
    let status = if taken { MessageStatus::Accepted } else { MessageStatus::Refused };
    let mut entry = Entry {
        id: arrived.id.to_owned(),
        phone: customer.unwrap_or_default(),
        time: shared.clock.tick(),
        phone_number_id: arrived.number.to_owned(),
        kind: text("type").unwrap_or_default().to_owned(),
        body: Arc::clone(&read),
        error,
        template,
        flow,
        ..Entry::blank(Side::Business, status)
    };
    let mut log = shared.log();
    if let Some(chat) = log.chat(&entry.phone).filter(|_| taken) {
        entry.blocked_on_arrival = chat.trouble.blocked;
        if entry.error.is_none() {
            let code = chat.trouble.fails(&entry);
            entry.error = code.map(|code| EntryError::from(&GraphError::of_code(code)));
        }
    }
    // A customer without a number or id that can be read has no chat.
    let is_reaction = entry.reaches_the_customer() && log.reacts_to(&entry).is_some();
    let shown = !is_reaction && !entry.phone.is_empty();
    let sent = Some((Arc::clone(arrived.body), outcome));
    log.add(Record { entry: entry.clone(), sent, shown, wire: arrived.wire, size: arrived.size });
    // A phone that is off gets the reaction with the messages that wait for it.
    if is_reaction && !log.chat(&entry.phone).is_some_and(Chat::is_unreachable) {
        log.react(&entry.id);
    }
    entry
}
