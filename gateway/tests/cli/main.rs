//! The binary `wamid`, as a person or a script meets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(feature = "cli")]

mod demo;
mod many;
mod playing;
mod send;
mod serve;
