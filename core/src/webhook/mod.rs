//! Webhooks: what Meta sends to the business, checked and typed.

mod cards;
mod content;
mod declare;
mod event;
mod identity;
mod messages;
mod parse;
mod part;
mod signature;
mod split;
mod templates;

pub use self::declare::EventInfo;
pub use self::event::{
    EchoEvent, Event, MessageEvent, OtherEvent, PreferenceEvent, StatusEvent, TemplateEvent,
};
pub(crate) use self::identity::EventId;
#[cfg(feature = "store")]
pub(crate) use self::identity::{StatusSubject, status_name};
pub use self::parse::{each_event, parse_webhook};
pub use self::part::{
    Edit, EventAddress, EventContact, EventContext, EventConversation, EventEmail, EventFlow, EventLocation,
    EventMedia, EventOrder, EventOrderItem, EventPhone, EventPricing, EventProduct, EventReaction,
    EventReferral, EventReply, EventSystem, EventUrl, Revoke, StatusError,
};
pub use self::signature::{sign_webhook, verify_webhook};
pub use self::split::{WebhookPart, split_webhook};
