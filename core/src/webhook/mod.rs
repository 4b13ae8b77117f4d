//! Webhooks: what Meta sends to the business, checked and typed.

mod event;
mod parse;
mod signature;

pub use self::event::{Event, MessageEvent, OtherEvent, StatusError, StatusEvent};
pub use self::parse::parse_webhook;
pub use self::signature::verify_webhook;
