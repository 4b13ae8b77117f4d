//! The fault matrix: each fault of a network or of a host, with each operation, in each face of the SDK.
//!
//! `cargo xtask faults` is the way to use it. A raw server plays the fault and counts what really came. The conformance suite's runners
//! make the calls. What a face says of a call is held against that count, against what the fault is declared to lead to, and against what
//! the other faces say.

mod cell;
mod certificates;
mod descriptors;
mod face;
mod families;
mod fault;
mod judge;
mod matrix;
mod operation;
mod outcome;
mod page;
mod play;
mod reply;
mod runner;
mod seen;
mod server;
mod stage;
mod table;

pub use face::FaceReport;
pub use matrix::{Matrix, Options, run};
pub use page::page;
