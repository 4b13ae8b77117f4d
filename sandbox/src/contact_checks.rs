//! What Meta checks of contact cards.

use serde_json::{Map, Value};

use super::checklist::Checklist;
use super::errors::GraphError;
use super::fields::{self, invalid};

const MOST_CARDS: usize = 257;
/// The parts of a name beside how it is shown; Meta's older pages want at least one of them.
const NAMES: [&str; 5] = ["first_name", "last_name", "middle_name", "prefix", "suffix"];
/// The lists of a card, with what an entry of each may hold.
const LISTS: [(&str, &[&str]); 4] = [
    ("phones", &["phone", "type", "wa_id"]),
    ("emails", &["email", "type"]),
    ("urls", &["url", "type"]),
    ("addresses", &["street", "city", "state", "zip", "country", "country_code", "type"]),
];

/// Checks the `contacts` of a message.
pub(super) fn check(contacts: &[Value], checks: &mut Checklist) -> Result<(), GraphError> {
    let count = match contacts.len() {
        0 => Err(GraphError::parameter("The parameter contacts is required.")),
        1..=MOST_CARDS => Ok(()),
        _ => Err(invalid(format!("Invalid contacts count. Max allowed contacts: {MOST_CARDS}"))),
    };
    checks.note("contacts: 1 to 257 cards", count)?;
    let mut cards = contacts.iter().enumerate();
    let each = cards.try_for_each(|(at, card)| {
        let path = format!("contacts[{at}]");
        check_card(fields::element(card, &path)?, &path)
    });
    checks.note("contacts: each card has a name, and only known keys", each)
}

fn check_card(card: &Map<String, Value>, path: &str) -> Result<(), GraphError> {
    fields::check_keys(card, path, &["name", "birthday", "phones", "emails", "urls", "addresses", "org"])?;
    let name = fields::object(card, path, "name")?;
    let name_path = format!("{path}['name']");
    fields::needed_text(name, &name_path, "formatted_name", usize::MAX)?;
    texts(name, &name_path, &[&["formatted_name"], &NAMES[..]].concat())?;
    if !NAMES.iter().any(|key| name.contains_key(*key)) {
        return Err(invalid(format!("{name_path} must have at least one of {}", NAMES.join(", "))));
    }
    if let Some(birthday) = fields::text(card, path, "birthday", usize::MAX)?
        && !is_date(birthday)
    {
        return Err(invalid(format!("{path}['birthday'] must be YYYY-MM-DD")));
    }
    if card.contains_key("org") {
        texts(
            fields::object(card, path, "org")?,
            &format!("{path}['org']"),
            &["company", "department", "title"],
        )?;
    }
    for (key, keys) in LISTS {
        if !card.contains_key(key) {
            continue;
        }
        for (at, entry) in fields::list(card, path, key)?.iter().enumerate() {
            let path = format!("{path}['{key}'][{at}]");
            texts(fields::element(entry, &path)?, &path, keys)?;
        }
    }
    Ok(())
}

/// Holds an object to these keys, all of them texts.
fn texts(object: &Map<String, Value>, path: &str, keys: &[&str]) -> Result<(), GraphError> {
    fields::check_keys(object, path, keys)?;
    keys.iter().try_for_each(|key| fields::text(object, path, key, usize::MAX).map(|_| ()))
}

/// Whether it looks like a date. Which days a month has is not looked at.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().unwrap_or(0));
    match parts.as_slice() {
        [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2) => {
            number(year).is_some()
                && number(month).is_some_and(|month: u32| (1..=12).contains(&month))
                && number(day).is_some_and(|day: u32| (1..=31).contains(&day))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cards() {
        let card = json!({
            "name": { "formatted_name": "Asha Rao", "first_name": "Asha" }, "birthday": "1990-02-28",
            "phones": [{ "phone": "+91 98765 43210", "type": "WORK", "wa_id": "919876543210" }],
            "emails": [{ "email": "a@example.com" }], "urls": [{ "url": "https://example.com", "type": "WORK" }],
            "addresses": [{ "city": "Pune", "country_code": "in" }], "org": { "company": "Asha's Books" },
        });
        let code =
            |cards: &[Value]| check(cards, &mut Checklist::default()).map_or_else(|error| error.code, |()| 0);
        assert_eq!(code(std::slice::from_ref(&card)), 0);
        assert_eq!(code(&vec![card.clone(); 257]), 0);
        assert_eq!(code(&vec![card.clone(); 258]), 131_009);
        assert_eq!(code(&[]), 100);
        for (key, value, expected) in [
            ("name", Value::Null, 100),
            ("name", json!({ "formatted_name": "Asha" }), 131_009),
            ("name", json!({ "first_name": "Asha" }), 100),
            ("name", json!({ "formatted_name": "Asha", "first_name": 5 }), 100),
            ("name", json!({ "formatted_name": "Asha", "first_name": "Asha", "nick": "A" }), 100),
            ("birthday", json!("28.2.1990"), 131_009),
            ("birthday", json!("1990-13-01"), 131_009),
            ("phones", json!({ "phone": "1" }), 100),
            ("phones", json!(["1"]), 100),
            ("phones", json!([{ "number": "1" }]), 100),
            ("org", json!({ "name": "x" }), 100),
            ("addresses", json!([{ "zip": 5 }]), 100),
            ("company", json!("x"), 100),
        ] {
            let mut card = card.clone();
            match value {
                Value::Null => drop(card.as_object_mut().map(|card| card.remove(key))),
                _ => card[key] = value.clone(),
            }
            assert_eq!(code(&[card]), expected, "{key} {value}");
        }
    }
}
