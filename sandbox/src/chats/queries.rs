//! What is asked of the log: the messages of a chat, the chats, what the business sent.

use super::chat::{Chat, ShownChat};
use super::entry::{Entry, Side};
use super::log::{Log, Record};
use crate::record::Message;

/// The most messages given at once that carry the JSON of a Flow, which may have a mebibyte.
pub(crate) const FLOWS_AT_ONCE: usize = 16;

impl Log {
    fn has_flow(&self, number: u64) -> bool {
        self.at(number).is_some_and(|record| record.entry.flow.is_some())
    }

    /// The messages of a chat, newest first.
    pub(crate) fn newest_first<'log>(
        &'log self,
        phone: &str,
    ) -> impl Iterator<Item = &'log Entry> + use<'log> {
        let numbers = self.chats.get(phone).map(|chat| chat.entries.iter().rev());
        numbers.into_iter().flatten().filter_map(|number| self.at(*number)).map(|record| &record.entry)
    }

    /// What the business sent to a phone, newest first: also reactions, which do not stand in the chat themselves.
    pub(crate) fn of_business<'log>(
        &'log self,
        phone: &'log str,
    ) -> impl Iterator<Item = &'log Entry> + use<'log> {
        let entries = self.records.iter().rev().map(|record| &record.entry);
        entries.filter(move |entry| entry.side == Side::Business && entry.phone == phone)
    }

    /// The first message of a chat after that number which this is true of, with its number.
    pub(crate) fn first_after(
        &self,
        phone: &str,
        number: u64,
        wanted: impl Fn(&Entry) -> bool,
    ) -> Option<(u64, &Entry)> {
        let entries = &self.chats.get(phone)?.entries;
        let from = entries.partition_point(|known| *known < number);
        let mut rest = entries.range(from..).filter_map(|number| Some((*number, &self.at(*number)?.entry)));
        rest.find(|(_, entry)| wanted(entry))
    }

    /// The newest `limit` messages of a chat, or those before one of them; oldest first, and whether there are more. Fewer, where many
    /// carry the JSON of a Flow.
    pub(crate) fn page(&self, phone: &str, before: Option<&str>, limit: usize) -> (Vec<Entry>, bool) {
        let Some(Chat { entries, .. }) = self.chats.get(phone) else {
            return (Vec::new(), false);
        };
        let end = match before {
            None => entries.len(),
            // What is unknown was before all that is kept.
            Some(id) => {
                self.numbers.get(id).map_or(0, |number| entries.partition_point(|known| known < number))
            }
        };
        let mut begin = end.saturating_sub(limit);
        let mut with_flow = 0;
        for at in (begin..end).rev() {
            with_flow += usize::from(self.has_flow(entries[at]));
            if with_flow > FLOWS_AT_ONCE {
                begin = at + 1;
                break;
            }
        }
        let page = entries.range(begin..end).filter_map(|number| self.at(*number));
        (page.map(|record| record.entry.clone()).collect(), begin > 0)
    }

    /// All chats, those with the newest messages first.
    pub(crate) fn chats(&self) -> Vec<ShownChat> {
        let mut all: Vec<_> = self.chats.iter().collect();
        all.sort_by(|(phone, chat), (other, than)| {
            than.entries.back().cmp(&chat.entries.back()).then(phone.cmp(other))
        });
        // In a list nobody fills in a Flow, and its JSON may have a mebibyte.
        let last = |chat: &Chat| Some(Entry { flow: None, ..self.at(*chat.entries.back()?)?.entry.clone() });
        all.into_iter().map(|(phone, chat)| ShownChat::new(phone, chat, last(chat))).collect()
    }

    /// One chat, without its last message; of a phone whose chat is forgotten, an empty one.
    pub(crate) fn shown_chat(&self, phone: &str) -> ShownChat {
        match self.chats.get(phone) {
            Some(chat) => ShownChat::new(phone, chat, None),
            None => ShownChat::new(phone, &Chat::default(), None),
        }
    }

    /// What the business sent, oldest first.
    pub(crate) fn messages(&self) -> Vec<Message> {
        let business = self.records.iter().filter(|record| record.entry.side == Side::Business);
        business
            .filter_map(|Record { entry, sent, .. }| {
                let (body, outcome) = sent.as_ref()?;
                Some(Message::new(entry, body, outcome))
            })
            .collect()
    }
}
