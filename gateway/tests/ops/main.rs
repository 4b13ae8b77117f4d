//! The gateway's operational parts, each through a real server on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(feature = "cli")]

#[path = "../../src/server/docs.rs"]
mod docs;
#[path = "../../src/server/guard.rs"]
mod guard;
#[path = "../../src/server/head.rs"]
mod head;
#[path = "../../src/server/health.rs"]
mod health;
#[path = "../../src/server/limits.rs"]
mod limits;
#[path = "../../src/server/listen.rs"]
mod listen;
#[path = "../../src/server/metrics.rs"]
mod metrics;
#[path = "../../src/server/openapi/mod.rs"]
mod openapi;
#[path = "../../src/server/refusal.rs"]
mod refusal;
#[path = "../../src/server/socket.rs"]
mod socket;
#[path = "../../src/server/trace.rs"]
mod trace;

mod described;
mod exposition;
mod house;
mod overload;
mod seen;
mod slow;
mod wire;
