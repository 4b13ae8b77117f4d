//! The binary `wamid`, as a person or a script meets it.
#![cfg(feature = "cli")]

mod demo;
mod playing;
mod send;
