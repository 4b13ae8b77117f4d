//! The native half of the npm module `wamid`: what its TypeScript face in `lib` calls, and nobody else.
//!
//! Arguments and answers cross as JSON text: one string each way costs less than a dozen properties, is read on another
//! thread than JavaScript's, and many answers cross in one piece. What is refused crosses as the core's error in JSON, never
//! as an exception. Nothing here knows a rule or a default: that is all in the core.

// Lints look at a test build too, in which napi exports nothing; the tests are in JavaScript.
#![cfg_attr(test, allow(dead_code))]

mod answer;
mod arguments;
mod bulk;
mod calls;
mod client;
mod content;
mod event;
mod event_text;
mod items;
mod operations;
mod options;
mod outbox;
mod phone;
mod quick;
mod reader;
mod receipt;
mod receiver;
mod runtime;
mod sandbox;
mod webhook;
