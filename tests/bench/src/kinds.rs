//! What each kind costs before it goes out: its rules, its body.

use std::hint::black_box;
use std::time::Instant;

use serde_json::json;
use wamid::{Client, Content, Message};

use crate::figures::say;

/// The best of so many turns.
const TURNS: usize = 15;
const TIMES: u32 = 20_000;

/// Prints a line of JSON a kind: nanoseconds a message, bytes of its body.
pub(crate) fn run() -> Result<(), String> {
    let said = |error: wamid::Error| error.to_string();
    let client = Client::cloud("EAAbench", "106540352242922").build().map_err(said)?;
    for kind in Content::kinds() {
        let message = Message::new("+91 98765-43210", Content::from_json(kind.example).map_err(said)?);
        let bytes = client.preview(&message).map_err(said)?.body.as_str().len();
        let mut best = f64::INFINITY;
        for _ in 0..TURNS {
            let began = Instant::now();
            for _ in 0..TIMES {
                black_box(client.preview(black_box(&message)).map_err(said)?);
            }
            best = best.min(began.elapsed().as_secs_f64() / f64::from(TIMES));
        }
        say(&json!({"kind": kind.name, "ns": best * 1e9, "bytes": bytes}).to_string());
    }
    Ok(())
}
