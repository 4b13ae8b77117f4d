//! A webhook's events on their way into the store: the record of each, and the row that waits to be passed on.

use std::collections::HashMap;

use serde_json::json;
use wamid::{Event, EventRows, StoreRow, WebhookPart};

use super::super::keys::{hash, now};
use super::super::schema::storable;
use super::queue::{ADD_EVENT, ADD_SENDER};

/// Longest name of a sender that stands in the store as it is.
const LONGEST: usize = 128;
/// Longest label of an event, in characters.
const LONGEST_LABEL: usize = 64;

/// What is written down of a webhook, in one transaction.
#[derive(Debug, Default)]
pub(crate) struct Incoming {
    pub(crate) events: Vec<Event>,
    pub(crate) rows: Vec<EventRows>,
    /// The numbers that rows are about.
    pub(crate) numbers: Vec<String>,
    /// How often each body came in this webhook.
    bodies: HashMap<String, usize>,
}

impl Incoming {
    /// Takes a part whose events are to be recorded, and passed on as of that number.
    pub(crate) fn pass_on(&mut self, part: WebhookPart, number: &str) {
        let WebhookPart { body, is_dated, events, .. } = part;
        let Some(first) = events.first() else { return };
        let label: String = first.label().chars().take(LONGEST_LABEL).collect();
        let (sender, kind) = (sender(first, number), storable(&label));
        let digest = is_dated.then(|| hash(&body));
        let range = self.events.len()..self.events.len() + events.len();
        let event = json!({"i": self.rows.len(), "n": number, "s": sender, "t": kind, "b": body, "c": now()});
        let turn = json!({"n": number, "s": sender, "c": now()});
        // Meta delivers a webhook again to the letter, and its time tells it from a later one of the same content.
        let name = digest.map(|digest| {
            let times = self.bodies.entry(digest.clone()).or_default();
            *times += 1;
            (number.to_owned(), format!("body {digest} {times}"))
        });
        self.events.extend(events);
        self.rows.push(EventRows {
            events: range,
            name,
            rows: vec![row(ADD_EVENT, event), row(ADD_SENDER, turn)],
        });
        if !self.numbers.iter().any(|known| known == number) {
            self.numbers.push(number.to_owned());
        }
    }
}

fn row(statement: &'static str, row: serde_json::Value) -> StoreRow {
    StoreRow { statement, tag: String::new(), row, token: None, undo: None }
}

/// Whose events come one after the other: those of one customer of a number, of one template, or what is told of one field.
fn sender(event: &Event, number: &str) -> String {
    let name = match (event.customer(), event) {
        (Some(customer), _) => customer.to_owned(),
        (None, Event::Template(template)) => format!("template {}", template.template_id),
        (None, Event::Other(other)) => format!("field {}", other.field),
        (None, _) => "unnamed".to_owned(),
    };
    let name = if name.len() > LONGEST { hash(&name) } else { name };
    storable(&format!("{number}/{name}"))
}
