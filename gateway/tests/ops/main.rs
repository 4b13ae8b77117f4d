//! The gateway's operational parts, each through a real server on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../src/docs.rs"]
mod docs;
#[path = "../../src/guard.rs"]
mod guard;
#[path = "../../src/head.rs"]
mod head;
#[path = "../../src/health.rs"]
mod health;
#[path = "../../src/limits.rs"]
mod limits;
#[path = "../../src/listen.rs"]
mod listen;
#[path = "../../src/metrics.rs"]
mod metrics;
#[path = "../../src/openapi/mod.rs"]
mod openapi;
#[path = "../../src/refusal.rs"]
mod refusal;
#[path = "../../src/socket.rs"]
mod socket;
#[path = "../../src/trace.rs"]
mod trace;

mod described;
mod exposition;
mod house;
mod overload;
mod seen;
mod slow;
mod wire;
