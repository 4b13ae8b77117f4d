//! One customer: their name, how their phone behaves, and which messages are theirs.

use std::collections::VecDeque;

use serde::Serialize;

use super::entry::{Entry, MessageStatus};

/// The name of a customer who was given none.
const DEFAULT_NAME: &str = "Sandbox customer";

/// What keeps messages from a customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Trouble {
    /// The phone is switched off.
    pub(crate) offline: bool,
    /// The customer's account was deleted.
    pub(crate) deleted: bool,
    /// The customer wants no marketing messages.
    pub(crate) opted_out: bool,
    /// The customer has written nothing for 24 hours.
    pub(crate) window_closed: bool,
    /// The customer blocked the business.
    pub(crate) blocked: bool,
}

impl Trouble {
    /// Meta's code for a message that such a customer does not get.
    pub(crate) fn fails(&self, entry: &Entry) -> Option<u32> {
        let category = entry.template.as_ref().and_then(|template| template.get("category")?.as_str());
        match self {
            Self { deleted: true, .. } => Some(131_026),
            Self { window_closed: true, .. } if entry.kind != "template" => Some(131_047),
            Self { opted_out: true, .. }
                if category.is_some_and(|of| of.eq_ignore_ascii_case("marketing")) =>
            {
                Some(131_050)
            }
            _ => None,
        }
    }
}

/// A chat.
#[derive(Debug, Clone)]
pub(crate) struct Chat {
    pub(crate) name: String,
    /// Whether the customer reads a message as soon as it is there.
    pub(crate) reads: bool,
    pub(crate) trouble: Trouble,
    /// The numbers of its messages in the log, oldest first.
    pub(super) entries: VecDeque<u64>,
    /// How many messages of the business are delivered and not read.
    pub(super) unread: usize,
}

impl Default for Chat {
    fn default() -> Self {
        Self {
            name: DEFAULT_NAME.to_owned(),
            reads: true,
            trouble: Trouble::default(),
            entries: VecDeque::new(),
            unread: 0,
        }
    }
}

impl Chat {
    /// Whether nothing would be lost if the sandbox forgot it.
    pub(super) fn is_forgettable(&self) -> bool {
        self.entries.is_empty()
            && self.reads
            && self.trouble == Trouble::default()
            && self.name == DEFAULT_NAME
    }

    /// Whether a message of the business has come to the phone, or will at once.
    pub(crate) fn gets(&self, entry: &Entry) -> bool {
        let has_come = matches!(entry.status, MessageStatus::Delivered | MessageStatus::Read);
        entry.reaches_the_customer() && (has_come || !self.is_unreachable())
    }

    /// Whether messages wait until the phone gets some again.
    pub(crate) fn is_unreachable(&self) -> bool {
        self.trouble.offline || self.trouble.blocked
    }
}

/// A chat as the page gets it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ShownChat {
    phone: String,
    name: String,
    unread: usize,
    count: usize,
    last: Option<Entry>,
    reads: bool,
    trouble: Trouble,
}

impl ShownChat {
    pub(super) fn new(phone: &str, chat: &Chat, last: Option<Entry>) -> Self {
        Self {
            phone: phone.to_owned(),
            name: chat.name.clone(),
            unread: chat.unread,
            count: chat.entries.len(),
            last,
            reads: chat.reads,
            trouble: chat.trouble,
        }
    }
}
