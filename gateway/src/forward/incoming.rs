//! A webhook's events on their way into the store: the record of each, and the row that waits to be passed on.

use std::ops::Range;

use serde_json::json;
use wamid::{Event, EventRow, StoreRow, WebhookPart};

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
    pub(crate) rows: Vec<EventRow>,
    /// The numbers that rows are about.
    pub(crate) numbers: Vec<String>,
}

impl Incoming {
    /// Takes a part whose events are to be recorded, and passed on as of that number.
    pub(crate) fn pass_on(&mut self, part: WebhookPart, number: &str) {
        let WebhookPart { body, events, .. } = part;
        let Some(first) = events.first() else { return };
        let label: String = first.label().chars().take(LONGEST_LABEL).collect();
        let (sender, kind) = (sender(first, number), storable(&label));
        let range = self.events.len()..self.events.len() + events.len();
        let event = json!({"i": self.rows.len(), "n": number, "s": sender, "t": kind, "b": body, "c": now()});
        let turn = json!({"n": number, "s": sender, "c": now()});
        self.events.extend(events);
        self.rows.push(row(range.clone(), ADD_EVENT, event));
        self.rows.push(row(range, ADD_SENDER, turn));
        if !self.numbers.iter().any(|known| known == number) {
            self.numbers.push(number.to_owned());
        }
    }
}

fn row(events: Range<usize>, statement: &'static str, row: serde_json::Value) -> EventRow {
    EventRow { events, row: StoreRow { statement, tag: String::new(), row, token: None, undo: None } }
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
