//! The gateway: the messaging API's endpoints over one cloud client and its store.
//!
//! The success answers are those of django-meta-whatsapp, so that its callers need not change; every error keeps its
//! `{"error": text}` and adds what the SDK knows.

mod accounts;
mod answer;
mod arguments;
mod bodies;
mod business;
mod cache;
mod clock;
mod config;
mod docs;
mod endpoints;
mod fault;
mod forward;
mod gateway;
mod guard;
mod head;
mod health;
mod idempotency;
mod key_check;
mod keys;
mod limits;
mod listen;
mod metrics;
mod openapi;
mod options;
mod own_pace;
mod refusal;
mod rights;
mod routes;
mod schema;
mod send;
mod sends;
mod socket;
mod start_error;
mod trace;
mod upload_slots;
mod vault;
mod webhook;

use std::time::Duration;

pub use self::accounts::{AccountForward, AccountRecord, Accounts, NewAccount};
pub use self::forward::{AccountEvents, DroppedEvents, EventQueue, ForwardTarget, QueuedEvent};
pub use self::gateway::Gateway;
pub use self::keys::{KeyRecord, Keys};
pub use self::options::GatewayOptions;
pub use self::rights::{KeyLimits, Rate, Right};
use self::routes::Shared;
pub use self::start_error::StartError;
pub use self::vault::Vault;

/// Within this a gateway answers, before its clients' own 30 s are over.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(25);
