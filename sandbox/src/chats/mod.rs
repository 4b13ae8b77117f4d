//! The chats of the customers: what the business sent and what they wrote, in order of arrival, and who wants to know of changes.

mod changes;
mod chat;
mod entry;
mod log;
mod queries;
mod reactions;
mod wire;

pub(crate) use self::changes::Change;
pub(crate) use self::chat::{Chat, ShownChat, Trouble};
pub(crate) use self::entry::{Entry, EntryError};
pub use self::entry::{MessageStatus, Side};
pub(crate) use self::log::{Log, Record, Step};
pub(crate) use self::queries::FLOWS_AT_ONCE;
pub(crate) use self::wire::{Answer, Request, Try, Webhook, Wire, body_without_token, without_token};
