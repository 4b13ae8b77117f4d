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
    /// Whether it has its entry's `time`, which tells a repetition from a later webhook of the same content.
    pub is_dated: bool,
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
        let parts = |cut, left| Parts { whole, cut, left, parts: Vec::new() }.read();
        parts(Cut::Elements, most)
            .or_else(|| parts(Cut::Changes, most))
            .or_else(|| parts(Cut::Bare, usize::MAX))
    });
    let split =
        split.unwrap_or_else(|| vec![Cutting { body: text.to_owned(), account_id: None, is_dated: false }]);
    let mut parts = Vec::with_capacity(split.len());
    for Cutting { body, account_id, is_dated } in split {
        let events = parse_webhook(body.as_bytes())?;
        if !events.is_empty() {
            parts.push(WebhookPart { body, account_id, is_dated, events });
        }
    }
    Ok(parts)
}

/// How far a webhook is taken apart. A part never tells of two changes: those may be about numbers of two accounts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// A part for each message or status.
    Elements,
    /// A part for each change.
    Changes,
    /// The same, without what Meta's envelope has beside `object`, `id` and `changes`: it is large, and each part would repeat it.
    Bare,
}

/// A part whose events have not been read.
struct Cutting {
    body: String,
    account_id: Option<String>,
    is_dated: bool,
}

struct Parts<'a> {
    whole: &'a Object<'a>,
    cut: Cut,
    /// So many bytes may be written yet.
    left: usize,
    parts: Vec<Cutting>,
}

impl<'a> Parts<'a> {
    /// The parts; none where they are too large together, or there is no list of entries. Entries of an odd shape are one part, after
    /// the others, and so are such changes of an entry: a part for each could take a hundred times the body's size.
    fn read(mut self) -> Option<Vec<Cutting>> {
        let mut odd_entries = Vec::new();
        for raw in list(self.whole.get("entry")?)? {
            let entry = Object::of(raw);
            let changes = entry.as_ref().and_then(|entry| list(entry.get("changes")?));
            let (Some(entry), Some(changes)) = (entry, changes) else {
                odd_entries.push(raw.get());
                continue;
            };
            let mut odd_changes = Vec::new();
            for raw in changes {
                let Some(change) = Object::of(raw).filter(|change| change.get("value").is_some()) else {
                    odd_changes.push(raw.get());
                    continue;
                };
                let values = if self.cut == Cut::Elements { single_values(&change) } else { None };
                match values {
                    Some(values) => {
                        for value in values {
                            self.write(&entry, &with(&change, &[("value", Some(&value))]))?;
                        }
                    }
                    None => self.write(&entry, raw.get())?,
                }
            }
            if !odd_changes.is_empty() {
                self.write(&entry, &odd_changes.join(","))?;
            }
        }
        if !odd_entries.is_empty() {
            self.write_entries(&odd_entries.join(","), None, false)?;
        }
        Some(self.parts)
    }

    fn write(&mut self, entry: &Object<'_>, changes: &str) -> Option<()> {
        let changes = format!("[{changes}]");
        let written = match self.cut {
            Cut::Bare => only(entry, "id", "changes", &changes),
            _ => with(entry, &[("changes", Some(&changes))]),
        };
        self.write_entries(&written, entry.id("id"), self.cut != Cut::Bare && entry.get("time").is_some())
    }

    fn write_entries(&mut self, entries: &str, account_id: Option<String>, is_dated: bool) -> Option<()> {
        let entries = format!("[{entries}]");
        let body = match self.cut {
            Cut::Bare => only(self.whole, "object", "entry", &entries),
            _ => with(self.whole, &[("entry", Some(&entries))]),
        };
        self.left = self.left.checked_sub(body.len())?;
        self.parts.push(Cutting { body, account_id, is_dated });
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

/// An object of this member of another, if it is there, and of a new one.
fn only(object: &Object<'_>, kept: &str, name: &str, value: &str) -> String {
    let kept = object.get(kept).map(|raw| format!("\"{kept}\":{},", raw.get())).unwrap_or_default();
    format!("{{{kept}\"{name}\":{value}}}")
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
