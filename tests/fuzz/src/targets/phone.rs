//! A recipient as somebody wrote it. What is taken goes out as a number that a phone can have, or as a user id; the same number again
//! is the same number; and every text is judged as DESIGN section 3 says.
//!
//! Input: a letter that chooses the country code, then the text.

use serde_json::Value;
use wamid::{Message, Text};

use crate::requests::{COUNTRY_CODES, assert_is_rule, to_gateway, to_meta, value};
use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "phone", run, seeds };

fn run(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let Ok(phone) = std::str::from_utf8(rest) else { return };
    let code = usize::from(*first) % COUNTRY_CODES.len();
    let expected = by_the_rules(phone, COUNTRY_CODES[code]);
    let message = |to: &str| Message::new(to, Text::new("Hello"));
    let body = match to_meta(&message(phone), code) {
        Ok(body) => value(&body).unwrap_or_default(),
        Err(error) => {
            assert_is_rule(&error);
            assert_eq!(error.field(), Some("phone"), "{error:?}");
            assert_eq!(expected, None, "{phone:?} was refused: {error:?}");
            return;
        }
    };
    let Some(expected) = expected else { panic!("{phone:?} was taken: {body}") };
    if let Some(id) = body.get("recipient") {
        assert_eq!((id.as_str(), body.get("to")), (Some(expected.as_str()), None), "{phone:?}");
        return;
    }
    let to = body.get("to").and_then(Value::as_str).unwrap_or_default();
    let digits = to.strip_prefix('+').unwrap_or_default();
    assert!((7..=15).contains(&digits.len()), "{phone:?} became {to:?}");
    assert!(
        digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0'),
        "{phone:?} became {to:?}"
    );
    assert_eq!(digits, expected, "{phone:?}");
    // What goes out is its own normal form, whatever the country code of the client.
    for code in 0..COUNTRY_CODES.len() {
        let again = to_meta(&message(to), code).unwrap_or_else(|error| panic!("{to:?}: {error:?}"));
        assert_eq!(
            value(&again).unwrap_or_default().get("to").and_then(Value::as_str),
            Some(to),
            "{phone:?}"
        );
    }
    // The original host takes digits.
    let gateway = to_gateway(&message(to)).unwrap_or_else(|error| panic!("{to:?}: {error:?}"));
    assert_eq!(
        value(&gateway).unwrap_or_default().get("phone").and_then(Value::as_str),
        Some(digits),
        "{phone:?}"
    );
}

/// DESIGN section 3, read slowly: the digits or the user id that goes out.
fn by_the_rules(phone: &str, country_code: Option<&str>) -> Option<String> {
    if is_user_id(phone) {
        return Some(phone.to_owned());
    }
    let allowed = |c: char| c.is_ascii_digit() || " -.()+".contains(c);
    if !phone.chars().all(allowed) {
        return None;
    }
    // One plus, before all digits.
    let (before, digits) = match phone.find(|c: char| c.is_ascii_digit()) {
        Some(at) => phone.split_at(at),
        None => return None,
    };
    if digits.contains('+') || before.matches('+').count() > 1 {
        return None;
    }
    // "(0)", with whatever separators.
    for (at, _) in phone.match_indices(')') {
        let inner = phone[..at].rsplit(['(', ')']).next().unwrap_or_default();
        let has_open = phone[..at]
            .rfind('(')
            .is_some_and(|open| phone[..at].rfind(')').is_none_or(|closed| closed < open));
        if has_open && only_digits(inner) == "0" {
            return None;
        }
    }
    let plus = before.contains('+');
    let digits = only_digits(phone);
    let (international, digits) = match digits.strip_prefix("00") {
        Some(rest) if !plus => (true, rest.to_owned()),
        _ => (plus, digits),
    };
    let in_bracket =
        before.rfind('(').is_some_and(|open| before.rfind(')').is_none_or(|closed| closed < open));
    let digits = match country_code {
        Some(code) if !international && digits.len() == 10 => format!("{code}{digits}"),
        _ if !international && in_bracket => return None,
        _ => digits,
    };
    ((7..=15).contains(&digits.len()) && !digits.starts_with('0')).then_some(digits)
}

fn only_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// `^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$`
fn is_user_id(text: &str) -> bool {
    let mut parts = text.split('.');
    let country = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let id = match rest.as_slice() {
        [id] | ["ENT", id] => *id,
        _ => return false,
    };
    country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
        && (1..=128).contains(&id.chars().count())
        && id.chars().all(|c| c.is_ascii_alphanumeric())
}

fn seeds() -> Vec<String> {
    let phones = seeds::values_of("phone");
    phones
        .iter()
        .enumerate()
        .map(|(at, phone)| format!("{}{phone}", ["a", "b", "c", "d", "e"][at % 5]))
        .collect()
}
