//! The Kotlin and Swift faces of wamid: conversions, and nothing else. What is documented here is what their users
//! read; `uniffi-bindgen` carries it into KDoc and DocC.

mod answer;
mod broken_pipe;
mod cancel;
mod client;
mod content;
mod error;
mod event;
mod event_record;
mod jvm;
mod message;
mod operations;
mod options;
mod progress;
mod result;
mod template;
mod text;
mod time;
mod webhook;

uniffi::setup_scaffolding!("wamid");
