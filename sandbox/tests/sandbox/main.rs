//! The sandbox as its users meet it: over plain sockets, with a client that shares no code with it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers are tests, too")]

mod account;
mod answers;
mod faults;
mod host;
mod pages;
mod phone_acts;
mod phone_files;
mod phone_page;
mod phone_presses;
mod phone_stream;
mod phone_waits;
mod receiver;
mod trouble;
mod webhooks;
mod wire;
