//! The binary `wamid`, as a person or a script meets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// Signals, devices and file modes are those of Unix.
#![cfg(unix)]

mod commands;
mod demo;
mod doctor;
mod documents;
mod events;
mod keys;
mod kinds;
mod listen;
mod many;
mod operations;
mod pages;
mod playing;
mod private;
mod profile;
mod scripts;
mod send;
mod serve;
mod terminal;
mod unread;
