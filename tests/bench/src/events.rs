//! What it costs to read events of webhooks, and the bodies that every language reads.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::figures::say;

/// The best of so many turns.
const TURNS: usize = 50;

#[derive(Args)]
pub(crate) struct Reading {
    #[arg(value_enum)]
    subject: Subject,
    /// A body of one event a line
    #[arg(long)]
    file: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Subject {
    /// Writes the file
    Write,
    /// JSON alone
    Json,
    Wamid,
}

/// Half of them texts, the rest statuses, buttons that were pressed, and pictures; each in a change of its own, as Meta sends them.
fn bodies() -> Vec<Value> {
    (0..1000).map(body).collect()
}

fn body(at: u32) -> Value {
    let number = format!("1650555{at:04}");
    let (id, timestamp) = (format!("wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTA{at:08}"), "1749416383");
    let user_id = format!("US.1349120865530274{at:04}");
    let message = |kind: &str, content: Value| json!({"messages": [{"from": number, "from_user_id": user_id, "id": id, "timestamp": timestamp, "type": kind, kind: content}]});
    let mut value = match at % 10 {
        0..=4 => message(
            "text",
            json!({"body": format!("Does it come in another color? I saw number {at} in your shop.")}),
        ),
        5 => message(
            "interactive",
            json!({"type": "button_reply", "button_reply": {"id": format!("order-{at}"), "title": "Order it"}}),
        ),
        6 => message(
            "image",
            json!({"caption": "Taj Mahal", "mime_type": "image/jpeg",
                "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=", "id": format!("1003383421{at:06}")}),
        ),
        _ => {
            json!({"statuses": [{"id": id, "status": "delivered", "timestamp": timestamp, "recipient_id": number, "recipient_user_id": user_id,
            "biz_opaque_callback_data": format!("order-{at}"),
            "conversation": {"id": "6ceb9d929c9bdc4f90967a32f8639b42", "origin": {"type": "utility"}},
            "pricing": {"billable": true, "pricing_model": "PMP", "type": "regular", "category": "utility"}}]})
        }
    };
    value["messaging_product"] = json!("whatsapp");
    value["metadata"] = json!({"display_phone_number": "15550783881", "phone_number_id": "106540352242922"});
    value["contacts"] = json!([{"profile": {"name": "Sheena Nelson"}, "wa_id": number, "user_id": user_id}]);
    json!({"object": "whatsapp_business_account",
        "entry": [{"id": "419561257915477", "changes": [{"value": value, "field": "messages"}]}]})
}

/// All events in one body.
fn merged(bodies: &[Value]) -> Value {
    let changes: Vec<&Value> = bodies.iter().map(|body| &body["entry"][0]["changes"][0]).collect();
    json!({"object": "whatsapp_business_account", "entry": [{"id": "419561257915477", "changes": changes}]})
}

/// Prints a line of JSON: microseconds an event.
pub(crate) fn run(reading: &Reading) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", reading.file.display());
    let bodies = match reading.subject {
        Subject::Write => {
            let lines: String = bodies().iter().map(|body| format!("{body}\n")).collect();
            fs::write(&reading.file, lines).map_err(failed)?;
            say(&json!({"written": reading.file}).to_string());
            return Ok(());
        }
        _ => fs::read_to_string(&reading.file).map_err(failed)?,
    };
    let bodies: Vec<Value> = bodies
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .map_err(|error: serde_json::Error| error.to_string())?;
    let whole = merged(&bodies).to_string();
    let mut best = f64::INFINITY;
    for _ in 0..TURNS {
        let began = Instant::now();
        let count = match reading.subject {
            Subject::Wamid => {
                let events = wamid::parse_webhook(black_box(whole.as_bytes()));
                black_box(events.map_err(|error| error.to_string())?).len()
            }
            _ => {
                let value: Value =
                    serde_json::from_str(black_box(&whole)).map_err(|error| error.to_string())?;
                black_box(&value)["entry"][0]["changes"].as_array().map_or(0, Vec::len)
            }
        };
        best = best.min(began.elapsed().as_secs_f64());
        if count != bodies.len() {
            return Err(format!("{count} events"));
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a thousand")]
    let us = best * 1e6 / bodies.len() as f64;
    say(&json!({"us": us}).to_string());
    Ok(())
}
