//! Send WhatsApp messages: texts, location pins and templates; list the recent chats; understand webhooks.
//!
//! One [`Client`] speaks to one of two hosts: Meta's Cloud API ([`Client::cloud`]), for servers that hold Meta's token,
//! or a messaging gateway ([`Client::gateway`]), for everyone else. The operations, their arguments, results and errors
//! are the same.
//!
//! ```no_run
//! use wamid::{Client, Template};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), wamid::Error> {
//!     let client = Client::from_env()?;
//!     client.send_message("+91 98765-43210", "Your order is on its way.").await?;
//!     client.send_location("919876543210", 28.6139, 77.2090).name("Our Office").await?;
//!     let update = Template::new("order_update").body_params(["Asha", "A-1042"]);
//!     let receipt = client.send("919876543210", update).await?;
//!     println!("{}", receipt.id);
//!     Ok(())
//! }
//! ```
//!
//! # Delivery
//!
//! Meta has no idempotency keys, so every call ends in one of three ways, and says which: sent (a [`Receipt`]), surely
//! not sent, or unknown ([`Error::maybe_sent`]). Only what surely was not sent is tried again by the client itself.
//!
//! # Features
//!
//! - `store`: records every send before it goes out and keeps the conversations, in an embedded SQLite database; with it
//!   [`chats`](Client::chats) works on a cloud client.
//! - `postgres`: `store`, and the record in PostgreSQL too, for many processes that share it.
//! - `tower`: a service that receives webhooks, for axum and others: [`WebhookReceiver`]`::service`.
//!
//! # Logging
//!
//! Through [`tracing`](https://docs.rs/tracing): a span for each call (`wamid.send`, `wamid.chats`) with operation, host
//! and the last four digits of the recipient; an event for each attempt with status, code, trace id and duration. Never a
//! token, a message's content or a whole phone number.

mod argument;
mod client;
mod contract;
mod delivery;
mod error;
mod json;
mod media;
mod message;
mod operation;
mod receiver;
#[cfg(feature = "store")]
mod store;
mod template;
mod transport;
mod webhook;

#[doc(hidden)]
pub use argument::{seconds, unicode, whole};
#[doc(hidden)]
pub use client::{Bulk, ReadyMessage};
pub use client::{
    Client, ClientBuilder, HostInfo, Options, Progress, RequestPreview, SendEach, SendMany, SendManyOutcomes,
    Sending,
};
#[doc(hidden)]
pub use contract::contract;
pub use delivery::Receipt;
#[doc(hidden)]
pub use delivery::{counting_retries, log_unheard};
pub use error::{Error, ErrorKind};
/// An instant, of the crate [`jiff`](https://docs.rs/jiff).
pub use jiff::Timestamp;
pub use json::Json;
#[doc(hidden)]
pub use json::check_whole_numbers;
pub use media::{Bytes, TransferProgress};
#[doc(hidden)]
pub use media::{TransferReport, media_types};
pub use message::kinds::*;
pub use message::{Conversation, Header, HeaderMedia, Message, SendOptions};
#[doc(hidden)]
pub use message::{FieldInfo, Form, KindInfo, Limits, Presence, RecordInfo, Shape, TextOrInfo, asked_for};
pub use operation::{
    BlockFailure, BlockUsers, BlockedUsers, Blocking, BusinessProfile, CheckTemplate, CreateTemplate,
    CreatedTemplate, DeleteMedia, DeleteTemplate, Download, DownloadMedia, DownloadMediaTo, EditTemplate,
    GraphRequest, ListSends, ListTemplates, LookUpMedia, MarkRead, MediaInfo, Operation, OperationCall,
    ProfilePhoto, ReadProfile, SendRecord, TemplateInfo, UnblockUsers, UpdateProfile, UploadMedia,
};
#[doc(hidden)]
pub use operation::{MediaContent, OperationInfo};
#[cfg(feature = "tower")]
pub use receiver::WebhookService;
#[doc(hidden)]
pub use receiver::handshake;
pub use receiver::{WebhookAnswer, WebhookDelivery, WebhookReceiver};
#[cfg(feature = "store")]
#[doc(hidden)]
pub use store::{EventRows, Migration, SendClaim, StoreRow, StoreTransaction};
#[cfg(feature = "store")]
pub use store::{NewSend, Prune, Pruned, SendFilter, SendId, SendOutcome, SendStatus, Store, StoredSend};
pub use template::{
    Button, ButtonKind, ButtonSection, Components, Media, Parameter, build_template_components,
};
#[doc(hidden)]
pub use transport::{PostAnswer, PostFailure, PostTarget, Poster};
pub use webhook::{
    EchoEvent, Edit, Event, EventAddress, EventContact, EventContext, EventConversation, EventEmail,
    EventFlow, EventLocation, EventMedia, EventOrder, EventOrderItem, EventPhone, EventPricing, EventProduct,
    EventReaction, EventReferral, EventReply, EventSystem, EventUrl, MessageEvent, OtherEvent,
    PreferenceEvent, Revoke, StatusError, StatusEvent, TemplateEvent, parse_webhook, verify_webhook,
};
#[doc(hidden)]
pub use webhook::{EventInfo, WebhookPart, each_event, sign_webhook, split_webhook};
