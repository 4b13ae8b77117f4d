//! Webhooks: what Meta sends to the business, checked and typed.

mod content;
mod event;
mod parse;
mod signature;

pub use self::event::{
    EchoEvent, Edit, Event, EventMedia, MessageEvent, OtherEvent, Revoke, StatusError, StatusEvent,
};
pub use self::parse::parse_webhook;
pub use self::signature::verify_webhook;
