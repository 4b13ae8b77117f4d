//! How what came in is printed: a line for people, or a JSON object.

use std::io::Result;

use jiff::Zoned;
use serde_json::{Map, Value, json};
use wamid::Event;

use super::super::output::{colored_output, say_json, say_styled};
use super::super::plain::plain;

/// Longest text of a line's part, in characters.
const LONGEST: usize = 200;

/// What came in, or became of it.
#[derive(Debug)]
pub(super) enum Came {
    Event(Box<Event>),
    /// Meta's subscription check, and whether it was confirmed.
    Subscription(bool),
    /// A webhook that the app secret did not sign.
    Forged,
    /// A body that is no webhook.
    Strange(String),
    /// What the app answered: status and body.
    Answer(u16, String),
    /// Why it did not answer.
    NoAnswer(String),
}

const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const CYAN: &str = "36";
const DIM: &str = "2";

/// Prints what came.
pub(super) struct Show {
    json: bool,
    colors: bool,
}

impl Show {
    pub(super) fn new(json: bool) -> Self {
        Self { json, colors: colored_output() }
    }

    pub(super) fn print(&self, came: &Came) -> Result<()> {
        if self.json {
            return say_json(&as_json(came));
        }
        say_styled(&format!(
            "{}  {}",
            self.paint(DIM, &Zoned::now().strftime("%T").to_string()),
            self.line(came)
        ))
    }

    /// A text of others, in a colour.
    fn paint(&self, color: &str, text: &str) -> String {
        let text = plain(text);
        if self.colors { format!("\u{1b}[{color}m{text}\u{1b}[0m") } else { text.into_owned() }
    }

    fn line(&self, came: &Came) -> String {
        match came {
            Came::Event(event) => self.event(event),
            Came::Subscription(true) => self.paint(GREEN, "Meta's check of the address was confirmed"),
            Came::Subscription(false) => self.paint(
                RED,
                "a check of the address was refused: it has another verify token than WAMID_VERIFY_TOKEN",
            ),
            Came::Forged => {
                self.paint(RED, "a webhook was refused: the app secret (WAMID_APP_SECRET) did not sign it")
            }
            Came::Strange(why) => self.paint(RED, &format!("a body that is no webhook was refused: {why}")),
            Came::Answer(status, body) => {
                let color = if (200..300).contains(status) { GREEN } else { RED };
                self.paint(color, &format!("  the app answered {status}  {}", shortened(body.trim())))
                    .trim_end()
                    .to_owned()
            }
            Came::NoAnswer(why) => self.paint(RED, &format!("  the app did not answer: {why}")),
        }
    }

    fn event(&self, event: &Event) -> String {
        let mut fields = fields(event);
        let mut text = |name: &str| match fields.remove(name) {
            Some(Value::String(text)) => Some(text),
            Some(Value::Null) | None => None,
            Some(other) => Some(other.to_string()),
        };
        let name = text("event").unwrap_or_default();
        let (kind, status) = (text("type"), text("status"));
        let kind = [kind, status, text("change"), text("field")].into_iter().flatten().next();
        let kind = kind.or_else(|| text("value")).unwrap_or_default();
        let color = match (name.as_str(), kind.as_str()) {
            (_, "failed" | "unsupported") => RED,
            ("message", _) => GREEN,
            ("status", _) => CYAN,
            (_, "stop") => RED,
            _ => YELLOW,
        };
        let who =
            [text("address"), text("from"), text("recipient"), text("to"), text("phone"), text("user_id")];
        let who: Vec<String> =
            who.into_iter().flatten().take(1).chain(text("profile_name")).chain(text("username")).collect();
        let (said, id, raw) = (text("text"), text("id"), text("raw"));
        for shown_elsewhere in ["timestamp", "phone_number_id", "redelivered"] {
            let _ = text(shown_elsewhere);
        }
        let mut parts = vec![self.paint(color, &format!("{name:<8} {kind:<12}"))];
        if !who.is_empty() {
            parts.push(plain(&shortened(&who.join(" "))).into_owned());
        }
        parts.extend(said.map(|said| plain(&shortened(&said)).into_owned()));
        let rest = fields.into_iter().filter(|(_, value)| !is_nothing(value));
        parts.extend(
            rest.map(|(name, value)| {
                plain(&format!("{name}={}", shortened(&value.to_string()))).into_owned()
            }),
        );
        parts.extend(id.map(|id| self.paint(DIM, &id)));
        if parts.len() == 1 {
            parts.extend(raw.map(|raw| plain(&shortened(&raw)).into_owned()));
        }
        parts.join("  ")
    }
}

fn as_json(came: &Came) -> Value {
    match came {
        Came::Event(event) => Value::Object(fields(event)),
        Came::Subscription(confirmed) => json!({"check": {"confirmed": confirmed}}),
        Came::Forged => json!({"refused": "the app secret did not sign it"}),
        Came::Strange(why) => json!({"refused": why}),
        Came::Answer(status, body) => json!({"answer": {"status": status, "body": body}}),
        Came::NoAnswer(why) => json!({"answer": {"error": why}}),
    }
}

fn fields(event: &Event) -> Map<String, Value> {
    match serde_json::to_value(event) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// What says nothing: absent, false, or empty.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('\u{2026}');
    }
    short
}

#[cfg(test)]
mod tests {
    use wamid::parse_webhook;

    use super::*;

    fn lines(value: &Value) -> Vec<String> {
        let body = json!({"entry": [{"id": "1", "changes": [value]}]}).to_string();
        let show = Show { json: false, colors: false };
        let events = parse_webhook(body.as_bytes()).unwrap();
        events.into_iter().map(|event| show.line(&Came::Event(Box::new(event)))).collect()
    }

    #[test]
    fn an_event_is_a_line_that_says_what_who_and_which() {
        let metadata = json!({"phone_number_id": "1066"});
        let contacts = json!([{"profile": {"name": "Sheena"}, "wa_id": "16505551234"}]);
        let message = |kind: &str, part: Value| json!({"from": "16505551234", "id": "wamid.1", "timestamp": "1749416383", "type": kind, kind: part});
        let value = json!({"metadata": metadata, "contacts": contacts, "messages": [
            message("text", json!({"body": "Is it\nopen?\u{1b}[2J"})),
            message("text", json!({"body": "x".repeat(1000)})),
        ], "statuses": [
            {"id": "wamid.2", "status": "failed", "timestamp": "1749416383", "recipient_id": "16505551234",
             "errors": [{"code": 131_026, "title": "undeliverable"}]},
        ]});
        let shown = lines(&json!({"field": "messages", "value": value}));
        assert_eq!(shown[0], "message  text          +16505551234 Sheena  Is it\\nopen?\\u{1b}[2J  wamid.1");
        assert!(shown[1].len() < 300 && shown[1].contains("x\u{2026}"), "{}", shown[1]);
        assert!(shown[2].starts_with("status   failed        +16505551234"), "{}", shown[2]);
        assert!(shown[2].contains("131026") && shown[2].ends_with("wamid.2"), "{}", shown[2]);
        let template = lines(
            &json!({"field": "message_template_status_update", "value": {"event": "APPROVED",
            "message_template_id": 1, "message_template_name": "order_update", "message_template_language": "en_US", "reason": "NONE"}}),
        );
        assert!(template[0].starts_with("template status      "), "{}", template[0]);
        assert!(template[0].contains("order_update") && template[0].contains("APPROVED"), "{}", template[0]);
        let stop = json!({"wa_id": "16505551234", "category": "marketing_messages", "value": "stop", "timestamp": 1_731_705_721});
        let value = json!({"metadata": metadata, "user_preferences": [stop]});
        let stop = lines(&json!({"field": "user_preferences", "value": value}));
        assert!(stop[0].starts_with("preference stop          +16505551234"), "{}", stop[0]);
        let other = lines(&json!({"field": "account_update", "value": {"event": "OF_TOMORROW"}}));
        assert!(
            other[0].starts_with("other    account_update") && other[0].contains("OF_TOMORROW"),
            "{}",
            other[0]
        );
    }
}
