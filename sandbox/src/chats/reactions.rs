//! Reactions of the business: each stands on the message that it is for, in place of standing in the chat itself.

use serde_json::Value;

use super::entry::{Entry, Side};
use super::log::Log;

impl Log {
    /// The message of the same chat that a reaction of the business is for; none where it is none, or the chat has no such message.
    pub(crate) fn reacts_to(&self, entry: &Entry) -> Option<&Entry> {
        let is_reaction = entry.kind == "reaction" && entry.side == Side::Business;
        let message = entry.body.get("reaction").filter(|_| is_reaction)?.get("message_id")?.as_str()?;
        let record = self.get(message)?;
        (record.shown && record.entry.phone == entry.phone).then_some(&record.entry)
    }

    /// Puts the reaction of that id on its message; an empty emoji takes the one before it away. Nothing, where it is no reaction.
    pub(crate) fn react(&mut self, id: &str) {
        let Some(record) = self.get(id) else { return };
        let Some(message) = self.reacts_to(&record.entry).map(|entry| entry.id.clone()) else { return };
        let emoji = record.entry.body.pointer("/reaction/emoji").and_then(Value::as_str).unwrap_or_default();
        let emoji = Some(emoji.to_owned()).filter(|emoji| !emoji.is_empty());
        self.change(&message, |entry| entry.reactions.business = emoji);
    }
}
