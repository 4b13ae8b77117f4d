//! Webhooks: what Meta sends to the business, checked and typed.

mod content;
mod declare;
mod event;
mod identity;
mod parse;
mod signature;
mod split;

pub use self::declare::EventInfo;
pub use self::event::{
    EchoEvent, Edit, Event, EventMedia, MessageEvent, OtherEvent, Revoke, StatusError, StatusEvent,
};
pub(crate) use self::identity::EventId;
#[cfg(feature = "store")]
pub(crate) use self::identity::{StatusSubject, status_name};
pub use self::parse::parse_webhook;
pub use self::signature::{sign_webhook, verify_webhook};
pub use self::split::{WebhookPart, split_webhook};
