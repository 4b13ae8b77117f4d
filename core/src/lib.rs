//! Send WhatsApp messages.

mod client;
mod config;
mod contract;
mod error;
mod extensions;
mod http;
mod input;
mod judge;
mod message;
mod pace;
mod phone;
mod redact;
mod result;
mod retry;
#[cfg(feature = "store")]
mod store;
mod template;
mod tls;
mod webhook;
mod wire;

pub use client::{Client, ClientBuilder, Progress, RequestPreview, SendMany};
pub use config::{Options, seconds};
pub use contract::contract;
pub use error::{Error, ErrorKind};
pub use message::{Location, Message, SendOptions, Template, Text};
pub use result::{Conversation, Receipt};
#[cfg(feature = "store")]
#[doc(hidden)]
pub use store::{Migration, StoreTransaction};
#[cfg(feature = "store")]
pub use store::{NewSend, SendFilter, SendId, SendOutcome, SendRecord, SendStatus, Store};
pub use template::{Button, ButtonKind, Components, Json, Media, Parameter, build_template_components};
pub use webhook::{Event, MessageEvent, OtherEvent, StatusError, StatusEvent, parse_webhook, verify_webhook};
