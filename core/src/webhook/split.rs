//! Takes a webhook apart into webhooks that each tell one thing, for a gateway that passes them on one by one.

use std::collections::HashMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::event::Event;
use super::messages::{BESIDE, NAMES};
use super::parse::{lists_of, parse_webhook};
use crate::error::Error;
use crate::json::{Object, list};

/// Parts of a webhook repeat what stands around them. Where that makes more of it than so many times its size, and this much, it
/// is taken apart less.
const MOST_GROWTH: usize = 4;
const ALWAYS_FINE: usize = 64 << 10;

/// A webhook of one message or status, or of one change that has neither: Meta's envelope around it, every value to the letter.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct WebhookPart {
    /// The webhook, as JSON.
    pub body: String,
    /// The `id` of its entry: of the WhatsApp Business Account that it is about.
    pub account_id: Option<String>,
    /// What it tells: one event, unless it is of no shape that is known.
    pub events: Vec<Event>,
}

/// Takes a webhook apart. All parts together tell what [`parse_webhook`] tells of the whole, in its order.
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `body` where it is no JSON object.
#[doc(hidden)]
pub fn split_webhook(body: &[u8]) -> Result<Vec<WebhookPart>, Error> {
    let text = std::str::from_utf8(body)
        .map_err(|error| Error::invalid("body", format!("must be JSON: {error}")))?;
    let most = (text.len() * MOST_GROWTH).max(ALWAYS_FINE);
    let whole = serde_json::from_str::<&RawValue>(text).ok().and_then(Object::of);
    let split = whole.as_ref().and_then(|whole| {
        let parts = |fine| Parts { whole, fine, left: most, parts: Vec::new() }.read();
        parts(true).or_else(|| parts(false))
    });
    let split = split.unwrap_or_else(|| vec![(text.to_owned(), None)]);
    let mut parts = Vec::with_capacity(split.len());
    for (body, account_id) in split {
        let events = parse_webhook(body.as_bytes())?;
        if !events.is_empty() {
            parts.push(WebhookPart { body, account_id, events });
        }
    }
    Ok(parts)
}

struct Parts<'a> {
    whole: &'a Object<'a>,
    /// Whether changes are taken apart, too.
    fine: bool,
    /// So many bytes may be written yet.
    left: usize,
    parts: Vec<(String, Option<String>)>,
}

impl<'a> Parts<'a> {
    /// The parts; none where they are too large together, or the webhook is of a shape that is not known.
    fn read(mut self) -> Option<Vec<(String, Option<String>)>> {
        for entry in list(self.whole.get("entry")?)? {
            let entry = Object::of(entry)?;
            let account_id = entry.id("id");
            for raw in list(entry.get("changes")?)? {
                let change = Object::of(raw)?;
                change.get("value")?;
                let values = if self.fine { single_values(&change) } else { None };
                match values {
                    Some(values) => {
                        for value in values {
                            let change = with(&change, &[("value", Some(&value))]);
                            self.write(&entry, &change, account_id.as_ref())?;
                        }
                    }
                    None => self.write(&entry, raw.get(), account_id.as_ref())?,
                }
            }
        }
        Some(self.parts)
    }

    fn write(&mut self, entry: &Object<'_>, change: &str, account_id: Option<&String>) -> Option<()> {
        let entry = with(entry, &[("changes", Some(&format!("[{change}]")))]);
        let body = with(self.whole, &[("entry", Some(&format!("[{entry}]")))]);
        self.left = self.left.checked_sub(body.len())?;
        self.parts.push((body, account_id.cloned()));
        Some(())
    }
}

/// A value for each element of the change's lists, with the contact that it is about; none where there is nothing to take apart.
fn single_values(change: &Object<'_>) -> Option<Vec<String>> {
    let keys = lists_of(&change.text("field")?);
    let value = change.object("value")?;
    // Each part would tell it again.
    if BESIDE.iter().any(|key| value.get(key).is_some()) {
        return None;
    }
    let mut lists = Vec::new();
    for key in keys {
        if let Some(raw) = value.get(key) {
            let elements = list(raw)?;
            if elements.iter().any(|element| Object::of(element).is_none()) {
                return None;
            }
            lists.push((*key, elements));
        }
    }
    if lists.iter().map(|(_, elements)| elements.len()).sum::<usize>() < 2 {
        return None;
    }
    let contacts = Contacts::of(&value);
    let mut values = Vec::new();
    for (of, elements) in &lists {
        let nameless = elements.len() == 1 || !elements.iter().any(|element| contacts.names_the_one(element));
        for element in elements {
            let element_list = format!("[{}]", element.get());
            let contact = contacts.of_element(element, nameless).map(|raw| format!("[{}]", raw.get()));
            let mut changed: Vec<(&str, Option<&str>)> =
                keys.iter().map(|key| (*key, (key == of).then_some(element_list.as_str()))).collect();
            if value.get("contacts").is_some() {
                changed.push(("contacts", contact.as_deref()));
            }
            values.push(with(&value, &changed));
        }
    }
    Some(values)
}

/// The contacts beside a change's elements, found as [`parse_webhook`] finds them.
struct Contacts<'a> {
    all: Vec<&'a RawValue>,
    by_name: HashMap<String, usize>,
}

impl<'a> Contacts<'a> {
    fn of(value: &Object<'a>) -> Self {
        let all = value.list("contacts").unwrap_or_default();
        let mut by_name = HashMap::new();
        for (at, contact) in all.iter().enumerate() {
            let contact = Object::of(contact).unwrap_or_default();
            for name in ["wa_id", "user_id"].into_iter().filter_map(|key| contact.id(key)) {
                by_name.entry(name).or_insert(at);
            }
        }
        Self { all, by_name }
    }

    fn named(&self, element: &RawValue) -> Option<&'a RawValue> {
        let element = Object::of(element)?;
        let at = NAMES.into_iter().filter_map(|key| element.id(key)).find_map(|name| self.by_name.get(&name));
        self.all.get(*at?).copied()
    }

    /// Whether the element names the only contact.
    fn names_the_one(&self, element: &RawValue) -> bool {
        self.all.len() == 1 && self.named(element).is_some()
    }

    fn of_element(&self, element: &RawValue, nameless: bool) -> Option<&'a RawValue> {
        let alone = self.all.first().copied().filter(|_| self.all.len() == 1 && nameless);
        self.named(element).or(alone)
    }
}

/// The object with other values under these names; none takes the member away.
fn with(object: &Object<'_>, changed: &[(&str, Option<&str>)]) -> String {
    let mut out = String::from("{");
    for (name, value) in object.members() {
        let value = match changed.iter().find(|(changed, _)| *changed == name) {
            Some((_, None)) => continue,
            Some((_, Some(value))) => value,
            None => value.get(),
        };
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&Value::from(name).to_string());
        out.push(':');
        out.push_str(value);
    }
    out.push('}');
    out
}
